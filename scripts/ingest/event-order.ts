/** The order of the events of all parts: by eventTime, then eventID, each eventID once. */
import { chunkOf, offsetOf } from '../store/event-store.js';
import {
  BLOCK_BITS,
  DICTIONARY_SLOTS,
  type Part,
  ROW_MASK,
  ROWS_PER_BLOCK,
  SLOT,
  SLOT_STRIDE,
  TEXT_SLOTS,
} from './part.js';

const ROW_BITS = 27;
const ROW_OF_PART = (1 << ROW_BITS) - 1;

/** More workers than this would not fit into an entry of the order. */
export const MAX_PARTS = 2 ** (32 - ROW_BITS);

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

export interface EventOrder {
  /** The events in order: `partOf` and `rowOf` tell which. In shared memory. */
  readonly entries: Uint32Array;
  /** How many copies were left out. */
  readonly duplicates: number;
}

/**
 * Orders the events. Of the copies of one eventID the first in order stays. Events of the same time and ID, or without one, are ordered by
 * their content, so that the order does not depend on which file was read first.
 */
export function orderEvents(parts: readonly Part[]): EventOrder {
  const sorted = sortBySecond(parts);
  sortTies(sorted.entries, sorted.seconds, parts);
  return withoutCopies(sorted.entries, parts);
}

/** A radix sort, eleven bits of the seconds at a time. */
function sortBySecond(parts: readonly Part[]): { entries: Uint32Array; seconds: Uint32Array } {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  let seconds = new Uint32Array(rows);
  let entries = new Uint32Array(rows);
  let at = 0;
  let least = 2 ** 32;
  let most = 0;
  parts.forEach((part, p) => {
    for (let row = 0; row < part.rows; row++, at++) {
      const second = Math.floor(timeOf(part, row) / 1000);
      seconds[at] = second;
      entries[at] = ((p << ROW_BITS) | row) >>> 0;
      if (second < least) least = second;
      if (second > most) most = second;
    }
  });
  let otherSeconds = new Uint32Array(rows);
  let otherEntries = new Uint32Array(rows);
  for (let shift = 0; (most - least) / 2 ** shift >= 1; shift += 11) {
    const firsts = new Uint32Array(2049);
    for (let i = 0; i < rows; i++) (firsts[((((seconds[i] as number) - least) >>> shift) & 2047) + 1] as number)++;
    for (let digit = 0; digit < 2048; digit++) (firsts[digit + 1] as number) += firsts[digit] as number;
    for (let i = 0; i < rows; i++) {
      const digit = (((seconds[i] as number) - least) >>> shift) & 2047;
      const to = firsts[digit] as number;
      firsts[digit] = to + 1;
      otherSeconds[to] = seconds[i] as number;
      otherEntries[to] = entries[i] as number;
    }
    [seconds, otherSeconds] = [otherSeconds, seconds];
    [entries, otherEntries] = [otherEntries, entries];
  }
  return { entries, seconds };
}

/** Sorts each run of events of one second. */
function sortTies(entries: Uint32Array, seconds: Uint32Array, parts: readonly Part[]): void {
  const compare = (a: number, b: number): number => compareEvents(a, b, parts);
  for (let from = 0; from < entries.length;) {
    let to = from + 1;
    while (to < entries.length && seconds[to] === seconds[from]) to++;
    if (to - from > 12) entries.subarray(from, to).sort(compare);
    else {
      // Most runs are short; an insertion sort allocates nothing.
      for (let i = from + 1; i < to; i++) {
        const entry = entries[i] as number;
        let j = i;
        for (; j > from && compare(entries[j - 1] as number, entry) > 0; j--) entries[j] = entries[j - 1] as number;
        entries[j] = entry;
      }
    }
    from = to;
  }
}

function compareEvents(a: number, b: number, parts: readonly Part[]): number {
  const partA = parts[partOf(a)] as Part;
  const partB = parts[partOf(b)] as Part;
  const rowA = rowOf(a);
  const rowB = rowOf(b);
  const byTime = timeOf(partA, rowA) - timeOf(partB, rowB);
  if (byTime !== 0) return byTime;
  return compareText(partA, rowA, partB, rowB, SLOT.eventID as number) || compareContent(partA, rowA, partB, rowB);
}

/** By every other cell: for copies, and events without an ID. */
function compareContent(partA: Part, rowA: number, partB: Part, rowB: number): number {
  for (const name of TEXT_SLOTS) {
    const order = compareText(partA, rowA, partB, rowB, SLOT[name] as number);
    if (order !== 0) return order;
  }
  for (const name of DICTIONARY_SLOTS) {
    const slot = SLOT[name] as number;
    const a = dictionarySpan(partA, name, cellOf(partA, rowA, slot));
    const b = dictionarySpan(partB, name, cellOf(partB, rowB, slot));
    const order = Buffer.compare(a, b);
    if (order !== 0) return order;
  }
  const identityA = JSON.stringify(partA.identities[cellOf(partA, rowA, SLOT.identity as number)]);
  const identityB = JSON.stringify(partB.identities[cellOf(partB, rowB, SLOT.identity as number)]);
  return identityA < identityB ? -1 : identityA > identityB ? 1 : 0;
}

function dictionarySpan(part: Part, name: string, code: number): Uint8Array {
  const table = part.dictionaries[name];
  if (table === undefined || code === 0) return new Uint8Array(0);
  return table.bytes.subarray(table.ends[code - 1], table.ends[code]);
}

function compareText(partA: Part, rowA: number, partB: Part, rowB: number, slot: number): number {
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

/** Leaves out events whose ID came before. */
function withoutCopies(entries: Uint32Array, parts: readonly Part[]): EventOrder {
  const kept = new Uint32Array(new SharedArrayBuffer(entries.length * 4));
  const suspects = rowsOfRepeatedHashes(parts);
  const idSlot = SLOT.eventID as number;
  const hashSlot = SLOT.eventIDHash as number;
  const seen = new Map<number, number[]>();
  let rows = 0;
  for (const entry of entries) {
    const part = parts[partOf(entry)] as Part;
    const row = rowOf(entry);
    if (suspects[partOf(entry)]?.[row] === 1) {
      const hash = cellOf(part, row, hashSlot);
      const earlier = seen.get(hash) ?? [];
      if (earlier.some((e) => compareText(parts[partOf(e)] as Part, rowOf(e), part, row, idSlot) === 0)) continue;
      seen.set(hash, [...earlier, entry]);
    }
    kept[rows++] = entry;
  }
  return { entries: kept.subarray(0, rows), duplicates: entries.length - rows };
}

/** By part, 1 for each row whose eventID's hash another row has too: the only ones that can be copies. */
function rowsOfRepeatedHashes(parts: readonly Part[]): Uint8Array[] {
  const hashes = parts.map(eventIDHashes);
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const capacity = 2 ** Math.ceil(Math.log2(rows * 2 + 2));
  const table = new Uint32Array(capacity);
  const repeated = new Set<number>();
  for (const ofPart of hashes) {
    for (const hash of ofPart) {
      if (hash === 0) continue;
      let slot = hash & (capacity - 1);
      while (table[slot] !== 0 && table[slot] !== hash) slot = (slot + 1) & (capacity - 1);
      if (table[slot] === hash) repeated.add(hash);
      table[slot] = hash;
    }
  }
  return hashes.map((ofPart) => {
    const suspects = new Uint8Array(ofPart.length);
    if (repeated.size > 0) ofPart.forEach((hash, row) => (suspects[row] = repeated.has(hash) ? 1 : 0));
    return suspects;
  });
}

/** The hash of each row's eventID; 0 where there is none. */
function eventIDHashes(part: Part): Uint32Array {
  const hashSlot = SLOT.eventIDHash as number;
  const hashes = new Uint32Array(part.rows);
  part.blocks.forEach((block, b) => {
    const from = b * ROWS_PER_BLOCK;
    const rows = Math.min(ROWS_PER_BLOCK, part.rows - from);
    hashes.set(block.subarray(hashSlot * SLOT_STRIDE, hashSlot * SLOT_STRIDE + rows), from);
  });
  return hashes;
}
