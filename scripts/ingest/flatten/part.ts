/** What one worker made of its files: rows of numbers, and what the numbers stand for. In shared memory. */
import {
  CODED_COLUMNS,
  type CodedName,
  type IdentityName,
  isPath,
  type MergedName,
  TEXT_COLUMNS,
  type TextName,
} from '#shared/model/columns.js';
import type { StringTable } from '#shared/format/string-table.js';
import type { SharedTexts } from '#scripts/store/event-store.js';

/** Slots whose numbers are codes of a dictionary of the same name. */
export type DictionarySlot = 'eventTimeText' | Exclude<CodedName, IdentityName | MergedName | 'resources'>;

/** Slots whose numbers are ids of texts. */
export type TextSlot = 'resources' | TextName;

/** Slots whose numbers are neither. */
const NUMBER_SLOTS = ['identity', 'eventIDHash', 'hiddenA', 'hiddenB', 'masked'] as const;

/**
 * What a row holds, each an unsigned 32-bit number.
 * - `identity`: which of the part's identities
 * - `eventTimeText`: code of eventTime as written where that is not the usual form, else 0
 * - `eventIDHash`: a hash of eventID, for finding copies
 * - `hiddenA`, `hiddenB`: a fingerprint of what no column shows
 * - `masked`: how many secrets were masked in the event
 * - a coded column: code in the part's dictionary of that name (`resources`: id in the part's texts)
 * - a text or json column: id in the part's texts
 */
export type SlotName = (typeof NUMBER_SLOTS)[number] | DictionarySlot | TextSlot;

/** Columns that a row has a code of: not those of identities, and not those that are computed once events are in order. */
export const DICTIONARY_SLOTS: readonly DictionarySlot[] = [
  'eventTimeText',
  ...CODED_COLUMNS.filter(({ per, from }) => per === 'event' && (isPath(from) || !('merged' in from)))
    .map(({ name }) => name)
    .filter((name): name is Exclude<DictionarySlot, 'eventTimeText'> => name !== 'resources'),
];

export const TEXT_SLOTS: readonly TextSlot[] = ['resources', ...TEXT_COLUMNS.map((c) => c.name)];

const SLOT_NAMES: readonly SlotName[] = [...NUMBER_SLOTS, ...DICTIONARY_SLOTS, ...TEXT_SLOTS];

/** Each slot's number. */
export const SLOT = Object.fromEntries(SLOT_NAMES.map((name, i) => [name, i])) as Readonly<Record<SlotName, number>>;

export const BLOCK_BITS = 14;
export const ROWS_PER_BLOCK = 1 << BLOCK_BITS;
export const ROW_MASK = ROWS_PER_BLOCK - 1;
/**
 * From a slot's cells to the next slot's. A little more than the rows, because at a power of two the cells of one row
 * would all compete for the same lines of the processor's cache.
 */
export const SLOT_STRIDE = ROWS_PER_BLOCK + 16;

export interface Part {
  readonly rows: number;
  /** Block b, slot s, row r of the block: blocks[b][s * SLOT_STRIDE + r]. */
  readonly blocks: readonly Uint32Array[];
  /** Milliseconds since 1970 UTC, by block. */
  readonly times: readonly Float64Array[];
  readonly dictionaries: Readonly<Record<DictionarySlot, StringTable>>;
  /** The cells of each, a JSON array in the order of `IDENTITY_COLUMNS`. */
  readonly identities: StringTable;
  readonly texts: SharedTexts;
  /** The files that gave rows, in their order: each one's first row and its name. */
  readonly files: { readonly starts: readonly number[]; readonly names: readonly string[] };
}

/** Collects the rows of a part. */
export class RowBlocks {
  rows = 0;
  readonly blocks: Uint32Array[] = [];
  readonly times: Float64Array[] = [];

  /** Begins a row, all zero; returns the block to write it to: cell s is at [s * SLOT_STRIDE + (row & ROW_MASK)]. */
  begin(time: number): Uint32Array {
    const row = this.rows++ & ROW_MASK;
    if (row === 0) {
      this.blocks.push(new Uint32Array(new SharedArrayBuffer(SLOT_NAMES.length * SLOT_STRIDE * 4)));
      this.times.push(new Float64Array(new SharedArrayBuffer(ROWS_PER_BLOCK * 8)));
    }
    (this.times[this.times.length - 1] as Float64Array)[row] = time;
    return this.blocks[this.blocks.length - 1] as Uint32Array;
  }
}
