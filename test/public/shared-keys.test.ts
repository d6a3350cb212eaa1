import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Dictionary } from '#shared/columnar/dictionary.js';
import { valueAt, type CodedColumn } from '#shared/columnar/event-columns.js';
import { shareKeys } from '#public/engine/data/shared-keys.js';
import { stringTableOf } from '#shared/format/string-table.js';

function columnOf(name: string, codes: readonly number[], values: number): CodedColumn {
  const dictionary = Dictionary.of(stringTableOf(Array.from({ length: values }, (_, i) => `${name}${i}`)));
  return { name, keys: Uint32Array.from(codes), keyCount: values, codeOfKey: undefined, dictionary };
}

test('columns with common keys have the values that they had', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(30), fc.nat(6)), { minLength: 1, maxLength: 60 }), (events) => {
      const columns = [3, 31, 7].map((values, c) =>
        columnOf(
          'abc'.charAt(c),
          events.map((codes) => codes[c] as number),
          values,
        ),
      );
      const shared = shareKeys(columns);
      expect(new Set(shared.map(({ keys }) => keys)).size).toBe(1);
      shared.forEach((column, c) => {
        expect(column.keyCount).toBe(column.codeOfKey?.length);
        expect(events.map((_, row) => valueAt(column, row))).toEqual(
          events.map((_, row) => valueAt(columns[c] as CodedColumn, row)),
        );
      });
    }),
  );
});

test('a column that would make too many combinations stays as it was, and the others share without it', () => {
  const rows = Array.from({ length: 70_000 }, (_, row) => row);
  const few = columnOf(
    'few',
    rows.map((row) => row % 3),
    3,
  );
  const many = columnOf('many', rows, rows.length);
  const some = columnOf(
    'some',
    rows.map((row) => row % 5),
    5,
  );
  const [first, second, third] = shareKeys([few, many, some]);
  expect(second).toBe(many);
  expect(first?.keys).toBe(third?.keys);
  expect(first?.keyCount).toBe(15);
});
