/** Runs before anything else, in any browser: where something is missing that the page needs, it says so. */
const canRun =
  typeof DecompressionStream === 'function' &&
  typeof Worker === 'function' &&
  typeof Response === 'function' &&
  typeof HTMLDialogElement === 'function';

if (!canRun) document.getElementById('too-old')?.removeAttribute('hidden');
