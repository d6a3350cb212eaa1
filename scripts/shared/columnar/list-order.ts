/** The order of lists of names: by their first names, then by their second, and so on. */
import type { Lists } from '../format/list-table.js';

/** The number of lists between two steps: some milliseconds of work. */
const STEP = 50_000;

/** The part of a number for a list's position in its group; its name's rank is above it. Together they stay exact. */
const PLACES = 2 ** 26;

/**
 * Returns the rank of each list. Lists of equal names are ordered by index; list 0, the empty one, is last. A
 * generator, so that other work can be done between its steps.
 */
export function* listOrder({ members, ends }: Lists, rankOfName: Uint32Array): Generator<undefined, Uint32Array> {
  const order = new Uint32Array(Math.max(0, ends.length - 1));
  for (let i = 0; i < order.length; i++) order[i] = i + 1;
  /** The groups still to be sorted: begin, end, and the number of names known to be equal. */
  const waiting: number[] = [0, order.length, 0];
  let looked = 0;
  while (waiting.length > 0) {
    const depth = waiting.pop() as number;
    const end = waiting.pop() as number;
    const begin = waiting.pop() as number;
    looked += end - begin;
    if (looked > STEP) {
      looked = 0;
      yield;
    }
    const group = order.slice(begin, end);
    const keys = new Float64Array(group.length);
    for (let i = 0; i < group.length; i++) {
      const list = group[i] as number;
      const at = (ends[list - 1] as number) + depth;
      // A list that has ended sorts before longer ones.
      const rank = at < (ends[list] as number) ? (rankOfName[members[at] as number] as number) + 1 : 0;
      keys[i] = rank * PLACES + i;
    }
    keys.sort();
    let start = 0;
    let last = -1;
    for (let i = 0; i <= keys.length; i++) {
      const rank = i < keys.length ? Math.floor((keys[i] as number) / PLACES) : -1;
      if (rank !== last) {
        if (last > 0 && i - start > 1) waiting.push(begin + start, begin + i, depth + 1);
        start = i;
        last = rank;
      }
      if (i < keys.length) order[begin + i] = group[(keys[i] as number) - rank * PLACES] as number;
    }
  }
  const ranks = new Uint32Array(ends.length);
  for (let rank = 0; rank < order.length; rank++) ranks[order[rank] as number] = rank;
  if (ranks.length > 0) ranks[0] = ends.length - 1;
  return ranks;
}
