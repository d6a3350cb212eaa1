import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

/** What the page listens to, by the event's name. */
let listeners: Map<string, () => void>;

beforeEach(() => {
  listeners = new Map();
  vi.resetModules();
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  // A browser without requestIdleCallback: timers are all that it needs.
  vi.stubGlobal('window', {});
  vi.stubGlobal('addEventListener', (type: string, listener: () => void) => listeners.set(type, listener));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what is done ahead', () => {
  test.each(['input', 'keydown', 'pointerdown', 'wheel'])('is put off for 0.2 s after %s', async (type) => {
    const { REST, inSpareTime, watchActs } = await import('#public/engine/data/spare-time.js');
    const onAct = vi.fn();
    watchActs(onAct);
    await vi.advanceTimersByTimeAsync(1000);
    listeners.get(type)?.();
    expect(onAct).toHaveBeenCalledTimes(1);
    let steps = 0;
    void inSpareTime(() => ++steps === 1);
    await vi.advanceTimersByTimeAsync(REST - 1);
    expect(steps).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(steps).toBe(1);
  });

  test('goes on until it is done, a turn at a time', async () => {
    const { inSpareTime } = await import('#public/engine/data/spare-time.js');
    let steps = 0;
    const done = inSpareTime(() => {
      // Each step takes as long as a turn.
      vi.advanceTimersByTime(10);
      return ++steps === 5;
    });
    await vi.advanceTimersByTimeAsync(1000);
    await done;
    expect(steps).toBe(5);
  });
});
