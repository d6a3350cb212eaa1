/** In which order the report is read: what is seen first comes first, the rest when the browser has time. */
import { inSpareTime, spareTime } from './spare-time.js';
import type { Report } from './report.js';

/** What the first rows and the charts need. */
const FIRST_COLUMNS = [
  'outcome',
  'behind',
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
    await spareTime();
  }
  await report.handOver();
}

/**
 * Works out the orders of all columns, of text those that are shown, while nobody waits for one: of a million requests
 * that takes a second, in the worker, beside what is ranked here.
 */
export async function rankAhead(report: Report, shown: readonly string[]): Promise<void> {
  const rank = async (): Promise<void> => {
    for (const { dictionary } of report.columns.values()) await inSpareTime(() => dictionary.rankStep());
  };
  // One after the other: each takes a hundred megabytes for its time.
  const order = async (): Promise<void> => {
    for (const name of report.manifest.detail.columns) if (shown.includes(name)) await report.textOrder(name);
  };
  await Promise.all([rank(), order()]);
}
