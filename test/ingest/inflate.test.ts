import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inflate } from '#scripts/ingest/read/inflate.js';

const MIB = 1 << 20;
/** Whatever may be a log's: binary files have their own test. */
const text = fc.string({ unit: 'binary', maxLength: 400 }).filter((content) => !content.includes('\0'));

/** The bytes as text, and what was wrong with them. */
function inflated(stored: Uint8Array, maxBytes = MIB): { text: string; faults: readonly string[] } {
  const { bytes, faults } = inflate(stored, maxBytes);
  return { text: Buffer.from(bytes).toString(), faults };
}

test('bytes that are no gzip are taken as they are', () => {
  fc.assert(
    fc.property(text, (content) => {
      const stored = Buffer.from(content);
      fc.pre(stored[0] !== 0x1f);
      expect(inflated(stored)).toEqual({ text: stored.toString(), faults: [] });
    }),
  );
});

test('gzip of any number of members, in up to four layers, gives what was compressed', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 4 }), (members, layers) => {
      const content = Buffer.concat(members.map((member) => Buffer.from(member)));
      fc.pre(content[0] !== 0x1f);
      let stored: Uint8Array = Buffer.concat(members.map((member) => gzipSync(member)));
      for (let layer = 1; layer < layers; layer++) stored = gzipSync(stored);
      expect(inflated(stored)).toEqual({ text: content.toString(), faults: [] });
    }),
  );
});

test('cut anywhere, gzip gives all that came before the cut', () => {
  const content = Array.from({ length: 500 }, (_, i) => `line ${i} ${(i * 7919) % 1000}\n`).join('');
  const stored = gzipSync(content);
  fc.assert(
    fc.property(fc.integer({ min: 3, max: stored.length - 1 }), (length) => {
      const { text: got, faults } = inflated(stored.subarray(0, length));
      expect(content.startsWith(got)).toBe(true);
      expect(faults).toEqual(['gzip-truncated']);
    }),
  );
  // Only the check sum is missing.
  expect(inflated(stored.subarray(0, -8)).text).toBe(content);
});

test('damaged anywhere, gzip gives all that came before the damage', () => {
  // Stored, not deflated, so that one knows which byte is which.
  const content = 'abcdefghij'.repeat(3000);
  const stored = gzipSync(content, { level: 0 });
  const dataStart = stored.indexOf('abcdefghij');
  fc.assert(
    fc.property(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = Buffer.from(stored);
      damaged[dataStart + at] = (damaged[dataStart + at] as number) ^ change;
      const { text: got, faults } = inflated(damaged);
      // The block headers within the data are damaged too, sometimes.
      expect(got.slice(0, Math.min(at, 16_000))).toBe(content.slice(0, Math.min(at, 16_000)));
      expect(faults).toContain('gzip-corrupt');
    }),
    { numRuns: 50 },
  );
});

test('a damage far behind the beginning costs what lies behind it only', () => {
  const content = Array.from(
    { length: 40_000 },
    (_, i) => `{"event":${i},"agent":"aws-cli/2.15.0 md/Botocore"}\n`,
  ).join('');
  const stored = gzipSync(content, { level: 1 });
  const at = Math.floor(stored.length * 0.9);
  stored.fill(0xff, at, at + 16);
  const { text: got, faults } = inflated(stored, 32 * MIB);
  expect(faults).toEqual(['gzip-corrupt']);
  // What zlib makes of the damaged bytes before it notices may be anything.
  const most = Math.floor(content.length * 0.85);
  expect(got.slice(0, most) === content.slice(0, most)).toBe(true);
});

test('bytes of any kind never make it throw', () => {
  const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3);
  fc.assert(
    fc.property(fc.boolean(), fc.uint8Array({ maxLength: 200 }), (isGzip, bytes) => {
      const stored = isGzip ? Buffer.concat([header, bytes]) : bytes;
      expect(inflate(stored, MIB).bytes.length).toBeLessThanOrEqual(3 * MIB);
    }),
    { numRuns: 300 },
  );
  expect(
    inflate(Buffer.concat([header, deflateRawSync('x', { finishFlush: constants.Z_SYNC_FLUSH })]), MIB).faults,
  ).toEqual(['gzip-truncated']);
});

test('the limit is on what is inflated, to the byte', () => {
  const content = 'x'.repeat(1000);
  for (const stored of [
    Buffer.from(content),
    gzipSync(content),
    gzipSync(gzipSync(content)),
    gzipSync(content).subarray(0, -4),
  ]) {
    expect(inflated(stored, 1000).text).toBe(content);
    expect(inflated(stored, 999)).toEqual({ text: '', faults: ['too-large'] });
  }
  expect(inflated(gzipSync('x'), 1)).toEqual({ text: 'x', faults: [] });
});

test('damaged UTF-8 is replaced, a cut character is no damage', () => {
  expect(inflated(Uint8Array.of(0x61, 0xe9, 0x62))).toEqual({ text: 'a\ufffdb', faults: ['utf8-invalid'] });
  const cut = gzipSync('aé', { level: 0 }).subarray(0, -9);
  expect(inflated(cut)).toEqual({ text: 'a', faults: ['gzip-truncated'] });
});

test('UTF-16 is read by its byte order mark, odd bytes and all', () => {
  const littleEndian = Buffer.from('\ufeffaé😀', 'utf16le');
  expect(inflated(littleEndian)).toEqual({ text: 'aé😀', faults: [] });
  expect(inflated(Buffer.from(littleEndian).swap16())).toEqual({ text: 'aé😀', faults: [] });
  expect(inflated(Buffer.concat([littleEndian, Buffer.of(0x61)])).text).toBe('aé😀\ufffd');
});
