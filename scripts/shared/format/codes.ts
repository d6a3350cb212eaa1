/**
 * Dictionary codes as byte planes: all lowest bytes, then all next bytes. Planes compress better than interleaved bytes
 * because the high plane of a skewed column is nearly constant.
 */

export type Planes = 1 | 2 | 3 | 4;

/** The number of byte planes that the codes 0 … values-1 need. */
export function planesFor(values: number): Planes {
  if (values <= 0x100) return 1;
  if (values <= 0x10000) return 2;
  return values <= 0x1000000 ? 3 : 4;
}

/** codes[from … to) as planes. */
export function encodeCodes(codes: Uint32Array, planes: Planes, from = 0, to = codes.length): Uint8Array {
  const rows = to - from;
  const out = new Uint8Array(rows * planes);
  for (let plane = 0; plane < planes; plane++) {
    const shift = plane * 8;
    const base = plane * rows - from;
    for (let row = from; row < to; row++) out[base + row] = (codes[row] as number) >>> shift;
  }
  return out;
}

/** Decodes one block into `codes`, from row `at` on; returns the row after the last one. */
export function decodeCodes(block: Uint8Array, planes: Planes, codes: Uint32Array, at: number): number {
  const rows = block.length / planes;
  for (let row = 0; row < rows; row++) codes[at + row] = block[row] as number;
  for (let plane = 1; plane < planes; plane++) {
    const shift = plane * 8;
    const base = plane * rows;
    for (let row = 0; row < rows; row++) {
      codes[at + row] = ((codes[at + row] as number) | ((block[base + row] as number) << shift)) >>> 0;
    }
  }
  return at + rows;
}
