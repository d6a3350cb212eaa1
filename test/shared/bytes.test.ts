import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyWords, sameBytes } from '#shared/format/bytes.js';
import { plainEnd } from '#shared/format/json-bytes.js';

const text = fc.string({
  unit: fc.constantFrom('a', 'é', '日', '🦊', '\u{10ffff}', '\0', '\x7f', '"', '\\'),
  maxLength: 40,
});
const offset = fc.nat(9);

/** The text at an offset of a larger piece of memory. */
function placed(of: Uint8Array, at: number): DataView {
  const bytes = new Uint8Array(of.length + at + 9).fill(0x55);
  bytes.set(of, at);
  return new DataView(bytes.buffer);
}

test('text is copied byte for byte from any place to any place, and nothing around it is touched', () => {
  fc.assert(
    fc.property(text, offset, offset, (written, from, to) => {
      const bytes = new TextEncoder().encode(written);
      const target = placed(new Uint8Array(bytes.length), to);
      copyWords(placed(bytes, from), from, from + bytes.length, target, to);
      expect(target).toEqual(placed(bytes, to));
    }),
  );
});

test('texts are the same only where every byte is', () => {
  const others = new Map([
    ['a', '\0'],
    ['\0', '\x7f'],
    ['\x7f', 'a'],
    ['"', '\\'],
    ['\\', '"'],
    ['é', '\u0080'],
    ['日', '\u0800'],
    ['🦊', '\u{10ffff}'],
    ['\u{10ffff}', '\u{10000}'],
  ]);
  fc.assert(
    fc.property(text, offset, offset, fc.nat(), (written, from, to, where) => {
      const bytes = new TextEncoder().encode(written);
      const source = placed(bytes, from);
      expect(sameBytes(source, from, from + bytes.length, placed(bytes, to), to)).toBe(true);
      const letters = Array.from(written);
      fc.pre(letters.length > 0);
      letters.splice(where % letters.length, 1, others.get(letters[where % letters.length] as string) as string);
      const other = new TextEncoder().encode(letters.join(''));
      expect(other.length).toBe(bytes.length);
      expect(sameBytes(source, from, from + bytes.length, placed(other, to), to)).toBe(false);
    }),
  );
});

test('the plain part of a string ends at its first quote, backslash or control character', () => {
  fc.assert(
    fc.property(text, offset, (written, from) => {
      const bytes = new TextEncoder().encode(written);
      const special = bytes.findIndex((byte) => byte === 0x22 || byte === 0x5c || byte < 0x20);
      const end = from + bytes.length;
      expect(plainEnd(placed(bytes, from), from, end)).toBe(special < 0 ? end : from + special);
    }),
  );
});
