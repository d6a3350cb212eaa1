/**
 * How a cell of `events.tsv`, and of what the page exports, is written: escapes that keep a line a line, and a guard that keeps a spreadsheet from running it.
 */
import type { ByteWriter } from './bytes.js';
import { plainEnd } from './json-bytes.js';
import type { StringTable } from './string-table.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const APOSTROPHE = 0x27;

const ESCAPES = new Uint8Array(256);
ESCAPES[0x09] = 0x74; // \t
ESCAPES[0x0d] = 0x72; // \r
ESCAPES[0x0a] = 0x6e; // \n
ESCAPES[BACKSLASH] = BACKSLASH;

/** Whether a spreadsheet would take a cell that begins so for a formula, or join it with the next (a quote). */
export function needsGuard(first: number, second: number): boolean {
  // = + - @ " and control characters: C0, DEL and, in UTF-8, C1.
  if (first === 0x3d || first === 0x2b || first === 0x2d || first === 0x40 || first === 0x22) return true;
  return first < 0x20 || first === 0x7f || (first === 0xc2 && second >= 0x80 && second < 0xa0);
}

/** Writes text as a cell: guarded if `guard`, tab, CR, LF and backslash escaped. */
export function writeText(out: ByteWriter, bytes: Uint8Array, start: number, end: number, guard: boolean): void {
  if (start === end) return;
  if (guard && needsGuard(bytes[start] as number, bytes[start + 1] ?? 0)) out.byte(APOSTROPHE);
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

/** Writes JSON as a cell, as it is: compact JSON has no byte that needs an escape. */
export function writeJson(out: ByteWriter, view: DataView, start: number, end: number, guard: boolean): void {
  if (start === end) return;
  if (guard && needsGuard(view.getUint8(start), end - start > 1 ? view.getUint8(start + 1) : 0)) out.byte(APOSTROPHE);
  out.copy(view, start, end);
}

/** Writes a JSON string as its text; any other JSON as it is. */
export function writeJsonAsText(out: ByteWriter, view: DataView, start: number, end: number, guard: boolean): void {
  if (view.getUint8(start) !== QUOTE) {
    writeJson(out, view, start, end, guard);
    return;
  }
  // Without a backslash there is nothing to decode, and then nothing to escape either: JSON has no raw control bytes.
  if (plainEnd(view, start + 1, end) === end - 1) {
    writeJson(out, view, start + 1, end - 1, guard);
    return;
  }
  // TextDecoder takes no shared memory.
  const json = new Uint8Array(view.buffer, view.byteOffset + start, end - start).slice();
  const text = new TextEncoder().encode(JSON.parse(new TextDecoder().decode(json)) as string);
  writeText(out, text, 0, text.length, guard);
}

/** Whether all the texts are cells as they are. */
export function isPlain({ length, bytes, ends }: StringTable, guard: boolean): boolean {
  if (hasEscape(bytes)) return false;
  if (!guard) return true;
  for (let i = 0, start = 0; i < length; i++) {
    const end = ends[i] as number;
    if (start !== end && needsGuard(bytes[start] as number, bytes[start + 1] ?? 0)) return false;
    start = end;
  }
  return true;
}

/** Whether a byte needs an escape. Four bytes at a step, as dictionaries have up to 40 MB; for the sums see `plainEnd`. */
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
