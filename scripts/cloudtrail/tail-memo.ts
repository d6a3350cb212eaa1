/**
 * Recognizes the end of a record. From `eventType` on, a record only contains the kind of call, the account and the
 * endpoint: a few hundred tails, which make up a fifth of a log, end nearly all records.
 */
import type { Fingerprint } from './fingerprint.js';
import { FIELD, FIELD_NAMES } from './record-fields.js';
import { sample, SpanMemo } from './span-memo.js';

const SLOTS = 4096;
const MAX_BYTES = 512;
const MAX_FIELDS = 12;
/** Offsets in the account, and in `tlsDetails` if it is there. */
const SAMPLES = [72, 140, 160];

export class TailMemo {
  private readonly memo = new SpanMemo(SLOTS, MAX_BYTES);
  /**
   * By slot: the number of fields in the tail; and for each field its index, and the start and end of its value in the
   * tail.
   */
  private readonly counts = new Uint8Array(SLOTS);
  private readonly fields = new Int16Array(SLOTS * MAX_FIELDS * 3);
  /** By slot: the fingerprint of the fields that are not read. */
  private readonly unreadA = new Int32Array(SLOTS);
  private readonly unreadB = new Int32Array(SLOTS);
  private readonly numbers = new Int32Array(SLOTS);
  /** The slot of the last lookup; -1 if there was none. */
  private slot = -1;
  private next = 1;
  /** Identifies the tail that was last matched or remembered: equal numbers mean equal bytes; 0 means none. */
  number = 0;

  /**
   * The end of the record whose tail begins at `at`, if it is a remembered one. Then its fields are added to `starts`
   * and `ends`, which hold the record's earlier fields, and the fields that are not read are added to `unread`. Else
   * -1, also if one of the fields occurs before the tail.
   */
  match(view: DataView, at: number, end: number, starts: Int32Array, ends: Int32Array, unread: Fingerprint): number {
    this.slot = -1;
    this.number = 0;
    // The endpoint in `tlsDetails` depends on the service and the region.
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
    this.number = this.numbers[this.slot] as number;
    return stop;
  }

  /**
   * Remembers the tail at [at, end) that `match` has just not recognized, with its fields and the sums of the fields
   * that are not read.
   */
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
    this.number = this.numbers[this.slot] = this.next++;
  }
}
