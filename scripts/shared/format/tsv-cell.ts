/**
 * Writes the cells of `events.tsv` and of the page's exports: escapes keep each event on one line, and a guard prevents
 * a spreadsheet from running a formula.
 */
import { ByteWriter } from './bytes.js';
import { plainEnd } from './json-bytes.js';
import type { StringTable } from './string-table.js';
import { decodeUtf8 } from './utf8.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const APOSTROPHE = 0x27;

const ESCAPES = new Uint8Array(256);
ESCAPES[0x09] = 0x74; // \t
ESCAPES[0x0d] = 0x72; // \r
ESCAPES[0x0a] = 0x6e; // \n
ESCAPES[BACKSLASH] = BACKSLASH;

/** What the first byte of a cell means: plain, needs a guard, or needs a closer look. */
const PLAIN = 0;
const GUARDED = 1;
const UNCLEAR = 2;

const FIRST = new Uint8Array(256);
// Control characters, and the beginnings of formulas; a quote would join the cell with the next one.
FIRST.fill(GUARDED, 0, 0x20);
for (const character of '=+-@"\x7f') FIRST[character.charCodeAt(0)] = GUARDED;
FIRST[0x20] = UNCLEAR;
FIRST.fill(UNCLEAR, 0x80);

/** Characters skipped before a formula: blanks and invisible characters. */
const UNSEEN = /[\s\u2800\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
/** Control characters, quotes and signs, also in their full-width forms. */
const STARTS_FORMULA = /[\p{Cc}=+\-@"\uff1d\uff0b\uff0d\uff20]/u;

/** The most bytes to examine. A cell that begins with more invisible characters is guarded, whatever follows. */
const LONGEST_BLANK = 64;

/**
 * Whether a spreadsheet would treat the cell as a formula, or join it with the next one (a quote): its first character
 * after blanks and invisible characters can begin a formula.
 *
 * @param bytes UTF-8; the cell is bytes[start … end)
 */
export function needsGuard(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end) return false;
  const first = FIRST[bytes[start] as number];
  return first === UNCLEAR ? isFormulaBehindBlanks(bytes, start, end) : first === GUARDED;
}

function isFormulaBehindBlanks(bytes: Uint8Array, start: number, end: number): boolean {
  // A copy, because TextDecoder rejects shared memory.
  const text = decodeUtf8(bytes.slice(start, Math.min(end, start + LONGEST_BLANK)));
  for (const character of text) {
    if (STARTS_FORMULA.test(character)) return true;
    if (!UNSEEN.test(character)) return false;
  }
  return end - start > LONGEST_BLANK;
}

/** Writes text as a cell: guarded if `guard`; tab, CR, LF and backslash are escaped. */
export function writeText(out: ByteWriter, bytes: Uint8Array, start: number, end: number, guard: boolean): void {
  if (start === end) return;
  if (guard && needsGuard(bytes, start, end)) out.byte(APOSTROPHE);
  let plain = start;
  for (let i = start; i < end; i++) {
    const escape = ESCAPES[bytes[i] as number] as number;
    if (escape === 0) continue;
    out.append(bytes.subarray(plain, i));
    out.byte(BACKSLASH);
    out.byte(escape);
    plain = i + 1;
  }
  out.append(bytes.subarray(plain, end));
}

/** Writes JSON as a cell, unchanged: compact JSON has no byte that needs an escape. */
export function writeJson(out: ByteWriter, view: DataView, start: number, end: number, guard: boolean): void {
  if (start === end) return;
  // Most JSON begins with a brace, so the view is rarely converted.
  if (guard && FIRST[view.getUint8(start)] !== PLAIN && needsGuard(bytesOf(view), start, end)) out.byte(APOSTROPHE);
  out.copy(view, start, end);
}

function bytesOf({ buffer, byteOffset, byteLength }: DataView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Writes a JSON string as its text, and any other JSON unchanged. */
export function writeJsonAsText(out: ByteWriter, view: DataView, start: number, end: number, guard: boolean): void {
  if (view.getUint8(start) !== QUOTE) {
    writeJson(out, view, start, end, guard);
    return;
  }
  // Without a backslash there is nothing to decode, and nothing to escape: JSON has no raw control bytes.
  if (plainEnd(view, start + 1, end) === end - 1) {
    writeJson(out, view, start + 1, end - 1, guard);
    return;
  }
  // TextDecoder rejects shared memory.
  const json = new Uint8Array(view.buffer, view.byteOffset + start, end - start).slice();
  const text = new TextEncoder().encode(JSON.parse(decodeUtf8(json)) as string);
  writeText(out, text, 0, text.length, guard);
}

/** A text as a single cell to copy, guarded: pasted into a spreadsheet, it stays one cell and runs nothing. */
export function cellOf(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const out = new ByteWriter();
  writeText(out, bytes, 0, bytes.length, true);
  return decodeUtf8(out.written());
}

/** Whether all the texts are valid cells without changes. */
export function isPlain({ length, bytes, ends }: StringTable, guard: boolean): boolean {
  if (hasEscape(bytes)) return false;
  if (!guard) return true;
  for (let i = 0, start = 0; i < length; i++) {
    const end = ends[i] as number;
    if (needsGuard(bytes, start, end)) return false;
    start = end;
  }
  return true;
}

/**
 * Whether a byte needs an escape. Takes four bytes at a time, as dictionaries have up to 40 MB; see `plainEnd` for the
 * arithmetic.
 */
function hasEscape(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let i = 0;
  for (; i + 4 <= bytes.length; i += 4) {
    const word = view.getInt32(i, true);
    const backslash = word ^ 0x5c5c5c5c;
    const found = (((backslash - 0x01010101) & ~backslash) | ((word - 0x20202020) & ~word)) & 0x80808080;
    if (found !== 0 && isAnyEscaped(bytes, i, i + 4)) return true;
  }
  return isAnyEscaped(bytes, i, bytes.length);
}

function isAnyEscaped(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (ESCAPES[bytes[i] as number] !== 0) return true;
  return false;
}
