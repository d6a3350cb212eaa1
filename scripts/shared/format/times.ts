/** A sorted column of times as varint differences. */
import { ByteReader, ByteWriter } from './bytes.js';

/** 1000 if every time is a whole second, else 1. */
export function unitOf(times: Float64Array): 1 | 1000 {
  // Division is twenty times as fast as the remainder for numbers of this size.
  for (let row = 0; row < times.length; row++) {
    const seconds = (times[row] as number) / 1000;
    if (Math.floor(seconds) !== seconds) return 1;
  }
  return 1000;
}

/** Encodes times[from … to), sorted, as differences in `unit`s; the first one's difference is to `start`. */
export function encodeTimes(times: Float64Array, start: number, unit: number, from = 0, to = times.length): Uint8Array {
  const out = new ByteWriter(to - from + 16);
  let last = start;
  for (let row = from; row < to; row++) {
    const time = times[row] as number;
    out.varint((time - last) / unit);
    last = time;
  }
  return out.written();
}

/** Decodes one block's times into `times`, from row `at` on; returns the row after the last one. */
export function decodeTimes(block: Uint8Array, start: number, unit: number, times: Float64Array, at: number): number {
  const reader = new ByteReader(block);
  let row = at;
  let time = start;
  while (reader.position < block.length) {
    time += reader.varint() * unit;
    times[row++] = time;
  }
  return row;
}
