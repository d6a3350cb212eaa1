import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SegmentReader, type SegmentSection } from '../../scripts/shared/segment.js';
import { encodeSegment, SectionEncoder } from '../../scripts/html/segment-encoder.js';
import { patternOf, testOf } from '../../scripts/shared/query/pattern.js';
import { SectionSearch, spellingsOf } from '../../public/worker/segment-search.js';

const ENCODER = new TextEncoder();

function search(cells: readonly string[], text: string, wild = false): number[] {
  const section = new SectionEncoder(cells.length);
  for (const cell of cells) {
    const bytes = ENCODER.encode(cell);
    if (cell === '') section.addMissing();
    else section.add(bytes, new DataView(bytes.buffer), 0, bytes.length);
  }
  const reader = new SegmentReader(encodeSegment(cells.length, [section]), 1);
  const hits = new Uint8Array(cells.length);
  new SectionSearch(reader.sections[0] as SegmentSection, (row) => reader.cell(0, row)).search(
    patternOf(text, wild, false),
    hits,
  );
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
    expect(search(CELLS, text)).toEqual(rows);
  });

  test('with wildcards', () => {
    expect(search(CELLS, 'i-0?bc', true)).toEqual([1, 2]);
    expect(search(CELLS, 'instances*def', true)).toEqual([2]);
    expect(search(CELLS, '?', true)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

test('it finds the rows that reading every cell would find', () => {
  const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value));
  const cells = fc.array(fc.oneof(json, fc.constantFrom(...CELLS)), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(cells, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 6 }), (rows, at, from, length) => {
      const source = rows[at % rows.length] as string;
      const start = from % (source.length + 1);
      const text = source.slice(start, start + length);
      // Half a surrogate pair is no text that anyone can type.
      fc.pre(text !== '' && !/[\ud800-\udfff]/.test(text));
      const tests = spellingsOf(patternOf(text, false, false)).map(testOf);
      const expected = [...rows.keys()].filter((row) =>
        tests.some((matches) => matches((rows[row] as string).toLowerCase())),
      );
      expect(search(rows, text)).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});
