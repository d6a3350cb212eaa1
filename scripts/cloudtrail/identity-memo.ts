/** Recognizes a `userIdentity` that occurred before: a third of a log consists of `userIdentity`. */
import { sample, SpanMemo } from './span-memo.js';

const SLOTS = 4096;
const MAX_BYTES = 1024;
/**
 * Offsets at which identities of a type differ: ID, ARN, key, start of the session. They stay within the length of an
 * identity, because the bytes after it differ in every record. Indexed by the second letter of the type in
 * `{"type":"…`.
 */
const SAMPLES: ReadonlyMap<number, readonly number[]> = new Map([
  [0x73, [24, 52, 84, 120, 156, 188, 220, 264, 320]], // AssumedRole
  [0x41, [24, 52, 84, 120, 140, 160]], // IAMUser
  [0x57, [24, 30, 36]], // AWSService
]);
const OTHERS = [24];
const TYPE_LETTER = 10;

export class IdentityMemo {
  private readonly memo = new SpanMemo(SLOTS, MAX_BYTES);
  private readonly numbers = new Int32Array(SLOTS);
  private slot = 0;
  private next = 1;
  /** Identifies the value that was last matched or remembered: equal numbers mean equal bytes; 0 is no value. */
  number = 0;

  /** The end of the object at `at` if it is a remembered one, else -1. `view` is a view of the whole log. */
  match(view: DataView, at: number, end: number): number {
    const samples = at + TYPE_LETTER < end ? SAMPLES.get(view.getUint8(at + TYPE_LETTER)) : undefined;
    this.slot = sample(view, at, end, samples ?? OTHERS, 0) & (SLOTS - 1);
    const stop = this.memo.match(this.slot, view, at, end);
    this.number = stop < 0 ? 0 : (this.numbers[this.slot] as number);
    return stop;
  }

  /** Remembers the object at [at, end) that `match` has just failed to recognize. */
  remember(view: DataView, at: number, end: number): void {
    this.number = this.memo.remember(this.slot, view, at, end) ? this.next++ : 0;
    this.numbers[this.slot] = this.number;
  }
}
