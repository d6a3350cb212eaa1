/**
 * Codes of a column that another column predicts: who calls mostly calls from where they called before, and an event's
 * name says which service it is of. What was predicted right is one symbol, and gzip takes long runs of it for nothing.
 *
 * Symbols: 0 the code that the last row with the same code in the predicting column had; 1 the next code that has not
 * come before (dictionaries number their values as they first appear); c + 2 code c. A symbol is the first of these
 * that fits.
 */

/** No code: nothing was seen with it yet. */
const NONE = 0xffffffff;

/** How many symbols there may be where there are so many codes. */
export function symbolsFor(values: number): number {
  return values + 2;
}

/** The symbols of `codes`, row by row. @param given the predicting column's codes @param givenValues how many there may be */
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
