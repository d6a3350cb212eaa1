/** What is shown and what each chart counts, against the plainest way to say it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Dictionary } from '../../public/data/dictionary.js';
import type { CodedColumn } from '../../public/data/event-columns.js';
import { countByCode, countByTime } from '../../public/filter/count.js';
import { filterRows, OTHER } from '../../public/filter/filtered.js';
import { addMarks, keepMarks, markKeys, turnMarks } from '../../public/filter/mask-words.js';
import { stringTableOf } from '../../scripts/shared/string-table.js';

/** Of several hundred events, so that sums in words run over; as masks of mostly ones, mostly zeros, or both. */
const size = fc.integer({ min: 0, max: 1400 });
const someMask = (events: number): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(fc.constantFrom(0.02, 0.5, 0.98, 1), fc.nat())
    .map(([share, seed]) =>
      Uint8Array.from({ length: events }, (_, i) => (((i + seed) * 7919) % 101 < share * 101 ? 1 : 0)),
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
        clauses.every(({ mask }) => mask[row] === 1),
      );
      expect([...filterRows(events, clauses).rows]).toEqual(expected);
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
        const failed = clauses.filter(({ mask }) => mask[row] === 0);
        const outcome = outcomes[row] as number;
        const bucket = Math.floor(((times[row] as number) - grid.start) / grid.width);
        const series = byTime[outcome] as number[];
        if (failed.length === 0 && bucket in series) (series[bucket] as number)++;
        if (failed.some((clause) => clause.bit !== bit)) continue;
        (byCode[(keys[row] as number) * 3 + outcome] as number)++;
      }
      expect([...countByCode(column, outcomes, filtered, bit)]).toEqual(byCode);
      expect(countByTime(grid, times, outcomes, filtered).map((of) => [...of])).toEqual(byTime);
    }),
  );
});

test('the same clauses are recognised by their masks, and others are not', () => {
  const mask = Uint8Array.of(1, 0);
  const filtered = filterRows(2, [{ mask, bit: 1 }]);
  expect(filtered.isOf([{ mask, bit: 1 }])).toBe(true);
  expect(filtered.isOf([{ mask: Uint8Array.of(1, 0), bit: 1 }])).toBe(false);
  expect(filtered.isOf([{ mask, bit: 2 }])).toBe(false);
  expect(filtered.isOf([])).toBe(false);
});

test('marking adds the events whose key is flagged to those marked already', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(9), { maxLength: 40 }),
      fc.uint8Array({ minLength: 10, maxLength: 10, max: 1 }),
      (keys, flags) => {
        const mask = Uint8Array.from(keys, (_, row) => (row % 4 === 0 ? 1 : 0));
        markKeys(Uint16Array.from(keys), flags, mask);
        expect([...mask]).toEqual(keys.map((key, row) => (row % 4 === 0 || flags[key] === 1 ? 1 : 0)));
      },
    ),
  );
});

test('masks are added, kept and turned event by event', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { maxLength: 40 }), (pairs) => {
      const result = (act: (one: Uint8Array, other: Uint8Array) => void): number[] => {
        const one = Uint8Array.from(pairs, ([a]) => a);
        act(
          one,
          Uint8Array.from(pairs, ([, b]) => b),
        );
        return [...one];
      };
      expect(result((one, other) => addMarks(other, one))).toEqual(pairs.map(([a, b]) => a | b));
      expect(result((one, other) => keepMarks(other, one))).toEqual(pairs.map(([a, b]) => a & b));
      expect(result(turnMarks)).toEqual(pairs.map(([a]) => 1 - a));
    }),
  );
});
