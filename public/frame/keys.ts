/** The page's own keys: one letter or sign each, wherever the focus is, but for boxes to write in and dialogs. */

export type KeyActions = Readonly<Record<string, () => void>>;

/** @param actions what each key does, by `KeyboardEvent.key` */
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
