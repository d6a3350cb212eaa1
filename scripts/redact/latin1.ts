/** The memory that was read last: making a Buffer of it takes longer than reading a short text. */
let memory = Buffer.alloc(0);

/** The bytes as characters, one each. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  const { buffer, byteOffset } = bytes;
  if (memory.buffer !== buffer) memory = Buffer.from(buffer as ArrayBuffer);
  return memory.toString('latin1', byteOffset + start, byteOffset + end);
}
