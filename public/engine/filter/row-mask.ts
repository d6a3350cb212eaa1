/**
 * A set of events as a bitmask: a million events take 125 KB, which is computed, combined and counted faster than
 * memory for a list of them is allocated. The loops avoid branches on an event's content: for a million events without
 * a pattern, mispredicted branches would take most of the time.
 */
import type { Codes } from '#shared/columnar/codes.js';
import { inChunks } from '#shared/columnar/in-chunks.js';

export class RowMask {
  /** Event n is bit n mod 32 of word n / 32; the bits after the last event are 0. */
  readonly words: Uint32Array<ArrayBuffer>;

  /** Marks none of `total` events. */
  constructor(readonly total: number) {
    this.words = new Uint32Array((total + 31) >>> 5);
  }

  static ofAll(total: number): RowMask {
    const mask = new RowMask(total);
    mask.markSpan(0, total);
    return mask;
  }

  /** The events that are in all of the masks; a single mask is returned as it is. */
  static ofEach(total: number, [first, ...others]: readonly RowMask[]): RowMask {
    if (!first) return RowMask.ofAll(total);
    if (others.length === 0) return first;
    const mask = first.copy();
    for (const other of others) mask.keep(other);
    return mask;
  }

  copy(): RowMask {
    const mask = new RowMask(this.total);
    mask.words.set(this.words);
    return mask;
  }

  get isEmpty(): boolean {
    return this.words.every((word) => word === 0);
  }

  has(row: number): boolean {
    return (((this.words[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
  }

  mark(row: number): void {
    (this.words[row >>> 5] as number) |= 1 << (row & 31);
  }

  /** Marks the events in [from, to). */
  markSpan(from: number, to: number): void {
    const whole = Math.min((from + 31) & ~31, to);
    const rest = Math.max(whole, to & ~31);
    for (let row = from; row < whole; row++) this.mark(row);
    this.words.fill(0xffffffff, whole >>> 5, rest >>> 5);
    for (let row = rest; row < to; row++) this.mark(row);
  }

  /** Marks each event whose key has flag 1; all other flags are 0. */
  markKeys(keys: Codes, flags: Uint8Array): void {
    const whole = this.total >>> 5;
    inChunks(whole, (i, end) => markKeys(this.words, keys, flags, i, end));
    for (let row = whole << 5; row < this.total; row++) if (flags[keys[row] as number] === 1) this.mark(row);
  }

  /** Marks the events from `first` on that have flag 1. */
  markFlagged(first: number, flags: Uint8Array): void {
    for (let i = 0; i < flags.length; i++) if (flags[i] === 1) this.mark(first + i);
  }

  clear(): void {
    this.words.fill(0);
  }

  /** Adds the other mask's events (union). */
  add({ words }: RowMask): void {
    inChunks(words.length, (i, end) => addWords(this.words, words, i, end));
  }

  /** Removes all events that are not in the other mask (intersection). */
  keep({ words }: RowMask): void {
    inChunks(words.length, (i, end) => keepWords(this.words, words, i, end));
  }

  /** Inverts the mask. */
  turn(): void {
    const { words, total } = this;
    inChunks(words.length, (i, end) => turnWords(words, i, end));
    if ((total & 31) !== 0) (words[words.length - 1] as number) &= (1 << (total & 31)) - 1;
  }
}

function addWords(words: Uint32Array, others: Uint32Array, i: number, end: number): void {
  for (; i < end; i++) (words[i] as number) |= others[i] as number;
}

function keepWords(words: Uint32Array, others: Uint32Array, i: number, end: number): void {
  for (; i < end; i++) (words[i] as number) &= others[i] as number;
}

function turnWords(words: Uint32Array, i: number, end: number): void {
  for (; i < end; i++) words[i] = ~(words[i] as number);
}

function markKeys(words: Uint32Array, keys: Codes, flags: Uint8Array, i: number, end: number): void {
  for (; i < end; i++) {
    let word = 0;
    for (let bit = 0, row = i << 5; bit < 32; bit += 4, row += 4) {
      word |=
        ((flags[keys[row] as number] as number) |
          ((flags[keys[row + 1] as number] as number) << 1) |
          ((flags[keys[row + 2] as number] as number) << 2) |
          ((flags[keys[row + 3] as number] as number) << 3)) <<
        bit;
    }
    (words[i] as number) |= word;
  }
}

/** The number of bits in a word that are 1. */
export function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The index of the lowest bit in a word that is 1. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
