/**
 * Guesses a record's next key from the one before: records of one file have their keys in one order, so that comparing
 * with what came last time is nearly always enough to know the field.
 */
import { sameBytes } from '#shared/format/bytes.js';
import { FIELD_NAMES } from './record-fields.js';

/** Stands for the keys of no field of ours, and for the beginning of a record. */
const OTHER = FIELD_NAMES.length;
const BEGINNING = OTHER + 1;

export class KeyMemo {
  /** The field that the last match found, or -1. */
  field = -1;
  // By the field before: where in the log its next key was last, from its quote to behind its colon, and whose key it is.
  private readonly positions = new Int32Array(BEGINNING + 1);
  private readonly lengths = new Int32Array(BEGINNING + 1);
  private readonly fields = new Int32Array(BEGINNING + 1);
  private previous = BEGINNING;

  /** Positions are of one log: another one begins. */
  forget(): void {
    this.lengths.fill(0);
    this.begin();
  }

  /** A record begins. */
  begin(): void {
    this.previous = BEGINNING;
  }

  /** The position behind the colon of the key at `at`, if it is the one guessed; else -1. */
  match(view: DataView, at: number, end: number): number {
    const { previous } = this;
    const length = this.lengths[previous] as number;
    const stop = at + length;
    if (length === 0 || stop > end) return -1;
    if (!sameBytes(view, at, stop, view, this.positions[previous] as number)) return -1;
    this.field = this.fields[previous] as number;
    this.previous = this.field < 0 ? OTHER : this.field;
    return stop;
  }

  /** The key that `match` did not guess: it lies at [at, stop), its colon included, and is that of `field`, or of none (-1). */
  remember(at: number, stop: number, field: number): void {
    const { previous } = this;
    this.positions[previous] = at;
    this.lengths[previous] = stop - at;
    this.fields[previous] = field;
    this.previous = field < 0 ? OTHER : field;
  }
}
