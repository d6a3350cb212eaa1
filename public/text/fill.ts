/** Inserts the texts into the elements of the template that name a text by its key. */
import type { TextKey } from './en.js';
import { isTextKey, LANGUAGE, text } from './language.js';

const TARGETS: readonly (readonly [data: string, attribute: string])[] = [
  ['label', 'aria-label'],
  ['title', 'title'],
  ['placeholder', 'placeholder'],
];

export function fillTexts(root: HTMLElement): void {
  root.lang = LANGUAGE;
  for (const element of root.querySelectorAll<HTMLElement>('[data-text]'))
    element.textContent = text(keyOf(element.dataset['text']));
  for (const [data, attribute] of TARGETS) {
    for (const element of root.querySelectorAll<HTMLElement>(`[data-${data}]`)) {
      element.setAttribute(attribute, text(keyOf(element.dataset[data])));
    }
  }
}

function keyOf(key: string | undefined): TextKey {
  if (key === undefined || !isTextKey(key)) throw new Error(`no text ${String(key)}`);
  return key;
}
