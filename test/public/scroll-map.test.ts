import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrollMap } from '#public/table/scroll-map.js';

const ROW = 27;

test('a table that fits under the cap scrolls pixel by pixel', () => {
  const map = scrollMap(1000, ROW, 500);
  expect(map.height).toBe(27_000);
  expect(map.rowAt(270)).toBeCloseTo(10);
  expect(map.positionOf(10)).toBeCloseTo(270);
});

test('a table that is shorter than its view does not scroll', () => {
  const map = scrollMap(3, ROW, 500);
  expect([map.rowAt(0), map.positionOf(2), scrollMap(0, ROW, 500).rowAt(0)]).toEqual([0, 0, 0]);
});

test('at any size, the end of the scroll shows the last row whole, and places are found again', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000_000 }),
      fc.integer({ min: 60, max: 2000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, view, share) => {
        const map = scrollMap(rows, ROW, view);
        expect(map.height).toBeLessThanOrEqual(8_000_000);
        const end = Math.max(0, map.height - view);
        expect(map.rowAt(end) + view / ROW).toBeGreaterThanOrEqual(rows - 1e-6);
        const row = share * Math.max(0, rows - view / ROW);
        expect(map.rowAt(map.positionOf(row))).toBeCloseTo(row, 4);
      },
    ),
  );
});
