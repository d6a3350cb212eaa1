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

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 300 });
    else setTimeout(resolve, 30);
  });
}
