import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitLists } from '#scripts/output/html/split-lists.js';
import { stringAt, stringTableOf } from '#shared/format/string-table.js';
import { CasedTexts, lowerTexts } from '#shared/columnar/cased-texts.js';
import { Dictionary } from '#shared/columnar/dictionary.js';
import { ListDictionary } from '#shared/columnar/list-dictionary.js';

const ENCODER = new TextEncoder();

const ascii = fc.string({ unit: fc.constantFrom('a', 'Z', 'M', '@', '[', '`', '{', '0', ' ', '/') });
const beyond = fc.string({ unit: fc.constantFrom('a', 'B', '\ufeff', 'é', 'É', 'İ', 'ß', '本', '😀') });
const texts = fc.array(fc.oneof({ weight: 20, arbitrary: ascii }, beyond), { maxLength: 12 });

/** The texts, a line feed after each where there is a gap; their bytes begin anywhere in memory. */
function casedOf(values: readonly string[], gap: 0 | 1, offset: number): CasedTexts {
  const end = gap === 1 ? '\n' : '';
  const written = ENCODER.encode(values.map((value) => value + end).join(''));
  const memory = new Uint8Array(written.length + offset);
  memory.set(written, offset);
  let at = 0;
  const ends = Uint32Array.from(values, (value) => {
    at += ENCODER.encode(value).length + gap;
    return at - gap;
  });
  return new CasedTexts(lowerTexts(memory.subarray(offset), ends), gap);
}

describe('texts', () => {
  test('are read in lower case and as they were written, with or without a gap', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom<0 | 1>(0, 1), fc.nat(3), (values, gap, offset) => {
        const cased = casedOf(values, gap, offset);
        expect(values.map((_, i) => cased.at(i))).toEqual(values);
        expect(values.map((_, i) => cased.lowerAt(i))).toEqual(values.map((value) => value.toLowerCase()));
      }),
    );
  });

  test('come back as a table, and as what another thread makes the same of', () => {
    fc.assert(
      fc.property(texts, (values) => {
        const cased = casedOf(values, 0, 0);
        const table = cased.table();
        expect(values.map((_, i) => stringAt(table, i))).toEqual(values);
        const again = new CasedTexts(cased.lowered(), 0);
        expect(values.map((_, i) => again.at(i))).toEqual(values);
      }),
    );
  });
});

const name = fc.constantFrom('a', 'A', 'ab', 'b', 'a;b', ' b', 'B ', 'arn:x/Y', 'é');
const cell = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('; '));

function listsOf(cells: readonly string[]): ListDictionary {
  const { names, ...lists } = splitLists(stringTableOf(cells));
  return new ListDictionary(Dictionary.of(names), lists);
}

describe('lists of names', () => {
  test('are read as their cells, and found by any part of them, also by one that lies in two names', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(cell, { maxLength: 8 }),
        fc.constantFrom('', 'a', 'ab', 'x/y', ';', '; ', 'a; b', ' b', ' ', 'b ;', ';b', 'é; a'),
        (cells, text) => {
          const all = ['', ...cells];
          const lists = listsOf(all);
          expect(all.map((_, code) => lists.value(code))).toEqual(all);
          const found: number[] = [];
          lists.forEachWith(text, (code) => found.push(code));
          expect(found).toEqual([...all.keys()].filter((code) => (all[code] as string).toLowerCase().includes(text)));
        },
      ),
    );
  });

  test('are ordered by their first names, then by the next, whatever their case; a missing one comes last', () => {
    const cells = ['', 'b; a', 'a; b', 'B', 'a', 'a; B; c', 'c'];
    const ranks = listsOf(cells).ranks();
    const ordered = [...cells.keys()].sort((a, b) => (ranks[a] as number) - (ranks[b] as number));
    expect(ordered.map((code) => cells[code])).toEqual(['a', 'a; b', 'a; B; c', 'b; a', 'B', 'c', '']);
  });

  test('count their names', () => {
    const lists = listsOf(['', 'a; b', 'b']);
    const counts = lists.countNames(Uint32Array.of(5, 2, 3));
    expect([...counts.keys()].map((code) => [lists.names.value(code), counts[code]])).toEqual([
      ['', 5],
      ['a', 2],
      ['b', 5],
    ]);
  });
});
