/** What is shown and what each chart counts, against the plainest way to say it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Dictionary } from '#shared/columnar/dictionary.js';
import type { CodedColumn } from '#shared/columnar/event-columns.js';
import { countByCode } from '#public/engine/filter/count.js';
import { countByTime } from '#public/engine/filter/count-by-time.js';
import { filterRows, OTHER } from '#public/engine/filter/filtered.js';
import { RowMask } from '#public/engine/filter/row-mask.js';
import { newestFirst, sortedRows } from '#public/engine/filter/row-order.js';
import { flagsOf, maskOf } from '../support/row-masks.js';
import { stringTableOf } from '#shared/format/string-table.js';

/** Of up to many words, blocks of words and events beyond; as masks of mostly ones, mostly zeros, or both. */
const size = fc.oneof(fc.integer({ min: 0, max: 140 }), fc.integer({ min: 4000, max: 4200 }));
const someMask = (events: number): fc.Arbitrary<RowMask> =>
  fc
    .tuple(fc.constantFrom(0.02, 0.5, 0.98, 1), fc.nat())
    .map(([share, seed]) =>
      maskOf(Array.from({ length: events }, (_, i) => (((i + seed) * 7919) % 101 < share * 101 ? 1 : 0))),
    );
const someClauses = size.chain((events) =>
  fc.tuple(
    fc.constant(events),
    fc.array(fc.record({ mask: someMask(events), bit: fc.constantFrom(1, 2, 4, OTHER) }), { maxLength: 4 }),
  ),
);

test('the events shown are those that match every clause', () => {
  fc.assert(
    fc.property(someClauses, ([events, clauses]) => {
      const expected = Array.from({ length: events }, (_, row) => row).filter((row) =>
        clauses.every(({ mask }) => mask.has(row)),
      );
      const { rows } = filterRows(events, clauses);
      // Asked for one by one, they are found before there is a list.
      const places = Array.from({ length: rows.length + 1 }, (_, place) => rows.rowAt(place));
      expect(places).toEqual([...expected, undefined]);
      expect(Array.from({ length: events + 1 }, (_, row) => rows.placeOf(row))).toEqual(
        Array.from({ length: events + 1 }, (_, row) => expected.indexOf(row)),
      );
      expect([...rows.list()]).toEqual(expected);
    }),
  );
});

test('a chart of values counts what fails no clause but its own, and the timeline what is shown', () => {
  fc.assert(
    fc.property(someClauses, fc.constantFrom(0, 1, 2), ([events, clauses], bit) => {
      const filtered = filterRows(events, clauses);
      const outcomes = Uint8Array.from({ length: events }, (_, row) => row % 3);
      const keys = Uint8Array.from({ length: events }, (_, row) => (row * 13) % 5);
      const dictionary = Dictionary.of(stringTableOf(['', 'a', 'b', 'c', 'd']));
      const column: CodedColumn = { name: 'x', keys, keyCount: 5, codeOfKey: undefined, dictionary };
      const times = Float64Array.from({ length: events }, (_, row) => row * 10);
      const grid = { start: 500, width: 2500, buckets: 4 };
      const byCode = new Array<number>(15).fill(0);
      const byTime = [0, 1, 2].map(() => [0, 0, 0, 0]);
      for (let row = 0; row < events; row++) {
        const failed = clauses.filter(({ mask }) => !mask.has(row));
        const outcome = outcomes[row] as number;
        const bucket = Math.floor(((times[row] as number) - grid.start) / grid.width);
        const series = byTime[outcome] as number[];
        if (failed.length === 0 && bucket in series) (series[bucket] as number)++;
        if (failed.some((clause) => clause.bit !== bit)) continue;
        (byCode[(keys[row] as number) * 3 + outcome] as number)++;
      }
      expect([...countByCode(column, outcomes, filtered, bit)]).toEqual(byCode);
      expect(countByTime(grid, times, outcomes, filtered.rows.mask).map((of) => [...of])).toEqual(byTime);
    }),
  );
});

test('the table shows the newest first without sorting, and sorted rows as they stand', () => {
  fc.assert(
    fc.property(someClauses, fc.nat(8), fc.nat(1400), ([events, clauses], from, to) => {
      const { rows } = filterRows(events, clauses);
      const expected = [...rows.list()].reverse();
      for (const order of [newestFirst(rows), sortedRows(Uint32Array.from(expected))]) {
        expect(Array.from({ length: order.length + 1 }, (_, place) => order.rowAt(place))).toEqual([
          ...expected,
          undefined,
        ]);
        expect(order.rowAt(-1)).toBeUndefined();
        expect(Array.from({ length: events }, (_, row) => order.placeOf(row))).toEqual(
          Array.from({ length: events }, (_, row) => expected.indexOf(row)),
        );
        expect([...order.slice(from, to)]).toEqual(expected.slice(from, to));
      }
    }),
  );
});

test('the same clauses are recognised by their masks, and others are not', () => {
  const mask = maskOf([1, 0]);
  const filtered = filterRows(2, [{ mask, bit: 1 }]);
  expect(filtered.isOf([{ mask, bit: 1 }])).toBe(true);
  expect(filtered.isOf([{ mask: maskOf([1, 0]), bit: 1 }])).toBe(false);
  expect(filtered.isOf([{ mask, bit: 2 }])).toBe(false);
  expect(filtered.isOf([])).toBe(false);
});

test('marking adds the events whose key is flagged to those marked already', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(9), { maxLength: 100 }),
      fc.uint8Array({ minLength: 10, maxLength: 10, max: 1 }),
      (keys, flags) => {
        const mask = maskOf(keys.map((_, row) => (row % 4 === 0 ? 1 : 0)));
        mask.markKeys(Uint16Array.from(keys), flags);
        expect(flagsOf(mask)).toEqual(keys.map((key, row) => (row % 4 === 0 || flags[key] === 1 ? 1 : 0)));
      },
    ),
  );
});

test('a span of events is marked, whether it fills words or parts of them', () => {
  fc.assert(
    fc.property(fc.nat(130), fc.nat(130), fc.nat(30), (one, other, more) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const mask = new RowMask(to + more);
      mask.markSpan(from, to);
      expect(flagsOf(mask)).toEqual(Array.from({ length: to + more }, (_, row) => (row >= from && row < to ? 1 : 0)));
    }),
  );
});

test('what a search found in a part of the events is marked there', () => {
  fc.assert(
    fc.property(fc.nat(99), fc.array(fc.nat(1), { maxLength: 100 }), fc.nat(40), (first, found, more) => {
      const mask = new RowMask(first + found.length + more);
      mask.markFlagged(first, Uint8Array.from(found));
      expect(flagsOf(mask)).toEqual(Array.from({ length: mask.total }, (_, row) => found[row - first] ?? 0));
    }),
  );
});

test('masks are added, kept and turned event by event', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { maxLength: 100 }), (pairs) => {
      const result = (act: (one: RowMask, other: RowMask) => void): number[] => {
        const one = maskOf(pairs.map(([a]) => a));
        act(one, maskOf(pairs.map(([, b]) => b)));
        return flagsOf(one);
      };
      expect(result((one, other) => one.add(other))).toEqual(pairs.map(([a, b]) => a | b));
      expect(result((one, other) => one.keep(other))).toEqual(pairs.map(([a, b]) => a & b));
      expect(result((one) => one.turn())).toEqual(pairs.map(([a]) => 1 - a));
      expect(result((one) => one.clear())).toEqual(pairs.map(() => 0));
      const one = maskOf(pairs.map(([a]) => a));
      expect(one.isEmpty).toBe(pairs.every(([a]) => a === 0));
      expect(flagsOf(one.copy())).toEqual(flagsOf(one));
    }),
  );
});
