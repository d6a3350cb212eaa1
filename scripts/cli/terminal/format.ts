/** Formats numbers, sizes, times and log text for the terminal. */

/** 1234567 → 1,234,567 */
export function grouped(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A size in MB (10⁶ bytes) with one decimal; small sizes in kB and bytes. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`;
  if (bytes < 100_000) return `${decimal(bytes / 1000)} kB`;
  return `${decimal(bytes / 1_000_000)} MB`;
}

/** Seconds as 3.4 s, 2 min 05 s or 1 h 07 min. */
export function duration(seconds: number): string {
  if (seconds < 59.95) return `${decimal(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${String(Math.floor(whole / 60))} min ${twoDigits(whole % 60)} s`;
  return `${String(Math.floor(whole / 3600))} h ${twoDigits(Math.floor((whole % 3600) / 60))} min`;
}

/** ISO 8601 UTC → 2025-03-03 04:05:06 */
export function moment(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

/** `3 files`, `1 file` */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}

/**
 * Removes what a terminal would execute or hide from text that others chose (names of files and objects): control
 * characters could move the cursor or set the clipboard, and direction marks could disguise a name.
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

function decimal(value: number): string {
  const [whole = '', fraction = ''] = value.toFixed(1).split('.');
  return `${grouped(Number(whole))}.${fraction}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
