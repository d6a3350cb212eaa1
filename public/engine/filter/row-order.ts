/** The events that match, in the table's order. */
import type { MarkedRows } from './marked-rows.js';

export interface RowOrder {
  readonly length: number;
  /** The row at a place of the table; undefined where there is none. */
  rowAt(place: number): number | undefined;
  /** Where a row stands in the table; -1 where it does not. */
  placeOf(row: number): number;
  /** The rows from one place up to, but without, another. */
  slice(from: number, to: number): Uint32Array<ArrayBuffer>;
}

/** Rows are numbered by time: newest first, they need no sorting, and only those in view are looked up. */
export function newestFirst(rows: MarkedRows): RowOrder {
  const { length } = rows;
  return {
    length,
    rowAt: (place) => rows.rowAt(length - 1 - place),
    placeOf: (row) => {
      const place = rows.placeOf(row);
      return place < 0 ? -1 : length - 1 - place;
    },
    slice: (from, to) =>
      rows
        .list()
        .slice(Math.max(0, length - to), Math.max(0, length - from))
        .reverse(),
  };
}

/** Rows as they were sorted. */
export function sortedRows(rows: Uint32Array<ArrayBuffer>): RowOrder {
  return {
    length: rows.length,
    rowAt: (place) => rows[place],
    placeOf: (row) => rows.indexOf(row),
    slice: (from, to) => rows.slice(from, to),
  };
}
