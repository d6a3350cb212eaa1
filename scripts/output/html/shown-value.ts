/**
 * How much of a value the page stores. Some values are long, random and useless to readers, and would make up a third
 * of a page. Shortened values are marked, and `events.tsv` has them in full.
 */

/** A longer JSON string value is shortened to this. */
const LONGEST = 8192;
/**
 * Keys of values that only machines read; the page stores nothing of them. Session credentials, and Amazon S3's
 * extended request ID (AWS: "x-amz-id-2 … for troubleshooting").
 */
const MACHINE_KEYS = ['sessionToken', 'x-amz-id-2'].map((key) => new TextEncoder().encode(key));

const BACKSLASH = 0x5c;

/** Shorter values are never shortened. */
export const NEVER_CUT = 32;

/**
 * Where the string value bytes[start … end), escapes as written, ends in the page; `end` if it is stored in full. Its
 * key is bytes[keyStart … keyEnd).
 */
export function shownEnd(bytes: Uint8Array, start: number, end: number, keyStart: number, keyEnd: number): number {
  if (MACHINE_KEYS.some((key) => equals(bytes, keyStart, keyEnd, key))) return start;
  return end - start > LONGEST ? wholeCharacters(bytes, start, start + LONGEST) : end;
}

function equals(bytes: Uint8Array, start: number, end: number, key: Uint8Array): boolean {
  if (end - start !== key.length) return false;
  for (let i = 0; i < key.length; i++) if (bytes[start + i] !== key[i]) return false;
  return true;
}

/** The last position up to `limit` that splits neither a character nor an escape. */
function wholeCharacters(bytes: Uint8Array, start: number, limit: number): number {
  let at = start;
  for (let next = at; next <= limit;) {
    at = next;
    const byte = bytes[at] as number;
    if (byte === BACKSLASH) next += bytes[at + 1] === 0x75 /* u */ ? 6 : 2;
    else next += byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
  }
  return at;
}
