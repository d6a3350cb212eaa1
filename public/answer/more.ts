/** A list of which the first entries are shown, and the rest once they are asked for. */
import { el } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';

/** Entries that one click adds: drawing them all at once could take seconds. */
const STEP = 200;

/**
 * The first entries, and where there are more a button that says how many and puts the next in its place.
 * @param entries made when they are shown
 * @param wrapper the element that the button stands in
 */
export function withMore(
  entries: readonly (() => HTMLElement)[],
  first: number,
  wrapper: 'li' | 'p' = 'li',
): HTMLElement[] {
  const shown = entries.slice(0, first).map((entry) => entry());
  const rest = entries.slice(first);
  if (rest.length === 0) return shown;
  const button = el('button', { type: 'button', class: 'text-button' }, text('answer.list.show', { n: rest.length }));
  const line = el(wrapper, { class: 'small' }, button);
  button.addEventListener('click', () => {
    const next = withMore(rest, STEP, wrapper);
    line.replaceWith(...next);
    // The keyboard goes on where the button was.
    next[0]?.querySelector('button')?.focus();
  });
  return [...shown, line];
}
