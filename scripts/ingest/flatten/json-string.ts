/** Text of JSON strings in bytes. */
import { decodeUtf8 } from '#shared/format/utf8.js';

/** The text of the JSON string at bytes[start … end), quotes included; as written where its escapes are damaged. */
export function decodeJsonString(bytes: Uint8Array, start: number, end: number): string {
  // TextDecoder takes no shared memory.
  const text = decodeUtf8(bytes.slice(start, end));
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
