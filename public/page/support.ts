/** Runs before anything else, in any browser: where something is missing that the page needs, it says so. */
import { applyTheme } from '#public/ui/theme.js';

const canRun =
  typeof DecompressionStream === 'function' &&
  typeof Worker === 'function' &&
  typeof Response === 'function' &&
  typeof HTMLDialogElement === 'function' &&
  // Of the same age as the syntax that the page is written in.
  typeof Object.hasOwn === 'function';

if (canRun) applyTheme();
else document.getElementById('too-old')?.removeAttribute('hidden');
