import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTime, parseTimeOfDay, timeText } from '../../../scripts/shared/query/time-text.js';
import { markTimesWith } from '../../../public/filter/time-text-mask.js';

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

test('the filter of the time column finds what its cells contain', () => {
  const times = Float64Array.from(
    ['2025-03-06T02:14:37Z', '2025-03-06T12:14:37.500Z', '2025-12-03T06:02:14Z'].map((iso) => Date.parse(iso)),
  );
  const found = (text: string): number[] => {
    const mask = new Uint8Array(3);
    markTimesWith(times, text, mask);
    return [...mask];
  };
  expect(found('2025-03')).toEqual([1, 1, 0]);
  expect(found(':14:37')).toEqual([1, 1, 0]);
  expect(found('06 02')).toEqual([1, 0, 0]);
  expect(found(' 1')).toEqual([0, 1, 0]);
  expect(found('03')).toEqual([1, 1, 1]);
  expect(found('06 02 1')).toEqual([0, 0, 0]);
});
