/**
 * Recognises how a record ends. From `eventType` on, a record says only what kind of call it was, by which account and
 * endpoint: a few hundred endings, a fifth of a log, close nearly all records.
 */
import type { Fingerprint } from './fingerprint.js';
import { FIELD, FIELD_NAMES } from './record-fields.js';
import { sample, SpanMemo } from './span-memo.js';

const SLOTS = 4096;
const MAX_BYTES = 512;
const MAX_FIELDS = 12;
/** The account, and where `tlsDetails` says something, if it is there. */
const SAMPLES = [72, 140, 160];

export class TailMemo {
  private readonly memo = new SpanMemo(SLOTS, MAX_BYTES);
  /** By slot: how many fields lie in the ending; and of each its number, and where in the ending its value starts and ends. */
  private readonly counts = new Uint8Array(SLOTS);
  private readonly fields = new Int16Array(SLOTS * MAX_FIELDS * 3);
  /** By slot: the fingerprint of the fields that are not read. */
  private readonly unreadA = new Int32Array(SLOTS);
  private readonly unreadB = new Int32Array(SLOTS);
  /** Where the last ending looked for would be; -1 where it was not looked for. */
  private slot = -1;

  /**
   * The end of the record whose ending begins at `at`, if it is a remembered one; then its fields are put into `starts`
   * and `ends`, which hold those before it, and those that are not read are added to `unread`. Else -1, and where a field is
   * there before it too.
   */
  match(view: DataView, at: number, end: number, starts: Int32Array, ends: Int32Array, unread: Fingerprint): number {
    this.slot = -1;
    // The endpoint in `tlsDetails` goes with the service and the region.
    const source = starts[FIELD.eventSource] as number;
    const regionEnd = ends[FIELD.awsRegion] as number;
    if (source === 0 || starts[FIELD.awsRegion] === 0) return -1;
    const seed = view.getInt32(source + 1, true) ^ Math.imul(view.getInt32(regionEnd - 5, true), 0x85ebca6b);
    this.slot = sample(view, at, end, SAMPLES, seed) & (SLOTS - 1);
    const stop = this.memo.match(this.slot, view, at, end);
    if (stop < 0) return -1;
    let entry = this.slot * MAX_FIELDS * 3;
    for (let i = this.counts[this.slot] as number; i > 0; i--, entry += 3) {
      const field = this.fields[entry] as number;
      if (starts[field] !== 0) return -1;
      starts[field] = at + (this.fields[entry + 1] as number);
      ends[field] = at + (this.fields[entry + 2] as number);
    }
    unread.a = (unread.a + (this.unreadA[this.slot] as number)) | 0;
    unread.b = (unread.b + (this.unreadB[this.slot] as number)) | 0;
    return stop;
  }

  /** Remembers the ending at [at, end) that `match` has just not known, with the fields in it and the lanes of those that are not read. */
  remember(
    view: DataView,
    at: number,
    end: number,
    starts: Int32Array,
    ends: Int32Array,
    unreadA: number,
    unreadB: number,
  ): void {
    if (this.slot < 0 || !this.memo.remember(this.slot, view, at, end)) return;
    this.unreadA[this.slot] = unreadA;
    this.unreadB[this.slot] = unreadB;
    let entry = this.slot * MAX_FIELDS * 3;
    let count = 0;
    for (let field = 0; field < FIELD_NAMES.length; field++) {
      const start = starts[field] as number;
      if (start < at) continue;
      if (count++ === MAX_FIELDS) {
        this.memo.forget(this.slot);
        return;
      }
      this.fields[entry++] = field;
      this.fields[entry++] = start - at;
      this.fields[entry++] = (ends[field] as number) - at;
    }
    this.counts[this.slot] = count;
  }
}
