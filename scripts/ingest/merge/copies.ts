/** Copies: CloudTrail may deliver an event more than once, and two trails deliver each. */
import { touched } from '#scripts/bytes/touched.js';
import { cellOf, compareContent, compareText, entryOf, partOf, rowOf, timeOf } from '../flatten/part-row.js';
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
  const from = SLOT.eventIDHash * SLOT_STRIDE;
  return part.blocks.map((block, b) =>
    block.subarray(from, from + Math.min(ROWS_PER_BLOCK, part.rows - b * ROWS_PER_BLOCK)),
  );
}

/** What is left of the events, and which of them contradict one another. */
interface Distinct {
  /** In shared memory. */
  readonly entries: Uint32Array;
  /** What has an eventID in common and not the same content. */
  readonly conflicts: readonly Conflict[];
}

/** Of each content of one eventID the entry that stays, and behind it its copies; in the order of the events. */
export type Conflict = readonly (readonly [stays: number, ...copies: number[]])[];

/**
 * The entries, which are in shared memory, without copies: records that have the same values in all fields, whatever the
 * order of the fields, white space and escapes. Records with the same eventID and other content are no copies: both stay,
 * because either may have been made up to hide the other.
 * @param entries in order, so that copies follow one another @param suspects the possible copies
 */
export function withoutCopies(
  entries: Uint32Array,
  suspects: readonly Uint32Array[],
  parts: readonly Part[],
): Distinct {
  if (suspects.every(({ length }) => length === 0)) return { entries, conflicts: [] };
  const isSuspect = parts.map(({ rows }) => new Uint8Array(rows));
  for (const found of suspects) for (const entry of found) (isSuspect[partOf(entry)] as Uint8Array)[rowOf(entry)] = 1;
  /** By hash of the eventID, the different events of each ID; equal hashes of different IDs are rare. */
  const seen = new Map<number, number[][]>();
  const copies: number[] = [];
  /** By place in `copies`, which entry stays instead. */
  const instead: number[] = [];
  let last: number | undefined;
  for (let from = 0; from < entries.length; from += ROWS_PER_BLOCK) {
    for (const at of placesOf(entries, isSuspect, from, Math.min(entries.length, from + ROWS_PER_BLOCK))) {
      const entry = entries[at] as number;
      if (last !== undefined && isCopy(last, entry, parts)) {
        copies.push(at);
        instead.push(last);
        continue;
      }
      last = entry;
      const hash = cellOf(parts[partOf(entry)] as Part, rowOf(entry), SLOT.eventIDHash);
      const withHash = seen.get(hash);
      const withID = withHash?.find(([first]) => hasSameID(first as number, entry, parts));
      if (withID !== undefined) withID.push(entry);
      else if (withHash !== undefined) withHash.push([entry]);
      else seen.set(hash, [[entry]]);
    }
  }
  const different = [...seen.values()].flat().filter(({ length }) => length > 1);
  const contents = new Map(different.flat().map((entry): [number, [number, ...number[]]] => [entry, [entry]]));
  copies.forEach((at, i) => contents.get(instead[i] as number)?.push(entries[at] as number));
  const conflicts = different.map((ofID) => ofID.map((entry) => contents.get(entry) as [number, ...number[]]));
  return { entries: without(entries, copies), conflicts };
}

function isCopy(a: number, b: number, parts: readonly Part[]): boolean {
  return (
    timeOf(parts[partOf(a)] as Part, rowOf(a)) === timeOf(parts[partOf(b)] as Part, rowOf(b)) &&
    hasSameID(a, b, parts) &&
    compareContent(a, b, parts) === 0
  );
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
  return compareText(partA, rowOf(a), partB, rowOf(b), SLOT.eventID) === 0;
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
