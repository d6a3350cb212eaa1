/**
 * Remembers pieces of JSON that occur often, and recognizes them by their bytes. Equal bytes are an equal value, which
 * then need not be scanned again: comparing is several times faster than scanning.
 */
import { copyWords, sameBytes } from '#shared/format/bytes.js';

export class SpanMemo {
  private readonly view: DataView;
  private readonly lengths: Int32Array;

  /** @param slots the number of remembered pieces, a power of two @param maxBytes longer pieces are not remembered */
  constructor(
    slots: number,
    private readonly maxBytes: number,
  ) {
    this.view = new DataView(new ArrayBuffer(slots * maxBytes));
    this.lengths = new Int32Array(slots);
  }

  /** The end of the piece at `at` if it is the one in the slot, else -1. */
  match(slot: number, view: DataView, at: number, end: number): number {
    const length = this.lengths[slot] as number;
    if (length === 0 || at + length > end) return -1;
    const stop = at + length;
    return sameBytes(view, at, stop, this.view, slot * this.maxBytes) ? stop : -1;
  }

  /**
   * Stores bytes [at, end) of a view, which are UTF-8, in the slot; if they are too long, empties the slot and returns
   * false.
   */
  remember(slot: number, view: DataView, at: number, end: number): boolean {
    this.lengths[slot] = 0;
    if (end - at > this.maxBytes) return false;
    copyWords(view, at, end, this.view, slot * this.maxBytes);
    this.lengths[slot] = end - at;
    return true;
  }

  /** Empties the slot. */
  forget(slot: number): void {
    this.lengths[slot] = 0;
  }
}

/** A hash of the bytes at the given offsets from `at`, as far as they are before `end`. */
export function sample(view: DataView, at: number, end: number, distances: readonly number[], seed: number): number {
  let hash = seed;
  for (const distance of distances) {
    if (at + distance + 4 > end) break;
    hash = Math.imul(hash ^ view.getInt32(at + distance, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
