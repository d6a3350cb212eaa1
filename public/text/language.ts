/** Texts, numbers and dates in the user's language. */
import { columnNamed } from '#shared/model/columns.js';
import { LANGUAGE } from './chosen-language.js';
import type { TextKey } from './en.js';
import { TEXTS } from './page-texts.js';
import { currentZone } from './zone.js';

export { dateTime } from './zone.js';

export { chooseLanguage, LANGUAGE, type Language } from './chosen-language.js';

const NUMBERS = new Intl.NumberFormat(LANGUAGE);
const PERCENT = new Intl.NumberFormat(LANGUAGE, { style: 'percent', maximumFractionDigits: 1 });
const PLURALS = new Intl.PluralRules(LANGUAGE);

/** A whole number with thousands separators. */
export function number(n: number): string {
  return NUMBERS.format(n);
}

/** The share of `n` in `total`, such as `12.3%`; `<0.1%` if rounding would show zero. */
export function percent(n: number, total: number): string {
  const share = total > 0 ? n / total : 0;
  return share > 0 && share < 0.0005 ? `<${PERCENT.format(0.001)}` : PERCENT.format(share);
}

const COMPACT = new Intl.NumberFormat(LANGUAGE, { notation: 'compact', maximumFractionDigits: 1 });

/** A number in compact form, such as `1.5K`. */
export function compactNumber(n: number): string {
  return COMPACT.format(n);
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** A length of time in one unit, such as `30 min`. */
export function duration(ms: number): string {
  const [unit, length] = UNITS.find(([, length]) => ms % length === 0) ?? UNITS[3];
  return new Intl.NumberFormat(LANGUAGE, { style: 'unit', unit, unitDisplay: 'short' }).format(ms / length);
}

/** Whether the page has a text with this key. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(TEXTS, key);
}

/** The text in the user's language with its placeholders filled; `n` also selects the plural. */
export function text(key: TextKey, blanks: Readonly<Record<string, string | number>> = {}): string {
  const forms = TEXTS[key][LANGUAGE].split('|');
  const { n } = blanks;
  const form = forms.length === 2 && typeof n === 'number' && PLURALS.select(n) !== 'one' ? forms[1] : forms[0];
  // A function, because `$` has a meaning in a replacement string.
  return (form as string).replace(/\{(\w+)\}/g, (blank, name: string) => {
    const value = blanks[name];
    if (value === undefined) return blank;
    return typeof value === 'number' ? number(value) : value;
  });
}

/** The heading of the column with this name; the name itself if there is no such column. */
export function columnLabel(name: string): string {
  return columnNamed(name)?.label[LANGUAGE] ?? name;
}

/** What the column with this name holds, in one or two sentences; '' if there is no such column. */
export function columnMeaning(name: string): string {
  return columnNamed(name)?.meaning[LANGUAGE] ?? '';
}

/** A day such as `3 Mar`, in the displayed time zone. */
export function day(time: number): string {
  return dayFormat(false).format(time);
}

/** A range of days, such as `Mar 3 – 10, 2025`, in the displayed time zone. */
export function dayRange(from: number, to: number): string {
  return dayFormat(true).formatRange(from, to);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(withYear: boolean): Intl.DateTimeFormat {
  const timeZone = currentZone();
  const key = `${timeZone} ${String(withYear)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(LANGUAGE, {
      day: 'numeric',
      month: 'short',
      ...(withYear ? { year: 'numeric' } : {}),
      timeZone,
    });
    formats.set(key, format);
  }
  return format;
}
