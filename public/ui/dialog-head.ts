/** The header of a dialog: its title, and the button that closes it. */
import { el, icon } from './dom.js';
import { text } from '#public/text/language.js';
import type { TextKey } from '#public/text/en.js';

/** @param id the id that the dialog's `aria-labelledby` refers to */
export function dialogHead(dialog: HTMLDialogElement, id: string, title: TextKey): HTMLElement {
  const close = el(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': text('coverage.close') },
    icon('close'),
  );
  close.addEventListener('click', () => dialog.close());
  return el('div', { class: 'dialog-head' }, el('h2', { id }, text(title)), close);
}
