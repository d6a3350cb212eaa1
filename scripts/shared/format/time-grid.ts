/** Divides a time range into buckets of readable width that begin at round times in UTC. */

/** Bucket i covers [start + i·width, start + (i+1)·width), in milliseconds since 1970 UTC. */
export interface TimeGrid {
  readonly start: number;
  readonly width: number;
  readonly buckets: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WIDTHS = [
  ...[1, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 7, 28, 364].map((n) => n * DAY),
];
const WIDEST = 3640 * DAY;

/** 1970 began on a Thursday; weeks begin on Mondays. */
const MONDAY = 4 * DAY;

interface GridOptions {
  /** Widths are multiples of this, so that counts of narrower buckets can be added up; 1 if absent. */
  readonly multipleOf?: number;
  /** The offset from UTC, in milliseconds, of the time zone in which buckets begin at round times; 0 if absent. */
  readonly ahead?: number;
}

/** The narrowest buckets that cover [from, to) in at most `limit` of them (more only if the range spans centuries). */
export function timeGrid(from: number, to: number, limit: number, options: GridOptions = {}): TimeGrid {
  const { multipleOf = 1, ahead = 0 } = options;
  for (const width of [...WIDTHS, WIDEST]) {
    if (width % multipleOf !== 0) continue;
    const grid = gridOf(from, to, width, ahead);
    if (grid.buckets <= limit) return grid;
  }
  return gridOf(from, to, Math.max(WIDEST, multipleOf), ahead);
}

function gridOf(from: number, to: number, width: number, ahead: number): TimeGrid {
  const origin = (width % (7 * DAY) === 0 ? MONDAY : 0) - ahead;
  const start = Math.floor((from - origin) / width) * width + origin;
  return { start, width, buckets: to > from ? Math.ceil((to - start) / width) : 0 };
}

/** The start of bucket i; for the number of buckets, the end of the last one. */
export function bucketStart({ start, width }: TimeGrid, i: number): number {
  return start + i * width;
}
