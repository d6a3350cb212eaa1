/**
 * Runs before anything else, in any browser: takes back the sentence for pages that cannot start, and says what is wrong
 * where something is missing that the page needs, or where the rest of the page does not come.
 */
import { applyTheme } from '#public/ui/theme.js';

const canRun =
  typeof DecompressionStream === 'function' &&
  typeof Worker === 'function' &&
  typeof Response === 'function' &&
  typeof HTMLDialogElement === 'function' &&
  // Of the same age as the syntax that the page is written in.
  typeof Object.hasOwn === 'function';

function show(id: string, isShown: boolean): void {
  document.getElementById(id)?.toggleAttribute('hidden', !isShown);
}

show('not-started', false);
show('too-old', !canRun);
if (canRun) {
  applyTheme();
  // `main.ts` takes the sentence away.
  document.addEventListener('DOMContentLoaded', () => show('damaged', true));
}
