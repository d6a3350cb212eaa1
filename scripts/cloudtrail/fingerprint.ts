/**
 * Fingerprints of JSON values: two lanes of 32 bits that add up, so that the order of a record's fields does not matter.
 * They tell apart only what no column shows; what columns show is compared byte by byte.
 */
import { BACKSLASH, QUOTE } from '#shared/format/json-bytes.js';
import { decodeUtf8 } from '#shared/format/utf8.js';

export class Fingerprint {
  a = 0;
  b = 0;

  clear(): void {
    this.a = 0;
    this.b = 0;
  }

  /** Adds the JSON at bytes[start … end). White space between tokens and the way in which characters are escaped do not count. */
  add(bytes: Uint8Array, start: number, end: number): void {
    if (this.mix(bytes, start, end, false)) return;
    const canonical = new TextEncoder().encode(canonicalJson(decodeUtf8(bytes.subarray(start, end))));
    this.mix(canonical, 0, canonical.length, true);
  }

  /** False, with nothing added, where there is an escape and the bytes are not canonical. */
  private mix(bytes: Uint8Array, start: number, end: number, isCanonical: boolean): boolean {
    let a = 0x811c9dc5 | 0;
    let b = 0x2545f491;
    let inString = false;
    for (let i = start; i < end; i++) {
      const byte = bytes[i] as number;
      if (byte === BACKSLASH) {
        if (!isCanonical) return false;
        a = Math.imul(a ^ (bytes[++i] as number), 0x01000193);
      } else if (byte === QUOTE) inString = !inString;
      else if (byte <= 0x20 && !inString) continue;
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(((b << 5) | (b >>> 27)) ^ (bytes[i] as number), 0x5bd1e995);
    }
    this.a = (this.a + a) | 0;
    this.b = (this.b + b) | 0;
    return true;
  }
}

/** JSON with each string escaped in one way; everything else stays. */
export function canonicalJson(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/gs, (string) => {
    try {
      return JSON.stringify(JSON.parse(string));
    } catch {
      return string;
    }
  });
}
