/** Encodes the segments described in `shared/format/segment.ts`. */
import { ByteDictionary } from '#scripts/bytes/byte-dictionary.js';
import { ByteWriter, copyWords } from '#shared/format/bytes.js';
import { encodeCodes, planesFor } from '#shared/format/codes.js';
import { grown } from '#scripts/bytes/grown.js';
import { BACKSLASH, COLON, plainEnd, QUOTE } from '#shared/format/json-bytes.js';
import { CUT, SLOT, VALUE_END } from '#shared/format/segment.js';
import { ANY_LIST, KnownCells } from './known-cells.js';
import type { ResourceNames } from './resource-names.js';
import { NEVER_CUT, shownEnd } from './shown-value.js';
import { StreamWriter } from './stream-writer.js';

const MINUS = 0x2d;

/**
 * Collects one column's cells, then returns its section. Reused for many segments, because allocating memory is slow.
 */
export class SectionEncoder {
  private row = 0;
  private templates = new ByteDictionary();
  /** By row: 0 for none, 1 for the next cell, c + 2 for cell c. */
  private rows: Uint32Array<ArrayBuffer>;
  private cells = 0;
  /** The template of each cell, and the index of its first value. */
  private cellTemplates = new Uint32Array(256);
  private firsts = new Uint32Array(256);
  private readonly known = new KnownCells();
  private readonly values = new ByteWriter(1 << 16);
  private valueEnds = new Uint32Array(1 << 12);
  private references = new Uint16Array(1 << 12);
  private valueCount = 0;
  private template = new Uint8Array(1024);
  private templateView = new DataView(this.template.buffer);
  private list = 0;
  /** The number of values that are references. */
  private referring = 0;

  /** @param rows how many cells will be added @param names the names that values may refer to */
  constructor(
    rows: number,
    private readonly names: ResourceNames | undefined,
  ) {
    this.rows = new Uint32Array(rows);
  }

  /** Clears everything and begins a new section. */
  begin(rows: number): void {
    if (rows > this.rows.length) this.rows = new Uint32Array(rows);
    this.row = 0;
    this.templates = new ByteDictionary();
    this.cells = 0;
    this.known.reset();
    this.values.length = 0;
    this.valueCount = 0;
    this.referring = 0;
  }

  /** Adds a missing cell. */
  addMissing(): void {
    this.rows[this.row++] = 0;
  }

  /** Adds a cell of an earlier row: one that `add` returned. */
  addAgain(cell: number): void {
    this.rows[this.row++] = cell + 2;
  }

  /** Whether a cell that `add` returned, of a repeating column, may be used in a row with these resources. */
  fits(cell: number, list: number): boolean {
    return this.known.fits(cell, list);
  }

  /**
   * Adds the next row's cell, compact JSON at source[start … end); returns its index. `view` is a view of `source`,
   * which must not change. In a repeating column, the cell is compared with all earlier ones; otherwise it is assumed
   * to be new.
   *
   * @param list the cell of the row's resources
   */
  add(source: Uint8Array, view: DataView, start: number, end: number, list: number, repeats: boolean): number {
    const { known } = this;
    if (repeats) {
      const again = known.find(view, start, end, list);
      if (again >= 0) {
        this.addAgain(again);
        return again;
      }
    }
    const cell = this.cells++;
    if (cell === this.firsts.length) this.growCells();
    this.firsts[cell] = this.valueCount;
    this.list = list;
    const before = this.referring;
    const length = this.split(source, view, start, end);
    this.cellTemplates[cell] = this.templates.code(this.templateView, 0, length) - 1;
    this.rows[this.row++] = 1;
    if (repeats) known.add(view, start, end, this.referring > before || known.isElsewhere ? list : ANY_LIST);
    return cell;
  }

  /** Writes the template to `template` and the values to `values`; returns the template's length. */
  private split(source: Uint8Array, view: DataView, start: number, end: number): number {
    // A slot takes one byte, and a string that is shortened at `end` gets a quote.
    if (this.template.length < end - start + 2) {
      this.template = new Uint8Array((end - start) * 2);
      this.templateView = new DataView(this.template.buffer);
    }
    const { template, templateView } = this;
    let length = 0;
    let keyStart = 0;
    let keyEnd = 0;
    for (let at = start; at < end;) {
      const byte = source[at] as number;
      if (byte === QUOTE) {
        const from = at + 1;
        const stop = stringEnd(view, from, end);
        template[length++] = QUOTE;
        if (stop + 1 < end && source[stop + 1] === COLON) {
          keyStart = from;
          keyEnd = stop;
          copyWords(view, from, stop, templateView, length);
          length += stop - from;
        } else {
          const shown = stop - from > NEVER_CUT ? shownEnd(source, from, stop, keyStart, keyEnd) : stop;
          this.addValue(view, from, shown, shown < stop);
          template[length++] = SLOT;
        }
        template[length++] = QUOTE;
        at = stop + 1;
      } else if (byte === MINUS || (byte >= 0x30 && byte <= 0x39)) {
        const from = at++;
        while (at < end && isNumberByte(source[at] as number)) at++;
        this.addValue(view, from, at, false);
        template[length++] = SLOT;
      } else {
        template[length++] = byte;
        at++;
      }
    }
    return length;
  }

  private addValue(source: DataView, start: number, end: number, isCut: boolean): void {
    const { values } = this;
    if (this.valueCount === this.valueEnds.length) this.growValues();
    const reference = isCut || !this.names ? 0 : this.names.reference(this.list, source, start, end);
    this.references[this.valueCount] = reference;
    if (reference === 0) {
      values.copy(source, start, end);
      if (isCut) values.byte(CUT);
      values.byte(VALUE_END);
    } else {
      this.referring++;
    }
    this.valueEnds[this.valueCount++] = values.length;
  }

  /** Writes the section. */
  finish(section: ByteWriter, streams: StreamWriter): void {
    const { templates } = this;
    section.varint(templates.size - 1);
    const bytes = templates.bytes();
    const ends = templates.ends();
    const slots = new Uint32Array(templates.size - 1);
    for (let template = 0; template < slots.length; template++) {
      const from = ends[template] as number;
      const to = ends[template + 1] as number;
      section.varint(to - from);
      section.append(bytes.subarray(from, to));
      for (let i = from; i < to; i++) if (bytes[i] === SLOT) (slots[template] as number)++;
    }
    section.varint(this.cells);
    writePlanes(section, this.rows.subarray(0, this.row), this.cells + 2);
    writePlanes(section, this.cellTemplates.subarray(0, this.cells), slots.length);
    streams.reset();
    this.addStreams(streams, slots);
    streams.finish(section);
  }

  /** Template by template and slot by slot, the values of its cells in order. */
  private addStreams(streams: StreamWriter, slots: Uint32Array): void {
    const { cells, cellTemplates, firsts, references } = this;
    const from = new Uint32Array(slots.length + 1);
    for (let cell = 0; cell < cells; cell++) (from[(cellTemplates[cell] as number) + 1] as number)++;
    for (let template = 0; template < slots.length; template++) {
      (from[template + 1] as number) += from[template] as number;
    }
    const next = from.slice();
    const byTemplate = new Uint32Array(cells);
    for (let cell = 0; cell < cells; cell++) {
      const template = cellTemplates[cell] as number;
      const place = next[template] as number;
      byTemplate[place] = firsts[cell] as number;
      next[template] = place + 1;
    }
    const values = { writer: this.values, ends: this.valueEnds, references };
    for (let template = 0; template < slots.length; template++) {
      for (let slot = 0; slot < (slots[template] as number); slot++) {
        streams.add(values, byTemplate, from[template] as number, from[template + 1] as number, slot);
      }
    }
  }

  private growCells(): void {
    this.cellTemplates = grown(this.cellTemplates);
    this.firsts = grown(this.firsts);
  }

  private growValues(): void {
    this.valueEnds = grown(this.valueEnds);
    this.references = grown(this.references);
  }
}

function writePlanes(out: ByteWriter, codes: Uint32Array, values: number): void {
  const planes = planesFor(values);
  out.byte(planes);
  out.append(encodeCodes(codes, planes));
}

/** The closing quote of the string whose content begins at `at`; `end` if the cell was shortened before it. */
function stringEnd(view: DataView, at: number, end: number): number {
  for (let i = at; ; i += 2) {
    i = plainEnd(view, i, end);
    if (i >= end || view.getUint8(i) !== BACKSLASH) return Math.min(i, end);
  }
}

function isNumberByte(byte: number): boolean {
  // 0-9 + - . e E
  return (
    (byte >= 0x30 && byte <= 0x39) || byte === MINUS || byte === 0x2b || byte === 0x2e || byte === 0x65 || byte === 0x45
  );
}

/** Combines sections into segments. */
export class SegmentEncoder {
  private readonly out = new ByteWriter(1 << 20);
  private readonly section = new ByteWriter(1 << 20);
  private readonly streams = new StreamWriter();

  /**
   * A segment of `rows` rows from its columns' encoders, each of which received that many cells. Valid until the next
   * call.
   */
  encode(rows: number, columns: readonly SectionEncoder[]): Uint8Array {
    const { out, section, streams } = this;
    out.length = 0;
    out.varint(rows);
    for (const column of columns) {
      section.length = 0;
      column.finish(section, streams);
      out.varint(section.length);
      out.append(section.written());
    }
    return out.written();
  }
}
