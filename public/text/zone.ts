/**
 * The time zone in which the page shows times: UTC, until the user chooses another. Times in a query are always UTC, so
 * that it means the same to everyone.
 */

/** The interval for which the offset from UTC is cached: zones have only changed at multiples of it. */
const SLOT = 15 * 60_000;

let zone = 'UTC';
let offsets = new Map<number, number>();
let clock: Intl.DateTimeFormat | undefined;
const listeners: (() => void)[] = [];

/** The IANA name of the displayed zone. */
export function currentZone(): string {
  return zone;
}

/** The user's own zone; UTC if the browser does not say. */
export function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** Shows times in this zone from now on; if the browser does not know it, returns false and changes nothing. */
export function showZone(name: string): boolean {
  let next: Intl.DateTimeFormat | undefined;
  try {
    next = name === 'UTC' ? undefined : clockOf(name);
  } catch {
    return false;
  }
  if (name === zone) return true;
  zone = name;
  clock = next;
  offsets = new Map();
  for (const listener of listeners) listener();
  return true;
}

/** Calls back when another zone is to be shown. */
export function onZoneChange(listener: () => void): void {
  listeners.push(listener);
}

/** The zone's offset from UTC at a time, in milliseconds. */
export function zoneOffset(time: number): number {
  if (!clock) return 0;
  const slot = Math.floor(time / SLOT);
  let offset = offsets.get(slot);
  if (offset === undefined) {
    const whole = slot * SLOT;
    const parts = new Map(clock.formatToParts(whole).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    offset =
      Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - whole;
    offsets.set(slot, offset);
  }
  return offset;
}

/** A time such as `2025-03-06 02:14:37` in the displayed zone; with milliseconds only if they are not zero. */
export function dateTime(time: number): string {
  const iso = new Date(time + zoneOffset(time)).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, iso.endsWith('.000Z') ? 19 : 23)}`;
}

/** The zone to show after a time by itself: `UTC`, `UTC+09:00`. */
export function zoneLabel(time: number): string {
  const minutes = Math.round(zoneOffset(time) / 60_000);
  if (minutes === 0) return 'UTC';
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const away = Math.abs(minutes);
  return `UTC${minutes < 0 ? '−' : '+'}${two(away / 60)}:${two(away % 60)}`;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}
