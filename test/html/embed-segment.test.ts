import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeSegment, SectionEncoder } from '../../scripts/html/segment-encoder.js';
import { SegmentReader } from '../../scripts/shared/segment.js';
import { compactJson } from '../support/json-values.js';

const encoder = new TextEncoder();

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** The cells of one column after encoding and decoding. */
function throughSegment(columns: readonly (readonly string[])[]): string[][] {
  const rows = columns[0]?.length ?? 0;
  const sections = columns.map((cells) => {
    const section = new SectionEncoder(rows);
    for (const cell of cells) {
      // Within other bytes, as in a pool of texts.
      const bytes = encoder.encode(`x${cell}"`);
      section.add(bytes, viewOf(bytes), 1, bytes.length - 1);
    }
    return section;
  });
  const reader = new SegmentReader(encodeSegment(rows, sections), columns.length);
  expect(reader.rows).toBe(rows);
  return columns.map((cells, column) => cells.map((_, row) => reader.cell(column, row)));
}

test('every cell of a segment comes back as it was written', () => {
  const cell = fc.oneof({ weight: 4, arbitrary: compactJson }, { weight: 1, arbitrary: fc.constant('') });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 12 }), (rows) => {
      const columns = [rows.map(([first]) => first), rows.map(([, second]) => second)];
      expect(throughSegment(columns)).toEqual(columns);
    }),
  );
});

test('cells of one kind share a template, and one that is the same again shares its values', () => {
  const section = new SectionEncoder(4);
  const add = (text: string): void => {
    const bytes = encoder.encode(text);
    section.add(bytes, viewOf(bytes), 0, bytes.length);
  };
  add('{"a":1,"b":"x"}');
  add('{"a":-2.5e3,"b":""}');
  section.addAgain(0);
  add('{"b":"x","a":1}');
  const reader = new SegmentReader(encodeSegment(4, [section]), 1);
  expect(reader.sections[0]?.templates.map(({ slots }) => slots)).toEqual([0, 2, 2]);
  expect([0, 1, 2, 3].map((row) => reader.cell(0, row))).toEqual([
    '{"a":1,"b":"x"}',
    '{"a":-2.5e3,"b":""}',
    '{"a":1,"b":"x"}',
    '{"b":"x","a":1}',
  ]);
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
  const section = new SectionEncoder(1);
  const value = encoder.encode('"v"');
  section.add(value, viewOf(value), 0, 3);
  const bytes = encodeSegment(1, [section]).slice();
  bytes[bytes.lastIndexOf(0x0a)] = 0x20;
  expect(() => new SegmentReader(bytes, 1).cell(0, 0)).toThrow(RangeError);
});
