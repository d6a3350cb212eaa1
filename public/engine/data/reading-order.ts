/** The order in which the report is read: first what is visible first, then the rest when the browser is idle. */
import { inSpareTime, spareTime } from './spare-time.js';
import type { Report } from './report.js';

/** The columns for the first rows and the charts. */
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

/** The columns that depend on an event's call and that charts count; those with few values first. */
const TOGETHER = ['outcome', 'awsRegion', 'errorCode', 'eventSource', 'eventName'];

/**
 * Reads what the first view needs and returns the events' times. `onProgress` receives the fraction that has been read.
 */
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

/** Reads all other columns and transfers the details to the worker. */
export async function readRest(report: Report): Promise<void> {
  for (const { name } of report.manifest.columns) {
    await report.column(name);
    await spareTime();
  }
  await report.handOver();
}

/**
 * Sorts by every coded column, and by the text columns that are shown, before anybody asks for it: for a million
 * requests, that takes a second in the worker, in parallel with the ranking here.
 */
export async function rankAhead(report: Report, shown: readonly string[]): Promise<void> {
  const rank = async (): Promise<void> => {
    for (const { dictionary } of report.columns.values()) await inSpareTime(() => dictionary.rankStep());
  };
  // One after the other: each takes a hundred megabytes while it runs.
  const order = async (): Promise<void> => {
    for (const name of report.manifest.detail.columns) if (shown.includes(name)) await report.textOrder(name);
  };
  await Promise.all([rank(), order()]);
}
