/** Text of JSON strings in bytes. */

const DECODER = new TextDecoder();

/** The text of the JSON string at bytes[start … end), quotes included; as written where its escapes are damaged. */
export function decodeJsonString(bytes: Uint8Array, start: number, end: number): string {
  // TextDecoder takes no shared memory.
  const text = DECODER.decode(bytes.slice(start, end));
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
