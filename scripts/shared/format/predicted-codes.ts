/**
 * Codes of a column that another column predicts: callers mostly call from the same address, and an event's name
 * determines its service. A correct prediction is symbol 0, and gzip compresses long runs of it to almost nothing.
 *
 * Symbols: 0 is the code that the last row with the same code in the predicting column had; 1 is the next new code
 * (dictionaries number their values in order of first appearance); c + 2 is code c. The first of these that fits is
 * used.
 */

/** No code has been seen yet. */
const NONE = 0xffffffff;

/** The number of possible symbols for a number of codes. */
export function symbolsFor(values: number): number {
  return values + 2;
}

/**
 * The symbols for `codes`, row by row. @param given the predicting column's codes @param givenValues the number of its
 * possible codes
 */
export function predict(codes: Uint32Array, given: Uint32Array, givenValues: number): Uint32Array {
  const symbols = new Uint32Array(codes.length);
  const last = new Uint32Array(givenValues).fill(NONE);
  let next = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    const key = given[row] as number;
    symbols[row] = last[key] === code ? 0 : code === next ? 1 : code + 2;
    last[key] = code;
    if (code >= next) next = code + 1;
  }
  return symbols;
}

/** Turns symbols back into codes, in place. */
export function recall(symbols: Uint32Array, given: ArrayLike<number>, givenValues: number): void {
  const last = new Uint32Array(givenValues).fill(NONE);
  let next = 0;
  for (let row = 0; row < symbols.length; row++) {
    const symbol = symbols[row] as number;
    const key = given[row] as number;
    const code = symbol === 0 ? (last[key] as number) : symbol === 1 ? next : symbol - 2;
    symbols[row] = code;
    last[key] = code;
    if (code >= next) next = code + 1;
  }
}
