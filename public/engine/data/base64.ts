/** Decodes Base64 with the browser's own functions. */

interface FromBase64 {
  fromBase64?(text: string): Uint8Array<ArrayBuffer>;
}

const BUILT_IN = (Uint8Array as FromBase64).fromBase64?.bind(Uint8Array);

/** Whether the browser has a built-in decoder, which is fast enough to use while the page is drawn. */
export const isBase64Fast = BUILT_IN !== undefined;

/** The bytes of a Base64 text. The built-in decoder, if there is one, is 3.5 times as fast as `atob`. */
export function base64Bytes(text: string): Uint8Array<ArrayBuffer> {
  if (BUILT_IN) return BUILT_IN(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
