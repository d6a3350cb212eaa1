/** The range of time that the timeline shows, and how it moves. */
import type { EmbeddedManifest, OverTime } from '#shared/format/report-format.js';
import type { TimeSpan } from '#shared/query/time-text.js';
import { timeGrid, type TimeGrid } from '#shared/format/time-grid.js';
import { OUTCOMES } from '#public/engine/filter/count.js';
import type { TimeCounts } from '#public/engine/filter/count-by-time.js';
import { dateTime } from '#public/text/zone.js';

/** Less than this is shown with what is around it: a bar alone says nothing. */
const SHORTEST = 60_000;

/** From the first event to behind the last one; undefined where there are none. */
export function extentOf({ report, rows }: EmbeddedManifest): TimeSpan | undefined {
  const range = report.timeRange;
  return range && rows > 0 ? { from: Date.parse(range.from), to: Date.parse(range.to) + 1 } : undefined;
}

/** What of the extent is shown where a span is chosen: all of it where the span is elsewhere. */
export function shownSpan(extent: TimeSpan, chosen: TimeSpan | undefined): TimeSpan {
  const from = Math.max(extent.from, chosen?.from ?? -Infinity);
  const to = Math.min(extent.to, chosen?.to ?? Infinity);
  const shown = from < to ? { from, to } : extent;
  if (shown.to - shown.from >= SHORTEST) return shown;
  const start = Math.floor(shown.from / SHORTEST) * SHORTEST;
  return { from: start, to: Math.max(shown.to, start + SHORTEST) };
}

/** A span such as `2025-03-06 02:00 – 04:00`: no seconds where there are none, no second day where it is the same. */
export function spanText({ from, to }: TimeSpan): string {
  const [start, end] = [dateTime(from), dateTime(to)];
  const isWhole = start.endsWith(':00') && end.endsWith(':00');
  const [first, last] = isWhole ? [start.slice(0, -3), end.slice(0, -3)] : [start, end];
  return `${first} – ${first.slice(0, 10) === last.slice(0, 10) ? last.slice(11) : last}`;
}

/** Three times the span around its middle; undefined where that is everything. */
export function widerSpan(extent: TimeSpan, { from, to }: TimeSpan, step: number): TimeSpan | undefined {
  const length = to - from;
  const wider = { from: floorTo(from - length, step), to: floorTo(to + length + step - 1, step) };
  return wider.from <= extent.from && wider.to >= extent.to ? undefined : wider;
}

/** The span of the same length before or after; undefined where there is no event any more. */
export function besideSpan(extent: TimeSpan, { from, to }: TimeSpan, by: 1 | -1): TimeSpan | undefined {
  const beside = { from: from + by * (to - from), to: to + by * (to - from) };
  return beside.to > extent.from && beside.from < extent.to ? beside : undefined;
}

function floorTo(time: number, step: number): number {
  return Math.floor(time / step) * step;
}

/** The manifest's counts, added up into buckets that are few enough. */
export function summaryOverTime(overTime: OverTime, limit: number): { grid: TimeGrid; counts: TimeCounts } {
  const { start, width, change } = overTime;
  const grid = timeGrid(start, start + change.length * width, limit, { multipleOf: width });
  const counts = OUTCOMES.map((outcome) => {
    const sums = new Uint32Array(grid.buckets);
    overTime[outcome].forEach((count, i) => {
      (sums[Math.floor((start + i * width - grid.start) / grid.width)] as number) += count;
    });
    return sums;
  }) as unknown as TimeCounts;
  return { grid, counts };
}
