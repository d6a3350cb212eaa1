import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayNameSecret, namesSecret } from '#scripts/redact/secret-keys.js';

const WORDS = [
  'password passwd passphrase passcode pwd secret secretString secretBinary secretKey secretAccessKey secretValue token',
  'tokenCode mfaCode totp authenticationCode authenticationCode1 authenticationCode2 authorization authorizationCode',
  'authCode samlAssertion apiKey apiKeyValue privateKey privateKeyMaterial keyMaterial privateKeyPem encryptionKey',
  'signingKey connectionString userData base32StringSeed qrCodePng cookie xAmzSignature nextToken name log.json',
].flatMap((line) => line.split(' '));

/** A word as people write it: in capitals, with hyphens, underscores and dots anywhere, and one more or fewer letters. */
const names = fc
  .tuple(
    fc.constantFrom(...WORDS),
    fc.constantFrom('', 's', 'S', '-', '_.', 'x', '1'),
    fc.constantFrom('', 'DB_', 'my-', '日'),
    fc.boolean(),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('-', '_', '.')), { maxLength: 3 }),
  )
  .map(([word, ending, beginning, isUpper, marks]) => {
    let name = beginning + word + ending;
    for (const [place, mark] of marks)
      name = name.slice(0, place % name.length) + mark + name.slice(place % name.length);
    return isUpper ? name.toUpperCase() : name;
  });

test('no name of a secret is passed over for its last letters', () => {
  let secrets = 0;
  fc.assert(
    fc.property(names, (name) => {
      const bytes = new TextEncoder().encode(`"${name}"`);
      const latin1 = Buffer.from(bytes.subarray(1, -1)).toString('latin1');
      if (!namesSecret(latin1)) return;
      secrets++;
      expect(mayNameSecret(bytes, 1, bytes.length - 1)).toBe(true);
    }),
    { numRuns: 3000 },
  );
  expect(secrets).toBeGreaterThan(1000);
});

test.each(['images/photo-0001.jpg', 'logs/2026/11/23.json.gz', 'k', ''])(
  '%s is known for no secret without a look at it all',
  (name) => {
    const bytes = new TextEncoder().encode(name);
    expect(mayNameSecret(bytes, 0, bytes.length)).toBe(false);
  },
);
