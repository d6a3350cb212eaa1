/** Whatever byte is changed, nobody is told that the trail is verified, unless it inflates to the same. */
import fc from 'fast-check';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { proveStored } from '#scripts/verify/file-proof.js';
import { LogProofs } from '#scripts/verify/log-proofs.js';
import { KeyRing } from '#scripts/verify/signature.js';
import { parseDigestName } from '#scripts/verify/trail-names.js';
import { verifyTrail } from '#scripts/verify/verify-trail.js';
import { SignedTrail } from '../support/digests/signed-trail.js';
import { KEY } from '../support/digests/tampering.js';

const TRAIL = new SignedTrail({ key: KEY, hours: 3 });
const KEYS = [...TRAIL.objects.keys()];

/** @param changed instead of the body or the signature of an object */
function stateOf(key: string, changed: { readonly body?: Buffer; readonly signature?: string }): string {
  const logs = new LogProofs();
  const digests = [...TRAIL.objects].flatMap(([of, { body, metadata }]) => {
    const name = `s3://${TRAIL.bucket}/${of}`;
    const parsedName = parseDigestName(name);
    const stored = of === key ? (changed.body ?? body) : body;
    const { signature } = changed;
    const beside = of === key && signature !== undefined ? { ...metadata, signature } : metadata;
    if (parsedName === undefined) logs.add(name, proveStored(stored, 1 << 20).proof);
    return parsedName === undefined ? [] : [{ name, parsedName, stored, metadata: beside }];
  });
  const keys = new KeyRing([KEY]);
  const isExpected = (): boolean => true;
  const times = { since: undefined, until: undefined, now: Date.parse('2025-03-04T00:00:00Z') };
  return verifyTrail({ digests, unreadDigests: [], logs, isExpected, keys, ...times }).state;
}

function inflatesToTheSame(a: Buffer, b: Buffer): boolean {
  try {
    return gunzipSync(a).equals(gunzipSync(b));
  } catch {
    return false;
  }
}

const position = fc.record({ object: fc.nat(), at: fc.nat(), flip: fc.integer({ min: 1, max: 255 }) });

describe('one byte changed', () => {
  test('in a log or digest', () => {
    fc.assert(
      fc.property(position, ({ object, at, flip }) => {
        const key = KEYS[object % KEYS.length] ?? '';
        const { body } = TRAIL.object(key);
        const changed = Buffer.from(body);
        const index = at % body.length;
        changed[index] = (changed[index] ?? 0) ^ flip;
        if (!inflatesToTheSame(body, changed)) expect(stateOf(key, { body: changed })).toBe('tampered');
      }),
      { numRuns: 300 },
    );
  });

  test('in a signature', () => {
    fc.assert(
      fc.property(position, ({ object, at, flip }) => {
        const key = TRAIL.digests[object % TRAIL.digests.length] ?? '';
        const signature = Buffer.from(TRAIL.object(key).metadata['signature'] ?? '', 'hex');
        const index = at % signature.length;
        signature[index] = (signature[index] ?? 0) ^ flip;
        expect(stateOf(key, { signature: signature.toString('hex') })).toBe('tampered');
      }),
    );
  });
});

test('bytes of any kind are a proof of nothing and never make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isGzip) => {
      const stored = isGzip ? Uint8Array.from([0x1f, 0x8b, 8, ...bytes]) : bytes;
      expect(['damaged', 'plain', 'gzip', 'trailing']).toContain(proveStored(stored, 1 << 16).proof?.form);
      const digest = KEYS.find((key) => key.includes('Digest')) ?? '';
      expect(stateOf(digest, { body: Buffer.from(stored) })).toBe('tampered');
    }),
  );
});
