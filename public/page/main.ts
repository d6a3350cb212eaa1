/** Starts the page: reads the manifest, shows its content, then loads the events. */
import { MANIFEST_ELEMENT, type EmbeddedManifest } from '#shared/format/report-format.js';
import { App } from './app.js';
import { readManifest } from './manifest-guard.js';
import { BlockSource } from '#public/engine/data/block-source.js';
import { BrokenBlock } from '#public/engine/data/broken-block.js';
import { byId } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';
import { fillTexts } from '#public/text/fill.js';
import { isTampered, unlocking, type Unlocked } from '#public/unlock/unlocked.js';

/** Set for a page with encrypted data, once it is unlocked. */
let unlocked: Unlocked | undefined;
let worker: Worker | undefined;

/** Undefined if a policy of the hosting site forbids workers. */
function startWorker(): Worker | undefined {
  const code = ['culprit-shared', 'culprit-worker'].map((id) => byId(id).textContent);
  const script = new Blob([unlocked?.workerCode ?? '', ...code], { type: 'text/javascript' });
  try {
    const started = new Worker(URL.createObjectURL(script));
    // A worker that never ran has no message.
    started.onerror = ({ message }) => (message ? fail(new Error(message)) : say(text('app.blocked.worker')));
    return started;
  } catch {
    return undefined;
  }
}

function start(json: string): void {
  const manifest: EmbeddedManifest = readManifest(json);
  fillTexts(document.documentElement);
  byId('page').hidden = false;
  worker = startWorker();
  if (!worker) {
    say(text('app.blocked.worker'));
    return;
  }
  const app = new App(manifest, worker, new BlockSource(document), fail, unlocked);
  app.start().catch(fail);
  // Every style sheet of the page defines colours.
  if (getComputedStyle(document.documentElement).getPropertyValue('--text') === '') say(text('app.blocked.style'));
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', checkEnd);
  else checkEnd();
}

/** A truncated copy has no end element; missing data must not pass for an empty result. */
function checkEnd(): void {
  if (!document.getElementById('culprit-end')) fail(new Error(text('app.cut')));
}

function fail(error: unknown): void {
  if (unlocked && isTampered(error)) {
    // Nothing more from the worker can be trusted.
    worker?.terminate();
    unlocked.refuse();
    return;
  }
  say(text('app.failed', { reason: reasonOf(error) }));
}

function reasonOf(error: unknown): string {
  if (error instanceof BrokenBlock) return text(`app.block.${error.fault}`, { n: error.block });
  return error instanceof Error ? error.message : String(error);
}

function say(sentence: string): void {
  const notice = byId('failure');
  notice.hidden = false;
  notice.textContent = sentence;
}

async function begin(): Promise<void> {
  const unlock = unlocking();
  unlocked = await unlock?.();
  start(unlocked?.manifest ?? byId(MANIFEST_ELEMENT).textContent);
}

if (byId('too-old').hidden) {
  byId('damaged').remove();
  begin().catch(fail);
}
