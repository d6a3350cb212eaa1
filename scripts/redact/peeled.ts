/** Removes one layer of escapes from a text, and keeps the original position of each character. */

/** A text with one byte per character, and for each character and the end, its position in the enclosing text. */
interface Peeled {
  readonly text: string;
  readonly origins: Int32Array;
}

const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const LETTER_U = 0x75;
/** Stands for a character that is not a byte. */
const NO_BYTE = 0xff;

const HEX = '0123456789abcdefABCDEF';
/** Escape letters that stand for another character. */
const ESCAPES: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, b: 0x08, f: 0x0c };
/** Entities of HTML and XML. */
const ENTITY = /&(?:quot|amp|apos|lt|gt|#\d{1,7}|#x[0-9a-fA-F]{1,6});/y;
const ENTITIES: Readonly<Record<string, number>> = { quot: 0x22, amp: 0x26, apos: 0x27, lt: 0x3c, gt: 0x3e };

/** The inside of a JSON string, without its escapes. */
export function unescaped(text: string): Peeled {
  return peel(text, false);
}

/** A text without one layer of backslashes, percent-encoding (RFC 3986) and entities; undefined if it has none. */
export function peeled(text: string): Peeled | undefined {
  if (!/\\|%[0-9A-Fa-f]{2}|&[a-z#]/.test(text)) return undefined;
  const inner = peel(text, true);
  return inner.text.length === text.length ? undefined : inner;
}

function peel(text: string, all: boolean): Peeled {
  const bytes = Buffer.allocUnsafe(text.length);
  const origins = new Int32Array(text.length + 1);
  let length = 0;
  for (let i = 0; i < text.length;) {
    let byte = text.charCodeAt(i);
    let size = 1;
    if (byte === BACKSLASH && i + 1 < text.length) {
      const letter = text.charCodeAt(i + 1);
      const hex = letter === LETTER_U ? hexAt(text, i + 2, 4) : -1;
      if (hex >= 0) [byte, size] = [hex, 6];
      else [byte, size] = [ESCAPES[text[i + 1] as string] ?? letter, 2];
    } else if (all && byte === PERCENT) {
      const hex = hexAt(text, i + 1, 2);
      if (hex >= 0) [byte, size] = [hex, 3];
    } else if (all && byte === AMPERSAND) {
      ENTITY.lastIndex = i;
      const entity = ENTITY.exec(text)?.[0].slice(1, -1);
      if (entity !== undefined) [byte, size] = [entityByte(entity), entity.length + 2];
    }
    origins[length] = i;
    bytes[length++] = byte > NO_BYTE ? NO_BYTE : byte;
    i += size;
  }
  origins[length] = text.length;
  return { text: bytes.toString('latin1', 0, length), origins };
}

function entityByte(entity: string): number {
  if (!entity.startsWith('#')) return ENTITIES[entity] as number;
  return entity[1] === 'x' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
}

/** The value of `digits` hexadecimal digits at `at`; -1 if they are not hexadecimal. */
function hexAt(text: string, at: number, digits: number): number {
  let sum = 0;
  for (let i = at; i < at + digits; i++) {
    const digit = i < text.length ? HEX.indexOf(text[i] as string) : -1;
    if (digit < 0) return -1;
    sum = sum * 16 + (digit > 15 ? digit - 6 : digit);
  }
  return sum;
}

/** JSON without white space outside of strings, as `compact` writes it. */
export function compacted(text: string): Peeled {
  const bytes = Buffer.allocUnsafe(text.length);
  const origins = new Int32Array(text.length + 1);
  let length = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const byte = text.charCodeAt(i);
    if (!inString && byte <= 0x20) continue;
    origins[length] = i;
    bytes[length++] = byte;
    if (inString && byte === BACKSLASH && i + 1 < text.length) {
      origins[length] = ++i;
      bytes[length++] = text.charCodeAt(i);
    } else if (byte === 0x22) inString = !inString;
  }
  origins[length] = text.length;
  return { text: bytes.toString('latin1', 0, length), origins };
}
