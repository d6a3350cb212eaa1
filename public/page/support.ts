/**
 * Runs before anything else, in any browser: hides the message for pages that cannot start, and shows what is wrong if
 * a required feature is missing or the rest of the page does not load.
 */
import { applyTheme } from '#public/ui/theme.js';

const canRun =
  typeof DecompressionStream === 'function' &&
  typeof Worker === 'function' &&
  typeof Response === 'function' &&
  typeof HTMLDialogElement === 'function' &&
  // As recent as the syntax of the page's scripts.
  typeof Object.hasOwn === 'function';

function show(id: string, isShown: boolean): void {
  document.getElementById(id)?.toggleAttribute('hidden', !isShown);
}

show('not-started', false);
show('too-old', !canRun);
if (canRun) {
  applyTheme();
  // `main.ts` hides it.
  document.addEventListener('DOMContentLoaded', () => show('damaged', true));
}
