/** In which order the report is read: what is seen first comes first, the rest when the browser has time. */
import type { Report } from './report.js';

/** What the first rows and the charts need. */
const FIRST_COLUMNS = [
  'outcome',
  'actor',
  'role',
  'type',
  'eventName',
  'eventSource',
  'awsRegion',
  'errorCode',
  'sourceIPAddress',
  'resources',
];

/** What the charts count of an event's call, few values first. */
const TOGETHER = ['outcome', 'awsRegion', 'errorCode', 'eventSource', 'eventName'];

/** Reads what the first view needs and gives the events' times. `onProgress` is called with the share that is read. */
export async function readFirst(
  report: Report,
  onProgress: (share: number) => void,
): Promise<Float64Array<ArrayBuffer>> {
  let read = 0;
  const step = (): void => onProgress(++read / (FIRST_COLUMNS.length + 1));
  const times = report.times();
  const columns = FIRST_COLUMNS.map((name) => report.column(name));
  for (const part of [times, ...columns]) void part.then(step, () => undefined);
  await Promise.all(columns);
  report.shareKeys(TOGETHER);
  return times;
}

/** Reads every other column and hands the details over to the worker. */
export async function readRest(report: Report): Promise<void> {
  for (const { name } of report.manifest.columns) {
    await report.column(name);
    await idle();
  }
  await report.handOver();
}

/**
 * Works out the orders of all columns, of text those that are shown, while nobody waits for one: of a million requests
 * that takes a second.
 */
export async function rankAhead(report: Report, shown: readonly string[]): Promise<void> {
  for (const { dictionary } of report.columns.values()) await inSpareTime(() => dictionary.rankStep());
  for (const name of shown.filter((column) => report.manifest.detail.columns.includes(column))) {
    await idle();
    await report.textOrder(name);
  }
}

/** Calls `step` in time that the browser has to spare, until it gives true. */
export async function inSpareTime(step: () => boolean): Promise<void> {
  for (;;) {
    const end = await idle();
    do if (step()) return;
    while (performance.now() < end);
  }
}

/** How long work may take at once where the browser does not say, in milliseconds. */
const SLICE = 5;

/** Waits until the browser has time; gives when that time ends. */
function idle(): Promise<number> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) {
      requestIdleCallback((deadline) => resolve(performance.now() + deadline.timeRemaining() - SLICE), {
        timeout: 300,
      });
    } else {
      setTimeout(() => resolve(performance.now() + SLICE), 30);
    }
  });
}
