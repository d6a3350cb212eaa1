/**
 * Stores many texts once: in lower case, as one string, which the browser searches fastest, plus one bit per byte for
 * capitals. Storing the texts twice would be the largest part of the memory of a page with a million events. Texts
 * beyond ASCII, whose lower case may have another length, are also stored as written.
 */
import type { StringTable } from '../format/string-table.js';
import { decodeUtf8 } from '../format/utf8.js';

/** Prepared texts, as plain data that a worker can transfer. */
export interface LoweredTexts {
  /** ASCII in lower case; without `capitals`, UTF-8 as written. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The end of each text in `bytes`. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** One bit per byte, lowest first, set for capitals; undefined if there is more than ASCII. */
  readonly capitals: Uint8Array<ArrayBuffer> | undefined;
}

const ENCODER = new TextEncoder();

/** Converts texts to lower case. If they are ASCII, this is done in place, and `bytes` belong to the result. */
export function lowerTexts(bytes: Uint8Array<ArrayBuffer>, ends: Uint32Array<ArrayBuffer>): LoweredTexts {
  const whole = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Uint32Array(whole.buffer, whole.byteOffset, whole.length >> 2);
  const rest = words.length << 2;
  let seen = 0;
  for (let i = 0; i < words.length; i++) seen |= words[i] as number;
  for (let i = rest; i < whole.length; i++) seen |= whole[i] as number;
  if ((seen & 0x80808080) !== 0) return { bytes: whole, ends, capitals: undefined };
  const capitals = new Uint8Array((whole.length + 7) >> 3);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number;
    // The first sum sets a byte's highest bit from A on, the second one after Z.
    const found = (word + 0x3f3f3f3f) & ~(word + 0x25252525) & 0x80808080;
    if (found === 0) continue;
    words[i] = word | (found >>> 2);
    const bits = ((found >>> 7) | (found >>> 14) | (found >>> 21) | (found >>> 28)) & 15;
    (capitals[i >> 1] as number) |= bits << ((i & 1) << 2);
  }
  for (let i = rest; i < whole.length; i++) {
    const byte = whole[i] as number;
    if (byte < 0x41 || byte > 0x5a) continue;
    whole[i] = byte | 0x20;
    (capitals[i >> 3] as number) |= 1 << (i & 7);
  }
  return { bytes: whole, ends, capitals };
}

export class CasedTexts {
  /** All texts in lower case, concatenated. */
  readonly lower: string;
  /** The end of each text in `lower`. */
  readonly ends: Uint32Array;
  private readonly capitals: Uint8Array | undefined;
  /** The texts as written, if they go beyond ASCII. */
  private readonly written: { readonly bytes: Uint8Array<ArrayBuffer>; readonly ends: Uint32Array } | undefined;

  /** @param gap the text between two texts: none, or one line feed, which occurs in none of them */
  constructor(
    { bytes, ends, capitals }: LoweredTexts,
    private readonly gap: 0 | 1,
  ) {
    this.capitals = capitals;
    if (capitals) {
      this.lower = decodeUtf8(bytes);
      this.ends = ends;
      return;
    }
    this.written = { bytes, ends };
    this.ends = new Uint32Array(ends.length);
    if (gap === 1) {
      this.lower = decodeUtf8(bytes).toLowerCase();
      let at = -1;
      for (let i = 0; i < ends.length; i++) this.ends[i] = at = this.lower.indexOf('\n', at + 1);
    } else {
      let all = '';
      for (let i = 0; i < ends.length; i++) {
        all += this.writtenAt(i, this.written).toLowerCase();
        this.ends[i] = all.length;
      }
      this.lower = all;
    }
  }

  get length(): number {
    return this.ends.length;
  }

  startOf(i: number): number {
    return i === 0 ? 0 : (this.ends[i - 1] as number) + this.gap;
  }

  /** Text i in lower case. */
  lowerAt(i: number): string {
    return this.lower.slice(this.startOf(i), this.ends[i]);
  }

  /** Text i as written. */
  at(i: number): string {
    const { capitals, written, lower } = this;
    if (written) return this.writtenAt(i, written);
    const from = this.startOf(i);
    const to = this.ends[i] as number;
    for (let byte = from >> 3; byte << 3 < to; byte++) {
      if (capitals?.[byte] !== 0) return this.withCapitals(from, to);
    }
    return lower.slice(from, to);
  }

  /** All texts as written, in new arrays. */
  table(): StringTable {
    const { length } = this;
    if (this.written) return { length, bytes: this.written.bytes.slice(), ends: this.written.ends.slice() };
    const { bytes, ends, capitals } = this.lowered();
    capitals?.forEach((bits, byte) => {
      for (let bit = 0; bits >> bit > 0; bit++)
        if (((bits >> bit) & 1) === 1) (bytes[(byte << 3) + bit] as number) &= 0xdf;
    });
    return { length, bytes, ends };
  }

  /** The data to make the same texts again, in new arrays. */
  lowered(): LoweredTexts {
    const { written, capitals } = this;
    if (written) return { bytes: written.bytes.slice(), ends: written.ends.slice(), capitals: undefined };
    return { bytes: ENCODER.encode(this.lower), ends: this.ends.slice(), capitals: capitals?.slice() };
  }

  private writtenAt(i: number, { bytes, ends }: { bytes: Uint8Array; ends: Uint32Array }): string {
    return decodeUtf8(bytes.subarray(i === 0 ? 0 : (ends[i - 1] as number) + this.gap, ends[i]));
  }

  private withCapitals(from: number, to: number): string {
    const { lower, capitals } = this;
    let text = '';
    let plain = from;
    for (let i = from; i < to; i++) {
      if ((((capitals?.[i >> 3] as number) >> (i & 7)) & 1) === 0) continue;
      text += lower.slice(plain, i) + String.fromCharCode(lower.charCodeAt(i) & 0xdf);
      plain = i + 1;
    }
    return text + lower.slice(plain, to);
  }
}
