/** Parses and formats eventTime: ISO 8601 UTC, in practice with whole seconds. */

/**
 * bytes[start … end) in milliseconds since 1970 UTC if they have the form `YYYY-MM-DDTHH:MM:SSZ`, else NaN. The date is
 * cached, because the dates in a log repeat.
 */
export class EventTimeReader {
  private day = new Uint8Array(10);
  private dayMs = NaN;

  read(bytes: Uint8Array, start: number, end: number): number {
    if (end - start !== 20 || bytes[start + 10] !== 0x54 || bytes[start + 19] !== 0x5a) return NaN;
    if (bytes[start + 13] !== 0x3a || bytes[start + 16] !== 0x3a) return NaN;
    const hours = twoDigits(bytes, start + 11);
    const minutes = twoDigits(bytes, start + 14);
    const seconds = twoDigits(bytes, start + 17);
    if (!(hours < 24 && minutes < 60 && seconds < 60)) return NaN;
    return this.dayOf(bytes, start) + ((hours * 60 + minutes) * 60 + seconds) * 1000;
  }

  private dayOf(bytes: Uint8Array, start: number): number {
    let same = true;
    for (let i = 0; i < 10; i++) {
      if (this.day[i] !== bytes[start + i]) same = false;
    }
    if (!same) {
      this.day.set(bytes.subarray(start, start + 10));
      const text = String.fromCharCode(...this.day);
      this.dayMs = isDay(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
    }
    return this.dayMs;
  }
}

/** Whether the text is an existing day in the form YYYY-MM-DD. */
function isDay(text: string): boolean {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // Date.parse turns 30 February into 1 March.
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 0x30;
  const ones = (bytes[at + 1] as number) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

/** Any other ISO 8601 time in milliseconds since 1970 UTC, in UTC if it names no zone; else NaN. */
export function parseEventTime(text: string): number {
  if (!isDay(text.slice(0, 10)) && !isDay(text.replace(/^(....)(..)(..)T.*$/, '$1-$2-$3'))) return NaN;
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/.test(text)) {
    const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
    return Math.trunc(Date.parse(zoned.replace(' ', 'T')));
  }
  if (/^\d{8}T\d{6}Z$/.test(text)) {
    return Date.parse(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  }
  return NaN;
}

/** `YYYY-MM-DDTHH:MM:SSZ`; with milliseconds only if they are not zero. */
export function formatEventTime(ms: number): string {
  const iso = new Date(ms).toISOString();
  return ms % 1000 === 0 ? `${iso.slice(0, -5)}Z` : iso;
}
