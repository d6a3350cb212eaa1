/** Decodes UTF-8. */

/** Without `ignoreBOM`, a decoder drops U+FEFF at the beginning of a text, where it is part of the value. */
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of the bytes, including a leading U+FEFF; invalid UTF-8 becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}
