/** Starts the page: reads the manifest, draws what it tells, then lets the events follow. */
import { MANIFEST_ELEMENT, type EmbeddedManifest } from '../scripts/shared/report-format.js';
import { App } from './app.js';
import { BlockSource } from './data/block-source.js';
import { byId } from './dom.js';
import { readManifest } from './data/manifest-guard.js';
import { text } from './text/language.js';
import { fillTexts } from './text/fill.js';

function startWorker(): Worker {
  const code = new Blob([byId('culprit-worker').textContent], { type: 'text/javascript' });
  return new Worker(URL.createObjectURL(code));
}

function start(): void {
  const manifest: EmbeddedManifest = readManifest(byId(MANIFEST_ELEMENT).textContent);
  fillTexts(document.documentElement);
  byId('page').hidden = false;
  const app = new App(manifest, startWorker(), new BlockSource(document, manifest.blocks), fail);
  app.start().catch(fail);
  document.addEventListener('DOMContentLoaded', checkEnd);
}

/** A copy that was cut off has no end; what is missing must not pass for what is not there. */
function checkEnd(): void {
  if (!document.getElementById('culprit-end')) fail(new Error(text('app.cut')));
}

function fail(error: unknown): void {
  const notice = byId('failure');
  notice.hidden = false;
  notice.textContent = text('app.failed', { reason: error instanceof Error ? error.message : String(error) });
}

if (byId('too-old').hidden) {
  try {
    start();
  } catch (error) {
    fail(error);
  }
}
