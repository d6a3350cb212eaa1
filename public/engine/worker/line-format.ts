/**
 * The formats of exported events. Cells follow the same rules as in `events.tsv` (`tsv-cell.ts`).
 *
 * - `tsv`: like `events.tsv`: UTF-8, LF, a header line; tab, line breaks and backslash are escaped with a backslash.
 * - `csv`: RFC 4180: CRLF, a header line, quotes if a cell needs them; a byte order mark, without which Excel does not
 *   recognize UTF-8.
 * - `jsonl`: one object per line, without empty cells; JSON as written in the log, lists as arrays, flags as true and
 *   false.
 */
import type { ByteWriter } from '#shared/format/bytes.js';
import { LIST_SEPARATOR, type ColumnKind } from '#shared/model/columns.js';
import { needsGuard, writeJson, writeJsonAsText, writeText } from '#shared/format/tsv-cell.js';
import { decodeUtf8 } from '#shared/format/utf8.js';

export type ExportFormat = 'tsv' | 'csv' | 'jsonl';

export interface LineFormat {
  /** The text before the lines. */
  header(columns: readonly string[]): Uint8Array;
  /** Writes a cell of a coded column or a time: UTF-8 text at bytes[start … end). */
  text(out: ByteWriter, bytes: Uint8Array, start: number, end: number, kind: ColumnKind): void;
  /** Writes a cell of a text or json column: JSON at bytes[start … end). */
  json(out: ByteWriter, bytes: Uint8Array, start: number, end: number, kind: ColumnKind): void;
  /** Whether missing cells are written. */
  readonly hasEmptyCells: boolean;
  /** The beginning and end of a line, and the text before a column's cell, by whether it is the line's first. */
  readonly lineStart: Uint8Array;
  readonly lineEnd: Uint8Array;
  before(column: string, isFirst: boolean): Uint8Array;
}

const ENCODER = new TextEncoder();
const NOTHING = new Uint8Array(0);

/** @param guard prevents spreadsheets from treating cells as formulas; JSON needs no guard */
export function lineFormat(format: ExportFormat, guard: boolean): LineFormat {
  if (format === 'jsonl') return JSON_LINES;
  return format === 'tsv' ? tsvLines(guard) : csvLines(guard);
}

function tsvLines(guard: boolean): LineFormat {
  const tab = ENCODER.encode('\t');
  return {
    header: (columns) => ENCODER.encode(`${columns.join('\t')}\n`),
    text: (out, bytes, start, end) => writeText(out, bytes, start, end, guard),
    json: (out, bytes, start, end, kind) => {
      if (start === end) return;
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      (kind === 'text' ? writeJsonAsText : writeJson)(out, view, start, end, guard);
    },
    hasEmptyCells: true,
    lineStart: NOTHING,
    lineEnd: ENCODER.encode('\n'),
    before: (_, isFirst) => (isFirst ? NOTHING : tab),
  };
}

const QUOTE = 0x22;
const APOSTROPHE = 0x27;

function csvLines(guard: boolean): LineFormat {
  const comma = ENCODER.encode(',');
  const write = (out: ByteWriter, bytes: Uint8Array, start: number, end: number): void => {
    if (start === end) return;
    const isGuarded = guard && needsGuard(bytes, start, end);
    const isQuoted = isGuarded || needsQuotes(bytes, start, end);
    if (isQuoted) out.byte(QUOTE);
    if (isGuarded) out.byte(APOSTROPHE);
    for (let i = start; i < end; i++) {
      if (isQuoted && bytes[i] === QUOTE) out.byte(QUOTE);
      out.byte(bytes[i] as number);
    }
    if (isQuoted) out.byte(QUOTE);
  };
  return {
    header: (columns) => ENCODER.encode(`\uFEFF${columns.join(',')}\r\n`),
    text: write,
    json: (out, bytes, start, end, kind) => {
      if (kind === 'text' && bytes[start] === QUOTE) {
        const text = ENCODER.encode(JSON.parse(decodeUtf8(bytes.subarray(start, end))) as string);
        write(out, text, 0, text.length);
      } else write(out, bytes, start, end);
    },
    hasEmptyCells: true,
    lineStart: NOTHING,
    lineEnd: ENCODER.encode('\r\n'),
    before: (_, isFirst) => (isFirst ? NOTHING : comma),
  };
}

/** Whether a cell contains a comma, a quote, a line break, or a blank at its start or end. */
function needsQuotes(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] === 0x20 || bytes[end - 1] === 0x20) return true;
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte === 0x2c || byte === QUOTE || byte === 0x0a || byte === 0x0d) return true;
  }
  return false;
}

const JSON_LINES: LineFormat = {
  header: () => NOTHING,
  text: (out, bytes, start, end, kind) => {
    const text = decodeUtf8(bytes.subarray(start, end));
    const isFlag = kind === 'flag' && (text === 'true' || text === 'false');
    const value = kind === 'list' ? text.split(LIST_SEPARATOR) : text;
    out.append(ENCODER.encode(isFlag ? text : JSON.stringify(value)));
  },
  json: (out, bytes, start, end) => out.append(bytes.subarray(start, end)),
  hasEmptyCells: false,
  lineStart: ENCODER.encode('{'),
  lineEnd: ENCODER.encode('}\n'),
  before: (column, isFirst) => ENCODER.encode(`${isFirst ? '' : ','}${JSON.stringify(column)}:`),
};
