/** Parses times as users write them: `2025-03-03`, `2025-03-03T04`, `2025-03-03T04:05Z`, `7d`. */

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = {
  m: MINUTE,
  h: 60 * MINUTE,
  d: 24 * 60 * MINUTE,
  w: 7 * 24 * 60 * MINUTE,
};

const AGO = /^(\d{1,9})([mhdw])$/;
const ABSOLUTE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?(?: ?(Z|[+-]\d{2}:?\d{2}))?)?$/i;

/** Year to second: their indexes among the groups of {@link ABSOLUTE}. */
const PARTS = [1, 2, 3, 4, 5, 6];

/** The forms that {@link parseTime} accepts, for messages. */
export const TIME_FORMS =
  'a date (2025-03-03), a time (2025-03-03T04:05; UTC, or with Z or +09:00) or an age (90m, 24h, 7d, 2w)';

/**
 * The time that `text` means, in milliseconds since 1970 UTC; undefined for any other text, and for a day or hour that
 * does not exist. A date or an hour means its first moment. Without an offset, the time is UTC, as in CloudTrail.
 */
export function parseTime(text: string, now: Date): number | undefined {
  const ago = AGO.exec(text);
  if (ago !== null) {
    const time = now.getTime() - Number(ago[1]) * (UNITS[ago[2] ?? ''] ?? Number.NaN);
    return Number.isNaN(new Date(time).getTime()) ? undefined : time;
  }
  const match = ABSOLUTE.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = PARTS.map((part) => Number(match[part] ?? 0)) as Six;
  const offset = offsetOf(match[8] ?? 'Z');
  if (offset === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A day that the month does not have has become a day of the next month.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.setUTCHours(hour, minute, second, Number((match[7] ?? '').padEnd(3, '0'))) - offset;
}

type Six = [year: number, month: number, day: number, hour: number, minute: number, second: number];

/** Milliseconds east of UTC; undefined if no time zone has such an offset. */
function offsetOf(text: string): number | undefined {
  if (text.toUpperCase() === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(-2));
  if (hours > 14 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * MINUTE;
}
