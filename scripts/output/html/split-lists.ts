/** Splits the cells of a list column into lists of names (`shared/format/list-table.ts`). */
import { ByteDictionary } from '#scripts/bytes/byte-dictionary.js';
import { LIST_SEPARATOR } from '#shared/model/columns.js';
import { grown } from '#scripts/bytes/grown.js';
import type { ListTable } from '#shared/format/list-table.js';
import type { StringTable } from '#shared/format/string-table.js';

const [SEMICOLON, SPACE] = Array.from(LIST_SEPARATOR, (character) => character.charCodeAt(0)) as [number, number];

const FOUR_SEMICOLONS = SEMICOLON * 0x01010101;

/** The positions of the names of each cell in the cells' bytes. */
export interface NameSpans {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** The last four bytes of each name, as a little-endian number; 0 for a shorter name. */
  readonly tails: Int32Array;
  /** The names of cell i are those from lists[i - 1] to before lists[i]. */
  readonly lists: Uint32Array;
  /** How many of the first names of cell i are targets. */
  readonly targets: Uint32Array;
}

/**
 * Finds the names, in shared memory. An empty cell has none; a name may be empty, so that joining the names restores
 * every text.
 * @param targetEnds the end of the targets in each cell, as offsets in the bytes
 */
export function findNames({ bytes, ends, length }: StringTable, targetEnds = ends): NameSpans {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let starts = new Uint32Array(length * 3 + 16);
  let stops = new Uint32Array(starts.length);
  const lists = new Uint32Array(new SharedArrayBuffer(length * 4));
  const targets = new Uint32Array(new SharedArrayBuffer(length * 4));
  let count = 0;
  let at = 0;
  for (let cell = 0; cell < length; cell++) {
    const end = ends[cell] as number;
    const first = count;
    const targetEnd = targetEnds[cell] as number;
    let targetCount = 0;
    for (let isLast = at === end; !isLast; count++) {
      if (count === starts.length) {
        starts = grown(starts);
        stops = grown(stops);
      }
      if (at < targetEnd) targetCount++;
      const stop = nextSeparator(view, at, end);
      isLast = stop === end;
      starts[count] = at;
      stops[count] = stop;
      at = isLast ? end : stop + 2;
    }
    lists[cell] = count;
    targets[cell] = targetEnd === end ? count - first : targetCount;
  }
  return {
    starts: shared(starts.subarray(0, count)),
    ends: shared(stops.subarray(0, count)),
    tails: tailsOf(view, starts, stops, count),
    lists,
    targets,
  };
}

/** The start of the next separator, or `end`. Takes four bytes at a time; see `plainEnd` for the arithmetic. */
function nextSeparator(view: DataView, from: number, end: number): number {
  for (let at = from; at + 1 < end;) {
    if (at + 4 <= end) {
      const semicolon = view.getInt32(at, true) ^ FOUR_SEMICOLONS;
      if (((semicolon - 0x01010101) & ~semicolon & 0x80808080) === 0) {
        at += 4;
        continue;
      }
    }
    if (view.getUint8(at) === SEMICOLON && view.getUint8(at + 1) === SPACE) return at;
    at++;
  }
  return end;
}

function tailsOf(view: DataView, starts: Uint32Array, ends: Uint32Array, count: number): Int32Array {
  const tails = new Int32Array(new SharedArrayBuffer(count * 4));
  for (let name = 0; name < count; name++) {
    const tail = (ends[name] as number) - 4;
    if (tail >= (starts[name] as number)) tails[name] = view.getInt32(tail, true);
  }
  return tails;
}

function shared(numbers: Uint32Array): Uint32Array {
  const copy = new Uint32Array(new SharedArrayBuffer(numbers.byteLength));
  copy.set(numbers);
  return copy;
}

/**
 * The cells as lists of distinct names, numbered in order of first appearance. @param spans the result of {@link
 * findNames}
 */
export function splitLists(cells: StringTable, { starts, ends, lists, targets } = findNames(cells)): ListTable {
  const view = new DataView(cells.bytes.buffer, cells.bytes.byteOffset, cells.bytes.length);
  const names = new ByteDictionary(new ArrayBuffer(1 << 16));
  const members = new Uint32Array(starts.length);
  for (let i = 0; i < members.length; i++) {
    members[i] = names.code(view, starts[i] as number, ends[i] as number);
  }
  const nameEnds = names.ends();
  return { names: { length: nameEnds.length, bytes: names.bytes(), ends: nameEnds }, members, ends: lists, targets };
}
