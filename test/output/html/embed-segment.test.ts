import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ResourceNames } from '#scripts/output/html/resource-names.js';
import { SectionEncoder, SegmentEncoder } from '#scripts/output/html/segment-encoder.js';
import { stringTableOf } from '#shared/format/string-table.js';
import { SegmentReader } from '#shared/format/segment-reader.js';
import { compactJson } from '../../support/json-values.js';

const encoder = new TextEncoder();

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

const NO_NAMES = (): never => {
  throw new Error('nothing refers to a name');
};

/** The cells of columns after encoding and decoding; `resources` are each row's names. */
function throughSegment(
  columns: readonly (readonly string[])[],
  resources?: readonly (readonly string[])[],
  repeats = true,
): string[][] {
  const rows = columns[0]?.length ?? 0;
  const lists = resources?.map((names) => names.join('; ')) ?? [];
  const distinct = [...new Set(['', ...lists])];
  const names = resources && new ResourceNames(stringTableOf(distinct));
  const sections = columns.map((cells) => {
    const section = new SectionEncoder(rows, names);
    cells.forEach((cell, row) => {
      // Within other bytes, as in a pool of texts.
      const bytes = encoder.encode(`x${cell}"`);
      if (cell === '') section.addMissing();
      else section.add(bytes, viewOf(bytes), 1, bytes.length - 1, distinct.indexOf(lists[row] ?? ''), repeats);
    });
    return section;
  });
  const reader = new SegmentReader(new SegmentEncoder().encode(rows, sections), columns.length);
  expect(reader.rows).toBe(rows);
  return columns.map((cells, column) =>
    cells.map((_, row) => reader.cell(column, row, () => lists[row]?.split('; ') ?? NO_NAMES())),
  );
}

const anyCell = fc.oneof({ weight: 4, arbitrary: compactJson }, { weight: 1, arbitrary: fc.constant('') });

test('every cell of a segment comes back as it was written', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyCell, anyCell), { maxLength: 12 }), fc.boolean(), (rows, repeats) => {
      const columns = [rows.map(([first]) => first), rows.map(([, second]) => second)];
      expect(throughSegment(columns, undefined, repeats)).toEqual(columns);
    }),
  );
});

test('values come back whatever their stream is: names of resources, IDs, numbers, the same ones again', () => {
  const hex = fc.stringMatching(/^[0-9a-f]{8}$/);
  const name = fc.constantFrom(
    'i-0123456789abcdef0',
    'arn:aws:s3:::bucket/key/of/object',
    'arn:aws:iam::111122223333:role/service-role/Deployer',
    'back\\slash-name',
    'naïve-bucket',
  );
  const value = fc.oneof(
    hex,
    fc.uuid(),
    fc.nat(3).map(String),
    name,
    name.map((arn) => arn.slice(arn.search(/[:/]/) + 1)),
  );
  const kinds = [hex, fc.uuid(), fc.constantFrom('a', 'b', 'aaaaaaaa'), value] as const;
  const row = fc.tuple(...kinds, fc.array(name, { maxLength: 3 }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 20, maxLength: 60 }), (rows) => {
      const cells = rows.map(([a, b, c, d]) => JSON.stringify({ a, b, c, d, again: d, n: c.length }));
      const resources = rows.map(([, , , , names]) => names);
      expect(throughSegment([cells, cells.slice().reverse()], resources)).toEqual([cells, cells.slice().reverse()]);
    }),
    { numRuns: 60 },
  );
});

/** The one section of a segment of these cells. */
function sectionOf(cells: readonly string[], names?: ResourceNames, lists: readonly number[] = []): SegmentReader {
  const section = new SectionEncoder(cells.length, names);
  cells.forEach((cell, row) => {
    const bytes = encoder.encode(cell);
    section.add(bytes, viewOf(bytes), 0, bytes.length, lists[row] ?? 0, true);
  });
  return new SegmentReader(new SegmentEncoder().encode(cells.length, [section]), 1);
}

test('cells of one kind share a template, and one that is the same again is the same cell', () => {
  const cells = ['{"a":1,"b":"x"}', '{"a":-2.5e3,"b":""}', '{"a":1,"b":"x"}', '{"b":"x","a":1}'];
  const reader = sectionOf(cells);
  const section = reader.sections[0];
  expect(section?.templates.map(({ pieces }) => pieces.length - 1)).toEqual([2, 2]);
  expect([...(section?.cellOfRow ?? [])]).toEqual([1, 2, 1, 3]);
  expect(cells.map((_, row) => reader.cell(0, row, NO_NAMES))).toEqual(cells);
});

test('a value that the resources name is not kept again, and rows share a cell only where their resources agree', () => {
  const lists = ['', 'arn:aws:s3:::logs/2025/a.gz; arn:aws:s3:::logs', 'arn:aws:s3:::logs'];
  const names = new ResourceNames(stringTableOf(lists));
  const cell = '{"bucketName":"arn:aws:s3:::logs","key":"2025/a.gz","part":"a.gz","short":"logs"}';
  const rows = [1, 2, 1, 0, 2, 0];
  const reader = sectionOf(
    rows.map(() => cell),
    names,
    rows,
  );
  const section = reader.sections[0];
  expect([...(section?.cellOfRow ?? [])]).toEqual([1, 2, 1, 3, 2, 3]);
  const text = new TextDecoder().decode(section?.values);
  expect(text.split('\n').filter((value) => value === 'arn:aws:s3:::logs')).toHaveLength(1);
  expect(text.split('\n').filter((value) => value === '2025/a.gz')).toHaveLength(2);
  expect(rows.map((list, row) => reader.cell(0, row, () => (lists[list] ?? '').split('; ')))).toEqual(
    rows.map(() => cell),
  );
});

test('a long value is cut between characters, and stays JSON', () => {
  fc.assert(
    fc.property(fc.nat(9), fc.constantFrom('é', '€', '😀', '\\n', '\\u00e9', 'x'), (offset, unit) => {
      const whole = `{"k":"${'a'.repeat(offset)}${unit.repeat(9000)}","after":7}`;
      const [[cut]] = throughSegment([[whole]]) as [[string]];
      const shown = (JSON.parse(cut) as { k: string; after: number }).k;
      expect(cut.endsWith('…","after":7}')).toBe(true);
      expect((JSON.parse(whole) as { k: string }).k.startsWith(shown.slice(0, -1))).toBe(true);
      expect(encoder.encode(cut).length).toBeGreaterThan(8192 - 8);
    }),
    { numRuns: 30 },
  );
});

test('of what only machines read, nothing is left but a mark', () => {
  const token = 'F'.repeat(300);
  const cell = `{"credentials":{"sessionToken":"${token}"},"x-amz-id-2":"${token}","note":"${token}"}`;
  expect(throughSegment([[cell]])).toEqual([
    [`{"credentials":{"sessionToken":"…"},"x-amz-id-2":"…","note":"${token}"}`],
  ]);
});

test('a segment that does not hold the values its templates need is refused', () => {
  const section = new SectionEncoder(1, undefined);
  const value = encoder.encode('"v"');
  section.add(value, viewOf(value), 0, 3, 0, true);
  const bytes = new SegmentEncoder().encode(1, [section]).slice();
  bytes[bytes.lastIndexOf(0x0a)] = 0x20;
  expect(() => new SegmentReader(bytes, 1).cell(0, 0, NO_NAMES)).toThrow(RangeError);
});
