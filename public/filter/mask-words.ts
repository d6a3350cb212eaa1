/**
 * Masks of a byte an event (1 or 0), read four events at a time as words. A mask is an array of its own, not a part of
 * another. Nothing here branches on what an event is:
 * at a million events with no pattern in them, guessing wrong half the time would take most of the time.
 */
import type { Codes } from '../data/codes.js';

const ONES = 0x01010101;

/** The events marked in every mask, as words; events beyond the last are not marked. At least one mask, of one length. */
export function andMasks(masks: readonly Uint8Array[]): Uint32Array {
  const [first = new Uint8Array(0), ...others] = masks;
  if (others.length === 0 && first.length % 4 === 0) return wordsOf(first);
  const bytes = new Uint8Array((first.length + 3) & ~3);
  bytes.set(first);
  for (const mask of others) keepMarks(mask, bytes.subarray(0, mask.length));
  return new Uint32Array(bytes.buffer);
}

/** Adds the marks of one mask to those of another. */
export function addMarks(from: Uint8Array, mask: Uint8Array): void {
  const [words, others] = [wordsOf(mask), wordsOf(from)];
  for (let i = 0; i < words.length; i++) (words[i] as number) |= others[i] as number;
  for (let row = words.length << 2; row < mask.length; row++) (mask[row] as number) |= from[row] as number;
}

/** Leaves the marks that another mask has too. */
export function keepMarks(by: Uint8Array, mask: Uint8Array): void {
  const [words, others] = [wordsOf(mask), wordsOf(by)];
  for (let i = 0; i < words.length; i++) (words[i] as number) &= others[i] as number;
  for (let row = words.length << 2; row < mask.length; row++) (mask[row] as number) &= by[row] as number;
}

/** Marks what is not marked, and the other way round. */
export function turnMarks(mask: Uint8Array): void {
  const words = wordsOf(mask);
  for (let i = 0; i < words.length; i++) (words[i] as number) ^= ONES;
  for (let row = words.length << 2; row < mask.length; row++) (mask[row] as number) ^= 1;
}

/** A mask's bytes, but for the last one to three, as words. */
function wordsOf(mask: Uint8Array): Uint32Array {
  return new Uint32Array(mask.buffer, mask.byteOffset, mask.length >> 2);
}

/** Marks each event whose key is flagged. */
export function markKeys(keys: Codes, flags: Uint8Array, mask: Uint8Array): void {
  const words = wordsOf(mask);
  for (let i = 0, row = 0; i < words.length; i++, row += 4) {
    (words[i] as number) |=
      (flags[keys[row] as number] as number) |
      ((flags[keys[row + 1] as number] as number) << 8) |
      ((flags[keys[row + 2] as number] as number) << 16) |
      ((flags[keys[row + 3] as number] as number) << 24);
  }
  for (let row = words.length << 2; row < mask.length; row++)
    (mask[row] as number) |= flags[keys[row] as number] as number;
}

/** How many events are marked. */
export function countMarked(words: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < words.length;) {
    // So many ones do not run over a byte.
    const end = Math.min(i + 255, words.length);
    let sums = 0;
    for (; i < end; i++) sums = (sums + (words[i] as number)) | 0;
    count += (sums & 255) + ((sums >>> 8) & 255) + ((sums >>> 16) & 255) + (sums >>> 24);
  }
  return count;
}

/** The marked events, ascending; `count` is how many there are. */
export function rowsMarked(words: Uint32Array, count: number): Uint32Array<ArrayBuffer> {
  return rowsWhere(words, 0, count);
}

/** The events that are not marked, ascending; `count` is how many there are. */
export function rowsNotMarked(words: Uint32Array, count: number): Uint32Array<ArrayBuffer> {
  return rowsWhere(words, ONES, count);
}

function rowsWhere(words: Uint32Array, turned: number, count: number): Uint32Array<ArrayBuffer> {
  // Room for what is written before it is known whether it counts.
  const rows = new Uint32Array(count + 4);
  let at = 0;
  for (let i = 0; i < words.length && at < count; i++) {
    const word = (words[i] as number) ^ turned;
    if (word === 0) continue;
    const row = i << 2;
    rows[at] = row;
    at += word & 1;
    rows[at] = row + 1;
    at += (word >>> 8) & 1;
    rows[at] = row + 2;
    at += (word >>> 16) & 1;
    rows[at] = row + 3;
    at += word >>> 24;
  }
  return rows.subarray(0, count);
}
