import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findNames, splitLists } from '#scripts/output/html/split-lists.js';
import { decodeLists, encodeLists, FIRST_NAME } from '#shared/format/list-table.js';
import { predict, recall, symbolsFor } from '#shared/format/predicted-codes.js';
import { joinLists } from '../../support/join-lists.js';
import { stringAt, stringTableOf } from '#shared/format/string-table.js';

test('codes come back from their symbols, whatever predicts them', () => {
  const rows = fc.array(fc.tuple(fc.nat(12), fc.nat(4)), { maxLength: 80 });
  fc.assert(
    fc.property(rows, (list) => {
      const codes = Uint32Array.from(list, ([code]) => code);
      const given = Uint32Array.from(list, ([, key]) => key);
      const symbols = predict(codes, given, 5);
      for (const symbol of symbols) expect(symbol).toBeLessThan(symbolsFor(13));
      recall(symbols, given, 5);
      expect(symbols).toEqual(codes);
    }),
  );
});

test('what was predicted is 0, and a code that comes first in its turn is 1', () => {
  const codes = Uint32Array.of(0, 1, 1, 2, 1, 3, 2, 5);
  const given = Uint32Array.of(0, 1, 1, 0, 1, 1, 0, 0);
  expect([...predict(codes, given, 2)]).toEqual([1, 1, 0, 1, 0, 1, 0, 7]);
});

test('every cell of a list column comes back from its names, in however many blocks its lists are', () => {
  const cell = fc.oneof(
    fc.array(fc.constantFrom('a', 'b', 'arn:aws:s3:::x', 'é', ''), { maxLength: 4 }).map((names) => names.join('; ')),
    fc.constantFrom('; ', ';', ' ;', 'a;', 'a; ', '; ; ', 'a ; b', ';; '),
  );
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (cells, size) => {
      const table = splitLists(stringTableOf(['', ...cells]));
      const blocks: Uint8Array[] = [];
      let seen = FIRST_NAME;
      for (let from = 0; from < table.ends.length; from += size) {
        const to = Math.min(table.ends.length, from + size);
        blocks.push(encodeLists(table, from, to, seen));
        seen = Math.max(seen, ...Array.from(table.members.subarray(0, table.ends[to - 1]), (name) => name + 1));
      }
      const decoded = decodeLists(blocks);
      expect(decoded.members).toEqual(table.members);
      expect(joinLists({ ...table, ...decoded })).toEqual(['', ...cells]);
    }),
  );
});

test('a name is kept once, however many cells it is in', () => {
  const { names, members } = splitLists(stringTableOf(['', 'a; b', 'b; a', 'b; c']));
  expect(Array.from({ length: names.length }, (_, i) => stringAt(names, i))).toEqual(['', 'a', 'b', 'c']);
  expect([...members]).toEqual([1, 2, 2, 1, 2, 3]);
  expect([...findNames(stringTableOf(['', 'a; b', 'c'])).lists]).toEqual([0, 2, 3]);
});
