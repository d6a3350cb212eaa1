/** The days of delivery on which events of a time range can be found. Pure. */

export const DAY_MS = 86_400_000;

/**
 * CloudTrail delivers logs about five minutes after the call, without a guarantee (AWS CloudTrail user guide, "How
 * CloudTrail works"), so logs delivered up to a day after the last wanted event are read too. An event is never
 * delivered before it happens, so earlier logs need not be read.
 */
const LATE_MS = DAY_MS;

/** Days as ms since 1970 UTC; undefined for an open end. */
export interface DeliveryDays {
  readonly first: number | undefined;
  /** Exclusive. */
  readonly end: number | undefined;
}

/** The days on which events from `since` to just before `until` may have been delivered. */
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
