import { expect, test } from 'vitest';
import { duration, grouped, printable, size } from '#scripts/cli/terminal/format.js';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1234567.4, '1,234,567'],
])('%d is %s', (value, text) => {
  expect(grouped(value)).toBe(text);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [99_949, '99.9 kB'],
  [100_000, '0.1 MB'],
  [1_234_567_890, '1,234.6 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});

test.each([
  [0, '0.0 s'],
  [59.94, '59.9 s'],
  [59.96, '1 min 00 s'],
  [125, '2 min 05 s'],
  [3599.9, '1 h 00 min'],
  [4020, '1 h 07 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test('letters of every language, emoji and spaces are printable', () => {
  expect(printable('ログ/été 😀.json')).toBe('ログ/été 😀.json');
});
