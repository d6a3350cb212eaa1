/**
 * A segment: the text and json cells of some rows, with what repeats taken out.
 *
 * Every cell is JSON text (a `text` cell is a JSON string, quotes included); a missing cell is empty. A cell is split into its template, the JSON with
 * the contents of its string values and its numbers cut out (a 0x00 byte stands for each), and the values. Compact JSON
 * holds no byte below 0x20, so 0x00, the 0x0a that ends each value and the 0x1a of a cut one are free. One call's parameters share a
 * template with all calls of its kind, and values of one field lie side by side, which is what gzip wants.
 *
 * Encoded: varint rows, then per column: varint size of the section, and the section:
 *   varint number of templates (the empty one, 0, not counted)
 *   each template: varint byte length, bytes
 *   one byte: planes of the template numbers, then the planes (`codes.ts`)
 *   values: for each template, for each of its slots, for each row of that template in order: bytes, 0x0a
 */
import { ByteReader } from './bytes.js';
import { decodeCodes, type Planes } from './codes.js';

export const SLOT = 0x00;
export const VALUE_END = 0x0a;
/** At the end of a value that was cut for the page; a reader sees an ellipsis. ASCII, so that a search stays fast. */
export const CUT = 0x1a;
/** What a reader sees at the end of a cut value. */
export const ELLIPSIS = '…';
const CUT_TEXT = String.fromCharCode(CUT);

interface Template {
  readonly bytes: Uint8Array;
  readonly slots: number;
}

/** One column of a segment, taken apart; the page searches it without putting cells together. */
export interface SegmentSection {
  readonly templates: readonly Template[];
  /** Template number of each row. */
  readonly codes: Uint32Array;
  /** How many rows before this one have the same template. */
  readonly rank: Uint32Array;
  /** How many rows each template has. */
  readonly rowsOf: Uint32Array;
  /** Which of `ends` is the first of each template's. */
  readonly firstOf: Uint32Array;
  readonly values: Uint8Array;
  /** Where each value ends (at its 0x0a), over all templates and slots; found when first asked for. */
  readonly ends: () => Uint32Array;
}

const DECODER = new TextDecoder();

export class SegmentReader {
  readonly rows: number;
  readonly sections: readonly SegmentSection[];

  /** @param bytes an inflated segment  @param columns how many columns it has */
  constructor(bytes: Uint8Array, columns: number) {
    const reader = new ByteReader(bytes);
    this.rows = reader.varint();
    this.sections = Array.from({ length: columns }, () => readSection(reader.take(reader.varint()), this.rows));
  }

  /** The cell's JSON text, or '' where it is missing. */
  cell(column: number, row: number): string {
    const section = this.sections[column];
    const code = section?.codes[row];
    if (section === undefined || code === undefined) throw new RangeError(`no cell ${String(column)}, ${String(row)}`);
    if (code === 0) return '';
    const template = section.templates[code] as Template;
    const ends = section.ends();
    const rowsOf = section.rowsOf[code] as number;
    let value = (section.firstOf[code] as number) + (section.rank[row] as number);
    let text = '';
    let last = 0;
    for (let i = 0; i < template.bytes.length; i++) {
      if (template.bytes[i] !== SLOT) continue;
      const start = value === 0 ? 0 : (ends[value - 1] as number) + 1;
      text += DECODER.decode(template.bytes.subarray(last, i));
      text += DECODER.decode(section.values.subarray(start, ends[value]));
      last = i + 1;
      value += rowsOf;
    }
    text += DECODER.decode(template.bytes.subarray(last));
    return text.includes(CUT_TEXT) ? text.replaceAll(CUT_TEXT, ELLIPSIS) : text;
  }
}

function readSection(bytes: Uint8Array, rows: number): SegmentSection {
  const reader = new ByteReader(bytes);
  const templates: Template[] = [{ bytes: new Uint8Array(0), slots: 0 }];
  for (let i = reader.varint(); i > 0; i--) {
    const template = reader.take(reader.varint());
    let slots = 0;
    for (const byte of template) if (byte === SLOT) slots++;
    templates.push({ bytes: template, slots });
  }
  const planes = reader.byte() as Planes;
  const codes = new Uint32Array(rows);
  decodeCodes(reader.take(planes * rows), planes, codes, 0);

  const rank = new Uint32Array(rows);
  const rowsOf = new Uint32Array(templates.length);
  for (let row = 0; row < rows; row++) {
    const code = codes[row] as number;
    rank[row] = rowsOf[code] as number;
    rowsOf[code] = (rowsOf[code] as number) + 1;
  }
  const firstOf = new Uint32Array(templates.length);
  let total = 0;
  templates.forEach(({ slots }, code) => {
    firstOf[code] = total;
    total += slots * (rowsOf[code] as number);
  });
  const values = bytes.subarray(reader.position);
  let ends: Uint32Array | undefined;
  return {
    templates,
    codes,
    rank,
    rowsOf,
    firstOf,
    values,
    ends: () => (ends ??= findEnds(values, total)),
  };
}

function findEnds(values: Uint8Array, total: number): Uint32Array {
  const ends = new Uint32Array(total);
  let value = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === VALUE_END) ends[value++] = i;
  if (value !== total) throw new RangeError('a segment’s values do not match its templates');
  return ends;
}
