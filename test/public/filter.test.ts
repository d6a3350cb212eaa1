import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { maskOf } from '../support/row-masks.js';
import { stringTableOf } from '#shared/format/string-table.js';
import { splitLists } from '#scripts/output/html/split-lists.js';
import { Dictionary } from '#shared/columnar/dictionary.js';
import { ListDictionary } from '#shared/columnar/list-dictionary.js';
import { codeAt, firstAtOrAfter, type CodedColumn } from '#shared/columnar/event-columns.js';
import { countByCode } from '#public/engine/filter/count.js';
import { RowMask } from '#public/engine/filter/row-mask.js';
import { topCodes } from '#public/engine/filter/top-codes.js';
import { filterRows, OTHER } from '#public/engine/filter/filtered.js';
import { sortByColumn, sortByTime } from '#public/engine/filter/sort.js';
import { sortBySeveral } from '#public/engine/filter/sort-by-several.js';
import { codesInRange, markRows, matchingCodes } from '#public/engine/filter/term-mask.js';
import { countValues } from '#public/engine/filter/value-counts.js';
import { parseRange } from '#shared/query/address.js';
import { patternOf, regexPattern } from '#shared/query/pattern.js';

function dictionaryOf(values: readonly string[]): Dictionary {
  return Dictionary.of(stringTableOf(values));
}

/** The same for cells of several names. */
function listsOf(cells: readonly string[]): ListDictionary {
  const { names, ...lists } = splitLists(stringTableOf(cells));
  return new ListDictionary(Dictionary.of(names), lists);
}

/** A column of these values, by event, or through identities that two codes may share. */
function columnOf(values: readonly string[], perIdentity: boolean): CodedColumn {
  const list = ['', ...new Set(values.filter((value) => value !== ''))];
  const codes = Uint32Array.from(values, (value) => list.indexOf(value));
  const dictionary = dictionaryOf(list);
  if (!perIdentity) return { name: 'x', keys: codes, keyCount: list.length, codeOfKey: undefined, dictionary };
  const keys = Uint32Array.from(values.keys());
  return { name: 'x', keys, keyCount: values.length, codeOfKey: codes, dictionary };
}

const someText = fc.constantFrom('', 'a', 'A', 'ab', 'b', 'İx', 'é', 'ÉB', 'ß', '日本', '😀a', 'ec2.amazonaws.com');
const someColumn = fc.array(someText, { minLength: 1, maxLength: 30 });

describe('a dictionary', () => {
  test('finds exactly the values that contain a text, none by its neighbour', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(someText, { maxLength: 12 }),
        fc.constantFrom('a', 'b', 'ba', 'ab', 'é', 'x', '本', ''),
        (values, text) => {
          const found: number[] = [];
          dictionaryOf(values).forEachWith(text, (code) => found.push(code));
          expect(found).toEqual(
            [...values.keys()].filter((code) => (values[code] as string).toLowerCase().includes(text)),
          );
        },
      ),
    );
  });

  test('ranks values whatever their case, the empty one last', () => {
    const values = ['', 'b', 'A', 'c', 'B'];
    const ranks = dictionaryOf(values).ranks();
    expect(
      [...values.keys()].sort((a, b) => (ranks[a] as number) - (ranks[b] as number)).map((code) => values[code]),
    ).toEqual(['A', 'b', 'B', 'c', '']);
  });
});

describe('a term', () => {
  const found = (values: readonly string[], text: string, isList = false): string[] => {
    const flags = matchingCodes(isList ? listsOf(values) : dictionaryOf(values), patternOf(text, true, true));
    return values.filter((_, code) => flags?.[code] === 1);
  };

  test('is a whole value, or a service by the name people use', () => {
    expect(found(['', 'ec2.amazonaws.com', 'ec2', 'xec2'], 'EC2')).toEqual(['ec2.amazonaws.com', 'ec2']);
  });

  test('of a list is one of its names', () => {
    expect(found(['', 'i-1; vol-2', 'vol-2', 'i-1x'], 'i-1', true)).toEqual(['i-1; vol-2']);
    expect(found(['', 'i-1; vol-2', 'vol-2', 'i-1x'], 'i-?x', true)).toEqual(['i-1x']);
  });

  test('of addresses may be a range, also of one that came through proxies', () => {
    const values = ['', '203.0.113.7', '203.0.114.7', '203.0.113.9, 10.0.0.1', 'ec2.amazonaws.com', '2001:DB8::7'];
    const inRange = (text: string): string[] => {
      const range = parseRange(text);
      const flags = range && codesInRange(dictionaryOf(values), range);
      return values.filter((_, code) => flags?.[code] === 1);
    };
    expect(inRange('203.0.113.0/24')).toEqual(['203.0.113.7', '203.0.113.9, 10.0.0.1']);
    expect(inRange('10.0.0.1')).toEqual(['203.0.113.9, 10.0.0.1']);
    expect(inRange('2001:db8::/32')).toEqual(['2001:DB8::7']);
  });

  test('that is one of hundreds of ranges takes each address apart once', () => {
    const values = ['', '203.0.113.7', '203.0.114.7'];
    const dictionary = dictionaryOf(values);
    const read = vi.spyOn(dictionary, 'value');
    const found = Array.from({ length: 300 }, (_, n) =>
      codesInRange(dictionary, { bytes: [203, 0, n & 255, 0], bits: 24 }),
    );
    expect(found.flatMap((flags, n) => (flags ? [n] : []))).toEqual([113, 114]);
    expect(read).toHaveBeenCalledTimes(values.length);
  });

  test('that is a regular expression is any part of a value, of a list’s name, or of a service’s short name', () => {
    const matching = (values: readonly string[], source: string, isList = false): string[] => {
      const flags = matchingCodes(isList ? listsOf(values) : dictionaryOf(values), regexPattern(source));
      return values.filter((_, code) => flags?.[code] === 1);
    };
    expect(matching(['', 'DeleteVpc', 'DeleteBucket', 'xDeleteSubnet'], 'Delete(Vpc|Subnet)')).toEqual([
      'DeleteVpc',
      'xDeleteSubnet',
    ]);
    expect(matching(['', 'i-1; vol-2', 'vol-2; i-12'], '^i-1$', true)).toEqual(['i-1; vol-2']);
    expect(matching(['', 'ec2.amazonaws.com', 'xec2.amazonaws.com'], '^ec2$')).toEqual(['ec2.amazonaws.com']);
  });

  test('that is a star is any value but none', () => {
    expect(found(['', 'a', 'b'], '*')).toEqual(['a', 'b']);
  });
});

test('marked rows are those whose value is flagged, per event or per identity', () => {
  fc.assert(
    fc.property(someColumn, someText, fc.boolean(), (values, wanted, perIdentity) => {
      const column = columnOf(values, perIdentity);
      const mask = new RowMask(values.length);
      const flags = matchingCodes(column.dictionary, patternOf(wanted, false, false));
      if (flags) markRows(column, flags, mask);
      expect(values.map((_, row) => mask.has(row))).toEqual(
        values.map((value) => value.toLowerCase().includes(wanted.toLowerCase())),
      );
    }),
  );
});

test('a sorted table has the values in order, the newest first among equals, missing ones last', () => {
  fc.assert(
    fc.property(someColumn, fc.boolean(), fc.boolean(), (values, perIdentity, up) => {
      const rows = Uint32Array.from(values.keys());
      const sorted = [...sortByColumn(rows, columnOf(values, perIdentity), up ? 'ascending' : 'descending')];
      expect([...sorted].sort((a, b) => a - b)).toEqual([...values.keys()]);
      for (let i = 1; i < sorted.length; i++) {
        const [before, after] = [sorted[i - 1] as number, sorted[i] as number];
        const [left, right] = [(values[before] as string).toLowerCase(), (values[after] as string).toLowerCase()];
        if (values[before] === values[after]) expect(before).toBeGreaterThan(after);
        else if (left === '' || right === '') expect(right).toBe('');
        else if (up) expect(left <= right).toBe(true);
        else expect(left >= right).toBe(true);
      }
    }),
  );
  expect([...sortByTime(Uint32Array.of(3, 5, 9), 'descending')]).toEqual([9, 5, 3]);
});

test('a chart with a choice counts what fails no clause but its own', () => {
  const column = columnOf(['a', 'b', 'a', 'c', ''], false);
  const outcomes = Uint8Array.of(0, 1, 2, 0, 1);
  const filtered = filterRows(5, [
    { mask: maskOf([1, 0, 1, 0, 0]), bit: 1 },
    { mask: maskOf([1, 1, 0, 1, 1]), bit: OTHER },
  ]);
  expect([...filtered.rows.list()]).toEqual([0]);
  // Codes: '' a b c.
  expect([...countByCode(column, outcomes, filtered, 1)]).toEqual([0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0]);
  expect([...countByCode(column, outcomes, filtered, 0)]).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test('counts are the same per event and per identity', () => {
  fc.assert(
    fc.property(someColumn, (values) => {
      const outcomes = Uint8Array.from(values, (_, i) => i % 3);
      const all = filterRows(values.length, []);
      expect(countByCode(columnOf(values, true), outcomes, all, 0)).toEqual(
        countByCode(columnOf(values, false), outcomes, all, 0),
      );
    }),
  );
});

test('the top lists the values with the most events, the chosen ones among them, and sums up the others', () => {
  const counts = Uint32Array.from([0, 0, 0, 5, 0, 0, 1, 1, 0, 9, 0, 0, 0, 0, 1]);
  expect(topCodes(counts, 2, new Set())).toEqual({
    top: [
      { code: 3, counts: [9, 0, 0] },
      { code: 1, counts: [5, 0, 0] },
    ],
    others: 2,
    othersCounts: [1, 1, 1],
  });
  expect(topCodes(counts, 2, new Set([4])).top.map(({ code }) => code)).toEqual([3, 4]);
});

test('the first row at or after a time is found by halving', () => {
  const times = Float64Array.of(1, 3, 3, 7);
  expect([0, 1, 2, 3, 4, 7, 8].map((time) => firstAtOrAfter(times, time))).toEqual([0, 0, 1, 1, 3, 3, 4]);
});

test('a table sorted by several columns is as if sorted by the last first, each pass keeping the order of equals', () => {
  const direction = fc.constantFrom('ascending' as const, 'descending' as const);
  const key = fc.record({ column: fc.constantFrom(0, 1, undefined), direction });
  fc.assert(
    fc.property(fc.array(fc.tuple(someText, someText, fc.nat(3)), { maxLength: 30 }), fc.array(key), (events, keys) => {
      const gaps = events.map(([, , gap]) => gap);
      const times = Float64Array.from(gaps, (_, i) => gaps.slice(0, i + 1).reduce((a, b) => a + b, 0));
      const columns = [
        columnOf(
          events.map(([a]) => a),
          false,
        ),
        columnOf(
          events.map(([, b]) => b),
          true,
        ),
      ] as const;
      const by = keys.map(({ column, direction }) => ({
        column: column === undefined ? undefined : columns[column],
        direction,
      }));
      const sorted = [...sortBySeveral(Uint32Array.from(events.keys()), by, times)];
      expect([...sorted].sort((a, b) => a - b)).toEqual([...events.keys()]);
      const rankOf = (row: number, column: CodedColumn | undefined, up: boolean): number => {
        if (!column) return (times[row] as number) * (up ? 1 : -1);
        const code = codeAt(column, row);
        const rank = column.dictionary.ranks()[code] as number;
        return code === 0 ? Infinity : up ? rank : -rank;
      };
      for (let i = 1; i < sorted.length; i++) {
        const ranks = by.map(({ column, direction }) =>
          [sorted[i - 1] as number, sorted[i] as number].map((row) => rankOf(row, column, direction === 'ascending')),
        );
        const deciding = ranks.find(([before, after]) => before !== after);
        if (deciding) expect(deciding[0]).toBeLessThan(deciding[1] as number);
      }
    }),
  );
});

describe('the values of a column', () => {
  const counted = (values: readonly string[], rows: readonly number[], perIdentity = false) =>
    countValues(columnOf(values, perIdentity), Uint32Array.from(rows));

  test('are counted among the rows, most events first, per event or per identity', () => {
    for (const perIdentity of [false, true]) {
      const counts = counted(['a', 'b', 'b', '', 'c'], [0, 1, 2, 3], perIdentity);
      expect(counts.distinct).toBe(3);
      expect(counts.find('', 2).values[0]).toEqual({ value: 'b', count: 2 });
      expect(
        counts
          .find('', 9)
          .values.map(({ value }) => value)
          .sort(),
      ).toEqual(['', 'a', 'b']);
      expect(counts.find('', 2).matching).toBe(3);
    }
  });

  test('are found by a part of them, whatever its case', () => {
    expect(counted(['ListUsers', 'GetUser', 'x'], [0, 1, 2]).find('USER', 9).values).toHaveLength(2);
  });

  test('of a list are its names', () => {
    const dictionary = listsOf(['', 'i-1; vol-2', 'vol-2', 'i-9']);
    const column = { name: 'x', keys: Uint32Array.of(1, 2, 3), keyCount: 4, codeOfKey: undefined, dictionary };
    const counts = countValues(column, Uint32Array.of(0, 1));
    expect(counts.find('', 9).values).toEqual([
      { value: 'vol-2', count: 2 },
      { value: 'i-1', count: 1 },
    ]);
    expect(counts.find('I-', 9).values).toEqual([{ value: 'i-1', count: 1 }]);
  });
});
