/** The open event as a link has it, `2025-03-06T02:14:37Z/5b1c09fe`. */
import { linkOfEvent } from '#scripts/investigate/people/evidence.js';
import type { Report } from '#public/engine/data/report.js';
import { stringContent } from './json-tokens.js';

/** @param eventID JSON text, '' where the event has none */
export function printEventLink(time: number, eventID: string): string {
  return linkOfEvent(time, idOf(eventID));
}

/** The row of the event that the link means; undefined where this report does not hold it. */
export async function findLinkedEvent(report: Report, times: Float64Array, link: string): Promise<number | undefined> {
  const slash = link.indexOf('/');
  const second = Date.parse(link.slice(0, slash));
  if (slash < 0 || Number.isNaN(second)) return undefined;
  const wanted = linkOfEvent(second, link.slice(slash + 1));
  const column = report.manifest.detail.columns.indexOf('eventID');
  for (let row = firstSince(times, second); row < times.length && (times[row] as number) < second + 1000; row++) {
    if (printEventLink(second, (await report.detail(row))[column] ?? '') === wanted) return row;
  }
  return undefined;
}

function idOf(json: string): string {
  return json === '' ? '' : stringContent(json);
}

/** The first row at or after a time. */
function firstSince(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
