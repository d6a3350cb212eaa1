/**
 * Loops over all events in chunks, with one call for each. A browser compiles a function that is called often; a loop
 * that is entered once per query is compiled only while it runs, and the result is discarded at its end.
 */

/** Small enough for hundreds of calls per million events, whether these are words of a bitmask, rows or keys. */
const CHUNK = 512;

/** Calls `read` with [from, to) for each chunk of `length`; the last chunk may be shorter. */
export function inChunks(length: number, read: (from: number, to: number) => void, size = CHUNK): void {
  for (let from = 0; from < length; from += size) read(from, Math.min(from + size, length));
}
