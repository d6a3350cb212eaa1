/** Counting events by value and outcome, and by time and outcome. */
import type { Outcome } from '../../scripts/shared/columns.js';
import { bucketStart, type TimeGrid } from '../../scripts/shared/time-grid.js';
import type { Codes } from '../data/codes.js';
import { perKey, type CodedColumn } from '../data/event-columns.js';
import type { Counted, Filtered } from './filtered.js';
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
  const placeOfKey = perKey(column, placeOf);
  const places = new Uint8Array(column.keys.length);
  for (let row = 0; row < places.length; row++) places[row] = placeOfKey[column.keys[row] as number] as number;
  return places;
}

/** Counts of every event, by outcomes and then keys: what is subtracted from where the events left out are fewer. */
const totals = new WeakMap<Uint8Array, WeakMap<Codes, Uint32Array>>();
/** Counts by the events counted and then keys: columns with common keys are counted once. */
const counted = new WeakMap<Counted, WeakMap<Codes, Uint32Array>>();

/** Events of each code and outcome, at code × 3 + outcome, among those that fail at most the clause of `bit`. */
export function countByCode(column: CodedColumn, outcomes: Uint8Array, filtered: Filtered, bit: number): Uint32Array {
  const { codeOfKey, dictionary } = column;
  const byKey = countByKey(column, outcomes, filtered.toCount(bit));
  if (codeOfKey === undefined) return byKey.slice();
  const byCode = new Uint32Array(dictionary.size * 3);
  for (let key = 0, at = 0; at < byKey.length; key++, at += 3) {
    const place = (codeOfKey[key] as number) * 3;
    (byCode[place] as number) += byKey[at] as number;
    (byCode[place + 1] as number) += byKey[at + 1] as number;
    (byCode[place + 2] as number) += byKey[at + 2] as number;
  }
  return byCode;
}

/** Events of each key and outcome, at key × 3 + outcome. Not to be changed. */
function countByKey(column: CodedColumn, outcomes: Uint8Array, events: Counted): Uint32Array {
  const { keys, keyCount } = column;
  return remember(counted, events, keys, () => {
    const counts = new Uint32Array(keyCount * 3);
    if (events.rows.length > 0) addRows(counts, keys, outcomes, events.rows);
    if (!events.isRest) return counts;
    const all = remember(totals, outcomes, keys, () => {
      const whole = new Uint32Array(keyCount * 3);
      for (let row = 0; row < outcomes.length; row++)
        (whole[(keys[row] as number) * 3 + (outcomes[row] as number)] as number)++;
      return whole;
    });
    for (let i = 0; i < counts.length; i++) counts[i] = (all[i] as number) - (counts[i] as number);
    return counts;
  });
}

function addRows(counts: Uint32Array, keys: Codes, outcomes: Uint8Array, rows: Uint32Array): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    (counts[(keys[row] as number) * 3 + (outcomes[row] as number)] as number)++;
  }
}

function remember<K extends object>(
  known: WeakMap<K, WeakMap<Codes, Uint32Array>>,
  of: K,
  keys: Codes,
  count: () => Uint32Array,
): Uint32Array {
  const byKeys = known.get(of) ?? new WeakMap<Codes, Uint32Array>();
  known.set(of, byKeys);
  const counts = byKeys.get(keys) ?? count();
  byKeys.set(keys, counts);
  return counts;
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

/** Events of each bucket, by outcome in the order of {@link OUTCOMES}. */
export type TimeCounts = readonly [change: Uint32Array, read: Uint32Array, error: Uint32Array];

/** The counts of every event in the buckets that were last asked for. */
const totalsOverTime = new WeakMap<Uint8Array, { readonly grid: TimeGrid; readonly counts: TimeCounts }>();

/** Events of each outcome in each of the grid's buckets, among those that match; those outside the grid are not counted. */
export function countByTime(
  grid: TimeGrid,
  times: Float64Array,
  outcomes: Uint8Array,
  filtered: Pick<Filtered, 'toCount'>,
): TimeCounts {
  const { rows, isRest } = filtered.toCount(0);
  const edges = Uint32Array.from({ length: grid.buckets + 1 }, (_, i) => firstAtOrAfter(times, bucketStart(grid, i)));
  const counts = noCounts(grid);
  let i = firstFrom(rows, edges[0] ?? 0);
  for (let bucket = 0; bucket < grid.buckets && i < rows.length; bucket++) {
    const end = edges[bucket + 1] as number;
    for (; i < rows.length && (rows[i] as number) < end; i++)
      (counts[outcomes[rows[i] as number] as 0][bucket] as number)++;
  }
  if (!isRest) return counts;
  const all = everyCount(grid, edges, outcomes);
  counts.forEach((of, outcome) => {
    for (let bucket = 0; bucket < of.length; bucket++)
      of[bucket] = (all[outcome as 0][bucket] as number) - (of[bucket] as number);
  });
  return counts;
}

function everyCount(grid: TimeGrid, edges: Uint32Array, outcomes: Uint8Array): TimeCounts {
  const known = totalsOverTime.get(outcomes);
  const { start, width, buckets } = grid;
  if (known?.grid.start === start && known.grid.width === width && known.grid.buckets === buckets) return known.counts;
  const counts = noCounts(grid);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const end = edges[bucket + 1] as number;
    for (let row = edges[bucket] as number; row < end; row++) (counts[outcomes[row] as 0][bucket] as number)++;
  }
  totalsOverTime.set(outcomes, { grid, counts });
  return counts;
}

function noCounts({ buckets }: TimeGrid): TimeCounts {
  return [new Uint32Array(buckets), new Uint32Array(buckets), new Uint32Array(buckets)];
}

/** The place of the first of the ascending rows that is not before `row`. */
function firstFrom(rows: Uint32Array, row: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] as number) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
