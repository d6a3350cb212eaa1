/** Counting events by value and outcome, and by time and outcome. */
import type { Outcome } from '../../scripts/shared/columns.js';
import type { OverTime } from '../../scripts/shared/report-format.js';
import type { CodedColumn } from '../data/event-columns.js';
import type { Filtered } from './filtered.js';
import { firstAtOrAfter } from './term-mask.js';

/** In the order they are drawn. */
export const OUTCOMES: readonly Outcome[] = ['change', 'read', 'error'];

/** Counts of one value, in the order of {@link OUTCOMES}. */
export type OutcomeCounts = readonly [change: number, read: number, error: number];

/** Each event's outcome, as its place in {@link OUTCOMES}. */
export function outcomesOf(column: CodedColumn): Uint8Array {
  const placeOf = Uint8Array.from({ length: column.dictionary.size }, (_, code) =>
    Math.max(0, OUTCOMES.indexOf(column.dictionary.value(code) as Outcome)),
  );
  const places = new Uint8Array(column.keys.length);
  for (let row = 0; row < places.length; row++) places[row] = placeOf[column.keys[row] as number] as number;
  return places;
}

/** Events of each code and outcome, at code × 3 + outcome, among those that fail at most the clause of `bit`. */
export function countByCode(
  column: CodedColumn,
  outcomes: Uint8Array,
  { rows, failing }: Filtered,
  bit: number,
): Uint32Array {
  const { keys, keyCount, codeOfKey, dictionary } = column;
  const counts = new Uint32Array(keyCount * 3);
  if (failing === undefined) {
    for (let row = 0; row < outcomes.length; row++)
      (counts[(keys[row] as number) * 3 + (outcomes[row] as number)] as number)++;
  } else if (bit === 0) {
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      (counts[(keys[row] as number) * 3 + (outcomes[row] as number)] as number)++;
    }
  } else {
    const others = ~bit;
    for (let row = 0; row < outcomes.length; row++) {
      if (((failing[row] as number) & others) === 0)
        (counts[(keys[row] as number) * 3 + (outcomes[row] as number)] as number)++;
    }
  }
  if (codeOfKey === undefined) return counts;
  const byCode = new Uint32Array(dictionary.size * 3);
  for (let key = 0; key < keyCount; key++) {
    const code = codeOfKey[key] as number;
    for (let o = 0; o < 3; o++) (byCode[code * 3 + o] as number) += counts[key * 3 + o] as number;
  }
  return byCode;
}

export interface TopCode {
  readonly code: number;
  readonly counts: OutcomeCounts;
}

export interface TopCodes {
  /** Most events first. */
  readonly top: readonly TopCode[];
  /** How many more values there are, and how many events they have. */
  readonly others: number;
  readonly othersCounts: OutcomeCounts;
}

/** The codes with the most events, `always` among them. */
export function topCodes(counts: Uint32Array, limit: number, always: ReadonlySet<number>): TopCodes {
  const at = (code: number, outcome: number): number => counts[code * 3 + outcome] ?? 0;
  const total = (code: number): number => at(code, 0) + at(code, 1) + at(code, 2);
  const best: number[] = [...always].sort((a, b) => total(b) - total(a)).slice(0, limit);
  let floor = 0;
  let values = 0;
  const sums: [number, number, number] = [0, 0, 0];
  const free = limit - best.length;
  const ranked: number[] = [];
  for (let code = 0; code * 3 < counts.length; code++) {
    const events = total(code);
    if (events === 0) continue;
    values++;
    for (let o = 0; o < 3; o++) (sums[o] as number) += at(code, o);
    if (always.has(code) || free <= 0 || (ranked.length === free && events <= floor)) continue;
    let place = ranked.length;
    while (place > 0 && total(ranked[place - 1] as number) < events) place--;
    ranked.splice(place, 0, code);
    if (ranked.length > free) ranked.pop();
    floor = total(ranked[ranked.length - 1] as number);
  }
  best.push(...ranked);
  best.sort((a, b) => total(b) - total(a) || a - b);
  const top = best.map((code) => ({ code, counts: [at(code, 0), at(code, 1), at(code, 2)] as const }));
  for (const {
    counts: [change, read, error],
  } of top) {
    sums[0] -= change;
    sums[1] -= read;
    sums[2] -= error;
  }
  return { top, others: Math.max(0, values - top.filter(({ code }) => total(code) > 0).length), othersCounts: sums };
}

/** The buckets of time, with their rows. */
export class Buckets {
  /** First row of each bucket, and the number of rows at the end. */
  private readonly firstRows: Uint32Array;

  constructor({ start, width, change }: OverTime, times: Float64Array) {
    this.firstRows = Uint32Array.from({ length: change.length + 1 }, (_, bucket) =>
      bucket === change.length ? times.length : firstAtOrAfter(times, start + bucket * width),
    );
    if (this.firstRows.length > 1) this.firstRows[0] = 0;
  }

  /** Events of each outcome and bucket, among those that fail at most the clause of `bit`. */
  count(
    outcomes: Uint8Array,
    { failing }: Filtered,
    bit: number,
  ): readonly [change: number[], read: number[], error: number[]] {
    const buckets = this.firstRows.length - 1;
    const counts = [0, 1, 2].map(() => new Array<number>(buckets).fill(0)) as [number[], number[], number[]];
    const others = ~bit;
    for (let bucket = 0; bucket < buckets; bucket++) {
      const end = this.firstRows[bucket + 1] as number;
      const here = [0, 0, 0];
      for (let row = this.firstRows[bucket] as number; row < end; row++) {
        if (failing === undefined || ((failing[row] as number) & others) === 0)
          (here[outcomes[row] as number] as number)++;
      }
      counts.forEach((of, outcome) => (of[bucket] = here[outcome] as number));
    }
    return counts;
  }
}
