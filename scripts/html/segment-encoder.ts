/** Builds the segments described in `shared/segment.ts`. */
import { ByteDictionary } from '../shared/byte-dictionary.js';
import { ByteWriter, copyWords } from '../shared/bytes.js';
import { encodeCodes, planesFor } from '../shared/codes.js';
import { BACKSLASH, COLON, plainEnd, QUOTE } from '../shared/json-bytes.js';
import { CUT, SLOT, VALUE_END } from '../shared/segment.js';
import { NEVER_CUT, shownEnd } from './shown-value.js';

const MINUS = 0x2d;

/** Collects one column's cells, then gives its section. */
export class SectionEncoder {
  private row = 0;
  private readonly templates = new ByteDictionary();
  /** Template of each row. */
  private readonly codes: Uint32Array;
  /** Which of the values is each row's first. */
  private readonly firsts: Uint32Array;
  /** The values, each with its end mark, in the order they were split off; and where each ends. */
  private readonly values = new ByteWriter(1 << 16);
  private valueEnds = new Uint32Array(1 << 12);
  private valueCount = 0;
  private template = new Uint8Array(1024);
  private templateView = new DataView(this.template.buffer);

  /** @param rows how many cells will be added */
  constructor(rows: number) {
    this.codes = new Uint32Array(rows);
    this.firsts = new Uint32Array(rows);
  }

  /** Adds a missing cell. */
  addMissing(): void {
    this.firsts[this.row] = 0;
    this.codes[this.row++] = 0;
  }

  /** Adds the next row's cell, compact JSON at source[start … end). `view` is a view of `source`. */
  add(source: Uint8Array, view: DataView, start: number, end: number): void {
    this.firsts[this.row] = this.valueCount;
    const length = this.split(source, view, start, end);
    this.codes[this.row++] = this.templates.code(this.template, this.templateView, 0, length);
  }

  /** Adds a cell that is the same as that of an earlier row of this section. */
  addAgain(row: number): void {
    this.firsts[this.row] = this.firsts[row] as number;
    this.codes[this.row++] = this.codes[row] as number;
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
    values.copy(source, start, end);
    if (isCut) values.byte(CUT);
    values.byte(VALUE_END);
    if (this.valueCount === this.valueEnds.length) {
      const grown = new Uint32Array(this.valueEnds.length * 2);
      grown.set(this.valueEnds);
      this.valueEnds = grown;
    }
    this.valueEnds[this.valueCount++] = values.length;
  }

  /** Appends the section, its size first, to `out`. */
  finish(out: ByteWriter): void {
    const { templates, codes, values } = this;
    const section = new ByteWriter(values.length + codes.length * 2 + 1024);
    section.varint(templates.size - 1);
    const bytes = templates.bytes();
    const ends = templates.ends();
    const slots = new Uint32Array(templates.size);
    for (let code = 1; code < templates.size; code++) {
      const from = ends[code - 1] as number;
      const to = ends[code] as number;
      section.varint(to - from);
      section.append(bytes.subarray(from, to));
      for (let i = from; i < to; i++) if (bytes[i] === SLOT) (slots[code] as number)++;
    }
    const planes = planesFor(templates.size);
    section.byte(planes);
    section.append(encodeCodes(codes, planes));
    this.writeValues(section, slots);
    out.varint(section.length);
    out.append(section.written());
  }

  /** Values of one template's slot lie side by side: the rows of each template in order, slot by slot. */
  private writeValues(section: ByteWriter, slots: Uint32Array): void {
    const { codes, firsts, values, valueEnds } = this;
    const firstOf = new Uint32Array(slots.length + 1);
    for (const code of codes) (firstOf[code + 1] as number)++;
    for (let code = 0; code < slots.length; code++) (firstOf[code + 1] as number) += firstOf[code] as number;
    const next = firstOf.slice();
    const rows = new Uint32Array(codes.length);
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] as number;
      rows[next[code] as number] = row;
      next[code] = (next[code] as number) + 1;
    }
    for (let code = 1; code < slots.length; code++) {
      const to = firstOf[code + 1] as number;
      for (let slot = 0; slot < (slots[code] as number); slot++) {
        for (let i = firstOf[code] as number; i < to; i++) {
          const value = (firsts[rows[i] as number] as number) + slot;
          const start = value === 0 ? 0 : (valueEnds[value - 1] as number);
          section.copy(values.view, start, valueEnds[value] as number);
        }
      }
    }
  }
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
  out.varint(rows);
  for (const column of columns) column.finish(out);
  return out.written();
}
