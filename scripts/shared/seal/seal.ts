/**
 * Encrypts a report so that it cannot be read without its key. Each part of it (the manifest, the run, every block) is
 * encrypted by itself with XChaCha20-Poly1305, so that a page can read parts one at a time and in any order.
 *
 * The nonce of a part consists of the report's random number (16 bytes) and the part's number (8 bytes, little-endian):
 * no two parts of any reports share a nonce, even with the same key. The part's name is authenticated, so a part that
 * was changed, or replaced by another one of this or another report, cannot be decrypted.
 */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { Tampered } from './tampered.js';

/** `manifest`, `run`, or the number of a block. */
export type PartName = 'manifest' | 'run' | number;

/** The bytes of a key, and of a report's random number. */
export const KEY_BYTES = 32;
export const REPORT_BYTES = 16;

/** What decrypts the parts of one report. */
export interface Seal {
  readonly key: Uint8Array;
  /** The report's random number; not a secret. */
  readonly report: Uint8Array;
}

/** The encrypted bytes: 16 more than the given ones. */
export function sealPart(seal: Seal, part: PartName, bytes: Uint8Array): Uint8Array {
  return cipher(seal, part).encrypt(bytes);
}

/** The decrypted bytes. Throws {@link Tampered}. */
export function openPart(seal: Seal, part: PartName, sealed: Uint8Array): Uint8Array<ArrayBuffer> {
  try {
    return cipher(seal, part).decrypt(sealed);
  } catch {
    throw new Tampered(part);
  }
}

function cipher({ key, report }: Seal, part: PartName): ReturnType<typeof xchacha20poly1305> {
  const nonce = new Uint8Array(REPORT_BYTES + 8);
  nonce.set(report);
  new DataView(nonce.buffer).setUint32(REPORT_BYTES, part === 'manifest' ? 0 : part === 'run' ? 1 : part + 2, true);
  return xchacha20poly1305(key, nonce, new TextEncoder().encode(`culprit-sealed 1 ${String(part)}`));
}
