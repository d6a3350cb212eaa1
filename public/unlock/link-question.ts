/** Asks whether a copied link should contain the key. */
import { base64Url, KEY_FIELD } from '#shared/seal/lock.js';
import { el } from '#public/ui/dom.js';
import { unlockText, type UnlockKey } from '#public/text/unlock-text.js';

/** The link that the user chose; undefined if the question was cancelled. */
export function askLink(link: string, key: Uint8Array): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer: string | undefined;
    const choice = (words: UnlockKey, note: UnlockKey, copied: string): HTMLElement => {
      const button = el(
        'button',
        { type: 'button', class: 'link-choice' },
        el('b', {}, unlockText(words)),
        el('span', {}, unlockText(note)),
      );
      button.addEventListener('click', () => {
        answer = copied;
        dialog.close();
      });
      return button;
    };
    const cancel = el('button', { type: 'button', class: 'button' }, unlockText('unlock.link.cancel'));
    cancel.addEventListener('click', () => dialog.close());
    const dialog: HTMLDialogElement = el(
      'dialog',
      { class: 'dialog link-question', 'aria-labelledby': 'link-question-title' },
      el('h2', { id: 'link-question-title' }, unlockText('unlock.link.title')),
      choice('unlock.link.without', 'unlock.link.without.note', link),
      choice('unlock.link.with', 'unlock.link.with.note', withKey(link, key)),
      cancel,
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function withKey(link: string, key: Uint8Array): string {
  return `${link}${link.includes('#') ? '&' : '#'}${KEY_FIELD}=${base64Url(key)}`;
}
