/** Formats exported events, some thousand at a time. Runs in the worker, which has their text and JSON. */
import { ByteWriter } from '#shared/format/bytes.js';
import { LIST_SEPARATOR, type ColumnKind } from '#shared/model/columns.js';
import { EventTimeWriter } from '#shared/format/event-time-writer.js';
import { namesOf, type Lists } from '#shared/format/list-table.js';
import { ELLIPSIS } from '#shared/format/segment.js';
import type { StringTable } from '#shared/format/string-table.js';
import { lineFormat, type ExportFormat, type LineFormat } from './line-format.js';

/** A column of the export. */
export interface ExportColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The values of a coded column, by code; the worker already has those of a list column. */
  readonly values?: StringTable;
  /** The number of a detail column. */
  readonly detail?: number;
  /** Whether the page has only the beginning of the column's cells. */
  readonly isShortened?: boolean;
}

export interface ExportOptions {
  readonly format: ExportFormat;
  readonly guard: boolean;
  readonly columns: readonly ExportColumn[];
}

/** A part of the events to export. */
export interface ExportSlice {
  /** Ascending. */
  readonly rows: Uint32Array;
  readonly times: Float64Array;
  /** By exported column, each row's code; undefined for columns without codes. */
  readonly codes: readonly (Uint32Array | undefined)[];
}

/** The text and JSON of the events in [from, to). */
export interface DetailBytes {
  readonly from: number;
  readonly to: number;
  /** Appends an event's cell of a detail column, by number: JSON text, or nothing if it is missing. */
  write(out: ByteWriter, column: number, row: number): void;
}

/** The cells of a list column. */
interface ListBytes {
  readonly lists: Lists;
  readonly names: StringTable;
}

interface LineSources {
  /** The details of an event and its neighbours. */
  details(row: number): Promise<DetailBytes>;
  lists(column: string): Promise<ListBytes>;
}

/** Writes an event's cell. */
type CellWriter = (out: ByteWriter, slice: ExportSlice, i: number, details: DetailBytes | undefined) => void;

const ENCODER = new TextEncoder();
const SEPARATOR = ENCODER.encode(LIST_SEPARATOR);
const ELLIPSIS_AND_QUOTE = ENCODER.encode(`${ELLIPSIS}"`);
const QUOTE = 0x22;

/** The text before a column's cell: as the first of its line, and after others. */
interface Prefix {
  readonly first: DataView;
  readonly later: DataView;
}

export class LineWriter {
  private constructor(
    private readonly options: ExportOptions,
    private readonly sources: LineSources,
    private readonly format: LineFormat,
    private readonly cells: readonly CellWriter[],
    private readonly prefixes: readonly Prefix[],
  ) {}

  static async open(options: ExportOptions, sources: LineSources): Promise<LineWriter> {
    const format = lineFormat(options.format, options.guard);
    const cells = await Promise.all(
      options.columns.map((column, number) => cellWriter(column, number, format, sources)),
    );
    const prefixes = options.columns.map(({ name }) => ({
      first: viewOf(format.before(name, true)),
      later: viewOf(format.before(name, false)),
    }));
    return new LineWriter(options, sources, format, cells, prefixes);
  }

  /** The lines of some events. */
  async write(slice: ExportSlice): Promise<Blob> {
    const out = new ByteWriter(slice.rows.length * 1024);
    const { rows } = slice;
    const needsDetails = this.options.columns.some(({ detail }) => detail !== undefined);
    let details: DetailBytes | undefined;
    for (let i = 0; i < rows.length;) {
      const row = rows[i] as number;
      if (needsDetails) details = await this.sources.details(row);
      const end = details?.to ?? Infinity;
      for (; i < rows.length && (rows[i] as number) < end; i++) this.writeLine(out, slice, i, details);
    }
    return new Blob([out.written() as Uint8Array<ArrayBuffer>]);
  }

  private writeLine(out: ByteWriter, slice: ExportSlice, i: number, details: DetailBytes | undefined): void {
    const { format, cells, prefixes } = this;
    out.append(format.lineStart);
    let isFirst = true;
    for (let column = 0; column < cells.length; column++) {
      const before = out.length;
      const { first, later } = prefixes[column] as Prefix;
      const prefix = isFirst ? first : later;
      out.copy(prefix, 0, prefix.byteLength);
      const start = out.length;
      (cells[column] as CellWriter)(out, slice, i, details);
      if (out.length === start && !format.hasEmptyCells) out.length = before;
      else isFirst = false;
    }
    out.append(format.lineEnd);
  }
}

async function cellWriter(
  column: ExportColumn,
  number: number,
  format: LineFormat,
  sources: LineSources,
): Promise<CellWriter> {
  if (column.values) return codedCells(column.values, column.kind, number, format);
  if (column.detail !== undefined) return detailCells(column, column.detail, format);
  if (column.kind === 'list') return listCells(await sources.lists(column.name), number, format);
  const times = new EventTimeWriter();
  const scratch = new ByteWriter(32);
  return (out, slice, i) => {
    scratch.length = 0;
    times.write(scratch, slice.times[i] as number);
    format.text(out, scratch.bytes, 0, scratch.length, column.kind);
  };
}

/** Formats each value once. */
function codedCells(
  { bytes, ends, length }: StringTable,
  kind: ColumnKind,
  number: number,
  format: LineFormat,
): CellWriter {
  const formatted = new ByteWriter(bytes.length + 1024);
  const formattedEnds = new Uint32Array(length);
  for (let code = 0; code < length; code++) {
    const start = code === 0 ? 0 : (ends[code - 1] as number);
    if (start < (ends[code] as number)) format.text(formatted, bytes, start, ends[code] as number, kind);
    formattedEnds[code] = formatted.length;
  }
  const view = viewOf(formatted.written());
  return (out, slice, i) => {
    const code = slice.codes[number]?.[i] ?? 0;
    if (code > 0) out.copy(view, formattedEnds[code - 1] as number, formattedEnds[code] as number);
  };
}

function listCells({ lists, names }: ListBytes, number: number, format: LineFormat): CellWriter {
  const view = viewOf(names.bytes);
  const scratch = new ByteWriter(1024);
  return (out, slice, i) => {
    const members = namesOf(lists, slice.codes[number]?.[i] ?? 0);
    if (members.length === 0) return;
    scratch.length = 0;
    for (let m = 0; m < members.length; m++) {
      const name = members[m] as number;
      if (m > 0) scratch.append(SEPARATOR);
      scratch.copy(view, name === 0 ? 0 : (names.ends[name - 1] as number), names.ends[name] as number);
    }
    format.text(out, scratch.bytes, 0, scratch.length, 'list');
  };
}

function detailCells({ kind, isShortened }: ExportColumn, detail: number, format: LineFormat): CellWriter {
  const scratch = new ByteWriter(4096);
  return (out, slice, i, details) => {
    scratch.length = 0;
    details?.write(scratch, detail, slice.rows[i] as number);
    if (scratch.length === 0) return;
    if (isShortened && scratch.bytes[scratch.length - 1] === QUOTE) {
      scratch.length--;
      scratch.append(ELLIPSIS_AND_QUOTE);
    }
    format.json(out, scratch.bytes, 0, scratch.length, kind);
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
