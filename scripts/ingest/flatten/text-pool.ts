/**
 * The texts of one worker's events, each kept once, in memory that threads can share.
 *
 * Chunks of a fixed size instead of one growing array: growing would hold the old and the new one at the same time.
 */
import { hashOf } from '#scripts/bytes/byte-dictionary.js';
import { copyWords, sameBytes } from '#shared/format/bytes.js';
import { grown } from '#scripts/bytes/grown.js';
import { CulpritError } from '#scripts/run/errors.js';
import {
  CHUNK_BYTES,
  chunkOf,
  MAX_CHUNKS,
  offsetOf,
  type SharedTexts,
  textAddress,
} from '#scripts/store/event-store.js';
import { touched } from '#scripts/bytes/touched.js';

export class TextPool {
  size = 1;
  private readonly chunks: Uint8Array[] = [];
  private readonly views: DataView[] = [];
  private used = CHUNK_BYTES;
  private spans = new Uint32Array(1 << 13);
  /** Pairs of id and hash, side by side because the table is larger than the processor's cache. */
  private slots = new Int32Array(1 << 14);
  private inTable = 0;
  // Where `find` stopped, so that `add` need not look again.
  private missedHash = 0;
  private missedSlot = 0;

  /** The id of source[start … end), or -1 where it is not known; empty text is 0. `view` is a view of `source`. */
  find(view: DataView, start: number, end: number): number {
    if (start === end) return 0;
    const hash = hashOf(view, start, end);
    const mask = this.slots.length - 1;
    let slot = (hash << 1) & mask;
    for (;;) {
      const id = this.slots[slot] as number;
      if (id === 0) break;
      if (this.slots[slot + 1] === hash && this.equals(id, view, start, end)) return id;
      slot = (slot + 2) & mask;
    }
    this.missedHash = hash;
    this.missedSlot = slot;
    return -1;
  }

  /** Adds the text that `find` has just not found; returns its id. */
  add(source: DataView, start: number, end: number): number {
    const id = this.append(source, start, end);
    this.slots[this.missedSlot] = id;
    this.slots[this.missedSlot + 1] = this.missedHash;
    if (++this.inTable * 4 > this.slots.length) this.growSlots();
    return id;
  }

  /** Adds a text that nothing will look for, such as an ID that is different in every event; returns its id. */
  append(source: DataView, start: number, end: number): number {
    const length = end - start;
    if (this.used + length > CHUNK_BYTES) {
      if (this.chunks.length === MAX_CHUNKS) {
        throw new CulpritError(
          'source',
          'The logs contain more text than fits into memory. Limit them with --since, --until or --writes-only.',
        );
      }
      // A text larger than a chunk has one to itself.
      const chunk = new Uint8Array(new SharedArrayBuffer(Math.max(CHUNK_BYTES, length)));
      this.chunks.push(chunk);
      this.views.push(new DataView(chunk.buffer));
      this.used = 0;
    }
    const id = this.size++;
    if (id * 2 === this.spans.length) this.spans = grown(this.spans);
    const last = this.chunks.length - 1;
    copyWords(source, start, end, this.views[last] as DataView, this.used);
    this.spans[id * 2] = textAddress(last, this.used);
    this.spans[id * 2 + 1] = length;
    this.used += length;
    return id;
  }

  /** The bytes of a text; shares memory with the pool. */
  bytesOf(id: number): Uint8Array {
    const address = this.spans[id * 2] as number;
    const at = offsetOf(address);
    return (this.chunks[chunkOf(address)] as Uint8Array).subarray(at, at + (this.spans[id * 2 + 1] as number));
  }

  /** A hash of a text; never 0, which is that of the empty one. */
  hashOf(id: number): number {
    if (id === 0) return 0;
    const address = this.spans[id * 2] as number;
    const at = offsetOf(address);
    const end = at + (this.spans[id * 2 + 1] as number);
    return hashOf(this.views[chunkOf(address)] as DataView, at, end) || 1;
  }

  /** The pool's texts, in shared memory. The pool must not be used afterwards. */
  share(): SharedTexts {
    const spans = new Uint32Array(new SharedArrayBuffer(this.size * 8));
    spans.set(this.spans.subarray(0, this.size * 2));
    this.spans = new Uint32Array(0);
    this.slots = new Int32Array(0);
    return { chunks: this.chunks, spans };
  }

  private equals(id: number, view: DataView, start: number, end: number): boolean {
    if (this.spans[id * 2 + 1] !== end - start) return false;
    const address = this.spans[id * 2] as number;
    return sameBytes(view, start, end, this.views[chunkOf(address)] as DataView, offsetOf(address));
  }

  private growSlots(): void {
    const old = this.slots;
    const slots = touched(new Int32Array(old.length * 2));
    const mask = slots.length - 1;
    for (let i = 0; i < old.length; i += 2) {
      if (old[i] === 0) continue;
      const hash = old[i + 1] as number;
      let slot = (hash << 1) & mask;
      while (slots[slot] !== 0) slot = (slot + 2) & mask;
      slots[slot] = old[i] as number;
      slots[slot + 1] = hash;
    }
    this.slots = slots;
  }
}
