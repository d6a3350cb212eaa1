import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteDictionary } from '#scripts/bytes/byte-dictionary.js';
import { ByteReader, ByteWriter } from '#shared/format/bytes.js';
import { decodeCodes, encodeCodes, planesFor } from '#shared/format/codes.js';
import { decodeStringTables, encodeStringTable, stringAt, stringTableOf } from '#shared/format/string-table.js';
import { decodeTimes, encodeTimes, unitOf } from '#shared/format/times.js';

/** Cuts [0, length) at the given places. */
function pieces(length: number, cuts: readonly number[]): [from: number, to: number][] {
  const bounds = [...new Set([0, ...cuts.map((cut) => cut % (length + 1)), length])].sort((a, b) => a - b);
  return bounds.slice(1).map((to, i) => [bounds[i] as number, to]);
}

const cuts = fc.array(fc.nat(1000), { maxLength: 4 });
const text = fc.string({ unit: 'binary' });

test('a varint comes back, whatever its size', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeNat()), (numbers) => {
      const writer = new ByteWriter(1);
      for (const number of numbers) writer.varint(number);
      const reader = new ByteReader(writer.written());
      expect(numbers.map(() => reader.varint())).toEqual(numbers);
      expect(() => reader.byte()).toThrow(RangeError);
    }),
  );
});

test('strings come back from their table, in one piece or several', () => {
  fc.assert(
    fc.property(fc.array(text), cuts, (strings, at) => {
      const table = stringTableOf(strings);
      const blocks = pieces(strings.length, at).map(([from, to]) => encodeStringTable(table, from, to));
      const decoded = decodeStringTables(blocks);
      expect(Array.from({ length: decoded.length }, (_, i) => stringAt(decoded, i))).toEqual(strings);
    }),
  );
});

test('codes come back from their planes, in one piece or several', () => {
  const codes = fc.oneof(...[0xff, 0xffff, 0xffffff, 0xffffffff].map((max) => fc.array(fc.nat(max))));
  fc.assert(
    fc.property(codes, cuts, (numbers, at) => {
      const column = Uint32Array.from(numbers);
      const planes = planesFor(Math.max(0, ...numbers) + 1);
      const decoded = new Uint32Array(numbers.length);
      const end = pieces(numbers.length, at).reduce(
        (row, [from, to]) => decodeCodes(encodeCodes(column, planes, from, to), planes, decoded, row),
        0,
      );
      expect(end).toBe(numbers.length);
      expect([...decoded]).toEqual(numbers);
    }),
  );
});

test.each([
  [1, 1],
  [256, 1],
  [257, 2],
  [65_536, 2],
  [65_537, 3],
  [16_777_216, 3],
  [16_777_217, 4],
])('%i values need %i planes', (values, planes) => {
  expect(planesFor(values)).toBe(planes);
});

test('times come back from their differences, in one piece or several', () => {
  const wholeSeconds = fc.array(fc.nat(2 ** 32 - 1).map((second) => second * 1000));
  fc.assert(
    fc.property(fc.oneof(wholeSeconds, fc.array(fc.nat(2 ** 32 - 1))), cuts, (unsorted, at) => {
      const times = Float64Array.from(unsorted).sort();
      const start = times[0] ?? 0;
      const unit = unitOf(times);
      const decoded = new Float64Array(times.length);
      const end = pieces(times.length, at).reduce(
        (row, [from, to]) => decodeTimes(encodeTimes(times, start, unit, from, to), start, unit, decoded, row),
        0,
      );
      expect(end).toBe(times.length);
      expect(decoded).toEqual(times);
    }),
  );
});

test('a dictionary gives equal bytes the same code, other bytes another, and all bytes back', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 9, max: 3 }), { maxLength: 600 }), (values) => {
      const dictionary = new ByteDictionary();
      const known = new Map<string, number>([['', 0]]);
      for (const value of values) {
        // Not at the start of its memory, as in a log.
        const source = Uint8Array.of(7, ...value, 7);
        const code = dictionary.code(new DataView(source.buffer), 1, 1 + value.length);
        expect(code).toBe(known.get(value.join()) ?? known.size);
        known.set(value.join(), code);
      }
      expect(dictionary.size).toBe(known.size);
      const ends = dictionary.ends();
      const bytes = dictionary.bytes();
      for (const [value, code] of known) {
        expect(bytes.subarray(code === 0 ? 0 : ends[code - 1], ends[code]).join()).toBe(value);
      }
    }),
  );
});

test('a dictionary grows past its first size, in values and in bytes', () => {
  const dictionary = new ByteDictionary();
  const encoder = new TextEncoder();
  const codeOf = (i: number): number => {
    const bytes = encoder.encode(`value ${i} `.repeat(20));
    return dictionary.code(new DataView(bytes.buffer), 0, bytes.length);
  };
  const numbers = Array.from({ length: 5000 }, (_, i) => i);
  expect(numbers.map(codeOf)).toEqual(numbers.map((i) => i + 1));
  expect(numbers.map(codeOf)).toEqual(numbers.map((i) => i + 1));
});
