/** Time in which nobody waits for the page: what is done ahead is done then. */

/** How long after a key or a click what follows it is still being worked out and painted, in milliseconds. */
export const REST = 200;
/** The longest turn of work, in milliseconds: a key that is pressed meanwhile waits no longer. */
const TURN = 10;
/** What browsers need at the end of a turn, in milliseconds. */
const SLICE = 5;

let lastAct = -REST;

/** Calls `onAct` whenever somebody does something with the page; from now on spare time begins when that is over. */
export function watchActs(onAct: () => void): void {
  for (const type of ['input', 'keydown', 'pointerdown', 'wheel']) {
    addEventListener(
      type,
      () => {
        lastAct = performance.now();
        onAct();
      },
      { capture: true, passive: true },
    );
  }
}

/** Calls `step` in spare time, until it gives true. */
export async function inSpareTime(step: () => boolean): Promise<void> {
  for (;;) {
    const end = await spareTime();
    do if (step()) return;
    while (performance.now() < end);
  }
}

/** Waits until there is time to spare; gives when a turn of it ends. */
export async function spareTime(): Promise<number> {
  for (;;) {
    const end = await idle();
    const wait = lastAct + REST - performance.now();
    if (wait <= 0) return end;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

function idle(): Promise<number> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) {
      requestIdleCallback((deadline) => resolve(performance.now() + Math.min(TURN, deadline.timeRemaining() - SLICE)), {
        timeout: 300,
      });
    } else {
      setTimeout(() => resolve(performance.now() + SLICE), 30);
    }
  });
}
