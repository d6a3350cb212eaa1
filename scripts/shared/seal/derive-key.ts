/** Derives a key from a passphrase. */
import { scrypt } from '@noble/hashes/scrypt.js';
import { fromBase64Url, type KeyDerivation } from './lock.js';
import { KEY_BYTES } from './seal.js';

/**
 * The key, after the amount of work that `derivation` specifies (half a second): in the page, this is done in a worker.
 * Equal characters give equal keys, whatever way they were typed.
 */
export function deriveKey(passphrase: string, { salt, N, r, p }: KeyDerivation): Uint8Array {
  const text = new TextEncoder().encode(passphrase.normalize('NFKC'));
  return scrypt(text, fromBase64Url(salt) ?? new Uint8Array(), { N, r, p, dkLen: KEY_BYTES, maxmem: 2 ** 30 });
}
