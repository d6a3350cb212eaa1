/** A column's distinct values, by code: read one at a time, searched all at once, ranked for sorting. */
export interface Values {
  /** The number of values; the empty one has code 0. */
  readonly size: number;
  /** The value of a code. */
  value(code: number): string;
  /** The value of a code in lower case. */
  lower(code: number): string;
  /** Calls `visit` with each code, in ascending order, whose lower-case value contains `text`. */
  forEachWith(text: string, visit: (code: number) => void): void;
  /** The position of each code in the sorted values, ignoring case; the empty value comes last. */
  ranks(): Uint32Array;
  /** Computes a part of the ranks in advance, some milliseconds' worth; true when they are complete. */
  rankStep(): boolean;
}
