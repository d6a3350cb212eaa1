/** Buckets of time that a person can name: as wide as the range asks for, beginning at round times in UTC. */

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
  ...[1, 7, 28, 84, 364].map((n) => n * DAY),
];
const WIDEST = 3640 * DAY;

/** 1970 began on a Thursday; weeks begin on Mondays. */
const MONDAY = 4 * DAY;

/**
 * The narrowest buckets that cover `from` up to, not including, `to` in at most `limit` of them (more only where the
 * range spans centuries).
 *
 * @param multipleOf the buckets are that wide or several times as wide, so that counts of narrower ones can be added up
 */
export function timeGrid(from: number, to: number, limit: number, multipleOf = 1): TimeGrid {
  const wide = [...WIDTHS, WIDEST].filter((width) => width % multipleOf === 0);
  for (const width of wide) {
    const grid = gridOf(from, to, width);
    if (grid.buckets <= limit) return grid;
  }
  return gridOf(from, to, Math.max(WIDEST, multipleOf));
}

function gridOf(from: number, to: number, width: number): TimeGrid {
  const origin = width % (7 * DAY) === 0 ? MONDAY : 0;
  const start = Math.floor((from - origin) / width) * width + origin;
  return { start, width, buckets: to > from ? Math.ceil((to - start) / width) : 0 };
}
