/** The script that only an encrypted page has: finds the key, and decrypts what the page needs first. */
import { RUN_ELEMENT } from '#shared/format/report-format.js';
import {
  fromBase64Url,
  keyIn,
  keyMark,
  LOCK_ELEMENT,
  lockOf,
  type Lock,
  type KeyDerivation,
} from '#shared/seal/lock.js';
import { openPart, type PartName, type Seal } from '#shared/seal/seal.js';
import { decodeUtf8 } from '#shared/format/utf8.js';
import { byId, el } from '#public/ui/dom.js';
import { LANGUAGE } from '#public/text/chosen-language.js';
import { unlockText } from '#public/text/unlock-text.js';
import { base64Bytes } from '#public/engine/data/base64.js';
import { gunzip } from '#public/engine/worker/inflate.js';
import { keepKey, keptKey, takeKey } from './kept-key.js';
import { askLink } from './link-question.js';
import { UnlockForm } from './unlock-form.js';
import { setUnlocking, type Unlocked } from './unlocked.js';

const lock = readLock();
const workerCode = byId('culprit-unseal').textContent;

// Before anything else reads the address.
let given = takeKey();
/** Handles a key in the address while the report is locked. */
let tryGiven: () => void = () => undefined;
addEventListener('hashchange', () => {
  given = takeKey();
  if (given !== undefined) tryGiven();
});

/** The readable part of the page; undefined if it is damaged. */
function readLock(): Lock | undefined {
  try {
    return lockOf(JSON.parse(byId(LOCK_ELEMENT).textContent));
  } catch {
    return undefined;
  }
}

/** Unlocks the report with the key in the address, the one stored for this tab, or one that the user enters. */
function unlock(): Promise<Unlocked> {
  document.documentElement.lang = LANGUAGE;
  return new Promise((resolve) => {
    if (!lock) {
      refuse();
      return;
    }
    const { passphrase } = lock;
    const form = new UnlockForm(passphrase ? 'passphrase' : 'key', async (typed) => {
      tryKey(passphrase && !keyIn(typed) ? await derive(typed, passphrase) : keyIn(typed));
    });
    const tryKey = (key: Uint8Array | undefined): void => {
      if (!key || keyMark(key) !== lock.key) {
        form.complain('wrong');
        return;
      }
      keepKey(lock.key, key);
      tryGiven = () => undefined;
      form.element.remove();
      open(lock, key).then(resolve, refuse);
    };
    tryGiven = () => tryKey(keyIn(given ?? ''));
    const kept = keptKey(lock.key);
    if (kept && keyMark(kept) === lock.key) {
      tryKey(kept);
      return;
    }
    form.show();
    if (given !== undefined) tryGiven();
  });
}

async function open(lock: Lock, key: Uint8Array): Promise<Unlocked> {
  const seal: Seal = { key, report: fromBase64Url(lock.report) ?? new Uint8Array() };
  const manifest = decodeUtf8(await gunzip(openText(seal, 'manifest', lock.manifest)));
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => openRun(seal));
  else openRun(seal);
  return {
    manifest,
    seal,
    workerCode,
    askLink: async (link) => (lock.passphrase ? link : askLink(link, key)),
    refuse,
  };
}

/** Puts the run where an unencrypted page has it. A truncated page has none. */
function openRun(seal: Seal): void {
  const element = document.getElementById(RUN_ELEMENT);
  if (!element) return;
  try {
    element.textContent = decodeUtf8(openText(seal, 'run', element.textContent));
  } catch {
    refuse();
  }
}

/** Throws if the text is not Base64, or the part is not as it was sealed. */
function openText(seal: Seal, part: PartName, base64: string): Uint8Array<ArrayBuffer> {
  return openPart(seal, part, base64Bytes(base64));
}

/** Shows one sentence, and nothing of the report any more. */
function refuse(): void {
  document.title = 'Culprit';
  document.head.append(...document.querySelectorAll('style'));
  document.body.replaceChildren(
    el(
      'main',
      { class: 'unlock is-damaged' },
      el('h1', {}, unlockText('unlock.damaged.title')),
      el('p', { role: 'alert' }, unlockText('unlock.damaged')),
    ),
  );
}

/** Derives the key from a passphrase in a worker, so that the page stays responsive. */
function derive(passphrase: string, derivation: KeyDerivation): Promise<Uint8Array> {
  const url = URL.createObjectURL(new Blob([workerCode], { type: 'text/javascript' }));
  const worker = new Worker(url);
  return new Promise<Uint8Array>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Uint8Array>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ passphrase, derivation });
  }).finally(() => {
    worker.terminate();
    URL.revokeObjectURL(url);
  });
}

setUnlocking(unlock);
