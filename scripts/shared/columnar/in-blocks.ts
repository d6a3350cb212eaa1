/**
 * Loops over all events, cut into blocks with a call each. A browser compiles well what is called often; a loop that is
 * entered once a query is compiled only while it runs, swapped midway, and thrown away where it ends.
 */

/** So many make hundreds of calls of a million events, whether they lie in words of bits, by themselves or in keys. */
const BLOCK = 512;

/** Calls `read` for each block of `length`, the last of which may be shorter: from one, up to but without the other. */
export function inBlocks(length: number, read: (from: number, to: number) => void, block = BLOCK): void {
  for (let from = 0; from < length; from += block) read(from, Math.min(from + block, length));
}
