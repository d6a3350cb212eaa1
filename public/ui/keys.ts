/** The page's own keys: one character each, wherever the focus is, except in text boxes and dialogs. */
import type { TextKey } from '#public/text/en.js';

/** All keys in the help, including those that the table and the boxes handle themselves. */
export const KEYS: readonly (readonly [keys: string, meaning: TextKey])[] = [
  ['w', 'help.key.answer'],
  ['/', 'help.key.slash'],
  ['↓', 'help.key.down'],
  ['↑ ↓ ← →', 'help.key.arrows'],
  ['← → Shift Enter −', 'help.key.timeline'],
  ['Enter', 'help.key.enter'],
  ['Shift ↑ ↓', 'help.key.select'],
  ['Ctrl C', 'help.key.copy'],
  ['Space', 'help.key.head'],
  ['Esc', 'help.key.escape'],
  ['[ ]', 'help.key.brackets'],
  ['e', 'help.key.export'],
  ['t', 'help.key.zone'],
  ['?', 'help.key.help'],
];

type KeyActions = Readonly<Record<string, () => void>>;

/** @param actions the action for each key, by `KeyboardEvent.key` */
export function onKeys(actions: KeyActions): void {
  document.addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, metaKey, altKey, isComposing } = event;
    const isTyping =
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLElement && target.isContentEditable);
    const hasDialog = document.querySelector('dialog[open]') !== null;
    if (isTyping || hasDialog || ctrlKey || metaKey || altKey || isComposing || event.defaultPrevented) return;
    const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
    if (!action) return;
    event.preventDefault();
    action();
  });
}
