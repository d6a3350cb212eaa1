import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTime, parseTimeOfDay, timeText } from '#shared/query/time-text.js';

test.each([
  ['2025', '2025-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
  ['2024-02', '2024-02-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
  ['2024-12', '2024-12-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'],
  ['2025-03-06', '2025-03-06T00:00:00.000Z', '2025-03-07T00:00:00.000Z'],
  ['2025-03-06T23', '2025-03-06T23:00:00.000Z', '2025-03-07T00:00:00.000Z'],
  ['2025-03-06 02:14', '2025-03-06T02:14:00.000Z', '2025-03-06T02:15:00.000Z'],
  ['2025-03-06T02:14:37Z', '2025-03-06T02:14:37.000Z', '2025-03-06T02:14:38.000Z'],
  ['2025-03-06T02:14:37.123Z', '2025-03-06T02:14:37.123Z', '2025-03-06T02:14:37.124Z'],
])('%s is the span from %s to %s', (text, from, to) => {
  expect(parseTime(text)).toEqual({ from: Date.parse(from), to: Date.parse(to) });
});

test.each(['', 'x', '2025-13', '2025-02-29', '2025-03-06T25', '2025-03-06T02:60', '25', '2025-3-6'])(
  '%s is no time',
  (text) => {
    expect(parseTime(text)).toBeUndefined();
  },
);

test('a time is written so that it is read back as the start of its span', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2100, 0) }),
      fc.constantFrom(1, 1000, 60_000, 3_600_000),
      (time, unit) => {
        const rounded = Math.floor(time / unit) * unit;
        expect(parseTime(timeText(rounded))?.from).toBe(rounded);
      },
    ),
  );
});

test('a time of day is its part of any day', () => {
  expect(parseTimeOfDay('02:14')).toEqual({ from: 8_040_000, to: 8_100_000 });
  expect(parseTimeOfDay('02:14:37')).toEqual({ from: 8_077_000, to: 8_078_000 });
  expect(parseTimeOfDay('24:00')).toBeUndefined();
});
