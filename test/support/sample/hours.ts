/** The hours of the sample's days. */
import type { Trail } from './trail.js';

/** Midnight UTC of the sample's first day, a Monday. */
const MONDAY = Date.UTC(2025, 2, 3);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The time `clock` (HH:MM:SS) of a day of the sample, 0 to 2. */
export function at(day: number, clock: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return MONDAY + day * DAY + hours * HOUR + minutes * MINUTE + seconds * 1000;
}

export function daytime(trail: Trail, day: number): number {
  const { random } = trail;
  return MONDAY + day * DAY + Math.floor((6 + (random.next() + random.next() + random.next()) * 5) * HOUR);
}

/** Any moment of a day, but for its last minutes. */
export function anytime(trail: Trail, day: number): number {
  return MONDAY + day * DAY + trail.random.below(DAY - 15 * MINUTE);
}
