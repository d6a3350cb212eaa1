/**
 * Maps byte strings to small numbers and back: code 0 is the empty string, the others count up in order of first
 * appearance.
 *
 * A hash only finds candidates; the bytes decide equality, so that crafted values with equal hashes are never confused.
 */
import { copyWords, sameBytes } from '#shared/format/bytes.js';
import { grown } from './grown.js';

const FIRST_SLOTS = 256;

export class ByteDictionary {
  /** The number of codes, including 0. */
  size = 1;
  /** The code that was returned last. */
  private last = 0;
  private slots = new Int32Array(FIRST_SLOTS);
  private hashes = new Int32Array(FIRST_SLOTS);
  private ends_ = new Uint32Array(FIRST_SLOTS);
  private arena: Uint8Array;
  private arenaView: DataView;

  /** @param memory initial memory for the values */
  constructor(memory: ArrayBuffer | SharedArrayBuffer = new ArrayBuffer(4096)) {
    this.arena = new Uint8Array(memory);
    this.arenaView = new DataView(memory);
  }

  /** Where the bytes of each code end in `bytes()`; they start where the previous code's end. */
  ends(): Uint32Array {
    return this.ends_.subarray(0, this.size);
  }

  /** The bytes of all codes, concatenated. */
  bytes(): Uint8Array {
    return this.arena.subarray(0, this.ends_[this.size - 1]);
  }

  /** A view of `bytes()`; invalid after a new code. */
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

  /** The code of the UTF-8 bytes [start, end) of a view; new if they are not known yet. */
  code(view: DataView, start: number, end: number): number {
    const length = end - start;
    if (length === 0) return 0;
    // A field often has the same value as in the previous record.
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
 * Sets a random key (64 bits) for this thread's hashes, so that nobody can craft log values whose equal hashes make a
 * dictionary slow. Codes do not depend on the key. Threads that compare hashes need the same key.
 */
export function keyHashes(key: readonly [number, number]): void {
  multiplierA = key[0] | 1;
  multiplierB = key[1] | 1;
}

/**
 * A 32-bit hash: MurmurHash3's mixing over two halves at once, so that neither waits for the other; good enough for a
 * table. The last four bytes may overlap those before them; the length is hashed too.
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

/** Mixes four more bytes into the hash. */
function mixed(hash: number, bytes: number, a: number, b: number): number {
  let word = Math.imul(bytes, a);
  word = (word << 15) | (word >>> 17);
  const sum = hash ^ Math.imul(word, b);
  return (Math.imul((sum << 13) | (sum >>> 19), 5) + 0xe6546b64) | 0;
}
