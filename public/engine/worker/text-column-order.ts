/** Sorts the events by a text or JSON column: sorts its distinct cells once, by their beginnings. */
import { ByteWriter } from '#shared/format/bytes.js';
import type { StringTable } from '#shared/format/string-table.js';
import { textOrder } from '#shared/columnar/text-order.js';
import type { OrderedTexts } from './protocol.js';
import { SegmentBytes } from './segment-bytes.js';
import type { Segments } from './segments.js';

/**
 * The number of bytes of a cell to compare; cells that are equal so far stay in order of time. Complete cells of a
 * million requests would be 200 MB.
 */
const LONGEST = 128;
/** The number of cells between two pauses: some milliseconds of work. */
const STEP = 8192;

/**
 * @param names the names of all resources, which are released at the end
 * @param pause lets other work be done
 */
export async function textColumnOrder(
  segments: Segments,
  column: number,
  names: StringTable,
  pause: () => Promise<void>,
): Promise<OrderedTexts> {
  const kept = [];
  let cells = 0;
  let rows = 0;
  for (let number = 0; number < segments.count; number++) {
    const segment = await segments.segment(number);
    kept.push(segment);
    cells += segment.sections[column]?.cells ?? 0;
    rows += segment.rows;
  }
  const out = new ByteWriter(cells * LONGEST + (1 << 20));
  const ends = new Uint32Array(cells);
  let cell = 0;
  for (const segment of kept) {
    const bytes = new SegmentBytes(segment, names);
    for (const row of segment.sections[column]?.parts.rowOf ?? []) {
      const start = out.length;
      bytes.write(out, column, segment.firstRow + row);
      out.length = Math.min(out.length, start + LONGEST);
      ends[cell++] = out.length;
      if (cell % STEP === 0) await pause();
    }
  }
  const table = { length: cells, bytes: out.written(), ends };
  const ordering = textOrder(table, 0);
  let step = ordering.next();
  for (; !step.done; step = ordering.next()) await pause();
  const { ranks, distinct } = await denseRanks(table, step.value, pause);
  release(out.bytes, names.bytes);
  const codes = new Uint32Array(rows);
  let first = 0;
  for (const { firstRow, sections } of kept) {
    const section = sections[column];
    section?.parts.cellOfRow.forEach((inSegment, row) => {
      if (inSegment > 0) codes[firstRow + row] = (ranks[first + inSegment - 1] as number) + 1;
    });
    first += section?.cells ?? 0;
    await pause();
  }
  return { codes, values: distinct + 1 };
}

/** The rank of each text among the distinct ones, ignoring case. */
async function denseRanks(
  { bytes, ends }: StringTable,
  order: Uint32Array,
  pause: () => Promise<void>,
): Promise<{ readonly ranks: Uint32Array; readonly distinct: number }> {
  const ranks = new Uint32Array(order.length);
  let rank = -1;
  for (let i = 0; i < order.length; i++) {
    const text = order[i] as number;
    if (i === 0 || !isSame(bytes, ends, order[i - 1] as number, text)) rank++;
    ranks[text] = rank;
    if (i % STEP === 0) await pause();
  }
  return { ranks, distinct: rank + 1 };
}

function isSame(bytes: Uint8Array, ends: Uint32Array, a: number, b: number): boolean {
  let i = a === 0 ? 0 : (ends[a - 1] as number);
  let j = b === 0 ? 0 : (ends[b - 1] as number);
  const end = ends[a] as number;
  if (end - i !== (ends[b] as number) - j) return false;
  for (; i < end; i++, j++) if (lower(bytes[i] as number) !== lower(bytes[j] as number)) return false;
  return true;
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

/**
 * Frees the memory of arrays that are no longer used: a browser collects garbage late, and until then keeps as much of
 * it as there is data.
 */
function release(...arrays: readonly ArrayBufferView[]): void {
  for (const { buffer } of arrays) {
    // Older browsers wait for their garbage collector.
    (buffer as { transfer?: (length: number) => ArrayBuffer }).transfer?.(0);
  }
}
