/** A longer copy of an array of numbers: twice as long, or as `atLeast` asks, if that is more; what is new is 0. */
export function grown<T extends Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
  array: T,
  atLeast = 0,
): T {
  const larger = new (array.constructor as new (length: number) => T)(Math.max(array.length * 2, atLeast));
  larger.set(array);
  return larger;
}
