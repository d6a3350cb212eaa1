/**
 * Runs inside the measured page, from before its own scripts: tells when what an input event leads to has been painted.
 *
 * A clock starts with the time that the browser gave the event, so whatever the page waits before it acts is part of
 * the figure. A change of the page counts as painted at the second animation frame after it: in the first, the browser
 * lays it out and paints it; when the second begins, it has been shown.
 */

/** What the clock is about. */
export interface ClockOrder {
  /** The event that starts it. */
  readonly event: 'input' | 'click' | 'submit';
  /** What is watched for changes: a selector. */
  readonly watched: string;
  /** How long nothing may have changed until the answer is taken to be complete, in milliseconds. */
  readonly rest: number;
  /** A selector that must match before it is complete. */
  readonly done?: string;
  /** A selector that must match before something counts as a first result. */
  readonly some?: string;
}

/** Milliseconds from the event. */
export interface ClockTimes {
  /** Until the first result was painted; NaN where there was none. */
  readonly first: number;
  /** Until the last change was painted. */
  readonly last: number;
}

/** How the page kept up while it was scrolled. */
export interface Frames {
  /** Frames a second. */
  readonly rate: number;
  /** The longest time between two frames, in milliseconds. */
  readonly longest: number;
}

export interface Probe {
  /** Milliseconds since the navigation began; NaN while it has not been painted. */
  readonly opened: { chart: number; row: number };
  arm(order: ClockOrder): void;
  times(): Promise<ClockTimes>;
  startFrames(): void;
  endFrames(): Frames;
  /** Goes to a place in the table (0 the top, 1 the end); gives how many rows in view are blank 100 ms later. */
  jump(share: number): Promise<number>;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

const CHANGES: MutationObserverInit = { subtree: true, childList: true, characterData: true, attributes: true };
/** What is never answered is a fault of the page or of the benchmark; neither must hang. */
const PATIENCE = 20_000;

let clock: Promise<ClockTimes> | undefined;
let frames: number[] = [];
let isCounting = false;

function painted(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function run({ event, watched, rest, done, some }: ClockOrder): Promise<ClockTimes> {
  const has = (selector = ':root'): boolean => document.querySelector(selector) !== null;
  let start = Number.NaN;
  let first = Number.NaN;
  let last = Number.NaN;
  let pending = 0;
  const onEvent = ({ timeStamp }: Event): void => void (start = timeStamp);
  window.addEventListener(event, onEvent, { capture: true, once: true });
  const observer = new MutationObserver(() => {
    if (Number.isNaN(start)) return;
    const isResult = has(some);
    pending++;
    void painted().then((now) => {
      pending--;
      last = now;
      if (isResult && Number.isNaN(first)) first = now;
    });
  });
  for (const element of document.querySelectorAll(watched)) observer.observe(element, CHANGES);
  const armed = performance.now();
  let now = armed;
  while (!(pending === 0 && now - last > rest && has(done)) && now - armed < PATIENCE) {
    await pause(20);
    now = performance.now();
  }
  observer.disconnect();
  return { first: first - start, last: last - start };
}

function countFrame(now: number): void {
  frames.push(now);
  if (isCounting) requestAnimationFrame(countFrame);
}

/** Rows in view that hold no text, or places where a row should be. */
function blankRows(grid: Element): number {
  const { left, top, bottom, height } = grid.getBoundingClientRect();
  const rowHeight = grid.querySelector('[aria-rowindex="2"], .grid-row')?.getBoundingClientRect().height ?? height;
  let blank = 0;
  // From below, so that the head's height does not matter.
  for (let y = bottom - rowHeight; y > top + 3 * rowHeight; y -= rowHeight) {
    const row = document.elementFromPoint(left + 60, y)?.closest('[role="row"]');
    if (!row || row.textContent === '') blank++;
  }
  return blank;
}

const opened = { chart: Number.NaN, row: Number.NaN };

function watchOpening(): void {
  const seen = { chart: false, row: false };
  const mark = (what: 'chart' | 'row', selector: string): void => {
    if (seen[what] || document.querySelector(selector) === null) return;
    seen[what] = true;
    void painted().then((now) => (opened[what] = now));
  };
  const observer = new MutationObserver(() => {
    mark('chart', '#facets button:not(:empty)');
    mark('row', '#grid [aria-rowindex="2"] [role="gridcell"]:not(:empty)');
    if (seen.chart && seen.row) observer.disconnect();
  });
  observer.observe(document, { subtree: true, childList: true });
}

window.probe = {
  opened,
  arm(order) {
    clock = run(order);
  },
  times() {
    if (!clock) throw new Error('no clock was armed');
    return clock;
  },
  startFrames() {
    frames = [];
    isCounting = true;
    requestAnimationFrame(countFrame);
  },
  endFrames() {
    isCounting = false;
    const steps = frames.slice(1).map((now, i) => now - (frames[i] as number));
    const total = steps.reduce((a, b) => a + b, 0);
    return { rate: (steps.length / total) * 1000, longest: Math.max(...steps) };
  },
  async jump(share) {
    const grid = document.getElementById('grid') as HTMLElement;
    grid.scrollTop = share * grid.scrollHeight;
    await pause(100);
    return blankRows(grid);
  },
};
watchOpening();
