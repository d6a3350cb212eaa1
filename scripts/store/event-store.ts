/**
 * All events of a run as sorted columns. Everything after ingest reads only this. It lies in shared memory, so that
 * every worker may read it without a copy.
 */
import type { StringTable } from '#shared/format/string-table.js';

/** A column as codes into its distinct values; value 0 is the empty string. */
export interface CodedColumn {
  readonly codes: Uint32Array;
  readonly values: StringTable;
}

export interface EventStore {
  /** Events, sorted by eventTime, then eventID; no eventID twice. */
  readonly rows: number;
  /** eventTime in milliseconds since 1970 UTC, by row. */
  readonly times: Float64Array;
  /** eventTime as the log wrote it, for rows where that is not the usual form (code 0). */
  readonly eventTimeText: CodedColumn;
  /** Row → identity. */
  readonly identity: Uint32Array;
  readonly identities: number;
  /** The coded columns by name, `per: 'event'` by row, `per: 'identity'` by identity. */
  readonly coded: Readonly<Record<string, CodedColumn>>;
  /** By value of `resources`: where the names of the event's target, which come first, end in the values' bytes. */
  readonly targetEnds: Uint32Array;
  readonly texts: TextColumns;
}

/** The text and json columns: compact JSON, as the log wrote it. */
interface TextColumns {
  /** Per row: which of `pools` its texts lie in. */
  readonly poolOf: Uint8Array;
  readonly pools: readonly SharedTexts[];
  /** By column, per row: the text's id in its row's pool; 0 is missing. */
  readonly ids: Readonly<Record<string, Uint32Array>>;
}

const CHUNK_BITS = 22;

/** The size of a chunk of texts; a text never straddles two. */
export const CHUNK_BYTES = 1 << CHUNK_BITS;

/**
 * Texts in chunks of shared memory; text 0 is empty. Text i is at address spans[2 i] and spans[2 i + 1] bytes long: side
 * by side, because both are wanted at once and the array is larger than the processor's cache.
 */
export interface SharedTexts {
  readonly chunks: readonly Uint8Array[];
  readonly spans: Uint32Array;
}

export function textAddress(chunk: number, offset: number): number {
  return ((chunk << CHUNK_BITS) | offset) >>> 0;
}

export function chunkOf(address: number): number {
  return address >>> CHUNK_BITS;
}

export function offsetOf(address: number): number {
  return address & (CHUNK_BYTES - 1);
}

/** How many chunks an address can name. */
export const MAX_CHUNKS = 2 ** (32 - CHUNK_BITS);

/** The UTF-8 of an event's cell in a text column, in the store's own memory; undefined where the event has none. */
export function textBytes(
  { poolOf, pools, ids }: EventStore['texts'],
  name: string,
  row: number,
): Uint8Array | undefined {
  const id = (ids[name] as Uint32Array)[row] as number;
  const pool = id === 0 ? undefined : pools[poolOf[row] as number];
  if (pool === undefined) return undefined;
  const address = pool.spans[id * 2] as number;
  const start = offsetOf(address);
  return (pool.chunks[chunkOf(address)] as Uint8Array).subarray(start, start + (pool.spans[id * 2 + 1] as number));
}
