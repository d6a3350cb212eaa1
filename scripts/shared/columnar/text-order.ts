/**
 * Sorts many texts by their bytes. Names in a log have common prefixes (`arn:aws:s3:::…`), which comparisons of two
 * texts would read again and again. This sort takes four bytes at a time, and only texts that are equal so far compare
 * the next four: 400,000 ARNs take a third of the time of string comparisons.
 */
import type { StringTable } from '../format/string-table.js';
import { decodeUtf8 } from '../format/utf8.js';

/** Groups of up to this size use insertion sort. */
const FEW = 12;

/** The number of texts between two steps: some milliseconds of work. */
const STEP = 20_000;

/**
 * Returns the indexes of the texts from `first` on, sorted, ignoring case; equal texts are ordered by index. A
 * generator, so that other work can be done between its steps.
 */
export function* textOrder(table: StringTable, first: number): Generator<undefined, Uint32Array<ArrayBuffer>> {
  const order = new Uint32Array(Math.max(0, table.length - first));
  for (let i = 0; i < order.length; i++) order[i] = i + first;
  yield;
  const lowered = isAscii(table.bytes) ? table : yield* lowerCased(table);
  yield* new Sorter(lowered, order).sort();
  return order;
}

function isAscii(bytes: Uint8Array): boolean {
  const begin = Math.min(bytes.length, -bytes.byteOffset & 3);
  const words =
    bytes.length - begin < 4
      ? []
      : new Uint32Array(bytes.buffer, bytes.byteOffset + begin, (bytes.length - begin) >> 2);
  let seen = 0;
  for (let i = 0; i < begin; i++) seen |= bytes[i] as number;
  for (let i = 0; i < words.length; i++) seen |= words[i] as number;
  for (let i = begin + words.length * 4; i < bytes.length; i++) seen |= bytes[i] as number;
  return (seen & 0x80808080) === 0;
}

/** The table's texts in lower case, except A to Z, which {@link lower} converts faster. */
function* lowerCased(table: StringTable): Generator<undefined, StringTable> {
  const encoder = new TextEncoder();
  const ends = new Uint32Array(table.length);
  const parts: Uint8Array[] = [];
  let start = 0;
  let length = 0;
  for (let i = 0; i < table.length; i++) {
    const end = table.ends[i] as number;
    const text = table.bytes.subarray(start, end);
    const part = isAscii(text) ? text : encoder.encode(decodeUtf8(text).toLowerCase());
    parts.push(part);
    ends[i] = length += part.length;
    start = end;
    if (i % STEP === 0) yield;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { length: table.length, bytes, ends };
}

class Sorter {
  /** The four bytes of `order[i]`'s text by which it is currently sorted. */
  private readonly heads: Uint32Array;
  /** The groups still to be sorted: begin, end, and the number of bytes known to be equal. */
  private readonly waiting: number[] = [];
  private readonly view: DataView;
  private readonly ends: Uint32Array;

  constructor(
    { bytes, ends }: StringTable,
    private readonly order: Uint32Array,
  ) {
    this.heads = new Uint32Array(order.length);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.ends = ends;
  }

  *sort(): Generator<undefined, void> {
    const { waiting } = this;
    this.push(0, this.order.length, 0);
    let looked = 0;
    while (waiting.length > 0) {
      const known = waiting.pop() as number;
      const end = waiting.pop() as number;
      const begin = waiting.pop() as number;
      looked += end - begin;
      if (looked > STEP) {
        looked = 0;
        yield;
      }
      if (end - begin <= FEW) {
        this.insertAll(begin, end, known);
        continue;
      }
      const depth = known + this.commonLength(begin, end, known);
      if (this.readHeads(begin, end, depth)) this.partition(begin, end, depth);
      else this.order.subarray(begin, end).sort();
    }
  }

  private push(begin: number, end: number, depth: number): void {
    if (end - begin > 1) this.waiting.push(begin, end, depth);
  }

  /** The length, in steps of four bytes, of the common prefix of these texts from `depth` on. */
  private commonLength(begin: number, end: number, depth: number): number {
    const { order, view } = this;
    const first = this.startOf(order[begin] as number) + depth;
    let common = Math.max(0, this.endOf(order[begin] as number) - first) & ~3;
    for (let i = begin + 1; i < end && common > 0; i++) {
      const text = order[i] as number;
      const start = this.startOf(text) + depth;
      const most = Math.min(common, this.endOf(text) - start);
      let length = 0;
      while (length + 4 <= most && lower(view.getUint32(first + length)) === lower(view.getUint32(start + length)))
        length += 4;
      common = length;
    }
    return common;
  }

  /** Reads four bytes of each text from `depth` on; false if every text has ended. */
  private readHeads(begin: number, end: number, depth: number): boolean {
    const { order, heads, view } = this;
    let goesOn = false;
    for (let i = begin; i < end; i++) {
      const text = order[i] as number;
      const at = this.startOf(text) + depth;
      const left = this.endOf(text) - at;
      heads[i] = left >= 4 ? lower(view.getUint32(at)) : lower(lastBytes(view, at, left));
      goesOn ||= left > 0;
    }
    return goesOn;
  }

  /** Sorts by the heads; groups with equal heads are queued for their next four bytes. */
  private partition(begin: number, end: number, depth: number): void {
    const { order, heads } = this;
    const pivot = middleOf(heads[begin] as number, heads[(begin + end) >>> 1] as number, heads[end - 1] as number);
    let low = begin;
    let high = end;
    for (let i = begin; i < high;) {
      const head = heads[i] as number;
      if (head === pivot) {
        i++;
        continue;
      }
      const to = head < pivot ? low++ : --high;
      const text = order[i] as number;
      order[i] = order[to] as number;
      heads[i] = heads[to] as number;
      order[to] = text;
      heads[to] = head;
      if (head < pivot) i++;
    }
    this.sortHeads(begin, low, depth);
    this.push(low, high, depth + 4);
    this.sortHeads(high, end, depth);
  }

  /** Sorts a part whose heads have been read. */
  private sortHeads(begin: number, end: number, depth: number): void {
    if (end - begin <= FEW) this.push(begin, end, depth);
    else this.partition(begin, end, depth);
  }

  private insertAll(begin: number, end: number, depth: number): void {
    const { order } = this;
    for (let i = begin + 1; i < end; i++) {
      const text = order[i] as number;
      let place = i;
      while (place > begin && this.isBefore(text, order[place - 1] as number, depth)) {
        order[place] = order[place - 1] as number;
        place--;
      }
      order[place] = text;
    }
  }

  private isBefore(left: number, right: number, depth: number): boolean {
    const { view } = this;
    let i = this.startOf(left) + depth;
    let j = this.startOf(right) + depth;
    let leftOver = this.endOf(left) - i;
    let rightOver = this.endOf(right) - j;
    while (leftOver > 0 && rightOver > 0) {
      const one = leftOver >= 4 ? lower(view.getUint32(i)) : lower(lastBytes(view, i, leftOver));
      const other = rightOver >= 4 ? lower(view.getUint32(j)) : lower(lastBytes(view, j, rightOver));
      if (one !== other) return one < other;
      i += 4;
      j += 4;
      leftOver -= 4;
      rightOver -= 4;
    }
    if (leftOver > 0 || rightOver > 0) return rightOver > 0;
    return left < right;
  }

  private startOf(text: number): number {
    return text === 0 ? 0 : (this.ends[text - 1] as number);
  }

  private endOf(text: number): number {
    return this.ends[text] as number;
  }
}

/** Four bytes with A to Z in lower case, all at once; bytes above 127 stay. */
function lower(word: number): number {
  const low = word & 0x7f7f7f7f;
  // The first sum sets a byte's highest bit from A on, the second one after Z.
  const capitals = (low + 0x3f3f3f3f) & ~(low + 0x25252525) & ~word & 0x80808080;
  return (word | (capitals >>> 2)) >>> 0;
}

/** The remaining bytes, then zeros: a text sorts before longer texts that begin with it. */
function lastBytes(view: DataView, at: number, left: number): number {
  let word = 0;
  for (let i = 0; i < 4; i++) word = (word << 8) | (i < left ? view.getUint8(at + i) : 0);
  return word;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
