/** Schedules background work for times in which nobody waits for the page. */

/** How long after a key press or click its effects are still being computed and painted, in milliseconds. */
export const REST = 200;
/** The longest time slice of work, in milliseconds: a key press waits no longer than that. */
const TURN = 10;
/** What browsers need at the end of a slice, in milliseconds. */
const SLICE = 5;

let lastAct = -REST;

/** Calls `onAct` whenever the user acts on the page; from now on, background work waits until that is over. */
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

/** Calls `step` in the background until it returns true. */
export async function inSpareTime(step: () => boolean): Promise<void> {
  for (;;) {
    const end = await spareTime();
    do if (step()) return;
    while (performance.now() < end);
  }
}

/** Waits until the page is idle; resolves to the end of the time slice. */
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
