/** Sorts the table by several keys: one stable pass per key, the last key first. */
import type { SortColumn } from '#shared/columnar/event-columns.js';
import type { Direction } from '#public/state/sorting.js';
import { sortByColumn, sortByTime } from './sort.js';

interface OrderKey {
  /** Undefined: by time. */
  readonly column: SortColumn | undefined;
  readonly direction: Direction;
}

/**
 * Sorts rows (ascending, and therefore by time) by the keys; equal ones come newest first. Without a key: newest first.
 */
export function sortBySeveral(
  rows: Uint32Array<ArrayBuffer>,
  keys: readonly OrderKey[],
  times: Float64Array,
): Uint32Array<ArrayBuffer> {
  const last = keys[keys.length - 1] ?? { column: undefined, direction: 'descending' };
  let order = last.column ? sortByColumn(rows, last.column, last.direction) : sortByTime(rows, last.direction);
  for (let i = keys.length - 2; i >= 0; i--) {
    const { column, direction } = keys[i] as OrderKey;
    // A pass reverses the order of equal rows.
    if (column) order = sortByColumn(order.slice().reverse(), column, direction);
    else order = stableByTime(order, times, direction);
  }
  return order;
}

function stableByTime(order: Uint32Array, times: Float64Array, direction: Direction): Uint32Array<ArrayBuffer> {
  const places = new Uint32Array(times.length);
  for (let row = 1; row < times.length; row++)
    places[row] = (places[row - 1] as number) + (times[row] === times[row - 1] ? 0 : 1);
  const last = places[times.length - 1] ?? 0;
  const next = new Uint32Array(last + 2);
  const placeOf = (row: number): number =>
    direction === 'ascending' ? (places[row] as number) : last - (places[row] as number);
  for (let i = 0; i < order.length; i++) (next[placeOf(order[i] as number) + 1] as number)++;
  for (let place = 1; place < next.length; place++) (next[place] as number) += next[place - 1] as number;
  const sorted = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) {
    const place = placeOf(order[i] as number);
    const at = next[place] as number;
    sorted[at] = order[i] as number;
    next[place] = at + 1;
  }
  return sorted;
}
