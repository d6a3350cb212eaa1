/** Masks of events for tests, from one flag an event. */
import { RowMask } from '#public/engine/filter/row-mask.js';

export function maskOf(flags: ArrayLike<number>): RowMask {
  const mask = new RowMask(flags.length);
  for (let row = 0; row < flags.length; row++) if (flags[row] === 1) mask.mark(row);
  return mask;
}

/** One flag an event. Throws where a bit beyond the last event is marked. */
export function flagsOf(mask: RowMask): number[] {
  for (let row = mask.total; row < mask.words.length * 32; row++)
    if (mask.has(row)) throw new Error(`event ${String(row)} of ${String(mask.total)} is marked`);
  return Array.from({ length: mask.total }, (_, row) => (mask.has(row) ? 1 : 0));
}
