/** The store as TSV: UTF-8, LF, one header line, one line an event, columns in the schema's order, missing is empty. */
import { ByteWriter } from '../shared/bytes.js';
import { type Column, COLUMNS } from '../shared/columns.js';
import type { StringTable } from '../shared/string-table.js';
import { chunkOf, type CodedColumn, type EventStore, offsetOf, type SharedTexts } from '../store/event-store.js';
import { writeJson, writeText } from './cell.js';
import { EventTimeWriter } from './event-time-writer.js';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The header line, with its end. */
export function tsvHeader(): Uint8Array {
  return new TextEncoder().encode(`${COLUMNS.map((column) => column.name).join('\t')}\n`);
}

/** Appends a row's cell, or the cells of several neighbouring columns. */
type CellWriter = (out: ByteWriter, row: number) => void;

export class TsvFormatter {
  private readonly cells: readonly CellWriter[];

  /** @param guard keep spreadsheets from taking cells for formulas */
  constructor(
    private readonly store: EventStore,
    private readonly guard: boolean,
  ) {
    this.cells = this.plan();
  }

  /** The lines of rows [from, to). */
  format(from: number, to: number): Uint8Array {
    const { cells } = this;
    const out = new ByteWriter((to - from) * 900 + 1024);
    for (let row = from; row < to; row++) {
      for (let i = 0; i < cells.length; i++) {
        if (i > 0) out.byte(TAB);
        (cells[i] as CellWriter)(out, row);
      }
      out.byte(LINE_FEED);
    }
    return out.view();
  }

  /** Neighbouring identity columns are written once per identity and copied as one. */
  private plan(): CellWriter[] {
    const cells: CellWriter[] = [];
    for (let i = 0; i < COLUMNS.length; ) {
      const column = COLUMNS[i] as Column;
      let next = i + 1;
      if (column.per === 'identity') {
        while (COLUMNS[next]?.per === 'identity') next++;
        cells.push(this.identityCells(COLUMNS.slice(i, next)));
      } else if (column.kind === 'time') cells.push(this.timeCell());
      else if (column.kind === 'text' || column.kind === 'json') cells.push(this.textCell(column));
      else cells.push(this.codedCell(column.name));
      i = next;
    }
    return cells;
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

  private codedCell(name: string): CellWriter {
    const { codes, values } = this.store.coded[name] as CodedColumn;
    const cells = this.formatted(values);
    return (out, row) => appendEntry(out, cells, codes[row] as number);
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
    const table = { length: identities, bytes: joined.view(), ends };
    return (out, row) => appendEntry(out, table, identity[row] as number);
  }

  private textCell(column: Column): CellWriter {
    const { poolOf, pools, ids } = this.store.texts;
    const idOf = ids[column.name] as Uint32Array;
    const write = column.kind === 'json' ? writeJson : writeJsonAsText;
    return (out, row) => {
      const id = idOf[row] as number;
      if (id === 0) return;
      const texts = pools[poolOf[row] as number] as SharedTexts;
      const address = texts.addresses[id] as number;
      const start = offsetOf(address);
      const end = start + (texts.lengths[id] as number);
      write(out, texts.chunks[chunkOf(address)] as Uint8Array, start, end, this.guard);
    };
  }

  /** A dictionary's values as cells. */
  private formatted(values: StringTable): StringTable {
    const out = new ByteWriter(values.bytes.length + 16);
    const ends = new Uint32Array(values.length);
    let start = 0;
    for (let i = 0; i < values.length; i++) {
      const end = values.ends[i] as number;
      writeText(out, values.bytes, start, end, this.guard);
      ends[i] = out.length;
      start = end;
    }
    return { length: values.length, bytes: out.view(), ends };
  }
}

function appendEntry(out: ByteWriter, table: StringTable, i: number): void {
  const start = i === 0 ? 0 : (table.ends[i - 1] as number);
  const end = table.ends[i] as number;
  if (start !== end) out.append(table.bytes, start, end);
}

/** A JSON string as its text; any other JSON as it is. */
function writeJsonAsText(out: ByteWriter, bytes: Uint8Array, start: number, end: number, guard: boolean): void {
  if (bytes[start] !== QUOTE) return writeJson(out, bytes, start, end, guard);
  for (let i = start; i < end; i++) {
    if (bytes[i] === BACKSLASH) {
      const text = new TextEncoder().encode(JSON.parse(new TextDecoder().decode(bytes.slice(start, end))) as string);
      return writeText(out, text, 0, text.length, guard);
    }
  }
  writeText(out, bytes, start + 1, end - 1, guard);
}
