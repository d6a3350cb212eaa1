/** The store as TSV: UTF-8, LF, one header line, one line an event, columns in the schema's order, missing is empty. */
import { ByteWriter } from '#shared/format/bytes.js';
import { type Column, COLUMNS, isText } from '#shared/model/columns.js';
import { EventTimeWriter } from '#shared/format/event-time-writer.js';
import type { StringTable } from '#shared/format/string-table.js';
import { isPlain, writeJson, writeJsonAsText, writeText } from '#shared/format/tsv-cell.js';
import { chunkOf, type CodedColumn, type EventStore, offsetOf, type SharedTexts } from '#scripts/store/event-store.js';

/**
 * Combinations of neighbouring columns' values are looked up in a table of at most this size: one that leaves the
 * processor's cache costs more than writing the columns one by one.
 */
const MAX_COMBINATIONS = 1 << 16;

const TAB = 0x09;
const LINE_FEED = 0x0a;

/** The header line, with its end. */
export function tsvHeader(): Uint8Array {
  return new TextEncoder().encode(`${COLUMNS.map((column) => column.name).join('\t')}\n`);
}

/** Formatted cells, one after another. */
interface CellTable {
  readonly view: DataView;
  /** Cell i starts at ends[i - 1], the first one at 0. */
  readonly ends: Uint32Array;
  /** Where cell i ends: at ends[i], or before. */
  readonly stops: Uint32Array;
}

/** Appends a row's cell, or the cells of several neighbouring columns. */
type CellWriter = (out: ByteWriter, row: number) => void;

export class TsvFormatter {
  private readonly cells: readonly CellWriter[];
  private bytesPerRow = 1000;

  /** @param guard keep spreadsheets from taking cells for formulas */
  constructor(
    private readonly store: EventStore,
    private readonly guard: boolean,
  ) {
    this.cells = this.cellWriters();
  }

  /** The lines of rows [from, to). @param spare memory to write them into, as far as it goes */
  format(from: number, to: number, spare?: ArrayBuffer): Uint8Array {
    const { cells } = this;
    const out = new ByteWriter(spare ?? Math.ceil((to - from) * this.bytesPerRow) + 4096);
    for (let row = from; row < to; row++) {
      for (let i = 0; i < cells.length; i++) {
        if (i > 0) out.byte(TAB);
        (cells[i] as CellWriter)(out, row);
      }
      out.byte(LINE_FEED);
    }
    // What comes next is about as long; growing would copy it all.
    this.bytesPerRow = Math.max(this.bytesPerRow, (out.length / (to - from)) * 1.1);
    return out.written();
  }

  /** Neighbouring identity columns, and neighbouring coded columns, are joined once and copied as one. */
  private cellWriters(): CellWriter[] {
    const cells: CellWriter[] = [];
    for (let i = 0; i < COLUMNS.length;) {
      const column = COLUMNS[i] as Column;
      let next = i + 1;
      if (column.per === 'identity') {
        while (COLUMNS[next]?.per === 'identity') next++;
        cells.push(this.identityCells(COLUMNS.slice(i, next)));
      } else if (column.kind === 'time') cells.push(this.timeCell());
      else if (isText(column)) cells.push(this.textCell(column));
      else if (column.kind === 'list') cells.push(this.listCell(column));
      else {
        next = this.endOfGroup(i);
        cells.push(this.codedCells(COLUMNS.slice(i, next)));
      }
      i = next;
    }
    return cells;
  }

  /** Behind the last neighbour of column `from` with which all combinations of values could be counted. */
  private endOfGroup(from: number): number {
    let combinations = 1;
    let i = from;
    for (; i < COLUMNS.length; i++) {
      const { name, per, kind } = COLUMNS[i] as Column;
      if (per !== 'event' || kind === 'list' || !(name in this.store.coded)) break;
      combinations *= (this.store.coded[name] as CodedColumn).values.length;
      if (i > from && combinations > MAX_COMBINATIONS) break;
    }
    return i;
  }

  private timeCell(): CellWriter {
    const { times, eventTimeText } = this.store;
    const asWritten = this.formatted(eventTimeText.values);
    const writer = new EventTimeWriter();
    return (out, row) => {
      const code = eventTimeText.codes[row] as number;
      if (code === 0) writer.write(out, times[row] as number);
      else appendEntry(out, asWritten, code);
    };
  }

  /** Each combination of the columns' values is joined when it first occurs. */
  private codedCells(columns: readonly Column[]): CellWriter {
    const coded = columns.map(({ name }) => this.store.coded[name] as CodedColumn);
    const tables = coded.map(({ values }) => this.formatted(values));
    const [first] = coded as [CodedColumn];
    const [table] = tables as [CellTable];
    if (coded.length === 1) return (out, row) => appendEntry(out, table, first.codes[row] as number);
    const combinations = coded.reduce((product, { values }) => product * values.length, 1);
    const joined = new ByteWriter(1 << 16);
    // By combination, side by side for the processor's cache: where its joined cells start, plus one, and end.
    const spans = new Uint32Array(combinations * 2);
    const join = (row: number): void => {
      tables.forEach((cells, i) => {
        if (i > 0) joined.byte(TAB);
        appendEntry(joined, cells, (coded[i] as CodedColumn).codes[row] as number);
      });
    };
    const codes = coded.map((column) => column.codes);
    const sizes = coded.map(({ values }) => values.length);
    return (out, row) => {
      let combination = 0;
      for (let i = 0; i < codes.length; i++) {
        combination = combination * (sizes[i] as number) + ((codes[i] as Uint32Array)[row] as number);
      }
      const at = combination * 2;
      if (spans[at] === 0) {
        spans[at] = joined.length + 1;
        join(row);
        spans[at + 1] = joined.length;
      }
      out.copy(joined.view, (spans[at] as number) - 1, spans[at + 1] as number);
    };
  }

  private identityCells(columns: readonly Column[]): CellWriter {
    const { identity, identities, coded } = this.store;
    const formatted = columns.map(({ name }) => {
      const { codes, values } = coded[name] as CodedColumn;
      return { codes, cells: this.formatted(values) };
    });
    const joined = new ByteWriter(identities * 200);
    const ends = new Uint32Array(identities);
    for (let i = 0; i < identities; i++) {
      formatted.forEach(({ codes, cells }, column) => {
        if (column > 0) joined.byte(TAB);
        appendEntry(joined, cells, codes[i] as number);
      });
      ends[i] = joined.length;
    }
    const table = { view: joined.view, ends, stops: ends };
    return (out, row) => appendEntry(out, table, identity[row] as number);
  }

  /** All names of a cell, or its targets alone. */
  private listCell({ name, within }: Column): CellWriter {
    const { codes, values } = this.store.coded[within ?? name] as CodedColumn;
    const table = this.formatted(values, within === undefined ? values.ends : this.store.targetEnds);
    return (out, row) => appendEntry(out, table, codes[row] as number);
  }

  private textCell(column: Column): CellWriter {
    const { poolOf, pools, ids } = this.store.texts;
    const idOf = ids[column.name] as Uint32Array;
    const write = column.kind === 'json' ? writeJson : writeJsonAsText;
    const views = pools.map(({ chunks }) => chunks.map((chunk) => new DataView(chunk.buffer)));
    return (out, row) => {
      const id = idOf[row] as number;
      if (id === 0) return;
      const pool = poolOf[row] as number;
      const texts = pools[pool] as SharedTexts;
      const address = texts.spans[id * 2] as number;
      const start = offsetOf(address);
      const end = start + (texts.spans[id * 2 + 1] as number);
      write(out, views[pool]?.[chunkOf(address)] as DataView, start, end, this.guard);
    };
  }

  /**
   * A dictionary's values as cells: themselves, where none needs an escape or a guard.
   * @param stops where the part of each value ends that is the cell
   */
  private formatted(values: StringTable, stops = values.ends): CellTable {
    if (isPlain(values, this.guard)) {
      return { view: new DataView(values.bytes.buffer, values.bytes.byteOffset), ends: values.ends, stops };
    }
    const out = new ByteWriter(values.bytes.length + 16);
    const ends = new Uint32Array(values.length);
    let start = 0;
    for (let i = 0; i < values.length; i++) {
      writeText(out, values.bytes, start, stops[i] as number, this.guard);
      ends[i] = out.length;
      start = values.ends[i] as number;
    }
    return { view: out.view, ends, stops: ends };
  }
}

function appendEntry(out: ByteWriter, table: CellTable, i: number): void {
  const start = i === 0 ? 0 : (table.ends[i - 1] as number);
  const end = table.stops[i] as number;
  if (start !== end) out.copy(table.view, start, end);
}
