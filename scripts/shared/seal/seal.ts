/**
 * Sealing: what makes a report unreadable without its key. Each part of it (the manifest, the run, every block) is
 * sealed by itself with XChaCha20-Poly1305, so that a page reads them one at a time and in any order.
 *
 * The nonce of a part is the report's random number (16 bytes) and the part's (8 bytes, little-endian): no two parts of
 * any two reports share one, also where reports share a key. The part's name is authenticated with it, so a part that
 * was changed, or put in the place of another or of another report's, does not open.
 */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { Tampered } from './tampered.js';

/** `manifest`, `run`, or a block by its number. */
export type PartName = 'manifest' | 'run' | number;

/** Bytes of a key, and of a report's random number. */
export const KEY_BYTES = 32;
export const REPORT_BYTES = 16;

/** What opens the parts of one report. */
export interface Seal {
  readonly key: Uint8Array;
  /** The report's random number; no secret. */
  readonly report: Uint8Array;
}

/** The sealed bytes, 16 more than those given. */
export function sealPart(seal: Seal, part: PartName, bytes: Uint8Array): Uint8Array {
  return cipher(seal, part).encrypt(bytes);
}

/** The bytes that were sealed. Throws {@link Tampered}. */
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
