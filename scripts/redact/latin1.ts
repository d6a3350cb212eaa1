/** The memory of the last call, as a Buffer: making a Buffer takes longer than decoding a short text. */
let memory = Buffer.alloc(0);

/** The bytes as Latin-1: one character per byte. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  const { buffer, byteOffset } = bytes;
  if (memory.buffer !== buffer) memory = Buffer.from(buffer as ArrayBuffer);
  return memory.toString('latin1', byteOffset + start, byteOffset + end);
}
