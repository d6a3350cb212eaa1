/** Sealing: only the key opens a part, and only the part that was sealed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64Url, fromBase64Url, keyIn, keyMark, lockOf, type Lock } from '#shared/seal/lock.js';
import { KEY_BYTES, openPart, REPORT_BYTES, sealPart, type PartName, type Seal } from '#shared/seal/seal.js';
import { Tampered } from '#shared/seal/tampered.js';

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const seals: fc.Arbitrary<Seal> = fc.record({ key: bytesOf(KEY_BYTES), report: bytesOf(REPORT_BYTES) });
const parts: fc.Arbitrary<PartName> = fc.oneof(fc.constantFrom('manifest', 'run'), fc.nat(100_000));

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice();
  const at = bit % (copy.length * 8);
  copy[at >> 3] = (copy[at >> 3] as number) ^ (1 << (at & 7));
  return copy;
}

test('what was sealed comes back with its seal, and is 16 bytes longer meanwhile', () => {
  fc.assert(
    fc.property(seals, parts, fc.uint8Array({ maxLength: 3000 }), (seal, part, bytes) => {
      const sealed = sealPart(seal, part, bytes);
      expect(sealed).toHaveLength(bytes.length + 16);
      expect(openPart(seal, part, sealed)).toEqual(bytes);
    }),
  );
});

test('one bit changed in the data, the key or the report’s number, and nothing comes back', () => {
  fc.assert(
    fc.property(seals, parts, fc.uint8Array({ maxLength: 300 }), fc.nat(), (seal, part, bytes, bit) => {
      const sealed = sealPart(seal, part, bytes);
      expect(() => openPart(seal, part, flipped(sealed, bit))).toThrow(Tampered);
      expect(() => openPart({ ...seal, key: flipped(seal.key, bit) }, part, sealed)).toThrow(Tampered);
      expect(() => openPart({ ...seal, report: flipped(seal.report, bit) }, part, sealed)).toThrow(Tampered);
    }),
  );
});

test('a part does not open in the place of another, and a shorter one does not open at all', () => {
  fc.assert(
    fc.property(seals, parts, parts, fc.uint8Array({ maxLength: 100 }), (seal, one, other, bytes) => {
      fc.pre(one !== other);
      const sealed = sealPart(seal, one, bytes);
      expect(() => openPart(seal, other, sealed)).toThrow(Tampered);
      expect(() => openPart(seal, one, sealed.subarray(1))).toThrow(Tampered);
      expect(() => openPart(seal, one, new Uint8Array())).toThrow(Tampered);
    }),
  );
});

test('no two parts are sealed alike, though they are the same', () => {
  const seal = { key: new Uint8Array(KEY_BYTES), report: new Uint8Array(REPORT_BYTES) };
  const names: PartName[] = ['manifest', 'run', ...Array.from({ length: 300 }, (_, i) => i)];
  const sealed = names.map((part) => base64Url(sealPart(seal, part, new Uint8Array(8)).subarray(0, 8)));
  expect(new Set(sealed).size).toBe(names.length);
});

test('base64url is Node’s, both ways, and only its own texts are read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(base64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64Url(base64Url(bytes))).toEqual(bytes);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      const bytes = fromBase64Url(text);
      if (bytes) expect(base64Url(bytes)).toBe(text);
    }),
  );
  for (const text of ['A', 'AB', 'AA=', 'A A', 'é', 'AAAAA']) expect(fromBase64Url(text)).toBeUndefined();
});

test('a key is found in a whole link, in its part after #, beside a view, and by itself', () => {
  fc.assert(
    fc.property(bytesOf(KEY_BYTES), (key) => {
      const text = base64Url(key);
      for (const place of [
        text,
        ` ${text}\n`,
        `#key=${text}`,
        `http://team.example/r/#key=${text}`,
        `http://team.example/r/#v1&q=who:alice&key=${text}`,
        `The report: http://team.example/r/#key=${text}\n`,
      ]) {
        expect(keyIn(place)).toEqual(key);
      }
      expect(keyIn(text.slice(1))).toBeUndefined();
      expect(keyIn(`#key=${text}A`)).toBeUndefined();
      expect(keyIn(`#monkey=${text.slice(2)}`)).toBeUndefined();
    }),
  );
});

test('another key has another mark, and the mark holds nothing of the key', () => {
  fc.assert(
    fc.property(bytesOf(KEY_BYTES), fc.nat(), (key, bit) => {
      expect(keyMark(key)).toMatch(/^[\w-]{12}$/);
      expect(keyMark(flipped(key, bit))).not.toBe(keyMark(key));
    }),
  );
});

test('a lock with a missing or wrong field is invalid', () => {
  const lock: Lock = {
    format: 'culprit-sealed',
    version: 1,
    report: base64Url(new Uint8Array(REPORT_BYTES)),
    key: keyMark(new Uint8Array(KEY_BYTES)),
    passphrase: { salt: 'AAAA', N: 131072, r: 8, p: 1 },
    manifest: 'AAAA',
  };
  expect(lockOf(lock)).toBe(lock);
  const { passphrase, ...byLink } = lock;
  expect(lockOf(byLink)).toBe(byLink);
  for (const field of ['format', 'version', 'report', 'key', 'manifest', 'passphrase'] as const) {
    const { [field]: _, ...without } = lock;
    if (field !== 'passphrase') expect(lockOf(without), field).toBeUndefined();
    for (const other of [null, -1, {}, [], true, '?'])
      if (field !== 'manifest' || other !== '?') expect(lockOf({ ...lock, [field]: other }), field).toBeUndefined();
  }
  for (const field of ['salt', 'N', 'r', 'p'])
    expect(lockOf({ ...lock, passphrase: { ...passphrase, [field]: undefined } }), field).toBeUndefined();
  for (const nothing of [null, undefined, 7, 'x', []]) expect(lockOf(nothing)).toBeUndefined();
});
