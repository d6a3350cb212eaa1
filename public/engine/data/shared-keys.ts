/**
 * Gives related columns one common key per event. An API call nearly determines its service, region, error and outcome:
 * a million events have some 20,000 different combinations of them. Numbered, the combinations take two bytes per event
 * instead of five or six, and counting events by combination counts all these columns at once.
 */
import type { Codes } from '#shared/columnar/codes.js';
import type { CodedColumn } from '#shared/columnar/event-columns.js';

/** So that a key fits into two bytes. */
const MOST_KEYS = 65_536;
/** The most pairs of a key and a code for a lookup table; with more, a column is stored by itself. */
const MOST_PAIRS = 1 << 22;

interface Combinations {
  readonly keys: Uint16Array<ArrayBuffer>;
  /** For each key: the previous key, and the code of the added column. */
  readonly before: readonly number[];
  readonly codes: readonly number[];
}

/**
 * The columns with common keys, in the given order. A column that is stored per identity, or that would make too many
 * combinations, is returned unchanged. Columns with few values come first.
 */
export function shareKeys(columns: readonly CodedColumn[]): readonly CodedColumn[] {
  const rows = columns[0]?.keys.length ?? 0;
  let keys = new Uint16Array(rows);
  let keyCount = 1;
  const codesOf = new Map<CodedColumn, Codes>();
  for (const column of columns) {
    if (column.codeOfKey !== undefined) continue;
    const combined = combine(keys, keyCount, column);
    if (!combined) continue;
    for (const [joined, codes] of codesOf) {
      codesOf.set(
        joined,
        Uint32Array.from(combined.before, (key) => codes[key] as number),
      );
    }
    codesOf.set(column, Uint32Array.from(combined.codes));
    keys = combined.keys;
    keyCount = combined.codes.length;
  }
  return columns.map((column) => {
    const codeOfKey = codesOf.get(column);
    return codeOfKey ? { ...column, keys, keyCount, codeOfKey } : column;
  });
}

/**
 * The combinations of keys and codes that occur, numbered in order of first appearance; undefined if there are too
 * many.
 */
function combine(keys: Uint16Array, keyCount: number, column: CodedColumn): Combinations | undefined {
  const values = column.keyCount;
  if (keyCount * values > MOST_PAIRS) return undefined;
  /** The number of each pair plus one; 0 if it has none yet. */
  const numbers = new Uint32Array(keyCount * values);
  const codes: number[] = [];
  const before: number[] = [];
  const combined = new Uint16Array(keys.length);
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row] as number;
    const code = column.keys[row] as number;
    const pair = key * values + code;
    let number = numbers[pair] as number;
    if (number === 0) {
      if (codes.length === MOST_KEYS) return undefined;
      before.push(key);
      number = codes.push(code);
      numbers[pair] = number;
    }
    combined[row] = number - 1;
  }
  return { keys: combined, before, codes };
}
