/**
 * Encodes the store's columns as the blocks of `shared/format/report-format.ts`, each one gzip member. Runs in the
 * workers.
 */
import { gzipSync } from 'node:zlib';
import { encodeCodes, planesFor, type Planes } from '#shared/format/codes.js';
import { type Column, COLUMNS, TEXT_COLUMNS } from '#shared/model/columns.js';
import { encodeLists, FIRST_NAME, type ListTable } from '#shared/format/list-table.js';
import { predict, symbolsFor } from '#shared/format/predicted-codes.js';
import { encodeStringTable, type StringTable } from '#shared/format/string-table.js';
import { encodeTimes } from '#shared/format/times.js';
import { chunkOf, type CodedColumn, type EventStore, offsetOf, type SharedTexts } from '#scripts/store/event-store.js';
import { CellsByText } from './cells-by-text.js';
import { ResourceNames } from './resource-names.js';
import { SectionEncoder, SegmentEncoder } from './segment-encoder.js';
import { findNames, type NameSpans, splitLists } from './split-lists.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const LISTS = namesOf('list');
const JSONS = namesOf('json');

function namesOf(kind: Column['kind']): ReadonlySet<string> {
  return new Set(COLUMNS.filter((column) => column.kind === kind).map(({ name }) => name));
}

/**
 * Which column predicts which (`shared/format/predicted-codes.ts`). The codes of a million generated events are 6.2 MB
 * (gzip) by themselves and 3.5 MB with predictions: an address has few callers, a caller calls from one place with one
 * program, and an event's name determines nearly everything else. No column predicts itself, not even indirectly.
 */
const PREDICTED_BY: Readonly<Record<string, string>> = {
  identity: 'sourceIPAddress',
  ...Object.fromEntries(
    COLUMNS.flatMap((column) => ('predictedBy' in column ? [[column.name, column.predictedBy]] : [])),
  ),
};

/** The number of codes or times per block: less than a megabyte in any case. */
const NUMBERS_PER_BLOCK = 1 << 18;
/** The decompressed bytes of a block of strings. */
const STRINGS_PER_BLOCK = 1 << 20;

/** The blocks of one thing, and the number of entries in each. */
export interface Blocks {
  readonly blocks: readonly Uint8Array[];
  readonly counts: readonly number[];
}

export interface CodeBlocks extends Blocks {
  readonly planes: Planes;
  readonly given?: string;
}

/** The blocks of a dictionary's strings; for a list column, of its names and its lists. */
export interface StringBlocks extends Blocks {
  readonly lists?: Blocks;
}

/** A coded column's codes; 'identity' for the rows' identities. */
export function embedCodes(store: EventStore, name: string): CodeBlocks {
  const { codes, values } = codesOf(store, name);
  const given = PREDICTED_BY[name];
  if (given === undefined) return planeBlocks(codes, planesFor(values));
  const by = codesOf(store, given);
  return { given, ...planeBlocks(predict(codes, by.codes, by.values), planesFor(symbolsFor(values))) };
}

function codesOf({ coded, identity, identities }: EventStore, name: string): { codes: Uint32Array; values: number } {
  if (name === 'identity') return { codes: identity, values: identities };
  const { codes, values } = coded[name] as CodedColumn;
  return { codes, values: values.length };
}

function planeBlocks(codes: Uint32Array, planes: Planes): CodeBlocks {
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

/** The positions of the store's resource names, for all threads. */
export type ResourceNameSpans = NameSpans;

/** Finding them takes as long as writing them. */
export function findResourceNames({ coded, targetEnds }: EventStore): ResourceNameSpans {
  return findNames((coded.resources as CodedColumn).values, targetEnds);
}

/** A coded column's distinct values. @param resourceNames the result of {@link findResourceNames} */
export function embedStrings(store: EventStore, name: string, resourceNames: ResourceNameSpans): StringBlocks {
  const { values } = store.coded[name] as CodedColumn;
  if (!LISTS.has(name)) return stringBlocks(values);
  const table = name === 'resources' ? splitLists(values, resourceNames) : splitLists(values);
  return { ...stringBlocks(table.names), lists: listBlocks(table) };
}

function listBlocks(table: ListTable): Blocks {
  let seen = FIRST_NAME;
  let at = 0;
  return numberBlocks(table.ends.length, (from, to) => {
    const block = encodeLists(table, from, to, seen);
    for (const stop = table.ends[to - 1] as number; at < stop; at++) {
      seen = Math.max(seen, (table.members[at] as number) + 1);
    }
    return block;
  });
}

function stringBlocks(table: StringTable): Blocks {
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

/** Columns whose texts often repeat. */
const REPEATING: ReadonlySet<string> = new Set(
  TEXT_COLUMNS.filter(({ texts }) => texts === 'repeating').map(({ name }) => name),
);

/** The parts of the text and json columns to embed. */
export interface DetailSelection {
  readonly columns: readonly string[];
  /** By column, how many characters of its cells (JSON strings) to keep; all if absent. */
  readonly shortened: Readonly<Record<string, number>>;
}

/** Encodes segments, in memory that it reuses. */
export class SegmentEmbedder {
  private readonly names: ResourceNames;
  private readonly views: readonly (readonly DataView[])[];
  private readonly sections = new Map<string, SectionEncoder>();
  private readonly cellOf = new CellsByText();
  private readonly segment = new SegmentEncoder();

  /** @param resourceNames the result of {@link findResourceNames} */
  constructor(
    private readonly store: EventStore,
    resourceNames: ResourceNameSpans,
  ) {
    this.names = new ResourceNames((store.coded.resources as CodedColumn).values, resourceNames);
    this.views = store.texts.pools.map(({ chunks }) => chunks.map((chunk) => new DataView(chunk.buffer)));
  }

  /** Rows [from, to) of the selected columns as one segment. */
  embed({ columns, shortened }: DetailSelection, from: number, to: number): Uint8Array {
    const sections = columns.map((name) => this.section(name, shortened[name] ?? Infinity, from, to));
    return gzip(this.segment.encode(to - from, sections));
  }

  /** @param most how many characters of a cell to keep */
  private section(name: string, most: number, from: number, to: number): SectionEncoder {
    const { store, views, cellOf } = this;
    const { poolOf, pools, ids } = store.texts;
    const { codes: lists } = store.coded.resources as CodedColumn;
    const section = this.beginSection(name, to - from);
    const idOf = ids[name] as Uint32Array;
    const repeats = REPEATING.has(name);
    // Texts that are stored once per event cannot repeat.
    if (repeats) cellOf.begin(to - from);
    for (let row = from; row < to; row++) {
      const id = idOf[row] as number;
      if (id === 0) {
        section.addMissing();
        continue;
      }
      const pool = poolOf[row] as number;
      const list = lists[row] as number;
      const text = id * pools.length + pool;
      const known = repeats ? cellOf.get(text) : -1;
      if (known >= 0 && section.fits(known, list)) {
        section.addAgain(known);
        continue;
      }
      const texts = pools[pool] as SharedTexts;
      const address = texts.spans[id * 2] as number;
      const start = offsetOf(address);
      const bytes = texts.chunks[chunkOf(address)] as Uint8Array;
      const view = views[pool]?.[chunkOf(address)] as DataView;
      const end = start + (texts.spans[id * 2 + 1] as number);
      const stop = end - start > most + 2 ? shortEnd(bytes, start, most, end) : end;
      const cell = section.add(bytes, view, start, stop, list, repeats);
      if (repeats) cellOf.set(text, cell);
    }
    return section;
  }

  private beginSection(name: string, rows: number): SectionEncoder {
    let section = this.sections.get(name);
    if (section === undefined) {
      // An ID or a message as a whole is not a resource name.
      section = new SectionEncoder(rows, JSONS.has(name) ? this.names : undefined);
      this.sections.set(name, section);
    } else section.begin(rows);
    return section;
  }
}

/**
 * The end of a JSON string at `start` that is shortened to `most` characters; the encoder closes it. `end` if it
 * contains anything but plain characters.
 */
function shortEnd(bytes: Uint8Array, start: number, most: number, end: number): number {
  if (bytes[start] !== QUOTE) return end;
  for (let i = start + 1; i <= start + most; i++) {
    const byte = bytes[i] as number;
    if (byte === BACKSLASH || byte >= 0x80) return end;
  }
  return start + 1 + most;
}

/** Measured with a million events: level 4 takes 0.3 s longer and saves a fifteenth. */
const LEVEL = 1;

function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: LEVEL });
}
