/**
 * Frees the memory of arrays that are no longer used: a browser collects garbage late, and until then keeps as much of
 * it as there is data.
 */
export function release(...arrays: readonly ArrayBufferView[]): void {
  for (const { buffer } of arrays) {
    // Older browsers wait for their garbage collector.
    (buffer as { transfer?: (length: number) => ArrayBuffer }).transfer?.(0);
  }
}
