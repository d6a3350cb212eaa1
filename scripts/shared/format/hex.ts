/** Packs random IDs into bytes: lower-case hexadecimal digits, and GUIDs, which also have hyphens. */

/** The length of a GUID as text, and packed in bytes. */
export const GUID_LENGTH = 36;
export const GUID_BYTES = 16;

const HYPHEN = 0x2d;
const NO_DIGIT = 0xff;
const DIGITS = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const VALUE_OF = new Uint8Array(256).fill(NO_DIGIT);
DIGITS.forEach((digit, value) => (VALUE_OF[digit] = value));

/** The two digits of each byte. */
const HIGH = Uint8Array.from({ length: 256 }, (_, byte) => DIGITS[byte >> 4] as number);
const LOW = Uint8Array.from({ length: 256 }, (_, byte) => DIGITS[byte & 15] as number);

function isHyphenAt(offset: number): boolean {
  return offset === 8 || offset === 13 || offset === 18 || offset === 23;
}

/** Whether bytes [start, end) are pairs of hexadecimal digits. */
export function isHex(bytes: Uint8Array, start: number, end: number): boolean {
  if (end === start || (end - start) % 2 !== 0) return false;
  for (let i = start; i < end; i++) if (VALUE_OF[bytes[i] as number] === NO_DIGIT) return false;
  return true;
}

/** Whether bytes [start, end) are a GUID as AWS writes it, in lower case. */
export function isGuid(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== GUID_LENGTH) return false;
  for (let offset = 0; offset < GUID_LENGTH; offset++) {
    const byte = bytes[start + offset] as number;
    if (isHyphenAt(offset) ? byte !== HYPHEN : VALUE_OF[byte] === NO_DIGIT) return false;
  }
  return true;
}

/** Packs the digits in bytes [start, end), without hyphens, into `target` from `at` on; returns the end. */
export function packHex(bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number): number {
  let to = at;
  for (let i = start; i < end; i += 2) {
    if (bytes[i] === HYPHEN) i++;
    target[to++] = ((VALUE_OF[bytes[i] as number] as number) << 4) | (VALUE_OF[bytes[i + 1] as number] as number);
  }
  return to;
}

/** Unpacks bytes [start, end) as digits into `target` from `at` on; returns the end. */
export function unpackHex(packed: Uint8Array, start: number, end: number, target: Uint8Array, at: number): number {
  let to = at;
  for (let i = start; i < end; i++) {
    const byte = packed[i] as number;
    target[to++] = HIGH[byte] as number;
    target[to++] = LOW[byte] as number;
  }
  return to;
}

/** Unpacks the GUID at `start` as text into `target` from `at` on; returns the end. */
export function unpackGuid(packed: Uint8Array, start: number, target: Uint8Array, at: number): number {
  let to = at;
  for (let i = 0; i < GUID_BYTES; i++) {
    if (isHyphenAt(to - at)) target[to++] = HYPHEN;
    to = unpackHex(packed, start + i, start + i + 1, target, to);
  }
  return to;
}
