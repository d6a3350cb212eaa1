/** Writes the streams of a section (`shared/format/segment.ts`), each in the encoding that suits its values. */
import { hashOf } from '#scripts/bytes/byte-dictionary.js';
import { ByteWriter, sameBytes } from '#shared/format/bytes.js';
import { encodeCodes, planesFor } from '#shared/format/codes.js';
import { GUID_LENGTH, isGuid, isHex, packHex } from '#shared/format/hex.js';
import { STREAM } from '#shared/format/segment.js';

/** With fewer values, neither a dictionary nor packing pays off. */
const FEWEST = 8;
/** Hexadecimal values are packed from this length on; shorter ones may be decimal numbers. */
const SHORTEST_HEX = 8;
/** After this many values, it is clear whether they repeat. */
const SAMPLE = 64;
/** From this share of distinct values on, a dictionary does not pay off. */
const MOST_DISTINCT = 0.6;

/** Concatenated values, each with its terminator. */
interface Values {
  readonly writer: ByteWriter;
  /** The end of each value, after its terminator; a reference takes no bytes. */
  readonly ends: Uint32Array;
  /** Each value's reference, as returned by `ResourceNames`, or 0. */
  readonly references: Uint16Array;
}

export class StreamWriter {
  private readonly kinds = new ByteWriter(4096);
  private readonly places = new ByteWriter(1 << 16);
  private readonly skips = new ByteWriter(1 << 16);
  private readonly choices = new ByteWriter(1 << 16);
  private readonly packed = new ByteWriter(1 << 16);
  private readonly texts = new ByteWriter(1 << 18);
  /** The stream's own values, and the distinct ones among them. */
  private own = new Uint32Array(1 << 12);
  private distinct = new Uint32Array(1 << 12);
  private chosen = new Uint32Array(1 << 12);
  private slots = new Int32Array(1 << 13);
  private hashes = new Int32Array(1 << 12);

  /** Removes all streams. */
  reset(): void {
    for (const writer of [this.kinds, this.places, this.skips, this.choices, this.packed, this.texts])
      writer.length = 0;
  }

  /** Adds a stream: slot `slot` of the cells whose first values are firsts[from … to). */
  add(values: Values, firsts: Uint32Array, from: number, to: number, slot: number): void {
    if (to - from > this.own.length) this.grow(to - from);
    const count = this.addReferences(values.references, firsts, from, to, slot);
    const distinct = count < FEWEST ? count : this.findDistinct(values, count);
    const isDictionary = distinct < count;
    const kept = isDictionary ? this.distinct : this.own;
    const packing = distinct < FEWEST ? 0 : packingOf(values, kept, distinct);
    this.kinds.byte((count < to - from ? STREAM.references : 0) | (isDictionary ? STREAM.dictionary : 0) | packing);
    if (isDictionary) {
      this.kinds.varint(distinct);
      this.choices.append(encodeCodes(this.chosen, planesFor(distinct + 1), 0, count));
    }
    if (packing === STREAM.hex) this.kinds.varint(lengthOf(values, kept[0] as number));
    if (packing === 0) this.addTexts(values, kept, distinct);
    else this.addPacked(values, kept, distinct);
  }

  /** Appends all added streams. */
  finish(out: ByteWriter): void {
    for (const writer of [this.kinds, this.places, this.skips, this.choices, this.packed, this.texts]) {
      out.append(writer.written());
    }
  }

  /** Collects the stream's own values in `own`; returns their number. */
  private addReferences(references: Uint16Array, firsts: Uint32Array, from: number, to: number, slot: number): number {
    let count = 0;
    for (let i = from; i < to; i++) {
      const value = (firsts[i] as number) + slot;
      if (references[value] === 0) this.own[count++] = value;
    }
    if (count === to - from) return count;
    for (let i = from; i < to; i++) {
      const reference = references[(firsts[i] as number) + slot] as number;
      this.places.byte(reference & 0xff);
      if (reference !== 0) this.skips.byte(reference >>> 8);
    }
    return count;
  }

  /**
   * Collects the distinct values of `own` in `distinct`, and the index of each value's distinct one in `chosen`.
   * Returns the number of distinct values, or `count` if a dictionary does not pay off.
   */
  private findDistinct({ writer: { view }, ends }: Values, count: number): number {
    const { own, distinct, chosen, slots, hashes } = this;
    // Twice as many slots as values, for few collisions.
    const mask = 2 ** Math.ceil(Math.log2(count * 2)) - 1;
    slots.fill(0, 0, mask + 1);
    let found = 0;
    for (let i = 0; i < count; i++) {
      const value = own[i] as number;
      const start = startOf(ends, value);
      const end = ends[value] as number;
      const hash = hashOf(view, start, end);
      let slot = hash & mask;
      let known = 0;
      for (;;) {
        known = slots[slot] as number;
        if (known === 0) break;
        if (hashes[known - 1] === hash && isSame(view, ends, distinct[known - 1] as number, start, end)) break;
        slot = (slot + 1) & mask;
      }
      if (known === 0) {
        slots[slot] = found + 1;
        hashes[found] = hash;
        distinct[found++] = value;
      }
      chosen[i] = known;
      if (i === SAMPLE && found > SAMPLE * MOST_DISTINCT) return count;
    }
    return found <= count * MOST_DISTINCT ? found : count;
  }

  private addPacked({ writer: { bytes }, ends }: Values, kept: Uint32Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const value = kept[i] as number;
      const start = startOf(ends, value);
      const end = (ends[value] as number) - 1;
      this.packed.reserve(end - start);
      this.packed.length = packHex(bytes, start, end, this.packed.bytes, this.packed.length);
    }
  }

  private addTexts({ writer: { view }, ends }: Values, kept: Uint32Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const value = kept[i] as number;
      this.texts.copy(view, startOf(ends, value), ends[value] as number);
    }
  }

  private grow(count: number): void {
    const size = 2 ** Math.ceil(Math.log2(count));
    this.own = new Uint32Array(size);
    this.distinct = new Uint32Array(size);
    this.chosen = new Uint32Array(size);
    this.hashes = new Int32Array(size);
    this.slots = new Int32Array(size * 2);
  }
}

function startOf(ends: Uint32Array, value: number): number {
  return value === 0 ? 0 : (ends[value - 1] as number);
}

/** Without the terminator. */
function lengthOf({ ends }: Values, value: number): number {
  return (ends[value] as number) - startOf(ends, value) - 1;
}

function isSame(view: DataView, ends: Uint32Array, value: number, start: number, end: number): boolean {
  const at = startOf(ends, value);
  return (ends[value] as number) - at === end - start && sameBytes(view, start, end, view, at);
}

/** {@link STREAM}.guid or .hex if all values have this form and the same length, else 0. */
function packingOf(values: Values, kept: Uint32Array, count: number): number {
  const { bytes } = values.writer;
  const { ends } = values;
  const length = lengthOf(values, kept[0] as number);
  const fits = length === GUID_LENGTH ? isGuid : isHex;
  if (length < SHORTEST_HEX) return 0;
  for (let i = 0; i < count; i++) {
    const value = kept[i] as number;
    if (lengthOf(values, value) !== length) return 0;
    if (!fits(bytes, startOf(ends, value), (ends[value] as number) - 1)) return 0;
  }
  return length === GUID_LENGTH ? STREAM.guid : STREAM.hex;
}
