/** Rows of parts: which one an entry of the order means, its cells, and how two of them compare. */
import { canonicalJson } from '#scripts/cloudtrail/fingerprint.js';
import { BACKSLASH } from '#shared/format/json-bytes.js';
import { decodeUtf8 } from '#shared/format/utf8.js';
import type { StringTable } from '#shared/format/string-table.js';
import { chunkOf, offsetOf } from '#scripts/store/event-store.js';
import {
  BLOCK_BITS,
  DICTIONARY_SLOTS,
  type DictionarySlot,
  type Part,
  ROW_MASK,
  SLOT,
  SLOT_STRIDE,
  TEXT_SLOTS,
} from './part.js';

const ROW_BITS = 27;
const ROW_OF_PART = (1 << ROW_BITS) - 1;

/** More workers than this would not fit into an entry of the order. */
export const MAX_PARTS = 2 ** (32 - ROW_BITS);

/** The entry of the order that means a row of a part. */
export function entryOf(part: number, row: number): number {
  return ((part << ROW_BITS) | row) >>> 0;
}

export function partOf(entry: number): number {
  return entry >>> ROW_BITS;
}

export function rowOf(entry: number): number {
  return entry & ROW_OF_PART;
}

/** The cell of a row of a part; `slot` is the slot's number. */
export function cellOf(part: Part, row: number, slot: number): number {
  return (part.blocks[row >>> BLOCK_BITS] as Uint32Array)[slot * SLOT_STRIDE + (row & ROW_MASK)] as number;
}

/** eventTime of a row of a part, in milliseconds since 1970 UTC. */
export function timeOf(part: Part, row: number): number {
  return (part.times[row >>> BLOCK_BITS] as Float64Array)[row & ROW_MASK] as number;
}

/** By eventTime, then eventID, then everything else, so that equal rows alone are equal. */
export function compareEvents(a: number, b: number, parts: readonly Part[]): number {
  const partA = parts[partOf(a)] as Part;
  const partB = parts[partOf(b)] as Part;
  const rowA = rowOf(a);
  const rowB = rowOf(b);
  const byTime = timeOf(partA, rowA) - timeOf(partB, rowB);
  if (byTime !== 0) return byTime;
  return compareText(partA, rowA, partB, rowB, SLOT.eventID) || compareContent(a, b, parts);
}

/** By everything else, for copies and events without an ID; 0 where two records have the same values in all fields. */
export function compareContent(a: number, b: number, parts: readonly Part[]): number {
  const partA = parts[partOf(a)] as Part;
  const partB = parts[partOf(b)] as Part;
  const rowA = rowOf(a);
  const rowB = rowOf(b);
  for (const name of TEXT_SLOTS) {
    const order = compareJson(partA, rowA, partB, rowB, SLOT[name]);
    if (order !== 0) return order;
  }
  for (const name of DICTIONARY_SLOTS) {
    const slot = SLOT[name];
    const order = Buffer.compare(
      dictionarySpan(partA, name, cellOf(partA, rowA, slot)),
      dictionarySpan(partB, name, cellOf(partB, rowB, slot)),
    );
    if (order !== 0) return order;
  }
  const slot = SLOT.identity;
  return (
    Buffer.compare(
      entryOfTable(partA.identities, cellOf(partA, rowA, slot)),
      entryOfTable(partB.identities, cellOf(partB, rowB, slot)),
    ) || HIDDEN_SLOTS.reduce((order, hidden) => order || cellOf(partA, rowA, hidden) - cellOf(partB, rowB, hidden), 0)
  );
}

const HIDDEN_SLOTS = [SLOT.hiddenA, SLOT.hiddenB];

/** As `compareText`, whichever way characters are escaped. */
function compareJson(partA: Part, rowA: number, partB: Part, rowB: number, slot: number): number {
  const order = compareText(partA, rowA, partB, rowB, slot);
  if (order === 0) return 0;
  const a = textOf(partA, rowA, slot);
  const b = textOf(partB, rowB, slot);
  if (!a.includes(BACKSLASH) && !b.includes(BACKSLASH)) return order;
  return Buffer.compare(Buffer.from(canonicalJson(decodeUtf8(a))), Buffer.from(canonicalJson(decodeUtf8(b))));
}

/** A copy of a text slot's bytes: what is shared cannot be decoded. */
function textOf(part: Part, row: number, slot: number): Uint8Array {
  const { spans, chunks } = part.texts;
  const id = cellOf(part, row, slot);
  const address = spans[id * 2] as number;
  const from = offsetOf(address);
  const chunk = chunks[chunkOf(address)];
  return chunk === undefined ? new Uint8Array(0) : chunk.slice(from, from + (spans[id * 2 + 1] as number));
}

function dictionarySpan(part: Part, name: DictionarySlot, code: number): Uint8Array {
  return code === 0 ? new Uint8Array(0) : entryOfTable(part.dictionaries[name], code);
}

function entryOfTable(table: StringTable, i: number): Uint8Array {
  return table.bytes.subarray(i === 0 ? 0 : table.ends[i - 1], table.ends[i]);
}

/** By the bytes of a text slot; missing comes first. */
export function compareText(partA: Part, rowA: number, partB: Part, rowB: number, slot: number): number {
  const a = cellOf(partA, rowA, slot);
  const b = cellOf(partB, rowB, slot);
  if (partA === partB && a === b) return 0;
  const lengthA = partA.texts.spans[a * 2 + 1] as number;
  const lengthB = partB.texts.spans[b * 2 + 1] as number;
  if (lengthA === 0 || lengthB === 0) return lengthA - lengthB;
  const addressA = partA.texts.spans[a * 2] as number;
  const addressB = partB.texts.spans[b * 2] as number;
  const bytesA = partA.texts.chunks[chunkOf(addressA)] as Uint8Array;
  const bytesB = partB.texts.chunks[chunkOf(addressB)] as Uint8Array;
  const fromA = offsetOf(addressA);
  const fromB = offsetOf(addressB);
  const length = Math.min(lengthA, lengthB);
  for (let i = 0; i < length; i++) {
    const difference = (bytesA[fromA + i] as number) - (bytesB[fromB + i] as number);
    if (difference !== 0) return difference;
  }
  return lengthA - lengthB;
}
