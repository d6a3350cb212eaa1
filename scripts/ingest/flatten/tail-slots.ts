/** Room for what was found out of records' tails, so that it is found out once for each of a few hundred. */
import type { RecordView } from './record-view.js';

/** A power of two. */
export const TAIL_SLOTS = 4096;

export class TailSlots {
  /** By slot: the number of the tail that it is of. */
  private readonly numbers = new Int32Array(TAIL_SLOTS);

  /** The slot of the record's tail; -1 where it has not been claimed, or the record has no tail that was seen before. */
  find({ tailNumber }: RecordView): number {
    const slot = tailNumber & (TAIL_SLOTS - 1);
    return tailNumber !== 0 && this.numbers[slot] === tailNumber ? slot : -1;
  }

  /** Makes a slot that of the record's tail; -1 where the record has none. */
  claim({ tailNumber }: RecordView): number {
    if (tailNumber === 0) return -1;
    const slot = tailNumber & (TAIL_SLOTS - 1);
    this.numbers[slot] = tailNumber;
    return slot;
  }
}
