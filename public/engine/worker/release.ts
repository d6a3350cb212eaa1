/** Gives the memory of arrays back that nobody uses any more: a browser collects garbage late, and keeps as much of it as there is data. */
export function release(...arrays: readonly ArrayBufferView[]): void {
  for (const { buffer } of arrays) {
    // Older browsers wait for their collector.
    (buffer as { transfer?: (length: number) => ArrayBuffer }).transfer?.(0);
  }
}
