/**
 * The array, all of its memory written once, for tables that are read at random before they are written: memory that is
 * read first is given by the system twice, and the second time every thread waits.
 *
 * @param zeros an array that was just made
 */
export function touched<T extends Int32Array | Uint32Array>(zeros: T): T {
  zeros.fill(0);
  return zeros;
}
