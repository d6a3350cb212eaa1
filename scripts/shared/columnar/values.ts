/** A column's distinct values, by code: read one at a time, searched all at once, ranked for sorting. */
export interface Values {
  /** How many there are; the empty one has code 0. */
  readonly size: number;
  /** The value of a code. */
  value(code: number): string;
  /** The same in lower case. */
  lower(code: number): string;
  /** Calls `visit` with each code, ascending, whose lower-case value contains `text`. */
  forEachWith(text: string, visit: (code: number) => void): void;
  /** The place of each code among the values in order, case ignored; the empty value comes last. */
  ranks(): Uint32Array;
  /** Works out the ranks ahead, some milliseconds' worth of them; true when they are there. */
  rankStep(): boolean;
}
