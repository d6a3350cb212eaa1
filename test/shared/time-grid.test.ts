import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketStart, timeGrid } from '#shared/format/time-grid.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LATEST = Date.UTC(2100, 0);

const range = fc
  .record({
    from: fc.nat(LATEST),
    length: fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 40 * 365 * DAY })),
  })
  .map(({ from, length }) => ({ from, to: from + length }));

test('buckets cover the range, none of them idle, and are as many as allowed at most', () => {
  fc.assert(
    fc.property(range, fc.integer({ min: 20, max: 180 }), ({ from, to }, limit) => {
      const grid = timeGrid(from, to, limit);
      expect(bucketStart(grid, 0)).toBeLessThanOrEqual(from);
      expect(bucketStart(grid, 1)).toBeGreaterThan(from);
      expect(bucketStart(grid, grid.buckets)).toBeGreaterThanOrEqual(to);
      expect(bucketStart(grid, grid.buckets - 1)).toBeLessThan(to);
      expect(grid.buckets).toBeLessThanOrEqual(limit);
    }),
  );
});

test('the shorter the range, the narrower the buckets', () => {
  const from = Date.UTC(2025, 2, 3);
  const widths = [1000, 60_000, HOUR, DAY, 7 * DAY, 60 * DAY, 365 * DAY, 3650 * DAY].map(
    (length) => timeGrid(from, from + length, 180).width,
  );
  expect(widths).toEqual([1000, 1000, 30_000, 600_000, HOUR, 12 * HOUR, 7 * DAY, 28 * DAY]);
});

test.each([
  ['an hour of a clock half an hour off', 0.25 * HOUR, 5.5 * HOUR],
  ['a day of a clock that is behind', 100 * DAY, -8 * HOUR],
])('buckets begin at round times of the clock that is shown: %s', (_, length, ahead) => {
  const grid = timeGrid(Date.UTC(2025, 2, 3, 7, 11), Date.UTC(2025, 2, 3, 7, 11) + length, 180, { ahead });
  expect((grid.start + ahead) % grid.width).toBe(0);
});

test('weeks begin on Mondays', () => {
  const grid = timeGrid(Date.UTC(2024, 5, 1), Date.UTC(2025, 5, 1), 60);
  expect(grid.width).toBe(7 * DAY);
  expect(new Date(grid.start).getUTCDay()).toBe(1);
});

test('narrower buckets lie whole in those several times as wide', () => {
  fc.assert(
    fc.property(range, fc.integer({ min: 20, max: 60 }), ({ from, to }, limit) => {
      const narrow = timeGrid(from, to, 180);
      const wide = timeGrid(narrow.start, bucketStart(narrow, narrow.buckets), limit, { multipleOf: narrow.width });
      expect((narrow.start - wide.start) % narrow.width).toBe(0);
      expect(wide.width % narrow.width).toBe(0);
    }),
  );
});

test('an empty range has no bucket', () => {
  expect(timeGrid(0, 0, 180).buckets).toBe(0);
});
