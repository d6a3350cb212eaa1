/** Sorts event rows by a column's rank, with a counting sort that takes two passes for any values. */
import type { Direction } from '#public/state/sorting.js';
import { perKey, type SortColumn } from '#shared/columnar/event-columns.js';

/** Rows by time; they are already numbered by time. */
export function sortByTime(rows: Uint32Array<ArrayBuffer>, direction: Direction): Uint32Array<ArrayBuffer> {
  return direction === 'ascending' ? rows : rows.slice().reverse();
}

/** Rows by the column's value, equal ones newest first; rows without a value come last in both directions. */
export function sortByColumn(rows: Uint32Array, column: SortColumn, direction: Direction): Uint32Array<ArrayBuffer> {
  const values = column.dictionary.size;
  const rankOfCode = column.dictionary.ranks();
  const placeOfCode = new Uint32Array(values);
  for (let code = 0; code < values; code++) {
    const rank = rankOfCode[code] as number;
    placeOfCode[code] = direction === 'ascending' || code === 0 ? rank : values - 2 - rank;
  }
  const places = perKey(column, placeOfCode);
  const { keys } = column;
  const next = new Uint32Array(values + 1);
  for (let i = 0; i < rows.length; i++) (next[(places[keys[rows[i] as number] as number] as number) + 1] as number)++;
  for (let place = 1; place <= values; place++) (next[place] as number) += next[place - 1] as number;
  const sorted = new Uint32Array(rows.length);
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i] as number;
    const place = places[keys[row] as number] as number;
    const at = next[place] as number;
    sorted[at] = row;
    next[place] = at + 1;
  }
  return sorted;
}
