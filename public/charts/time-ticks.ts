/** Marks on the time axis: at round times, no more than fit. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  1000,
  5000,
  15_000,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  91 * DAY,
  365 * DAY,
];

export interface TimeTick {
  readonly time: number;
  /** Whether the mark is a midnight: it is labelled with the day. */
  readonly isDay: boolean;
}

/** Round times in [from, to], at most `limit` of them. */
export function timeTicks(from: number, to: number, limit: number): readonly TimeTick[] {
  const step =
    STEPS.find((candidate) => (to - from) / candidate <= limit) ??
    365 * DAY * Math.ceil((to - from) / (365 * DAY) / limit);
  const ticks: TimeTick[] = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step)
    ticks.push({ time, isDay: time % DAY === 0 });
  return ticks;
}
