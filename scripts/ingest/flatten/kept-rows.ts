/**
 * Flattened events as bytes that can be kept, and back: rows of a part with just the values that they use. What one run
 * flattened, the next one takes in as it is, which is about a fifth of the work of reading the logs again. The cache names
 * rows after the program that made them (`rowsKeyOf`), so that another one, which may have other columns, reads none of them.
 *
 * Layout, numbers little-endian, every array at a multiple of four bytes: the number of rows; their times; of each slot
 * the values as a table and the rows' numbers in it, in one, two or four bytes each; the identities as JSON and the rows'
 * numbers in them; the fingerprints' lanes; how many secrets were masked in each row.
 */
import type { EventFilter } from '#scripts/run/config.js';
import type { Identity } from '#scripts/cloudtrail/identity.js';
import { ByteWriter } from '#shared/format/bytes.js';
import { decodeUtf8 } from '#shared/format/utf8.js';
import { TEXT_COLUMNS } from '#shared/model/columns.js';
import type { FileReport } from '../read/file-report.js';
import type { GrowingPart } from './growing-part.js';
import {
  BLOCK_BITS,
  DICTIONARY_SLOTS,
  ROW_MASK,
  SLOT,
  SLOT_STRIDE,
  type SlotName,
  TEXT_SLOTS,
  type TextSlot,
} from './part.js';

/** Texts that rarely have an earlier copy, so it is not searched for. */
const UNIQUE_TEXTS: ReadonlySet<TextSlot> = new Set(
  TEXT_COLUMNS.filter(({ texts }) => texts === 'unique').map(({ name }) => name),
);

/** The part's rows from `from` on. */
export function encodeRows(part: GrowingPart, from: number): Uint8Array {
  const to = part.size;
  const out = new ByteWriter(1 << 16);
  number(out, to - from);
  align(out, 8);
  const times = new Float64Array(to - from);
  for (let row = from; row < to; row++) {
    times[row - from] = (part.rows.times[row >>> BLOCK_BITS] as Float64Array)[row & ROW_MASK] as number;
  }
  out.append(new Uint8Array(times.buffer));
  const cells = new Uint32Array(to - from);
  for (const name of DICTIONARY_SLOTS) {
    const dictionary = part.dictionaries[name];
    const bytes = dictionary.bytes();
    const ends = dictionary.ends();
    gather(part, name, from, cells);
    const used = renumber(cells, dictionary.size);
    table(out, used, (code) => bytes.subarray(ends[code - 1], ends[code]));
    codes(out, cells, used.length);
  }
  for (const name of TEXT_SLOTS) {
    gather(part, name, from, cells);
    const used = renumber(cells, part.pool.size);
    table(out, used, (id) => part.pool.bytesOf(id));
    codes(out, cells, used.length);
  }
  gather(part, 'identity', from, cells);
  // There is no identity that is missing, so number 0 is one like any other.
  for (let i = 0; i < cells.length; i++) (cells[i] as number)++;
  const { identities } = part.identities;
  const used = renumber(cells, identities.length + 1);
  const json = new TextEncoder().encode(JSON.stringify(used.map((number) => identities[number - 1])));
  number(out, json.length);
  out.append(json);
  align(out, 4);
  codes(out, cells, used.length);
  for (const name of ['hiddenA', 'hiddenB'] as const) {
    gather(part, name, from, cells);
    out.append(new Uint8Array(cells.buffer, 0, cells.byteLength));
  }
  gather(part, 'masked', from, cells);
  const most = cells.reduce((a, b) => Math.max(a, b), 0);
  number(out, most);
  codes(out, cells, most);
  return out.written();
}

/**
 * Adds kept rows to a part, in so far as --since and --until want them; returns how many were left out.
 * @param bytes at a multiple of eight bytes in its memory
 * @param reports the files that the rows are of, in their order
 * @throws RangeError where the bytes are no rows; then nothing was added
 */
export function decodeRows(
  bytes: Uint8Array,
  part: GrowingPart,
  reports: readonly FileReport[],
  filter: EventFilter,
): number {
  let rows = 0;
  const ends = reports.map(({ events, filtered }) => (rows += events - filtered));
  const { size } = part;
  const added = addRows(bytes, part, filter, ends);
  let from = size;
  reports.forEach(({ name }, i) => {
    const to = size + (added[i] as number);
    part.addFile(name, from, to);
    from = to;
  });
  return rows - (part.size - size);
}

/** @param ends rows in `bytes`, ascending @returns how many rows before each of `ends` were added */
function addRows(
  bytes: Uint8Array,
  part: GrowingPart,
  { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY }: EventFilter,
  ends: readonly number[],
): number[] {
  const reader = new RowsReader(bytes);
  const rows = reader.number();
  reader.align(8);
  const times = new Float64Array(reader.take(rows * 8).slice().buffer);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const slots: { base: number; local: NumberArray; global: Uint32Array }[] = [];
  let eventIDs: { local: NumberArray; global: Uint32Array } | undefined;
  for (const name of DICTIONARY_SLOTS) {
    const dictionary = part.dictionaries[name];
    const global = reader.table((start, end) => dictionary.code(view, start, end));
    slots.push({ base: base(name), local: reader.codes(rows, global.length), global });
  }
  for (const name of TEXT_SLOTS) {
    const { pool } = part;
    const add = UNIQUE_TEXTS.has(name)
      ? (start: number, end: number): number => pool.append(view, start, end)
      : (start: number, end: number): number => {
          const known = pool.find(view, start, end);
          return known >= 0 ? known : pool.add(view, start, end);
        };
    const slot = { base: base(name), global: reader.table(add), local: reader.none };
    slot.local = reader.codes(rows, slot.global.length);
    slots.push(slot);
    if (name === 'eventID') eventIDs = slot;
  }
  const json = reader.take(reader.number());
  reader.align(4);
  const list = JSON.parse(decodeUtf8(json)) as Identity[];
  const identity = reader.codes(rows, list.length + 1);
  const hidden = [
    new Uint32Array(reader.take(rows * 4).slice().buffer),
    new Uint32Array(reader.take(rows * 4).slice().buffer),
  ] as const;
  const masked = reader.codes(rows, reader.number() + 1);
  const { identities } = part.identities;
  const first = identities.length - 1;
  for (const described of list) identities.push(described);

  const hashes = eventIDs?.global.map((id) => part.pool.hashOf(id));
  const identityBase = base('identity');
  const hashBase = base('eventIDHash');
  const hiddenABase = base('hiddenA');
  const hiddenBBase = base('hiddenB');
  const maskedBase = base('masked');
  const kept: number[] = [];
  let added = 0;
  for (let i = 0; i < rows; i++) {
    while (ends[kept.length] === i) kept.push(added);
    const time = times[i] as number;
    if (!(time >= since && time < until)) continue;
    added++;
    const block = part.rows.begin(time);
    const row = (part.rows.rows - 1) & ROW_MASK;
    for (let s = 0; s < slots.length; s++) {
      const { base, local, global } = slots[s] as (typeof slots)[0];
      block[base + row] = global[local[i] as number] as number;
    }
    block[identityBase + row] = first + (identity[i] as number);
    block[hiddenABase + row] = hidden[0][i] as number;
    block[hiddenBBase + row] = hidden[1][i] as number;
    block[maskedBase + row] = masked[i] as number;
    block[hashBase + row] = hashes?.[eventIDs?.local[i] as number] ?? 0;
  }
  while (kept.length < ends.length) kept.push(added);
  return kept;
}

type NumberArray = Uint8Array | Uint16Array | Uint32Array;

function base(slot: SlotName): number {
  return SLOT[slot] * SLOT_STRIDE;
}

/** The rows' cells of a slot, from row `from` on. */
function gather({ rows }: GrowingPart, slot: SlotName, from: number, cells: Uint32Array): void {
  const start = base(slot);
  for (let i = 0; i < cells.length; i++) {
    const row = from + i;
    cells[i] = (rows.blocks[row >>> BLOCK_BITS] as Uint32Array)[start + (row & ROW_MASK)] as number;
  }
}

let numberOf = new Uint32Array(0);

/** Replaces numbers below `size` by 1, 2, 3 … as they first appear, 0 staying 0; returns which they were, 1 first. */
function renumber(cells: Uint32Array, size: number): number[] {
  if (numberOf.length < size) numberOf = new Uint32Array(size * 2);
  const used: number[] = [];
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as number;
    if (cell === 0) continue;
    let local = numberOf[cell] as number;
    if (local === 0) {
      local = used.push(cell);
      numberOf[cell] = local;
    }
    cells[i] = local;
  }
  for (const cell of used) numberOf[cell] = 0;
  return used;
}

function table(out: ByteWriter, used: readonly number[], bytesOf: (number: number) => Uint8Array): void {
  number(out, used.length);
  const lengths = new Uint32Array(used.length);
  const at = out.length;
  out.append(new Uint8Array(lengths.buffer));
  used.forEach((number, i) => {
    const bytes = bytesOf(number);
    lengths[i] = bytes.length;
    out.append(bytes);
  });
  out.bytes.set(new Uint8Array(lengths.buffer), at);
  align(out, 4);
}

function codes(out: ByteWriter, cells: Uint32Array, values: number): void {
  const narrow: NumberArray =
    values < 0x100 ? Uint8Array.from(cells) : values < 0x10000 ? Uint16Array.from(cells) : cells;
  out.append(new Uint8Array(narrow.buffer, 0, narrow.byteLength));
  align(out, 4);
}

function number(out: ByteWriter, value: number): void {
  out.append(new Uint8Array(Uint32Array.of(value).buffer));
}

function align(out: ByteWriter, to: number): void {
  while (out.length % to !== 0) out.byte(0);
}

class RowsReader {
  readonly none: NumberArray = new Uint8Array(0);
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  take(length: number): Uint8Array {
    const end = this.at + length;
    if (end > this.bytes.length) throw new RangeError('the rows end early');
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  number(): number {
    return new DataView(this.bytes.buffer, this.bytes.byteOffset + this.at, this.take(4).length).getUint32(0, true);
  }

  align(to: number): void {
    this.at = Math.ceil(this.at / to) * to;
  }

  /** The numbers that `add` gives for the values of a table; number 0 is that of a missing value. */
  table(add: (start: number, end: number) => number): Uint32Array {
    const count = this.number();
    const lengths = this.take(count * 4);
    const sizes = new Uint32Array(lengths.slice().buffer);
    const numbers = new Uint32Array(count + 1);
    for (let i = 0; i < count; i++) {
      const start = this.at;
      this.take(sizes[i] as number);
      numbers[i + 1] = add(start, this.at);
    }
    this.align(4);
    return numbers;
  }

  codes(rows: number, values: number): NumberArray {
    // `values` counts the missing one too.
    const width = values <= 0x100 ? 1 : values <= 0x10000 ? 2 : 4;
    const bytes = this.take(rows * width).slice();
    this.align(4);
    return width === 1 ? bytes : width === 2 ? new Uint16Array(bytes.buffer) : new Uint32Array(bytes.buffer);
  }
}
