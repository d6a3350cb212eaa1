/** Days of delivery, and which of them can hold events of a span of time. Pure. */

export const DAY_MS = 86_400_000;

/**
 * Logs come about five minutes after the call, but that is not guaranteed (AWS CloudTrail user guide, "How CloudTrail
 * works"): what was delivered up to a day after the last wanted event is read too. An event is never delivered before it
 * happens, so nothing before the first wanted day can hold one.
 */
const LATE_MS = DAY_MS;

/** Days as ms since 1970 UTC; undefined where there is no bound. */
export interface DeliveryDays {
  readonly first: number | undefined;
  /** Not included. */
  readonly end: number | undefined;
}

/** The days on which events from `since` until just before `until` may have been delivered. */
export function deliveryDays(since: number | undefined, until: number | undefined): DeliveryDays {
  return {
    first: since === undefined ? undefined : startOfDay(since),
    end: until === undefined ? undefined : startOfDay(until - 1 + LATE_MS) + DAY_MS,
  };
}

function startOfDay(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}

/** `YYYY/MM/DD/`, as in keys. */
export function dayFolder(day: number): string {
  return `${new Date(day).toISOString().slice(0, 10).replaceAll('-', '/')}/`;
}
