/** A strict reader of compact JSON (RFC 8259, no white space outside strings) that reports string values with their keys. */
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  plainEnd,
  QUOTE,
} from '../shared/json-bytes.js';

/**
 * Called for each string value: bytes[start … end) without quotes, escapes as written. The key is the nearest one
 * around the value (for an item of an array, the array's), keyStart = keyEnd where there is none.
 */
export type StringVisitor = (start: number, end: number, keyStart: number, keyEnd: number) => void;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const LITERALS = ['true', 'false', 'null'].map((word) => Array.from(word, (letter) => letter.charCodeAt(0)));

/** For each level outside of the one being read: whether it is an object, and its last key. Kept, so as not to make one a call. */
const LEVELS: number[] = [];

/** An array of the levels has a limit of its own in the engine, and ends the process there. */
const MAX_DEPTH = 1_000_000;

/** Whether bytes[start … end) is exactly one compact JSON value; `view` is a view of `bytes`. Deeper than a million levels counts as damaged. */
export function walkJson(bytes: Uint8Array, view: DataView, start: number, end: number, visit: StringVisitor): boolean {
  const keys = LEVELS;
  keys.length = 0;
  let keyStart = 0;
  let keyEnd = 0;
  let inObject = false;
  let depth = 0;
  let at = start;

  for (;;) {
    // A value begins at `at`.
    const byte = bytes[at];
    if (at >= end) return false;
    let closed = false;
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      keys.push(inObject ? 1 : 0, keyStart, keyEnd);
      if (++depth > MAX_DEPTH) return false;
      inObject = byte === OPEN_BRACE;
      at = at + 1;
      if (bytes[at] === (inObject ? CLOSE_BRACE : CLOSE_BRACKET) && at < end) closed = true;
    } else if (byte === QUOTE) {
      const stop = checkString(bytes, view, at + 1, end);
      if (stop < 0) return false;
      visit(at + 1, stop - 1, keyStart, keyEnd);
      at = stop;
    } else {
      at = skipScalar(bytes, at, end);
      if (at < 0) return false;
    }
    if (!closed && (byte === OPEN_BRACE || byte === OPEN_BRACKET)) {
      if (!inObject) continue;
      // falls to reading a key below
    } else {
      // A value has ended, or a bracket closes at `at`.
      for (;;) {
        if (closed) {
          keyEnd = keys.pop() as number;
          keyStart = keys.pop() as number;
          inObject = keys.pop() === 1;
          depth--;
          at++;
          closed = false;
        }
        if (depth === 0) return at === end;
        if (at >= end) return false;
        const next = bytes[at];
        if (next === COMMA) {
          at = at + 1;
          break;
        }
        if (next !== (inObject ? CLOSE_BRACE : CLOSE_BRACKET)) return false;
        closed = true;
      }
      if (!inObject) continue;
    }
    // A key begins at `at`.
    if (at >= end || bytes[at] !== QUOTE) return false;
    const stop = checkString(bytes, view, at + 1, end);
    if (stop < 0) return false;
    keyStart = at + 1;
    keyEnd = stop - 1;
    at = stop;
    if (at >= end || bytes[at] !== COLON) return false;
    at = at + 1;
  }
}

/** Like `skipString`, and the escapes must be JSON's. */
function checkString(bytes: Uint8Array, view: DataView, at: number, end: number): number {
  for (let i = at; ;) {
    i = plainEnd(view, i, end);
    if (i >= end) return -1;
    if (bytes[i] === QUOTE) return i + 1;
    if (bytes[i] !== BACKSLASH) return -1;
    const escape = bytes[i + 1] ?? 0;
    if (escape === 0x75 /* u */) {
      for (let digit = 2; digit <= 5; digit++) if (!isHex(bytes[i + digit] ?? 0)) return -1;
      i += 6;
    } else if ('"\\/bfnrt'.includes(String.fromCharCode(escape))) i += 2;
    else return -1;
  }
}

function isHex(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}

/** Steps over a number or literal at `at`; -1 where it is neither. */
function skipScalar(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] as number;
  if (first >= 0x61) {
    for (const word of LITERALS) {
      if (word[0] === first && at + word.length <= end && word.every((byte, i) => bytes[at + i] === byte)) {
        return at + word.length;
      }
    }
    return -1;
  }
  let stop = at;
  let plain = true;
  for (; stop < end; stop++) {
    const byte = bytes[stop] as number;
    if (byte >= 0x30 && byte <= 0x39) continue;
    if (byte !== 0x2d && byte !== 0x2b && byte !== 0x2e && byte !== 0x65 && byte !== 0x45) break;
    plain = false;
  }
  if (stop === at) return -1;
  // Plain digits without a leading zero need no second look.
  if (plain && (first !== 0x30 || stop === at + 1)) return stop;
  return NUMBER.test(new TextDecoder().decode(bytes.slice(at, stop))) ? stop : -1;
}
