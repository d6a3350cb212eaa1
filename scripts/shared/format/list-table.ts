/**
 * The distinct cells of a list column, with each name stored once: the ARN of an object and that of its bucket occur in
 * thousands of cells, in ever new combinations.
 *
 * Encoding: the names as string tables (`string-table.ts`), with the empty one at 0; and the lists, in blocks of their
 * own: varint number of lists, varint length of each, varint number of targets of each (`Lists.targets`), one byte:
 * planes, and as byte planes (`codes.ts`) a symbol for each name of each list: 0 for the next new name, n + 1 for name
 * n. New means new in all blocks so far.
 */
import { ByteReader, ByteWriter } from './bytes.js';
import { decodeCodes, encodeCodes, planesFor, type Planes } from './codes.js';
import type { StringTable } from './string-table.js';

export interface Lists {
  /** The lists' names, list by list. */
  readonly members: Uint32Array;
  /** The end of list i in `members`; it starts at the end of the previous one. List 0 is empty. */
  readonly ends: Uint32Array;
  /** How many of the first names of list i are the event's targets. */
  readonly targets: Uint32Array;
}

/** Lists with arrays of their own. */
export interface OwnLists extends Lists {
  readonly members: Uint32Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly targets: Uint32Array<ArrayBuffer>;
}

export interface ListTable extends Lists {
  readonly names: StringTable;
}

/** The first name that can be new: the empty one is always known. */
export const FIRST_NAME = 1;

/** Encodes lists [from, to). @param seen the first name that is in none of the lists before them */
export function encodeLists({ members, ends, targets }: Lists, from: number, to: number, seen: number): Uint8Array {
  const start = from === 0 ? 0 : (ends[from - 1] as number);
  const end = to === 0 ? 0 : (ends[to - 1] as number);
  const out = new ByteWriter((to - from) * 2 + 16);
  out.varint(to - from);
  for (let list = from; list < to; list++) out.varint((ends[list] as number) - startOf(ends, list));
  for (let list = from; list < to; list++) out.varint(targets[list] as number);
  const symbols = new Uint32Array(end - start);
  let next = seen;
  let most = 1;
  for (let i = 0; i < symbols.length; i++) {
    const name = members[start + i] as number;
    if (name === next) {
      next++;
    } else {
      symbols[i] = name + 1;
      if (name + 2 > most) most = name + 2;
    }
  }
  const planes = planesFor(most);
  out.byte(planes);
  out.append(encodeCodes(symbols, planes));
  return out.written();
}

/** Decodes the lists in `blocks`, in order. */
export function decodeLists(blocks: readonly Uint8Array[]): OwnLists {
  const readers = blocks.map((block) => new ByteReader(block));
  const counts = readers.map((reader) => reader.varint());
  const ends = new Uint32Array(counts.reduce((a, b) => a + b, 0));
  const targets = new Uint32Array(ends.length);
  const sizes = readers.map((reader, block) => {
    let size = 0;
    for (let i = 0; i < (counts[block] as number); i++) size += reader.varint();
    return size;
  });
  const members = new Uint32Array(sizes.reduce((a, b) => a + b, 0));
  let list = 0;
  let at = 0;
  let next = FIRST_NAME;
  readers.forEach((_, block) => {
    const reader = new ByteReader(blocks[block] as Uint8Array);
    const lists = reader.varint();
    for (let i = 0; i < lists; i++) {
      const before = list === 0 ? 0 : (ends[list - 1] as number);
      ends[list++] = before + reader.varint();
    }
    for (let i = lists; i > 0; i--) targets[list - i] = reader.varint();
    const planes = reader.byte() as Planes;
    const size = sizes[block] as number;
    decodeCodes(reader.take(size * planes), planes, members, at);
    for (const stop = at + size; at < stop; at++) {
      const symbol = members[at] as number;
      members[at] = symbol === 0 ? next++ : symbol - 1;
    }
  });
  return { members, ends, targets };
}

/** The lists with their targets only, with the same indexes. */
export function targetLists({ members, ends, targets }: Lists): Lists {
  const count = targets.reduce((sum, one) => sum + one, 0);
  const left = new Uint32Array(count);
  const leftEnds = new Uint32Array(ends.length);
  let at = 0;
  for (let list = 0; list < ends.length; list++) {
    const start = startOf(ends, list);
    for (let i = 0; i < (targets[list] as number); i++) left[at++] = members[start + i] as number;
    leftEnds[list] = at;
  }
  return { members: left, ends: leftEnds, targets };
}

/** The names of list i, as indexes into `names`. */
export function namesOf({ members, ends }: Lists, list: number): Uint32Array {
  return members.subarray(startOf(ends, list), ends[list]);
}

function startOf(ends: Uint32Array, i: number): number {
  return i === 0 ? 0 : (ends[i - 1] as number);
}
