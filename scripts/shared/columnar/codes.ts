/** Dictionary codes in the smallest array type that holds them: a million rows of a typical column take 1 or 2 MB. */
import { decodeCodes, type Planes } from '../format/codes.js';

export type Codes = Uint8Array | Uint16Array | Uint32Array;

export function codesOf(rows: number, planes: Planes): Codes {
  if (planes === 1) return new Uint8Array(rows);
  return planes === 2 ? new Uint16Array(rows) : new Uint32Array(rows);
}

/** The codes of a column from its encoded blocks, in order. */
export function joinCodes(blocks: readonly Uint8Array[], rows: number, planes: Planes): Codes {
  const codes = codesOf(rows, planes);
  let at = 0;
  for (const block of blocks) {
    const count = block.length / planes;
    if (codes instanceof Uint32Array) {
      decodeCodes(block, planes, codes, at);
    } else if (planes === 1) {
      codes.set(block, at);
    } else {
      for (let row = 0; row < count; row++)
        codes[at + row] = (block[row] as number) | ((block[count + row] as number) << 8);
    }
    at += count;
  }
  return codes;
}
