/** Copies: CloudTrail may deliver an event more than once, and two trails deliver each. */
import { touched } from '#scripts/bytes/touched.js';
import { cellOf, compareText, entryOf, partOf, rowOf } from '../flatten/part-row.js';
import { type Part, ROWS_PER_BLOCK, SLOT, SLOT_STRIDE } from '../flatten/part.js';

/** Which of the hashes: those whose remainder by `shares` is `share`. */
export interface HashShare {
  readonly share: number;
  readonly shares: number;
}

/** The entries of all rows whose eventID's hash another row has too, of a share of the hashes: the only ones that can be copies. */
export function possibleCopies(parts: readonly Part[], { share, shares }: HashShare): Uint32Array {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const table = touched(new Uint32Array(2 ** Math.ceil(Math.log2((rows * 2) / shares + 2))));
  const repeated = new Set<number>();
  for (const part of parts) {
    for (const hashes of eventIDHashes(part)) addRepeated(hashes, share, shares, table, repeated);
  }
  if (repeated.size === 0) return new Uint32Array(0);
  const found: number[] = [];
  parts.forEach((part, p) => {
    let row = 0;
    for (const hashes of eventIDHashes(part)) {
      for (const hash of hashes) {
        if (repeated.has(hash)) found.push(entryOf(p, row));
        row++;
      }
    }
  });
  return Uint32Array.from(found);
}

/** Adds to `repeated` the hashes of the share that come again; `table` has those that came. */
function addRepeated(
  hashes: Uint32Array,
  share: number,
  shares: number,
  table: Uint32Array,
  repeated: Set<number>,
): void {
  const mask = table.length - 1;
  for (let i = 0; i < hashes.length; i++) {
    const hash = hashes[i] as number;
    // Without an eventID nothing is a copy.
    if (hash === 0 || hash % shares !== share) continue;
    let slot = (hash >>> 5) & mask;
    while (table[slot] !== 0 && table[slot] !== hash) slot = (slot + 1) & mask;
    if (table[slot] === hash) repeated.add(hash);
    table[slot] = hash;
  }
}

/** The hashes of the rows' eventIDs, block by block; 0 where there is none. */
function eventIDHashes(part: Part): Uint32Array[] {
  const from = (SLOT.eventIDHash as number) * SLOT_STRIDE;
  return part.blocks.map((block, b) =>
    block.subarray(from, from + Math.min(ROWS_PER_BLOCK, part.rows - b * ROWS_PER_BLOCK)),
  );
}

/** The entries, which are in shared memory, without those whose eventID came before. @param suspects the possible copies */
export function withoutCopies(
  entries: Uint32Array,
  suspects: readonly Uint32Array[],
  parts: readonly Part[],
): Uint32Array {
  if (suspects.every(({ length }) => length === 0)) return entries;
  const isSuspect = parts.map(({ rows }) => new Uint8Array(rows));
  for (const found of suspects) for (const entry of found) (isSuspect[partOf(entry)] as Uint8Array)[rowOf(entry)] = 1;
  const seen = new Map<number, number[]>();
  const copies: number[] = [];
  for (let from = 0; from < entries.length; from += ROWS_PER_BLOCK) {
    for (const at of placesOf(entries, isSuspect, from, Math.min(entries.length, from + ROWS_PER_BLOCK))) {
      const entry = entries[at] as number;
      const part = parts[partOf(entry)] as Part;
      const hash = cellOf(part, rowOf(entry), SLOT.eventIDHash as number);
      const earlier = seen.get(hash) ?? [];
      if (earlier.some((other) => hasSameID(other, entry, parts))) copies.push(at);
      else seen.set(hash, [...earlier, entry]);
    }
  }
  return without(entries, copies);
}

/** Where in entries[from … to) the suspects are. */
function placesOf(entries: Uint32Array, isSuspect: readonly Uint8Array[], from: number, to: number): number[] {
  const places: number[] = [];
  for (let at = from; at < to; at++) {
    const entry = entries[at] as number;
    if ((isSuspect[partOf(entry)] as Uint8Array)[rowOf(entry)] === 1) places.push(at);
  }
  return places;
}

function hasSameID(a: number, b: number, parts: readonly Part[]): boolean {
  const partA = parts[partOf(a)] as Part;
  const partB = parts[partOf(b)] as Part;
  return compareText(partA, rowOf(a), partB, rowOf(b), SLOT.eventID as number) === 0;
}

/** The entries but for those at the given places, which ascend. */
function without(entries: Uint32Array, places: readonly number[]): Uint32Array {
  if (places.length === 0) return entries;
  const kept = new Uint32Array(new SharedArrayBuffer((entries.length - places.length) * 4));
  let next = 0;
  for (let at = 0; at < entries.length; at++) {
    if (at === places[next]) next++;
    else kept[at - next] = entries[at] as number;
  }
  return kept;
}
