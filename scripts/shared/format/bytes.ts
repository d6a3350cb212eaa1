/** A growing byte buffer and its reader, with the varints of the embedded format (unsigned LEB128). */

export class ByteWriter {
  bytes: Uint8Array;
  /** A view of all of `bytes`. */
  view: DataView;
  length = 0;

  /** @param memory the initial size in bytes, or memory that may be overwritten */
  constructor(memory: number | ArrayBuffer = 1024) {
    this.bytes = typeof memory === 'number' ? new Uint8Array(memory) : new Uint8Array(memory);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Makes room for `more` bytes after `length`. */
  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  varint(value: number): void {
    this.reserve(10);
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[this.length++] = rest;
  }

  append(source: Uint8Array): void {
    this.reserve(source.length);
    this.bytes.set(source, this.length);
    this.length += source.length;
  }

  /**
   * Appends bytes [start, end) of a view. Up to a few hundred bytes, this is three times as fast as copying byte by
   * byte or calling the engine's copy.
   */
  copy(source: DataView, start: number, end: number): void {
    const size = end - start;
    this.reserve(size);
    if (size < LONG_COPY) copyWords(source, start, end, this.view, this.length);
    else this.bytes.set(new Uint8Array(source.buffer, source.byteOffset + start, size), this.length);
    this.length += size;
  }

  /** The bytes written so far; shares memory with the writer. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

/** From about this length on, the engine's own copy is faster. */
const LONG_COPY = 512;

/**
 * Copies source[start … end), which must be UTF-8, to target[at …), eight bytes at a time; the last step overlaps the
 * one before. A float holds eight bytes, while a 64-bit integer would be an object. It preserves them because UTF-8 is
 * never a NaN, whose last two bytes would be 0xF0 or more and 0x7F or 0xFF.
 */
export function copyWords(source: DataView, start: number, end: number, target: DataView, at: number): void {
  const size = end - start;
  const last = size - 8;
  if (last < 0) {
    for (let i = 0; i < size; i++) target.setUint8(at + i, source.getUint8(start + i));
    return;
  }
  for (let i = 0; i < last; i += 8) target.setFloat64(at + i, source.getFloat64(start + i, true), true);
  target.setFloat64(at + last, source.getFloat64(start + last, true), true);
}

/**
 * Whether a[start … end) equals the same number of bytes of b[at …), both UTF-8. Compares eight bytes at a time as
 * floats, which are equal exactly if the bytes are: UTF-8 is never a NaN or a negative zero. The loop has one counter
 * with bounds that the engine knows; with two counters it takes twice as long.
 */
export function sameBytes(a: DataView, start: number, end: number, b: DataView, at: number): boolean {
  const size = end - start;
  const last = size - 8;
  if (last < 0) return sameFewBytes(a, start, size, b, at);
  for (let i = 0; i < last; i += 8) if (a.getFloat64(start + i, true) !== b.getFloat64(at + i, true)) return false;
  return a.getFloat64(start + last, true) === b.getFloat64(at + last, true);
}

/** Compares up to seven bytes: of four or more, the first four and the last four, which may overlap. */
function sameFewBytes(a: DataView, start: number, size: number, b: DataView, at: number): boolean {
  const last = size - 4;
  if (last >= 0) {
    if (a.getInt32(start, true) !== b.getInt32(at, true)) return false;
    return a.getInt32(start + last, true) === b.getInt32(at + last, true);
  }
  for (let i = 0; i < size; i++) if (a.getUint8(start + i) !== b.getUint8(at + i)) return false;
  return true;
}

export class ByteReader {
  position = 0;

  constructor(readonly bytes: Uint8Array) {}

  byte(): number {
    const value = this.bytes[this.position++];
    if (value === undefined) throw new RangeError('data ends early');
    return value;
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  /** The next `size` bytes; shares memory with the input. */
  take(size: number): Uint8Array {
    const end = this.position + size;
    if (end > this.bytes.length) throw new RangeError('data ends early');
    const taken = this.bytes.subarray(this.position, end);
    this.position = end;
    return taken;
  }
}
