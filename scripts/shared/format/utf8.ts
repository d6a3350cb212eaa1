/** UTF-8 as text. */

/** Without `ignoreBOM` a decoder drops U+FEFF at the beginning of each text, which is part of the value here. */
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of the bytes, a leading U+FEFF included; what is no UTF-8 becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}
