/** Builds the segments described in `shared/segment.ts`. */
import { ByteDictionary } from '../shared/byte-dictionary.js';
import { ByteWriter } from '../shared/bytes.js';
import { encodeCodes, planesFor } from '../shared/codes.js';
import { SLOT, VALUE_END } from '../shared/segment.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const MINUS = 0x2d;

/** Collects one column's cells, then gives its section. */
export class SectionEncoder {
  private readonly templates = new ByteDictionary();
  /** Template of each row, then where its values start in `values`. */
  private readonly codes: number[] = [];
  private readonly starts: number[] = [];
  private readonly values = new ByteWriter(1 << 16);
  private template = new Uint8Array(1024);
  private templateView = new DataView(this.template.buffer);

  /** Adds the next row's cell, compact JSON at source[start … end); an empty range is a missing cell. */
  add(source: Uint8Array, start: number, end: number): void {
    this.starts.push(this.values.length);
    const length = this.split(source, start, end);
    this.codes.push(this.templates.code(this.template, this.templateView, 0, length));
  }

  /** Writes the template to `template` and the values to `values`; returns the template's length. */
  private split(source: Uint8Array, start: number, end: number): number {
    if (this.template.length < end - start + 1) {
      this.template = new Uint8Array((end - start) * 2);
      this.templateView = new DataView(this.template.buffer);
    }
    const { template, values } = this;
    let length = 0;
    let at = start;
    while (at < end) {
      const byte = source[at] as number;
      if (byte === QUOTE) {
        const from = ++at;
        while (at < end && source[at] !== QUOTE) at += source[at] === BACKSLASH ? 2 : 1;
        template[length++] = QUOTE;
        if (source[at + 1] === COLON && at + 1 < end) {
          for (let i = from; i < at; i++) template[length++] = source[i] as number;
        } else {
          values.append(source, from, Math.min(at, end));
          values.byte(VALUE_END);
          template[length++] = SLOT;
        }
        template[length++] = QUOTE;
        at++;
      } else if (byte === MINUS || (byte >= 0x30 && byte <= 0x39)) {
        const from = at++;
        while (at < end && isNumberByte(source[at] as number)) at++;
        values.append(source, from, at);
        values.byte(VALUE_END);
        template[length++] = SLOT;
      } else {
        template[length++] = byte;
        at++;
      }
    }
    return length;
  }

  /** Appends the section, its size first, to `out`. */
  finish(out: ByteWriter): void {
    const { templates, starts, values } = this;
    const codes = Uint32Array.from(this.codes);
    const section = new ByteWriter(values.length + codes.length * 2 + 1024);
    section.varint(templates.size - 1);
    const bytes = templates.bytes();
    const ends = templates.ends();
    const slots = new Uint32Array(templates.size);
    for (let code = 1; code < templates.size; code++) {
      const from = ends[code - 1] as number;
      const to = ends[code] as number;
      section.varint(to - from);
      section.append(bytes, from, to);
      for (let i = from; i < to; i++) if (bytes[i] === SLOT) (slots[code] as number)++;
    }
    const planes = planesFor(templates.size);
    section.byte(planes);
    section.append(encodeCodes(codes, planes));

    // Rows by template, in order: a counting sort.
    const firstOf = new Uint32Array(templates.size + 1);
    for (const code of codes) (firstOf[code + 1] as number)++;
    for (let code = 0; code < templates.size; code++) (firstOf[code + 1] as number) += firstOf[code] as number;
    const next = firstOf.slice();
    const rows = new Uint32Array(codes.length);
    codes.forEach((code, row) => {
      rows[next[code] as number] = row;
      (next[code] as number)++;
    });
    const cursors = Uint32Array.from(starts);
    for (let code = 1; code < templates.size; code++) {
      const from = firstOf[code] as number;
      const to = firstOf[code + 1] as number;
      for (let slot = slots[code] as number; slot > 0; slot--) {
        for (let i = from; i < to; i++) {
          const row = rows[i] as number;
          const start = cursors[row] as number;
          let end = start;
          while (values.bytes[end] !== VALUE_END) end++;
          section.append(values.bytes, start, end + 1);
          cursors[row] = end + 1;
        }
      }
    }
    out.varint(section.length);
    out.append(section.view());
  }
}

function isNumberByte(byte: number): boolean {
  // 0-9 + - . e E
  return (byte >= 0x30 && byte <= 0x39) || byte === MINUS || byte === 0x2b || byte === 0x2e || byte === 0x65 || byte === 0x45;
}

/** A segment of `rows` rows from its columns' encoders, each of which was given that many cells. */
export function encodeSegment(rows: number, columns: readonly SectionEncoder[]): Uint8Array {
  const out = new ByteWriter(1 << 16);
  out.varint(rows);
  for (const column of columns) column.finish(out);
  return out.view();
}
