/** Reads the segments described in `segment.ts`. */
import { ByteReader } from './bytes.js';
import { decodeCodes, planesFor, type Planes } from './codes.js';
import { GUID_BYTES, GUID_LENGTH, unpackGuid, unpackHex } from './hex.js';
import {
  CUT,
  ELLIPSIS,
  joinCell,
  REFERENCE,
  type SegmentSection,
  STREAM,
  type Template,
  VALUE_END,
} from './segment.js';
import { decodeUtf8 } from './utf8.js';

const CUT_TEXT = String.fromCharCode(CUT);

export class SegmentReader {
  readonly rows: number;
  readonly sections: readonly SegmentSection[];

  /**
   * @param bytes a decompressed segment
   * @param columns the number of its columns
   */
  constructor(bytes: Uint8Array, columns: number) {
    const reader = new ByteReader(bytes);
    this.rows = reader.varint();
    this.sections = Array.from({ length: columns }, () => readSection(reader.take(reader.varint()), this.rows));
  }

  /** The cell's JSON text, or '' if it is missing. @param names the names of the row's resources */
  cell(column: number, row: number, names: () => readonly string[]): string {
    const section = this.sections[column];
    const cell = section?.cellOfRow[row];
    if (section === undefined || cell === undefined) throw new RangeError(`no cell ${String(column)}, ${String(row)}`);
    if (cell === 0) return '';
    const { pieces } = section.templates[section.templateOf[cell - 1] as number] as Template;
    const { values, ends } = section;
    const text = joinCell(
      section,
      cell - 1,
      pieces,
      (value) => decodeUtf8(values.subarray(value === 0 ? 0 : (ends[value - 1] as number) + 1, ends[value])),
      names,
    );
    return text.includes(CUT_TEXT) ? text.replaceAll(CUT_TEXT, ELLIPSIS) : text;
  }
}

/** An array for numbers below `limit`. */
function numbers(length: number, limit: number): Uint16Array | Uint32Array {
  return limit <= 0x10000 ? new Uint16Array(length) : new Uint32Array(length);
}

function readPlanes(reader: ByteReader, count: number): Uint32Array {
  const planes = reader.byte() as Planes;
  const codes = new Uint32Array(count);
  decodeCodes(reader.take(planes * count), planes, codes, 0);
  return codes;
}

function readSection(bytes: Uint8Array, rows: number): SegmentSection {
  const reader = new ByteReader(bytes);
  const templates: Template[] = [];
  for (let i = reader.varint(); i > 0; i--) {
    templates.push({ pieces: decodeUtf8(reader.take(reader.varint())).split('\0') });
  }
  const cells = reader.varint();
  const cellOfRow = numbers(rows, cells + 1);
  const rowOf = numbers(cells, rows);
  let next = 0;
  readPlanes(reader, rows).forEach((symbol, row) => {
    if (symbol === 1) {
      rowOf[next] = row;
      cellOfRow[row] = ++next;
    } else if (symbol > 0) {
      cellOfRow[row] = symbol - 1;
    }
  });
  const templateOf = numbers(cells, templates.length);
  templateOf.set(readPlanes(reader, cells));
  const { rankOf, cellsBy, firstCell } = groupCells(templateOf, templates.length);
  const firstStream = new Uint32Array(templates.length);
  let streamCount = 0;
  templates.forEach(({ pieces }, template) => {
    firstStream[template] = streamCount;
    streamCount += pieces.length - 1;
  });
  const cellCounts = new Uint32Array(streamCount);
  firstStream.forEach((first, template) => {
    const count = (firstCell[template + 1] as number) - (firstCell[template] as number);
    cellCounts.fill(count, first, firstStream[template + 1] ?? streamCount);
  });
  const { streams, values, ends } = readStreams(reader, cellCounts);
  return { templates, cellOfRow, rowOf, templateOf, rankOf, cellsBy, firstCell, firstStream, streams, values, ends };
}

function groupCells(
  templateOf: Uint16Array | Uint32Array,
  templates: number,
): Pick<SegmentSection, 'rankOf' | 'cellsBy' | 'firstCell'> {
  const cells = templateOf.length;
  const rankOf = numbers(cells, cells);
  const counts = new Uint32Array(templates);
  for (let cell = 0; cell < cells; cell++) {
    const template = templateOf[cell] as number;
    rankOf[cell] = counts[template] as number;
    counts[template] = (counts[template] as number) + 1;
  }
  const firstCell = new Uint32Array(templates + 1);
  counts.forEach((count, template) => (firstCell[template + 1] = (firstCell[template] as number) + count));
  const cellsBy = numbers(cells, cells);
  for (let cell = 0; cell < cells; cell++) {
    cellsBy[(firstCell[templateOf[cell] as number] as number) + (rankOf[cell] as number)] = cell;
  }
  return { rankOf, cellsBy, firstCell };
}

/** @param cellCounts the number of cells in each stream that have a value or a reference */
function readStreams(reader: ByteReader, cellCounts: Uint32Array): Pick<SegmentSection, 'streams' | 'values' | 'ends'> {
  const count = cellCounts.length;
  const kinds = new Uint8Array(count);
  const hasReferences = new Uint8Array(count);
  const distinct = new Uint32Array(count);
  const lengths = new Uint32Array(count);
  const chosenAt = new Int32Array(count).fill(-1);
  let chosenCount = 0;
  for (let stream = 0; stream < count; stream++) {
    const kind = reader.byte();
    kinds[stream] = kind;
    hasReferences[stream] = kind & STREAM.references;
    if (kind & STREAM.dictionary) distinct[stream] = reader.varint();
    if (kind & STREAM.hex) lengths[stream] = reader.varint();
    if ((kind & (STREAM.references | STREAM.dictionary)) === 0) continue;
    chosenAt[stream] = chosenCount;
    chosenCount += cellCounts[stream] as number;
  }
  const chosen = new Uint32Array(chosenCount);
  const own = readReferences(reader, cellCounts, kinds, chosenAt, chosen);

  const firstValue = new Uint32Array(count + 1);
  for (let stream = 0; stream < count; stream++) {
    const isDictionary = ((kinds[stream] as number) & STREAM.dictionary) !== 0;
    const first = firstValue[stream] as number;
    firstValue[stream + 1] = first + ((isDictionary ? distinct[stream] : own[stream]) as number);
    const at = chosenAt[stream] as number;
    if (at < 0) continue;
    const choices = isDictionary ? readChoices(reader, own[stream] as number, distinct[stream] as number) : undefined;
    let taken = 0;
    for (let i = at; i < at + (cellCounts[stream] as number); i++) {
      if (chosen[i] !== 0) continue;
      chosen[i] = first + (choices ? (choices[taken] as number) : taken);
      taken++;
    }
  }
  return {
    streams: { firstValue, chosenAt, chosen, hasReferences },
    ...readValues(reader, kinds, lengths, firstValue),
  };
}

/**
 * Writes the references into `chosen`, and leaves 0 for each of the stream's own values; returns the number of these.
 */
function readReferences(
  reader: ByteReader,
  cellCounts: Uint32Array,
  kinds: Uint8Array,
  chosenAt: Int32Array,
  chosen: Uint32Array,
): Uint32Array {
  const own = cellCounts.slice();
  for (let stream = 0; stream < kinds.length; stream++) {
    if (((kinds[stream] as number) & STREAM.references) === 0) continue;
    const places = reader.take(cellCounts[stream] as number);
    const at = chosenAt[stream] as number;
    for (let rank = 0; rank < places.length; rank++) {
      if (places[rank] === 0) continue;
      chosen[at + rank] = (REFERENCE | (places[rank] as number)) >>> 0;
      own[stream] = (own[stream] as number) - 1;
    }
  }
  for (let i = 0; i < chosen.length; i++)
    if (chosen[i] !== 0) chosen[i] = ((chosen[i] as number) | (reader.byte() << 8)) >>> 0;
  return own;
}

/** For each value of a stream, the index of its distinct value. */
function readChoices(reader: ByteReader, count: number, distinct: number): Uint32Array {
  const planes = planesFor(distinct + 1);
  const choices = new Uint32Array(count);
  decodeCodes(reader.take(planes * count), planes, choices, 0);
  let next = 0;
  for (let i = 0; i < count; i++) choices[i] = choices[i] === 0 ? next++ : (choices[i] as number) - 1;
  return choices;
}

/** The values as text, each terminated by 0x0a, in the order of their streams. */
function readValues(
  reader: ByteReader,
  kinds: Uint8Array,
  lengths: Uint32Array,
  firstValue: Uint32Array,
): Pick<SegmentSection, 'values' | 'ends'> {
  const countOf = (stream: number): number => (firstValue[stream + 1] as number) - (firstValue[stream] as number);
  let packedSize = 0;
  let unpackedSize = 0;
  for (let stream = 0; stream < kinds.length; stream++) {
    const kind = kinds[stream] as number;
    if ((kind & (STREAM.guid | STREAM.hex)) === 0) continue;
    const length = kind & STREAM.guid ? GUID_LENGTH : (lengths[stream] as number);
    packedSize += countOf(stream) * (kind & STREAM.guid ? GUID_BYTES : length / 2);
    unpackedSize += countOf(stream) * (length + 1);
  }
  const packed = reader.take(packedSize);
  const texts = reader.take(reader.bytes.length - reader.position);
  const values = unpackedSize === 0 ? texts : new Uint8Array(texts.length + unpackedSize);
  const ends = new Uint32Array(firstValue[kinds.length] as number);
  let value = 0;
  let at = 0;
  let fromPacked = 0;
  let fromTexts = 0;
  for (let stream = 0; stream < kinds.length; stream++) {
    const kind = kinds[stream] as number;
    const last = firstValue[stream + 1] as number;
    if (kind & (STREAM.guid | STREAM.hex)) {
      const size = kind & STREAM.guid ? GUID_BYTES : (lengths[stream] as number) / 2;
      for (; value < last; fromPacked += size) {
        at =
          kind & STREAM.guid
            ? unpackGuid(packed, fromPacked, values, at)
            : unpackHex(packed, fromPacked, fromPacked + size, values, at);
        ends[value++] = at;
        values[at++] = VALUE_END;
      }
      continue;
    }
    const start = fromTexts;
    for (const shift = at - fromTexts; value < last;) {
      while (texts[fromTexts] !== VALUE_END) {
        if (fromTexts++ >= texts.length) throw new RangeError('a segment’s values do not match its templates');
      }
      ends[value++] = fromTexts++ + shift;
    }
    if (values !== texts) values.set(texts.subarray(start, fromTexts), at);
    at += fromTexts - start;
  }
  if (fromTexts !== texts.length) throw new RangeError('a segment’s values do not match its templates');
  return { values, ends };
}
