/**
 * Tables as text (RFC 4180, with commas, semicolons or tabs). Exports that have each event's whole record in a cell are
 * read: CloudWatch Logs Insights, Splunk, a query of CloudTrail Lake for `eventJson`. Others are named.
 */
import { QUOTE, skipSpace } from '#shared/format/json-bytes.js';
import { decodeUtf8 } from '#shared/format/utf8.js';
import type { WarningCode } from '#shared/model/manifest.js';

/** Columns that hold a record as text, the best first; in small letters. */
const RECORD_COLUMNS = [
  '@message',
  'cloudtrailevent',
  'eventjson',
  '_raw',
  'event.original',
  '_source.event.original',
  'message',
];
/** A longer first line is no table's. */
const MOST_HEAD_BYTES = 16384;
const DELIMITERS = [0x2c, 0x3b, 0x09];
const LF = 0x0a;
const CR = 0x0d;

/**
 * The cells that hold records, row by row; where there are none, the fault that says which table it is, or that it is a
 * page of HTML, or nothing at all. Undefined where the bytes may be JSON or lines of it.
 */
export function tableOf(bytes: Uint8Array): Iterable<Uint8Array> | WarningCode | undefined {
  const from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const first = bytes[skipSpace(bytes, from, bytes.length)];
  // Most files end here.
  if (first === 0x7b || first === 0x5b) return undefined;
  // An empty log has an empty list.
  if (first === undefined) return 'empty-file';
  // A digit behind it is the priority that syslog writes.
  if (first === 0x3c) return /\d/.test(String.fromCharCode(bytes[from + 1] ?? 0)) ? undefined : 'markup';
  return headedTable(bytes, from);
}

function headedTable(bytes: Uint8Array, from: number): Iterable<Uint8Array> | WarningCode | undefined {
  const head = bytes.subarray(0, Math.min(bytes.length, from + MOST_HEAD_BYTES));
  const delimiter = delimiterOf(head, from);
  const rows = new Rows(head, from, delimiter);
  const names = rows.next()?.map((cell) => cell.trim().toLowerCase());
  if (names === undefined || names.some((name) => !/^[^{}\\<>"]{1,128}$/.test(name))) return undefined;
  const column = names.indexOf(RECORD_COLUMNS.find((name) => names.includes(name)) ?? '');
  if (column >= 0) return recordCells(bytes, rows.at, delimiter, column);
  if (names.length < 2) return undefined;
  if (names.includes('event name') && names.includes('event time')) return 'event-history-table';
  if (names.includes('eventname') || names.includes('eventtime')) return 'query-result';
  return rows.next()?.length === names.length ? 'table' : undefined;
}

/** The one that comes first in the first line. */
function delimiterOf(head: Uint8Array, from: number): number {
  for (let i = from; i < head.length && head[i] !== LF; i++) {
    if (DELIMITERS.includes(head[i] as number)) return head[i] as number;
  }
  return DELIMITERS[0] as number;
}

/** Rows as texts. */
class Rows {
  constructor(
    private readonly bytes: Uint8Array,
    /** Where the next row begins. */
    public at: number,
    private readonly delimiter: number,
  ) {}

  /** Undefined at the end. */
  next(): string[] | undefined {
    const { bytes, delimiter } = this;
    if (this.at >= bytes.length) return undefined;
    const cells: string[] = [];
    for (;;) {
      const end = endOfCell(bytes, this.at, delimiter);
      cells.push(decodeUtf8(unquoted(bytes, this.at, end)));
      this.at = end;
      if (bytes[end] !== delimiter) break;
      this.at++;
    }
    this.at = nextRow(bytes, this.at);
    return cells;
  }
}

/** A column's cells, row by row; an empty one where a row has no such cell. */
function* recordCells(bytes: Uint8Array, from: number, delimiter: number, column: number): Generator<Uint8Array> {
  for (let at = from; at < bytes.length;) {
    // A line without anything is no row.
    if (bytes[at] === LF || bytes[at] === CR) {
      at++;
      continue;
    }
    let cell = new Uint8Array(0);
    for (let i = 0; ; i++) {
      const end = endOfCell(bytes, at, delimiter);
      if (i === column) cell = unquoted(bytes, at, end);
      at = end;
      if (bytes[at] !== delimiter) break;
      at++;
    }
    yield cell;
    at = nextRow(bytes, at);
  }
}

/** The position of the delimiter, line end or end of the bytes behind the cell at `at`. */
function endOfCell(bytes: Uint8Array, at: number, delimiter: number): number {
  let i = at;
  if (bytes[i] === QUOTE) {
    for (i++; i < bytes.length; i++) {
      if (bytes[i] !== QUOTE) continue;
      if (bytes[i + 1] !== QUOTE) break;
      i++;
    }
    i++;
  }
  while (i < bytes.length && bytes[i] !== delimiter && bytes[i] !== LF && bytes[i] !== CR) i++;
  return Math.min(i, bytes.length);
}

function nextRow(bytes: Uint8Array, at: number): number {
  return at + (bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1);
}

/** A cell's text without its quotes; two quotes in it are one. */
function unquoted(bytes: Uint8Array, start: number, end: number): Uint8Array<ArrayBuffer> {
  if (bytes[start] !== QUOTE) return bytes.slice(start, end);
  const text = new Uint8Array(end - start);
  let length = 0;
  for (let i = start + 1; i < end; i++) {
    const isEnd = bytes[i] === QUOTE && bytes[++i] !== QUOTE;
    if (isEnd) break;
    text[length++] = bytes[i] as number;
  }
  return text.subarray(0, length);
}

/** Whether a cell holds an object, or a list of them. */
export function isObject(cell: Uint8Array): boolean {
  const first = cell[skipSpace(cell, 0, cell.length)];
  return first === 0x7b || first === 0x5b;
}
