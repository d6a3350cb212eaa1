/** Labels on the time axis: at round times, no more than fit. */
import { bucketStart, type TimeGrid } from '#shared/format/time-grid.js';
import { day } from '#public/text/language.js';
import { dateTime } from '#public/text/zone.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 5, 10, 15, 30].map((n) => n * 1000),
  ...[1, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  DAY,
  ...[2, 3, 5, 7, 14, 28].map((n) => n * DAY),
];

/**
 * The buckets that begin at round times, at most `limit` of them; of long ranges every so many buckets.
 *
 * @param ahead what clocks are ahead of UTC there, in milliseconds
 */
export function labelledBuckets(grid: TimeGrid, limit: number, ahead = 0): readonly number[] {
  const { width, buckets } = grid;
  const step = STEPS.find((candidate) => candidate % width === 0 && (buckets * width) / candidate <= limit);
  const every = step === undefined ? Math.max(1, Math.ceil(buckets / limit)) : 1;
  const labelled: number[] = [];
  for (let i = 0; i < buckets; i += every)
    if (step === undefined || (bucketStart(grid, i) + ahead) % step === 0) labelled.push(i);
  return labelled;
}

/** A midnight as its day, any other time as its hour and minute, with seconds where there are some. */
export function tickLabel(time: number): string {
  const clock = dateTime(time).slice(11);
  return clock === '00:00:00' ? day(time) : clock.replace(/:00$/, '');
}
