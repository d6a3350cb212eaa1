import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SegmentReader } from '#shared/format/segment-reader.js';
import type { SegmentSection } from '#shared/format/segment.js';
import { ResourceNames } from '#scripts/output/html/resource-names.js';
import { splitLists } from '#scripts/output/html/split-lists.js';
import { stringTableOf } from '#shared/format/string-table.js';
import { SectionEncoder, SegmentEncoder } from '#scripts/output/html/segment-encoder.js';
import { patternOf, regexPattern, testOf, type Pattern } from '#shared/query/pattern.js';
import { Dictionary } from '#shared/columnar/dictionary.js';
import { RowNames } from '#public/engine/worker/row-names.js';
import { KeptSection } from '#public/engine/worker/kept-section.js';
import { spellingsOf, TextSearch } from '#public/engine/worker/segment-search.js';

const ENCODER = new TextEncoder();

/** The rows whose cell is found. @param lists each row's resources, joined  @param besides whether references are left out */
function search(
  cells: readonly string[],
  pattern: Pattern,
  lists: readonly string[] = cells.map(() => ''),
  besides = false,
): number[] {
  const resources = [...new Set(['', ...lists])];
  const codes = Uint32Array.from(lists, (list) => resources.indexOf(list));
  const section = new SectionEncoder(cells.length, new ResourceNames(stringTableOf(resources)));
  cells.forEach((cell, row) => {
    const bytes = ENCODER.encode(cell);
    if (cell === '') section.addMissing();
    else section.add(bytes, new DataView(bytes.buffer), 0, bytes.length, codes[row] as number, true);
  });
  const reader = new SegmentReader(new SegmentEncoder().encode(cells.length, [section]), 1);
  const { names, members, ends, targets } = splitLists(stringTableOf(resources));
  const own = { members: members.slice(), ends: ends.slice(), targets: targets.slice() };
  const kept = new KeptSection(
    reader.sections[0] as SegmentSection,
    new RowNames({ codes, lists: own, names: Dictionary.of(names) }),
  );
  expect(cells.map((_, row) => kept.row(row))).toEqual(cells);
  const hits = new Uint8Array(cells.length);
  new TextSearch(pattern).search(kept, hits, besides);
  return [...hits.keys()].filter((row) => hits[row] === 1);
}

const CELLS = [
  '',
  '{"instancesSet":{"items":[{"instanceId":"i-0abc"}]}}',
  '{"instancesSet":{"items":[{"instanceId":"i-0def"},{"instanceId":"i-0abc"}]}}',
  '{"fromPort":22,"toPort":[80,443],"big":12345678901234567890,"f":2922.0}',
  '{"policy":"{\\"Version\\":\\"2012-10-17\\"}","html":"\\u003cb\\u003e","accent":"caf\\u00e9"}',
  '"User: arn:aws:iam::1:user/x is not authorized to perform \\"s3:Get\\""',
  '{"k":"Zoë","empty":{},"none":[],"t":true,"n":null}',
];

describe('a text is found', () => {
  test.each<[string, string, number[]]>([
    ['in a value', 'I-0ABC', [1, 2]],
    ['in a key', 'fromport', [3]],
    ['across a key and a value', '"instanceId":"i-0a', [1, 2]],
    ['across a number and what follows it', '80,443]', [3]],
    ['across a key and a number', 'fromPort":22', [3]],
    ['from the colon of a number on', ':22', [3]],
    ['in a number of any length', '345678901234567890', [3]],
    ['in a number as it was written', '2922.0', [3]],
    ['in quotes that JSON escapes', '"Version":"2012', [4]],
    ['in characters that the log writes as escapes', '<b>', [4]],
    ['in letters that the log writes as escapes', 'café', [4]],
    ['in letters beyond ASCII, whatever their case', 'ZOË', [6]],
    ['in an empty object', '"empty":{}', [6]],
    ['nowhere', 'i-0xyz', []],
  ])('%s: %s', (_, text, rows) => {
    expect(search(CELLS, patternOf(text, false, false))).toEqual(rows);
  });

  test('with the signs of wildcards as they are, where the text is quoted', () => {
    const cells = ['{"q":"?a"}', '{"q":"*a"}', '{"q":"xa"}'];
    expect(search(cells, patternOf('?a"', false, false))).toEqual([0]);
    expect(search(cells, patternOf('*a"', false, false))).toEqual([1]);
    expect(search(cells, patternOf('?a"', true, false))).toEqual([0, 1, 2]);
  });

  test('with wildcards', () => {
    expect(search(CELLS, patternOf('i-0?bc', true, false))).toEqual([1, 2]);
    expect(search(CELLS, patternOf('instances*def', true, false))).toEqual([2]);
    expect(search(CELLS, patternOf('?', true, false))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(search(CELLS, patternOf('*', true, false))).toEqual([1, 2, 3, 4, 5, 6]);
    // More than a machine of states is made for.
    expect(search(CELLS, patternOf(`instan${'?'.repeat(20)}instance`, true, false))).toEqual([1, 2]);
  });
});

const NAMES = ['i-0abc', 'i-0abcdef', 'arn:aws:s3:::Bucket/Key/of.gz', 'arn:aws:iam::1:role/path/Zoë', '2025-03'];

/** A cell and its row's resources. */
const row = fc
  .record({
    json: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.record({ id: fc.constantFrom(...NAMES), n: fc.nat(9) })),
    names: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 }),
    from: fc.nat(60),
    kind: fc.nat(3),
  })
  .map(({ json, names, from, kind }) => {
    const name = names[0] ?? NAMES[0];
    // The same few templates, so that streams of them are long enough for a dictionary.
    const cells = [
      JSON.stringify(json),
      JSON.stringify({ key: name?.slice(from % name.length), again: name }),
      JSON.stringify({ id: '0a1b2c3d', at: from }),
      CELLS[from % CELLS.length] as string,
    ];
    return { cell: cells[kind] as string, list: names.join('; ') };
  });

/** A pattern of pieces of the text, with wildcards between them. */
const wildcards = fc.array(fc.constantFrom('*', '?', '??', '*?'), { maxLength: 3 });

test('with wildcards and expressions it finds the rows that reading every cell would find', () => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 40 }),
      fc.nat(),
      fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
      wildcards,
      fc.boolean(),
      (rows, at, places, signs, isRegex) => {
        const source = (rows[at % rows.length] as (typeof rows)[number]).cell;
        const [from = 0, ...gaps] = places.map((place) => place % 9);
        // Pieces of one cell, in their order, so that many patterns do match.
        let start = from;
        const pieces = [source.slice(start, start + 3)];
        for (const [i, sign] of signs.entries()) {
          start += 3 + (gaps[i] ?? 0);
          pieces.push(sign, source.slice(start, start + 2));
        }
        const text = pieces.join('');
        fc.pre(text !== '' && !/[\ud800-\udfff]/.test(text));
        const escaped = pieces
          .map((piece, i) =>
            i % 2 === 1
              ? piece.replaceAll('?', '.').replaceAll('*', '.*')
              : piece.replace(/[^\w\u0080-\uffff]/g, '\\$&'),
          )
          .join('');
        const pattern = isRegex ? regexPattern(escaped) : patternOf(text, true, false);
        const tests = spellingsOf(pattern).map((pattern) => testOf(pattern));
        const [cells, lists] = [rows.map(({ cell }) => cell), rows.map(({ list }) => list)];
        const matching = [...cells.keys()].filter((one) => {
          const cell = (cells[one] as string).toLowerCase();
          return cell !== '' && tests.some((matches) => matches(cell));
        });
        expect(search(cells, pattern, lists)).toEqual(matching);
      },
    ),
    { numRuns: 500 },
  );
});

test('it finds the rows that reading every cell would find, and those besides where references are left to their column', () => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 40 }),
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 1, max: 6 }),
      (rows, at, from, length) => {
        const source = (rows[at % rows.length] as (typeof rows)[number]).cell;
        const start = from % (source.length + 1);
        const text = source.slice(start, start + length);
        // Half a surrogate pair is no text that anyone can type.
        fc.pre(text !== '' && !/[\ud800-\udfff]/.test(text));
        const pattern = patternOf(text, false, false);
        const tests = spellingsOf(pattern).map((pattern) => testOf(pattern));
        const [cells, lists] = [rows.map(({ cell }) => cell), rows.map(({ list }) => list)];
        const matching = (texts: readonly string[]): number[] =>
          [...rows.keys()].filter((one) => tests.some((matches) => matches((texts[one] as string).toLowerCase())));
        expect(search(cells, pattern, lists)).toEqual(matching(cells));
        const inNames = [...rows.keys()].filter((one) => testOf(pattern)((lists[one] as string).toLowerCase()));
        const besides = new Set([...search(cells, pattern, lists, true), ...inNames]);
        expect(matching(cells).filter((one) => !besides.has(one))).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});
