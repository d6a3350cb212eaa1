/** The matching events in the table's order. */
import type { MarkedRows } from './marked-rows.js';

export interface RowOrder {
  readonly length: number;
  /** The row at an index of the table; undefined if there is none. */
  rowAt(place: number): number | undefined;
  /** The index of a row in the table; -1 if it is not there. */
  placeOf(row: number): number;
  /** The rows with table indexes in [from, to). */
  slice(from: number, to: number): Uint32Array<ArrayBuffer>;
}

/** Rows are numbered by time, so newest first needs no sorting, and only the rows in view are looked up. */
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

/** Rows in sorted order. */
export function sortedRows(rows: Uint32Array<ArrayBuffer>): RowOrder {
  return {
    length: rows.length,
    rowAt: (place) => rows[place],
    placeOf: (row) => rows.indexOf(row),
    slice: (from, to) => rows.slice(from, to),
  };
}
