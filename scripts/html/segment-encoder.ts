/** Builds the segments described in `shared/segment.ts`. */
import { ByteDictionary, hashOf } from '../shared/byte-dictionary.js';
import { ByteWriter, copyWords, sameBytes } from '../shared/bytes.js';
import { encodeCodes, planesFor } from '../shared/codes.js';
import { BACKSLASH, COLON, plainEnd, QUOTE } from '../shared/json-bytes.js';
import { CUT, SLOT, VALUE_END } from '../shared/segment.js';
import type { ResourceNames } from './resource-names.js';
import { NEVER_CUT, shownEnd } from './shown-value.js';
import { StreamWriter } from './stream-writer.js';

const MINUS = 0x2d;

/** A cell's text where it was first met. */
interface Origin {
  readonly view: DataView;
  readonly start: number;
  readonly end: number;
  /** The resources of the rows that have the cell; -1 where it fits every row, and then no other cell has its text. */
  readonly list: number;
}

/** Collects one column's cells, then gives its section. */
export class SectionEncoder {
  private row = 0;
  private readonly templates = new ByteDictionary();
  /** Each row: 0 it has none, 1 the next cell, c + 2 cell c. */
  private readonly rows: Uint32Array;
  private cells = 0;
  /** Template of each cell, and which of the values is its first. */
  private cellTemplates = new Uint32Array(256);
  private firsts = new Uint32Array(256);
  private readonly origins: Origin[] = [];
  private readonly hashes: number[] = [];
  private slots = new Int32Array(1024);
  private readonly values = new ByteWriter(1 << 16);
  private valueEnds = new Uint32Array(1 << 12);
  private references = new Uint16Array(1 << 12);
  private valueCount = 0;
  private template = new Uint8Array(1024);
  private templateView = new DataView(this.template.buffer);
  private list = 0;
  /** How many values refer to a name. */
  private referring = 0;

  /** @param rows how many cells will be added  @param names what values may refer to */
  constructor(
    rows: number,
    private readonly names: ResourceNames | undefined,
  ) {
    this.rows = new Uint32Array(rows);
  }

  /** Adds a missing cell. */
  addMissing(): void {
    this.row++;
  }

  /** Adds a cell that an earlier row has: one that `add` returned. */
  addAgain(cell: number): void {
    this.rows[this.row++] = cell + 2;
  }

  /** Whether a cell may stand in a row with these resources. */
  fits(cell: number, list: number): boolean {
    const origin = this.origins[cell] as Origin;
    return origin.list === -1 || origin.list === list;
  }

  /**
   * Adds the next row's cell, compact JSON at source[start … end); returns which cell it is. `view` is a view of `source`,
   * which must not change. Cells of a column that repeats are compared with all before; others are taken for new.
   *
   * @param list the cell of the row's resources
   */
  add(source: Uint8Array, view: DataView, start: number, end: number, list: number, repeats: boolean): number {
    const hash = repeats ? hashOf(view, start, end) : 0;
    let slot = hash & (this.slots.length - 1);
    let isAnother = false;
    if (repeats) {
      for (;;) {
        const known = (this.slots[slot] as number) - 1;
        if (known < 0) break;
        if (this.hashes[known] === hash && this.isSame(known, view, start, end)) {
          if (this.fits(known, list)) {
            this.addAgain(known);
            return known;
          }
          isAnother = true;
        }
        slot = (slot + 1) & (this.slots.length - 1);
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
    if (repeats) {
      this.origins.push({ view, start, end, list: this.referring > before || isAnother ? list : -1 });
      this.hashes.push(hash);
      this.slots[slot] = cell + 1;
      if (this.cells * 2 > this.slots.length) this.growSlots();
    }
    return cell;
  }

  private isSame(cell: number, view: DataView, start: number, end: number): boolean {
    const origin = this.origins[cell] as Origin;
    return origin.end - origin.start === end - start && sameBytes(view, start, end, origin.view, origin.start);
  }

  /** Writes the template to `template` and the values to `values`; returns the template's length. */
  private split(source: Uint8Array, view: DataView, start: number, end: number): number {
    // A slot takes one byte, and a string that was cut at `end` gets a quote.
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

  /** Appends the section, its size first, to `out`. */
  finish(out: ByteWriter, streams: StreamWriter): void {
    const { templates, values } = this;
    const section = new ByteWriter(values.length + this.rows.length * 2 + 4096);
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
    writePlanes(section, this.rows, this.cells + 2);
    writePlanes(section, this.cellTemplates.subarray(0, this.cells), slots.length);
    streams.reset();
    this.addStreams(streams, slots);
    streams.finish(section);
    out.varint(section.length);
    out.append(section.written());
  }

  /** Template by template, slot by slot, the values of its cells in order. */
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
    this.cellTemplates = doubled(this.cellTemplates);
    this.firsts = doubled(this.firsts);
  }

  private growValues(): void {
    this.valueEnds = doubled(this.valueEnds);
    const references = new Uint16Array(this.valueEnds.length);
    references.set(this.references);
    this.references = references;
  }

  private growSlots(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    this.hashes.forEach((hash, cell) => {
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = cell + 1;
    });
    this.slots = slots;
  }
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

function writePlanes(out: ByteWriter, codes: Uint32Array, values: number): void {
  const planes = planesFor(values);
  out.byte(planes);
  out.append(encodeCodes(codes, planes));
}

/** The closing quote of the string whose inside begins at `at`; `end` where the cell was cut before it. */
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

/** A segment of `rows` rows from its columns' encoders, each of which was given that many cells. */
export function encodeSegment(rows: number, columns: readonly SectionEncoder[]): Uint8Array {
  const out = new ByteWriter(1 << 20);
  const streams = new StreamWriter();
  out.varint(rows);
  for (const column of columns) column.finish(out, streams);
  return out.written();
}
