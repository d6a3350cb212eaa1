/** Copies: CloudTrail may deliver an event more than once, and two trails deliver each. */
import { cellOf, compareText, partOf, rowOf } from './part-row.js';
import { type Part, ROWS_PER_BLOCK, SLOT, SLOT_STRIDE } from './part.js';
import { touched } from '../shared/touched.js';

/** The entries, which are in shared memory, without those whose eventID came before. */
export function withoutCopies(entries: Uint32Array, suspects: PossibleCopies, parts: readonly Part[]): Uint32Array {
  if (suspects === undefined) return entries;
  const kept = new Uint32Array(new SharedArrayBuffer(entries.length * 4));
  const idSlot = SLOT.eventID as number;
  const hashSlot = SLOT.eventIDHash as number;
  const seen = new Map<number, number[]>();
  let rows = 0;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] as number;
    const part = parts[partOf(entry)] as Part;
    const row = rowOf(entry);
    if (suspects[partOf(entry)]?.[row] === 1) {
      const hash = cellOf(part, row, hashSlot);
      const earlier = seen.get(hash) ?? [];
      if (earlier.length === 0) seen.set(hash, earlier);
      if (earlier.some((e) => compareText(parts[partOf(e)] as Part, rowOf(e), part, row, idSlot) === 0)) continue;
      earlier.push(entry);
    }
    kept[rows++] = entry;
  }
  return kept.subarray(0, rows);
}

/** By part, 1 for each row whose eventID's hash another row has too: the only ones that can be copies. undefined: none. */
export type PossibleCopies = readonly Uint8Array[] | undefined;

export function possibleCopies(parts: readonly Part[]): PossibleCopies {
  const hashes = parts.map(eventIDHashes);
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const capacity = 2 ** Math.ceil(Math.log2(rows * 2 + 2));
  const table = touched(new Uint32Array(capacity));
  const repeated = new Set<number>();
  for (const ofPart of hashes) {
    for (let row = 0; row < ofPart.length; row++) {
      const hash = ofPart[row] as number;
      if (hash === 0) continue;
      let slot = hash & (capacity - 1);
      while (table[slot] !== 0 && table[slot] !== hash) slot = (slot + 1) & (capacity - 1);
      if (table[slot] === hash) repeated.add(hash);
      table[slot] = hash;
    }
  }
  if (repeated.size === 0) return undefined;
  return hashes.map((ofPart) => {
    const suspects = new Uint8Array(ofPart.length);
    for (let row = 0; row < ofPart.length; row++) if (repeated.has(ofPart[row] as number)) suspects[row] = 1;
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
