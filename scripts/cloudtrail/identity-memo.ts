/** Recognises the `userIdentity` of a session that was seen before: a third of a log is `userIdentity`. */
import { sample, SpanMemo } from './span-memo.js';

const SLOTS = 4096;
const MAX_BYTES = 1024;
/**
 * Where identities of one type differ: ID, ARN, key, start of the session. Only as far as they are long, because what
 * comes behind an identity is different in every record. By the letter after the first of `{"type":"…`.
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
  /** Names the value that was last matched or remembered: the same number is always the same bytes; 0 names nothing. */
  number = 0;

  /** The end of the object at `at` if it is a remembered one, else -1. `view` is a view of all of the log. */
  match(view: DataView, at: number, end: number): number {
    const samples = at + TYPE_LETTER < end ? SAMPLES.get(view.getUint8(at + TYPE_LETTER)) : undefined;
    this.slot = sample(view, at, end, samples ?? OTHERS, 0) & (SLOTS - 1);
    const stop = this.memo.match(this.slot, view, at, end);
    this.number = stop < 0 ? 0 : (this.numbers[this.slot] as number);
    return stop;
  }

  /** Remembers the object at [at, end) that `match` has just not known. */
  remember(view: DataView, at: number, end: number): void {
    this.number = this.memo.remember(this.slot, view, at, end) ? this.next++ : 0;
    this.numbers[this.slot] = this.number;
  }
}
