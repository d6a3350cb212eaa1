/** The decoded columns. A column of the identity is stored per identity; an event refers to it through its identity. */
import type { Codes } from './codes.js';
import { inChunks } from './in-chunks.js';
import type { Values } from './values.js';

export interface CodedColumn {
  readonly name: string;
  /** Each event's key: its code, or its identity. */
  readonly keys: Codes;
  /** The number of keys. */
  readonly keyCount: number;
  /** The code of each identity; undefined if the key is the code. */
  readonly codeOfKey: Codes | undefined;
  readonly dictionary: Values;
}

/** The part of a column that sorting needs. */
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

/** Converts an array indexed by code (of flags or ranks) to one indexed by key. */
export function perKey<T extends Uint8Array | Uint32Array>(
  { codeOfKey, keyCount }: Pick<CodedColumn, 'codeOfKey' | 'keyCount'>,
  perCode: T,
): T {
  if (codeOfKey === undefined) return perCode;
  const out = new (perCode.constructor as new (length: number) => T)(keyCount);
  inChunks(keyCount, (key, end) => lookUp(out, perCode, codeOfKey, key, end));
  return out;
}

function lookUp<T extends Uint8Array | Uint32Array>(out: T, perCode: T, codes: Codes, key: number, end: number): void {
  for (; key < end; key++) out[key] = perCode[codes[key] as number] as number;
}

/** The first row with a time of at least `time`; the number of rows if there is none. */
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
