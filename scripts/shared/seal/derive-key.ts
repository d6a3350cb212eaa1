/** From a passphrase to a key. */
import { scrypt } from '@noble/hashes/scrypt.js';
import { fromBase64Url, type KeyDerivation } from './lock.js';
import { KEY_BYTES } from './seal.js';

/**
 * The key, after as much work as `derivation` asks for (half a second): in the page this is for a worker.
 * However the passphrase was typed, the same characters give the same key.
 */
export function deriveKey(passphrase: string, { salt, N, r, p }: KeyDerivation): Uint8Array {
  const text = new TextEncoder().encode(passphrase.normalize('NFKC'));
  return scrypt(text, fromBase64Url(salt) ?? new Uint8Array(), { N, r, p, dkLen: KEY_BYTES, maxmem: 2 ** 30 });
}
