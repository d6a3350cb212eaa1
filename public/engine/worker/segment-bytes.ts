/**
 * The cells of a segment as bytes, for an export, which reads each segment once: joining strings would take most of its
 * time.
 */
import { ByteWriter } from '#shared/format/bytes.js';
import { CUT, choiceAt, ELLIPSIS, isReference } from '#shared/format/segment.js';
import type { StringTable } from '#shared/format/string-table.js';
import type { DetailBytes } from './line-writer.js';
import type { KeptSection } from './kept-section.js';
import type { KeptSegment } from './segments.js';

const ENCODER = new TextEncoder();
const ELLIPSIS_BYTES = ENCODER.encode(ELLIPSIS);
const COLON = 0x3a;
const SLASH = 0x2f;

/** Concatenated texts to copy from. */
interface Bytes {
  readonly view: DataView;
  readonly ends: Uint32Array;
  /** The number of bytes between two texts. */
  readonly gap: number;
}

export class SegmentBytes implements DetailBytes {
  readonly from: number;
  readonly to: number;
  private readonly sections: (SectionBytes | undefined)[] = [];

  /** @param names the names of all resources */
  constructor(
    private readonly segment: KeptSegment,
    private readonly names: StringTable,
  ) {
    this.from = segment.firstRow;
    this.to = segment.firstRow + segment.rows;
  }

  write(out: ByteWriter, column: number, row: number): void {
    const section = this.segment.sections[column];
    if (!section) throw new RangeError(`no detail column ${String(column)}`);
    const bytes = (this.sections[column] ??= new SectionBytes(section, this.names));
    bytes.write(out, row - this.from);
  }
}

class SectionBytes {
  private readonly values: Bytes;
  private readonly names: Bytes;
  /** The pieces of all templates, concatenated; template t begins with piece firstStream[t] + t. */
  private readonly pieces: Bytes;

  constructor(
    private readonly section: KeptSection,
    names: StringTable,
  ) {
    this.values = bytesOf(section.values.table(), 1);
    this.names = bytesOf(names, 0);
    const out = new ByteWriter(4096);
    const ends: number[] = [];
    for (const pieces of section.pieces) {
      for (const piece of pieces) {
        out.append(ENCODER.encode(piece));
        ends.push(out.length);
      }
    }
    this.pieces = bytesOf({ length: ends.length, bytes: out.written(), ends: Uint32Array.from(ends) }, 0);
  }

  /** Appends the cell of a row of the segment. */
  write(out: ByteWriter, row: number): void {
    const { parts } = this.section;
    const cell = (parts.cellOfRow[row] as number) - 1;
    if (cell < 0) return;
    const template = parts.templateOf[cell] as number;
    const rank = parts.rankOf[cell] as number;
    const stream = parts.firstStream[template] as number;
    const slots = (this.section.pieces[template] as readonly string[]).length - 1;
    copy(out, this.pieces, stream + template);
    for (let slot = 0; slot < slots; slot++) {
      const choice = choiceAt(parts.streams, stream + slot, rank);
      if (isReference(choice)) this.copyReferred(out, choice, parts.rowOf[cell] as number);
      else this.copyValue(out, choice);
      copy(out, this.pieces, stream + template + slot + 1);
    }
  }

  private copyValue(out: ByteWriter, value: number): void {
    copy(out, this.values, value);
    if (out.bytes[out.length - 1] !== CUT) return;
    out.length--;
    out.append(ELLIPSIS_BYTES);
  }

  /** Appends the text of a reference: a name of the row, without the part up to its m-th separator. */
  private copyReferred(out: ByteWriter, choice: number, row: number): void {
    const { view, ends } = this.names;
    const name = this.section.names.nameAt(row, (choice & 0xff) - 1);
    if (name === undefined) throw new RangeError('a segment refers to a resource that its row has not');
    const end = ends[name] as number;
    let at = name === 0 ? 0 : (ends[name - 1] as number);
    for (let skip = (choice >>> 8) & 0xff; skip > 0 && at < end; at++) {
      const byte = view.getUint8(at);
      if (byte === COLON || byte === SLASH) skip--;
    }
    out.copy(view, at, end);
  }
}

function bytesOf({ bytes, ends }: StringTable, gap: number): Bytes {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), ends, gap };
}

function copy(out: ByteWriter, { view, ends, gap }: Bytes, i: number): void {
  out.copy(view, i === 0 ? 0 : (ends[i - 1] as number) + gap, ends[i] as number);
}
