/** The order of the events of all parts: by eventTime, then eventID, copies of one event once. */
import { type Conflict, type HashShare, withoutCopies } from './copies.js';
import { compareEvents, entryOf, timeOf } from '../flatten/part-row.js';
import type { Part } from '../flatten/part.js';

interface EventOrder {
  /** The events in order: `partOf` and `rowOf` tell which. In shared memory. */
  readonly entries: Uint32Array;
  /** How many copies were left out. */
  readonly duplicates: number;
  /** See `Distinct`. */
  readonly conflicts: readonly Conflict[];
}

/** Events that are ordered by their second and not yet within it: those of [from, to), which no second straddles. */
export interface Ties {
  readonly entries: Uint32Array;
  readonly seconds: Uint32Array;
  readonly from: number;
  readonly to: number;
}

interface OrderWork {
  possibleCopies(of: HashShare): Promise<Uint32Array>;
  sortTies(ties: Ties): Promise<unknown>;
}

/**
 * Orders the events. Of copies the first in order stays. Events of the same time and ID, or without one, are ordered by their content, so that the order does not depend on which file was read first.
 * @param threads how many things can be done at once
 * @param work does elsewhere what {@link possibleCopies} and {@link sortTies} do
 */
export async function orderEvents(parts: readonly Part[], threads: number, work: OrderWork): Promise<EventOrder> {
  const suspects = Promise.all(
    Array.from({ length: threads }, (_, share) => work.possibleCopies({ share, shares: threads })),
  );
  // Copies are looked for meanwhile.
  const { entries: sorted, seconds } = sortBySecond(parts);
  const sorting = rangesOfSeconds(seconds, threads).map(([from, to]) =>
    work.sortTies({ entries: sorted, seconds, from, to }),
  );
  await Promise.all(sorting);
  const { entries, conflicts } = withoutCopies(sorted, await suspects, parts);
  return { entries, duplicates: sorted.length - entries.length, conflicts };
}

/** About `count` ranges of the same length; no second straddles two. */
function rangesOfSeconds(seconds: Uint32Array, count: number): (readonly [from: number, to: number])[] {
  const ranges: (readonly [number, number])[] = [];
  for (let i = 1, from = 0; i <= count; i++) {
    let to = Math.max(from, Math.floor((seconds.length * i) / count));
    while (to > 0 && to < seconds.length && seconds[to] === seconds[to - 1]) to++;
    if (to > from) ranges.push([from, to]);
    from = to;
  }
  return ranges;
}

/** A radix sort, eleven bits of the seconds at a time. */
function sortBySecond(parts: readonly Part[]): { entries: Uint32Array; seconds: Uint32Array } {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  let seconds = shared(rows);
  let entries = shared(rows);
  let at = 0;
  let least = 2 ** 32;
  let most = 0;
  parts.forEach((part, p) => {
    for (let row = 0; row < part.rows; row++, at++) {
      const second = Math.floor(timeOf(part, row) / 1000);
      seconds[at] = second;
      entries[at] = entryOf(p, row);
      if (second < least) least = second;
      if (second > most) most = second;
    }
  });
  let otherSeconds = shared(rows);
  let otherEntries = shared(rows);
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

function shared(length: number): Uint32Array<SharedArrayBuffer> {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}

/** Sorts each run of events of one second. */
export function sortTies({ entries, seconds, from: first, to: end }: Ties, parts: readonly Part[]): void {
  const compare = (a: number, b: number): number => compareEvents(a, b, parts);
  for (let from = first; from < end;) {
    let to = from + 1;
    while (to < end && seconds[to] === seconds[from]) to++;
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
