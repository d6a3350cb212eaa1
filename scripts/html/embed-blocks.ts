/** The store's columns as the blocks of `shared/report-format.ts`: each a gzip member. Runs in the workers. */
import { gzipSync } from 'node:zlib';
import { encodeCodes, planesFor, type Planes } from '../shared/codes.js';
import { encodeStringTable, type StringTable } from '../shared/string-table.js';
import { encodeTimes } from '../shared/times.js';
import { chunkOf, type EventStore, offsetOf, type SharedTexts } from '../store/event-store.js';
import { encodeSegment, SectionEncoder } from './segment-encoder.js';

/** How many codes or times a block holds: under a megabyte whatever they are. */
const NUMBERS_PER_BLOCK = 1 << 18;
/** Inflated bytes of a block of strings. */
const STRINGS_PER_BLOCK = 1 << 20;

/** Blocks of one thing, and how many entries each has. */
export interface Blocks {
  readonly blocks: readonly Uint8Array[];
  readonly counts: readonly number[];
}

export interface CodeBlocks extends Blocks {
  readonly planes: Planes;
}

export function embedCodes(codes: Uint32Array, values: number): CodeBlocks {
  const planes = planesFor(values);
  return { planes, ...numberBlocks(codes.length, (from, to) => encodeCodes(codes, planes, from, to)) };
}

export function embedTimes(times: Float64Array, start: number, unit: number): Blocks {
  return numberBlocks(times.length, (from, to) => encodeTimes(times, start, unit, from, to));
}

function numberBlocks(length: number, encode: (from: number, to: number) => Uint8Array): Blocks {
  const blocks: Uint8Array[] = [];
  const counts: number[] = [];
  for (let from = 0; from < length; from += NUMBERS_PER_BLOCK) {
    const to = Math.min(length, from + NUMBERS_PER_BLOCK);
    blocks.push(gzip(encode(from, to)));
    counts.push(to - from);
  }
  return { blocks, counts };
}

export function embedStrings(table: StringTable): Blocks {
  const blocks: Uint8Array[] = [];
  const counts: number[] = [];
  for (let from = 0; from < table.length;) {
    const start = from === 0 ? 0 : (table.ends[from - 1] as number);
    let to = from + 1;
    while (to < table.length && (table.ends[to] as number) - start <= STRINGS_PER_BLOCK) to++;
    blocks.push(gzip(encodeStringTable(table, from, to)));
    counts.push(to - from);
    from = to;
  }
  return { blocks, counts };
}

/** What of the text and json columns is embedded. */
export interface DetailPlan {
  readonly columns: readonly string[];
  /** By column, how many characters of its (JSON string) cells are kept, where not all are. */
  readonly shortened: Readonly<Record<string, number>>;
}

/** Rows [from, to) of the plan's columns as one segment. */
export function embedSegment(store: EventStore, plan: DetailPlan, from: number, to: number): Uint8Array {
  const { poolOf, pools, ids } = store.texts;
  const columns = plan.columns.map((name) => {
    const section = new SectionEncoder(to - from);
    const idOf = ids[name] as Uint32Array;
    // The opening quote counts too; the encoder closes what is cut.
    const most = name in plan.shortened ? (plan.shortened[name] as number) + 1 : Infinity;
    const rowOf = new Map<number, number>();
    for (let row = from; row < to; row++) {
      const id = idOf[row] as number;
      const pool = poolOf[row] as number;
      const key = id * 256 + pool;
      const known = rowOf.get(key);
      if (known !== undefined) {
        section.addAgain(known);
        continue;
      }
      rowOf.set(key, row - from);
      const texts = pools[pool] as SharedTexts;
      const address = texts.addresses[id] as number;
      const start = offsetOf(address);
      const bytes = texts.chunks[chunkOf(address)] ?? NO_BYTES;
      section.add(bytes, start, start + Math.min(texts.lengths[id] as number, most));
    }
    return section;
  });
  return gzip(encodeSegment(to - from, columns));
}

const NO_BYTES = new Uint8Array(0);

function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 6 });
}
