/** A longer copy of a numeric array: twice the length, or `atLeast` if that is more; new elements are 0. */
export function grown<T extends Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
  array: T,
  atLeast = 0,
): T {
  const larger = new (array.constructor as new (length: number) => T)(Math.max(array.length * 2, atLeast));
  larger.set(array);
  return larger;
}
