/** Writes an answer's sentences as plain English text. */
import { answerEn } from '#public/text/answer-en.js';
import type { Pen } from '#scripts/investigate/sentences.js';
import { shownResource } from '#shared/model/names.js';

type Key = keyof typeof answerEn;

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** The text with its blanks filled; `n` chooses the plural, numbers get separators. */
export function say(key: Key, blanks: Readonly<Record<string, string | number>> = {}): string {
  const [one = '', many = one] = answerEn[key].split('|');
  return (blanks['n'] === undefined || blanks['n'] === 1 ? one : many).replace(/\{(\w+)\}/g, (blank, name: string) => {
    const value = blanks[name] ?? blank;
    return typeof value === 'number' ? value.toLocaleString('en') : value;
  });
}

/** 2025-03-03 04:05:06 UTC */
export function momentOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

export const ENGLISH: Pen<string> = {
  say,
  plain: (text) => text,
  join: (...parts) => parts.join(''),
  caller: (name) => name,
  resource: (shown) => shownResource(shown),
  word: (text) => text,
  call: ({ eventName }) => eventName,
  time: ({ time }) => momentOf(time),
  duration: (milliseconds) => {
    const [unit, length] = UNITS.find(([, size]) => milliseconds >= size) ?? UNITS[3];
    const count = Math.round(milliseconds / length);
    return `${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`;
  },
};
