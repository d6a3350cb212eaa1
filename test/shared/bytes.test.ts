import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyWords, sameBytes } from '../../scripts/shared/bytes.js';
import { plainEnd } from '../../scripts/shared/json-bytes.js';

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

test('bytes are the same only where every one is', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 40 }),
      offset,
      offset,
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (...given) => {
        const [bytes, from, to, where, flipped] = given;
        const source = placed(bytes, from);
        expect(sameBytes(source, from, from + bytes.length, placed(bytes, to), to)).toBe(true);
        if (bytes.length === 0) return;
        const other = bytes.slice();
        (other[where % bytes.length] as number) ^= flipped;
        expect(sameBytes(source, from, from + bytes.length, placed(other, to), to)).toBe(false);
      },
    ),
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
