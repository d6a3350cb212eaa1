/** The decoded columns. A column of the identity is kept per identity: an event leads to it through its identity. */
import type { Codes } from './codes.js';
import { inBlocks } from './in-blocks.js';
import type { Values } from './values.js';

export interface CodedColumn {
  readonly name: string;
  /** Each event's key: its code, or its identity. */
  readonly keys: Codes;
  /** How many keys there are. */
  readonly keyCount: number;
  /** Code of each identity; undefined where the key is the code. */
  readonly codeOfKey: Codes | undefined;
  readonly dictionary: Values;
}

/** What sorting by a column takes of it. */
export interface SortColumn extends Omit<CodedColumn, 'name' | 'dictionary'> {
  readonly dictionary: Pick<Values, 'size' | 'ranks'>;
}

/** The code of an event's value. */
export function codeAt({ keys, codeOfKey }: CodedColumn, row: number): number {
  const key = keys[row] as number;
  return codeOfKey === undefined ? key : (codeOfKey[key] as number);
}

export function valueAt(column: CodedColumn, row: number): string {
  return column.dictionary.value(codeAt(column, row));
}

/** Something per code (a flag, a rank) as the same thing per key. */
export function perKey<T extends Uint8Array | Uint32Array>(
  { codeOfKey, keyCount }: Pick<CodedColumn, 'codeOfKey' | 'keyCount'>,
  perCode: T,
): T {
  if (codeOfKey === undefined) return perCode;
  const out = new (perCode.constructor as new (length: number) => T)(keyCount);
  inBlocks(keyCount, (key, end) => lookUp(out, perCode, codeOfKey, key, end));
  return out;
}

function lookUp<T extends Uint8Array | Uint32Array>(out: T, perCode: T, codes: Codes, key: number, end: number): void {
  for (; key < end; key++) out[key] = perCode[codes[key] as number] as number;
}

/** The first row whose time is not before `time`; the number of rows if all are. */
export function firstAtOrAfter(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
