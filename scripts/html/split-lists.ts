/** The cells of a list column as lists of names (`shared/list-table.ts`). */
import { ByteDictionary } from '../shared/byte-dictionary.js';
import { LIST_SEPARATOR } from '../shared/columns.js';
import type { ListTable } from '../shared/list-table.js';
import type { StringTable } from '../shared/string-table.js';

const [SEMICOLON, SPACE] = Array.from(LIST_SEPARATOR, (character) => character.charCodeAt(0)) as [number, number];

/** Where the names of each cell lie in the cells' bytes. */
export interface NameSpans {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** The names of cell i are those before lists[i], from lists[i - 1] on. */
  readonly lists: Uint32Array;
}

/** Finds the names. An empty cell has none; a name may be empty, so that every text comes back as it was. */
export function findNames({ bytes, ends, length }: StringTable): NameSpans {
  let starts = new Uint32Array(length * 3 + 16);
  let stops = new Uint32Array(starts.length);
  const lists = new Uint32Array(length);
  let count = 0;
  let at = 0;
  for (let cell = 0; cell < length; cell++) {
    const end = ends[cell] as number;
    for (let from = at; at < end;) {
      const isLast = at + 1 === end;
      const isSeparator = bytes[at] === SEMICOLON && !isLast && bytes[at + 1] === SPACE;
      if (!isSeparator && !isLast) {
        at++;
        continue;
      }
      if (count + 2 > starts.length) {
        starts = grown(starts);
        stops = grown(stops);
      }
      starts[count] = from;
      stops[count++] = isSeparator ? at : end;
      at += isSeparator ? 2 : 1;
      // A separator at the very end is followed by an empty name.
      if (isSeparator && at === end) {
        starts[count] = end;
        stops[count++] = end;
      }
      from = at;
    }
    lists[cell] = count;
  }
  return { starts: starts.subarray(0, count), ends: stops.subarray(0, count), lists };
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** The cells as lists of distinct names, numbered as they first appear. */
export function splitLists(cells: StringTable): ListTable {
  const { starts, ends, lists } = findNames(cells);
  const view = new DataView(cells.bytes.buffer, cells.bytes.byteOffset, cells.bytes.length);
  const names = new ByteDictionary(new ArrayBuffer(1 << 16));
  const members = new Uint32Array(starts.length);
  for (let i = 0; i < members.length; i++) {
    members[i] = names.code(cells.bytes, view, starts[i] as number, ends[i] as number);
  }
  const nameEnds = names.ends();
  return { names: { length: nameEnds.length, bytes: names.bytes(), ends: nameEnds }, members, ends: lists };
}
