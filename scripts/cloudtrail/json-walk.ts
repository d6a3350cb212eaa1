/**
 * A strict reader of compact JSON (RFC 8259, no white space outside strings) that reports string values with their
 * keys.
 */
import { grown } from '#scripts/bytes/grown.js';
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
} from '#shared/format/json-bytes.js';

/**
 * Called for each string value: bytes[start … end) without quotes, escapes as written; and for each `false`, as the
 * empty range start = end at its first letter. The key is the nearest one around the value (for an item of an array,
 * the array's); keyStart = keyEnd if there is none. The outer key belongs to the outermost object: it is the key itself
 * if `depth`, the number of objects and arrays around the value, is 1.
 */
export type StringVisitor = (
  start: number,
  end: number,
  keyStart: number,
  keyEnd: number,
  depth: number,
  outerStart: number,
  outerEnd: number,
) => void;

/** Called at the start, bytes[at], of each number, object and array that has a key around it. */
export type OtherVisitor = (at: number, keyStart: number, keyEnd: number) => void;

/** Four letters as a little-endian number. */
function word(four: string): number {
  return Array.from(four).reduceRight((sum, letter) => (sum << 8) | letter.charCodeAt(0), 0);
}

const TRUE = word('true');
const NULL = word('null');
const FALS = word('fals');
const LETTER_E = 0x65;
const LETTER_F = 0x66;

/** The characters allowed after a backslash, except `u`. */
const ESCAPES = new Uint8Array(256);
for (const letter of '"\\/bfnrt') ESCAPES[letter.charCodeAt(0)] = 1;

/**
 * For each level around the current one: whether it is an object, and the start and end of its last key. A typed array
 * that is kept between calls, because the engine frees an ordinary array's memory when it is emptied.
 */
let levels = new Int32Array(3 * 64);

const MAX_DEPTH = 1_000_000;

/**
 * The start of the key around the innermost object or array of a value at this depth, while the value is visited; equal
 * to its end if there is none.
 */
export function aroundStart(depth: number): number {
  return levels[depth * 3 - 2] as number;
}

/** See {@link aroundStart}. */
export function aroundEnd(depth: number): number {
  return levels[depth * 3 - 1] as number;
}

let hasEscapedLetter = false;

/**
 * Whether the walks since the last call found a letter, a digit or one of `-./:` written as an escape (`\u0061`), which
 * no encoder does. Some other ASCII characters count too.
 */
export function takeEscapedLetter(): boolean {
  const has = hasEscapedLetter;
  hasEscapedLetter = false;
  return has;
}

/**
 * Whether bytes[start … end) is exactly one compact JSON value; `view` is a view of `bytes`. More than a million levels
 * count as damaged.
 */
export function walkJson(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  visit: StringVisitor,
  visitOther: OtherVisitor,
): boolean {
  let keyStart = 0;
  let keyEnd = 0;
  let outerStart = 0;
  let outerEnd = 0;
  let inObject = false;
  let depth = 0;
  let at = start;

  for (;;) {
    // A value begins at `at`.
    const byte = bytes[at];
    if (at >= end) return false;
    let closed = false;
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (keyStart !== keyEnd) visitOther(at, keyStart, keyEnd);
      const level = depth * 3;
      if (++depth > MAX_DEPTH) return false;
      if (level === levels.length) levels = grown(levels);
      levels[level] = inObject ? 1 : 0;
      levels[level + 1] = keyStart;
      levels[level + 2] = keyEnd;
      inObject = byte === OPEN_BRACE;
      at = at + 1;
      if (bytes[at] === (inObject ? CLOSE_BRACE : CLOSE_BRACKET) && at < end) closed = true;
    } else if (byte === QUOTE) {
      const stop = checkString(bytes, view, at + 1, end);
      if (stop < 0) return false;
      visit(at + 1, stop - 1, keyStart, keyEnd, depth, outerStart, outerEnd);
      at = stop;
    } else {
      const stop = skipScalar(bytes, view, at, end);
      if (stop < 0) return false;
      if (byte === LETTER_F) visit(at, at, keyStart, keyEnd, depth, outerStart, outerEnd);
      else if (keyStart !== keyEnd && (byte as number) < LETTER_F) visitOther(at, keyStart, keyEnd);
      at = stop;
    }
    if (!closed && (byte === OPEN_BRACE || byte === OPEN_BRACKET)) {
      if (!inObject) continue;
      // Continues with the key below.
    } else {
      // A value has ended, or a bracket closes at `at`.
      for (;;) {
        if (closed) {
          const level = --depth * 3;
          inObject = levels[level] === 1;
          keyStart = levels[level + 1] as number;
          keyEnd = levels[level + 2] as number;
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
    if (depth === 1) {
      outerStart = keyStart;
      outerEnd = keyEnd;
    }
    at = stop;
    if (at >= end || bytes[at] !== COLON) return false;
    at = at + 1;
  }
}

/** `walkJson` for a text inside a string of the JSON that is being walked. */
export function walkInnerJson(...walk: Parameters<typeof walkJson>): boolean {
  const outer = levels;
  levels = new Int32Array(3 * 64);
  try {
    return walkJson(...walk);
  } finally {
    levels = outer;
  }
}

/** Like `skipString`, but checks that the escapes are valid. */
function checkString(bytes: Uint8Array, view: DataView, at: number, end: number): number {
  for (let i = at; ;) {
    i = plainEnd(view, i, end);
    if (i >= end) return -1;
    if (bytes[i] === QUOTE) return i + 1;
    if (bytes[i] !== BACKSLASH) return -1;
    const escape = bytes[i + 1] ?? 0;
    if (escape === 0x75 /* u */) {
      for (let digit = 2; digit <= 5; digit++) if (!isHex(bytes[i + digit] ?? 0)) return -1;
      if (bytes[i + 2] === 0x30 && bytes[i + 3] === 0x30 && isLetterRow(bytes[i + 4] as number))
        hasEscapedLetter = true;
      i += 6;
    } else if (ESCAPES[escape] === 1) i += 2;
    else return -1;
  }
}

/** Whether U+00x0 to U+00xF, x being the hexadecimal digit, include letters, digits or `-./:`. */
function isLetterRow(digit: number): boolean {
  return digit >= 0x32 && digit <= 0x37;
}

function isHex(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}

/** Skips the number or literal at `at`; -1 if it is neither. */
function skipScalar(bytes: Uint8Array, view: DataView, at: number, end: number): number {
  if ((bytes[at] as number) < 0x61) return skipNumber(bytes, at, end);
  if (at + 4 > end) return -1;
  const letters = view.getInt32(at, true);
  if (letters === TRUE || letters === NULL) return at + 4;
  return letters === FALS && at + 4 < end && bytes[at + 4] === LETTER_E ? at + 5 : -1;
}

/** Skips a number; -1 if there is none. The caller checks what follows it. */
function skipNumber(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] === 0x2d /* - */ ? at + 1 : at;
  let stop = skipDigits(bytes, first, end);
  // A zero is not followed by another digit.
  if (stop === first || (bytes[first] === 0x30 && stop > first + 1)) return -1;
  if (stop < end && bytes[stop] === 0x2e /* . */) {
    const fraction = stop + 1;
    stop = skipDigits(bytes, fraction, end);
    if (stop === fraction) return -1;
  }
  if (stop < end && ((bytes[stop] as number) | 0x20) === LETTER_E) {
    const sign = bytes[stop + 1];
    const exponent = stop + (sign === 0x2b || sign === 0x2d ? 2 : 1);
    stop = skipDigits(bytes, exponent, end);
    if (stop <= exponent) return -1;
  }
  return stop;
}

function skipDigits(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  for (; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte < 0x30 || byte > 0x39) break;
  }
  return i;
}
