/**
 * Guesses a record's next key from the previous key: all records of a file have their keys in the same order, so a
 * comparison with the last occurrence is nearly always enough to know the field.
 */
import { sameBytes } from '#shared/format/bytes.js';
import { FIELD_NAMES } from './record-fields.js';

/** Stands for all keys that are not read, and for the start of a record. */
const OTHER = FIELD_NAMES.length;
const BEGINNING = OTHER + 1;

export class KeyMemo {
  /** The field of the last match, or -1. */
  field = -1;
  // By previous field: the position of its next key, from its opening quote to after its colon, and that key's field.
  private readonly positions = new Int32Array(BEGINNING + 1);
  private readonly lengths = new Int32Array(BEGINNING + 1);
  private readonly fields = new Int32Array(BEGINNING + 1);
  private previous = BEGINNING;

  /** Positions are valid for one log only: a new log begins. */
  forget(): void {
    this.lengths.fill(0);
    this.begin();
  }

  /** A new record begins. */
  begin(): void {
    this.previous = BEGINNING;
  }

  /** The position after the colon of the key at `at`, if it is the guessed one; else -1. */
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

  /**
   * Remembers the key at [at, stop), including its colon, that `match` did not guess. `field` is -1 for a key that is
   * not read.
   */
  remember(at: number, stop: number, field: number): void {
    const { previous } = this;
    this.positions[previous] = at;
    this.lengths[previous] = stop - at;
    this.fields[previous] = field;
    this.previous = field < 0 ? OTHER : field;
  }
}
