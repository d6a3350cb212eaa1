/** Decompresses gzip with the browser's own stream. */

/** The content of one gzip member. */
export async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Response(bytes).body as ReadableStream<Uint8Array<ArrayBuffer>>;
  const inflated = packed.pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}
