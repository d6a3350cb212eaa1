/** Starts the page: reads the manifest, draws what it tells, then lets the events follow. */
import { MANIFEST_ELEMENT, type EmbeddedManifest } from '#shared/format/report-format.js';
import { App } from './app.js';
import { BlockSource } from '#public/engine/data/block-source.js';
import { byId } from '#public/ui/dom.js';
import { readManifest } from '#public/engine/data/manifest-guard.js';
import { text } from '#public/text/language.js';
import { fillTexts } from '#public/text/fill.js';
import { isTampered, unlocking, type Unlocked } from '#public/unlock/unlocked.js';

/** Of a page whose data is encrypted, once it is open. */
let unlocked: Unlocked | undefined;
let worker: Worker | undefined;

function startWorker(): Worker {
  const code = ['culprit-shared', 'culprit-worker'].map((id) => byId(id).textContent);
  const script = new Blob([unlocked?.workerCode ?? '', ...code], { type: 'text/javascript' });
  return new Worker(URL.createObjectURL(script));
}

function start(json: string): void {
  const manifest: EmbeddedManifest = readManifest(json);
  fillTexts(document.documentElement);
  byId('page').hidden = false;
  worker = startWorker();
  const app = new App(manifest, worker, new BlockSource(document, manifest.blocks), fail, unlocked);
  app.start().catch(fail);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', checkEnd);
  else checkEnd();
}

/** A copy that was cut off has no end; what is missing must not pass for what is not there. */
function checkEnd(): void {
  if (!document.getElementById('culprit-end')) fail(new Error(text('app.cut')));
}

function fail(error: unknown): void {
  if (unlocked && isTampered(error)) {
    // Nothing that comes from the worker any more is to be believed.
    worker?.terminate();
    unlocked.refuse();
    return;
  }
  const notice = byId('failure');
  notice.hidden = false;
  notice.textContent = text('app.failed', { reason: error instanceof Error ? error.message : String(error) });
}

async function begin(): Promise<void> {
  const unlock = unlocking();
  unlocked = await unlock?.();
  start(unlocked?.manifest ?? byId(MANIFEST_ELEMENT).textContent);
}

if (byId('too-old').hidden) begin().catch(fail);
