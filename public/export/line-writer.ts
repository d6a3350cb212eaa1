/** Formats exported events, some thousand at a time; runs in the worker, which has their text and JSON. */
import { ByteWriter } from '../../scripts/shared/bytes.js';
import type { ColumnKind } from '../../scripts/shared/columns.js';
import { EventTimeWriter } from '../../scripts/shared/event-time-writer.js';
import { ELLIPSIS } from '../../scripts/shared/segment.js';
import type { StringTable } from '../../scripts/shared/string-table.js';
import { lineFormat, type ExportFormat, type LineFormat } from './line-format.js';

/** A column of the export. */
export interface ExportColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The values of a coded column, by code. */
  readonly values?: StringTable;
  /** The number of a detail column. */
  readonly detail?: number;
  /** Of a detail column of which only so many characters are in the page. */
  readonly isShortened?: boolean;
}

export interface ExportPlan {
  readonly format: ExportFormat;
  readonly guard: boolean;
  readonly columns: readonly ExportColumn[];
}

/** Some of the events to be exported. */
export interface ExportSlice {
  /** Ascending. */
  readonly rows: Uint32Array;
  readonly times: Float64Array;
  /** By column of the plan, each row's code; undefined for columns without. */
  readonly codes: readonly (Uint32Array | undefined)[];
}

/** A cell that is to be written: bytes[start … end). */
interface Cell {
  bytes: Uint8Array;
  start: number;
  end: number;
}

export class LineWriter {
  private readonly format: LineFormat;
  private readonly prefixes: readonly (readonly [first: Uint8Array, later: Uint8Array])[];
  private readonly timeWriter = new EventTimeWriter();
  private readonly encoder = new TextEncoder();
  private readonly time = new ByteWriter(32);
  private readonly cell: Cell = { bytes: new Uint8Array(0), start: 0, end: 0 };

  constructor(private readonly plan: ExportPlan) {
    this.format = lineFormat(plan.format, plan.guard);
    this.prefixes = plan.columns.map(({ name }) => [this.format.before(name, true), this.format.before(name, false)]);
  }

  /** @param details gives a row's cells of the detail columns */
  async write(slice: ExportSlice, details: (row: number) => Promise<readonly string[]>): Promise<Blob> {
    const out = new ByteWriter(slice.rows.length * 512);
    const { format, plan } = this;
    const needsDetails = plan.columns.some(({ detail }) => detail !== undefined);
    for (let i = 0; i < slice.rows.length; i++) {
      const cells = needsDetails ? await details(slice.rows[i] as number) : [];
      out.append(format.lineStart);
      let isFirst = true;
      plan.columns.forEach((column, number) => {
        this.find(column, number, slice, i, cells);
        const { bytes, start, end } = this.cell;
        if (start === end && !format.hasEmptyCells) return;
        out.append((this.prefixes[number] as readonly [Uint8Array, Uint8Array])[isFirst ? 0 : 1]);
        isFirst = false;
        if (start === end) return;
        if (column.detail === undefined) format.text(out, bytes, start, end, column.kind);
        else format.json(out, bytes, start, end, column.kind);
      });
      out.append(format.lineEnd);
    }
    return new Blob([out.written() as Uint8Array<ArrayBuffer>]);
  }

  /** Points `cell` to the bytes of a column's value. */
  private find(column: ExportColumn, number: number, slice: ExportSlice, i: number, details: readonly string[]): void {
    const { cell } = this;
    if (column.detail !== undefined) {
      const json = details[column.detail] ?? '';
      cell.bytes = this.encoder.encode(
        column.isShortened && json.endsWith('"') ? `${json.slice(0, -1)}${ELLIPSIS}"` : json,
      );
      cell.start = 0;
      cell.end = cell.bytes.length;
    } else if (column.values) {
      const code = slice.codes[number]?.[i] ?? 0;
      cell.bytes = column.values.bytes;
      cell.start = code === 0 ? 0 : (column.values.ends[code - 1] as number);
      cell.end = column.values.ends[code] as number;
    } else {
      this.time.length = 0;
      this.timeWriter.write(this.time, slice.times[i] as number);
      cell.bytes = this.time.bytes;
      cell.start = 0;
      cell.end = this.time.length;
    }
  }
}
