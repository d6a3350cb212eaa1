/**
 * The events of a mask, ascending: counted at once, but listed only if all of them are needed. A table needs only the
 * few in view.
 */
import { inChunks } from '#shared/columnar/in-chunks.js';
import { bitsIn, lowestBit, type RowMask } from './row-mask.js';

/** The number of words that are counted together. */
const CHUNK = 64;

export class MarkedRows {
  /** The number of marked events before each chunk of words, and the total. */
  private readonly before = [0];
  private listed: Uint32Array<ArrayBuffer> | undefined;

  /** @param mask must not be changed any more */
  constructor(readonly mask: RowMask) {
    const { words } = mask;
    inChunks(words.length, (i, end) => this.before.push(this.length + bitsBetween(words, i, end)), CHUNK);
  }

  get length(): number {
    return this.before[this.before.length - 1] as number;
  }

  /** The row at an index; undefined if there is none. */
  rowAt(place: number): number | undefined {
    if (place < 0 || place >= this.length) return undefined;
    let chunk = 0;
    while ((this.before[chunk + 1] as number) <= place) chunk++;
    let left = place - (this.before[chunk] as number);
    let i = chunk * CHUNK;
    for (let count; left >= (count = bitsIn(this.mask.words[i] as number)); i++) left -= count;
    let word = this.mask.words[i] as number;
    for (; left > 0; left--) word &= word - 1;
    return (i << 5) + lowestBit(word);
  }

  /** The index of a row; -1 if it is not marked. */
  placeOf(row: number): number {
    const { mask } = this;
    if (!mask.has(row)) return -1;
    const word = row >>> 5;
    const inWord = bitsIn((mask.words[word] as number) & ((1 << (row & 31)) - 1));
    return bitsBetween(mask.words, 0, word) + inWord;
  }

  /** All marked rows. Do not change the result. */
  list(): Uint32Array<ArrayBuffer> {
    if (this.listed) return this.listed;
    const rows = new Uint32Array(this.length);
    let at = 0;
    inChunks(this.mask.words.length, (i, end) => (at = listBetween(this.mask.words, i, end, rows, at)), CHUNK);
    return (this.listed = rows);
  }
}

function bitsBetween(words: Uint32Array, i: number, end: number): number {
  let count = 0;
  for (; i < end; i++) count += bitsIn(words[i] as number);
  return count;
}

/** Appends the words' events to `rows` from `at` on; returns the next index. */
function listBetween(words: Uint32Array, i: number, end: number, rows: Uint32Array, at: number): number {
  for (; i < end; i++) {
    for (let word = (words[i] as number) | 0; word !== 0; word &= word - 1) rows[at++] = (i << 5) + lowestBit(word);
  }
  return at;
}
