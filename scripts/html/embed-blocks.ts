/** The store's columns as the blocks of `shared/report-format.ts`: each a gzip member. Runs in the workers. */
import { gzipSync } from 'node:zlib';
import { encodeCodes, planesFor, type Planes } from '../shared/codes.js';
import { encodeStringTable, type StringTable } from '../shared/string-table.js';
import { encodeTimes } from '../shared/times.js';
import { TEXT_COLUMNS } from '../shared/columns.js';
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
  for (let from = 0; from < table.length; ) {
    const start = from === 0 ? 0 : (table.ends[from - 1] as number);
    let to = from + 1;
    while (to < table.length && (table.ends[to] as number) - start <= STRINGS_PER_BLOCK) to++;
    blocks.push(gzip(encodeStringTable(table, from, to)));
    counts.push(to - from);
    from = to;
  }
  return { blocks, counts };
}

/** Rows [from, to) of the text and json columns as one segment. */
export function embedSegment(store: EventStore, from: number, to: number): Uint8Array {
  const { poolOf, pools, ids } = store.texts;
  const columns = TEXT_COLUMNS.map(({ name }) => {
    const section = new SectionEncoder();
    const idOf = ids[name] as Uint32Array;
    for (let row = from; row < to; row++) {
      const texts = pools[poolOf[row] as number] as SharedTexts;
      const id = idOf[row] as number;
      const address = texts.addresses[id] as number;
      const start = offsetOf(address);
      const bytes = texts.chunks[chunkOf(address)] ?? NO_BYTES;
      section.add(bytes, start, start + (texts.lengths[id] as number));
    }
    return section;
  });
  return gzip(encodeSegment(to - from, columns));
}

const NO_BYTES = new Uint8Array(0);

function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 6 });
}
