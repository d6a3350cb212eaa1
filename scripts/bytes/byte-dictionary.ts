/**
 * Byte strings to small numbers and back: code 0 is the empty string, others count up as they first appear.
 *
 * A hash only finds the candidate; equality is decided by the bytes, so that nobody can choose two values that are
 * taken for one.
 */
import { copyWords, sameBytes } from '#shared/format/bytes.js';
import { grown } from './grown.js';

const FIRST_SLOTS = 256;

export class ByteDictionary {
  /** How many codes there are, 0 included. */
  size = 1;
  /** The code that was given last. */
  private last = 0;
  private slots = new Int32Array(FIRST_SLOTS);
  private hashes = new Int32Array(FIRST_SLOTS);
  private ends_ = new Uint32Array(FIRST_SLOTS);
  private arena: Uint8Array;
  private arenaView: DataView;

  /** @param memory what the values are kept in to begin with */
  constructor(memory: ArrayBuffer | SharedArrayBuffer = new ArrayBuffer(4096)) {
    this.arena = new Uint8Array(memory);
    this.arenaView = new DataView(memory);
  }

  /** Where the bytes of each code end in `bytes()`; they start where the code before ends. */
  ends(): Uint32Array {
    return this.ends_.subarray(0, this.size);
  }

  /** The bytes of all codes, one after another. */
  bytes(): Uint8Array {
    return this.arena.subarray(0, this.ends_[this.size - 1]);
  }

  /** A view of `bytes()`; a new code may need a new one. */
  view(): DataView {
    return this.arenaView;
  }

  /** Where the bytes of a code start in `view()`; not for code 0. */
  startOf(code: number): number {
    return this.ends_[code - 1] as number;
  }

  /** Where the bytes of a code end in `view()`. */
  endOf(code: number): number {
    return this.ends_[code] as number;
  }

  /** The code of bytes [start, end) of a view, which are UTF-8; given anew if they are not known. */
  code(view: DataView, start: number, end: number): number {
    const length = end - start;
    if (length === 0) return 0;
    // A field's value is often that of the record before.
    if (this.last !== 0 && this.equals(this.last, view, start, length)) return this.last;
    const hash = hashOf(view, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const code = this.slots[slot] as number;
      if (code === 0) break;
      if (this.hashes[code] === hash && this.equals(code, view, start, length)) return (this.last = code);
      slot = (slot + 1) & mask;
    }
    this.last = this.add(view, start, end, hash, slot);
    return this.last;
  }

  private equals(code: number, view: DataView, start: number, length: number): boolean {
    const at = this.ends_[code - 1] as number;
    if ((this.ends_[code] as number) - at !== length) return false;
    return sameBytes(view, start, start + length, this.arenaView, at);
  }

  private add(source: DataView, start: number, end: number, hash: number, slot: number): number {
    const code = this.size++;
    if (code === this.ends_.length) this.growCodes();
    const at = this.ends_[code - 1] as number;
    const next = at + end - start;
    if (next > this.arena.length) this.growArena(next);
    copyWords(source, start, end, this.arenaView, at);
    this.ends_[code] = next;
    this.hashes[code] = hash;
    this.slots[slot] = code;
    if (this.size * 2 > this.slots.length) this.growSlots();
    return code;
  }

  private growCodes(): void {
    this.ends_ = grown(this.ends_);
    this.hashes = grown(this.hashes);
  }

  private growArena(needed: number): void {
    const arena = new Uint8Array(Math.max(needed, this.arena.length * 2));
    arena.set(this.arena);
    this.arena = arena;
    this.arenaView = new DataView(arena.buffer);
  }

  private growSlots(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let code = 1; code < this.size; code++) {
      let slot = (this.hashes[code] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.slots = slots;
  }
}

let multiplierA = 0xcc9e2d51;
let multiplierB = 0x1b873593;

/**
 * Makes hashes of this thread depend on a key (any 64 random bits), so that nobody can choose values for a log that all have
 * the same hash and make a dictionary slow. Codes do not depend on it. Threads that compare hashes need the same key.
 */
export function keyHashes(key: readonly [number, number]): void {
  multiplierA = key[0] | 1;
  multiplierB = key[1] | 1;
}

/**
 * A 32-bit hash: MurmurHash3's mixing, which spreads well enough for a table, over two halves at once, of which each
 * need not wait for the other. The last four bytes may overlap those before; the length counts too.
 */
export function hashOf(view: DataView, start: number, end: number): number {
  const a = multiplierA;
  const b = multiplierB;
  const size = end - start;
  let even = size;
  let odd = 0;
  if (size < 4) {
    let few = 0;
    for (let at = start; at < end; at++) few = (few << 8) | view.getUint8(at);
    odd = mixed(odd, few, a, b);
  } else {
    const last = end - 4;
    let at = start;
    for (; at < last - 4; at += 8) {
      even = mixed(even, view.getInt32(at, true), a, b);
      odd = mixed(odd, view.getInt32(at + 4, true), a, b);
    }
    if (at < last) even = mixed(even, view.getInt32(at, true), a, b);
    odd = mixed(odd, view.getInt32(last, true), a, b);
  }
  let hash = mixed(even, odd, a, b);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** The hash so far, and four bytes more. */
function mixed(hash: number, bytes: number, a: number, b: number): number {
  let word = Math.imul(bytes, a);
  word = (word << 15) | (word >>> 17);
  const sum = hash ^ Math.imul(word, b);
  return (Math.imul((sum << 13) | (sum >>> 19), 5) + 0xe6546b64) | 0;
}
