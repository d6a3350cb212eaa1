/**
 * Fingerprints of JSON values: two 32-bit sums, so that the order of a record's fields does not matter. They only
 * distinguish data that no column shows; data in columns is compared byte by byte.
 */
import { BACKSLASH, compact } from '#shared/format/json-bytes.js';
import { decodeUtf8 } from '#shared/format/utf8.js';

/** The first byte above white space and control characters, four times. */
const ABOVE_SPACE = 0x21212121;
const SPACE = 0x20;
const FOUR_BACKSLASHES = 0x5c5c5c5c;

export class Fingerprint {
  a = 0;
  b = 0;

  clear(): void {
    this.a = 0;
    this.b = 0;
  }

  /**
   * Adds the JSON at bytes[start … end); `view` is a view of `bytes`. White space between tokens and the way in which
   * characters are escaped do not matter.
   */
  add(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    if (this.mix(view, start, end, false)) return;
    const compacted = new Uint8Array(end - start);
    const length = compact(bytes, start, end, compacted);
    this.addCompact(compacted, new DataView(compacted.buffer), 0, length);
  }

  /** Like `add`, for JSON without white space between tokens. */
  addCompact(bytes: Uint8Array, view: DataView, start: number, end: number): void {
    if (bytes.subarray(start, end).includes(BACKSLASH)) {
      const canonical = new TextEncoder().encode(canonicalJson(decodeUtf8(bytes.subarray(start, end))));
      this.mix(new DataView(canonical.buffer), 0, canonical.length, true);
    } else this.mix(view, start, end, true);
  }

  /**
   * Mixes four bytes at a time into both sums. Returns false and adds nothing if there is white space or an escape and
   * the bytes are not known to be canonical; see `plainEnd` for the arithmetic.
   */
  private mix(view: DataView, start: number, end: number, isCanonical: boolean): boolean {
    let a = (end - start) ^ 0x811c9dc5;
    let b = (end - start) ^ 0x2545f491;
    let found = 0;
    let at = start;
    for (; at <= end - 4; at += 4) {
      const word = view.getInt32(at, true);
      const backslash = word ^ FOUR_BACKSLASHES;
      found |= ((backslash - 0x01010101) & ~backslash) | ((word - ABOVE_SPACE) & ~word);
      a = Math.imul(((a << 13) | (a >>> 19)) ^ word, 0xcc9e2d51);
      b = Math.imul(((b << 5) | (b >>> 27)) ^ word, 0x5bd1e995);
    }
    for (; at < end; at++) {
      const byte = view.getUint8(at);
      if (byte <= SPACE || byte === BACKSLASH) found = -1;
      a = Math.imul(((a << 13) | (a >>> 19)) ^ byte, 0xcc9e2d51);
      b = Math.imul(((b << 5) | (b >>> 27)) ^ byte, 0x5bd1e995);
    }
    if (!isCanonical && (found & 0x80808080) !== 0) return false;
    this.a = (this.a + (a ^ (a >>> 15))) | 0;
    this.b = (this.b + (b ^ (b >>> 13))) | 0;
    return true;
  }
}

/** The JSON with every string escaped in the same way; everything else is unchanged. */
export function canonicalJson(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/gs, (string) => {
    try {
      return JSON.stringify(JSON.parse(string));
    } catch {
      return string;
    }
  });
}
