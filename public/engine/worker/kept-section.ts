/** One column of a segment in the worker's memory, for searching without case and for reading as written. */
import { CUT, ELLIPSIS, joinCell, type SegmentSection } from '#shared/format/segment.js';
import { CasedTexts, lowerTexts } from '#shared/columnar/cased-texts.js';

const COLON = 0x3a;
const SLASH = 0x2f;
const CUT_TEXT = String.fromCharCode(CUT);

/** The names that a segment's rows refer to; rows are counted from the segment's first. */
interface SegmentNames {
  /** All names, by number. */
  readonly texts: CasedTexts;
  of(row: number): readonly string[];
  /** The number of a row's name by its index, from 0 on; undefined if the row has fewer. */
  nameAt(row: number, place: number): number | undefined;
  /** 1 for each name that contains the lower-case text. */
  containing(text: string): Uint8Array;
}

/** The start and end of a text. */
interface TextSpan {
  from: number;
  to: number;
}

export class KeptSection {
  /** The decoded section without its texts. */
  readonly parts: Omit<SegmentSection, 'values' | 'ends' | 'templates'>;
  /** Each template in lower case, with 0x00 for each slot. */
  readonly templates: readonly string[];
  /** All values. */
  readonly values: CasedTexts;
  /** Each template's JSON between the slots. */
  readonly pieces: readonly (readonly string[])[];
  private readonly span: TextSpan = { from: 0, to: 0 };

  constructor(
    { values, ends, templates, ...parts }: SegmentSection,
    readonly names: SegmentNames,
  ) {
    this.parts = parts;
    this.pieces = templates.map(({ pieces }) => pieces);
    this.templates = this.pieces.map((pieces) => pieces.join('\0').toLowerCase());
    // The reader made these arrays for this section alone.
    const [bytes, lineEnds] = [values as Uint8Array<ArrayBuffer>, ends as Uint32Array<ArrayBuffer>];
    this.values = new CasedTexts(lowerTexts(bytes, lineEnds), 1);
  }

  get cells(): number {
    return this.parts.rowOf.length;
  }

  /** A row's JSON text; '' if it is missing. */
  row(row: number): string {
    const cell = this.parts.cellOfRow[row];
    if (cell === undefined) throw new RangeError(`no row ${String(row)}`);
    if (cell === 0) return '';
    const pieces = this.pieces[this.parts.templateOf[cell - 1] as number] as readonly string[];
    const text = joinCell(
      this.parts,
      cell - 1,
      pieces,
      (value) => this.values.at(value),
      () => this.names.of(row),
    );
    return text.includes(CUT_TEXT) ? text.replaceAll(CUT_TEXT, ELLIPSIS) : text;
  }

  /**
   * The position of a reference's text in the lower-case text of all names, for a cell: a name of its row, without the
   * part up to its m-th `:` or `/`. Always returns the same object.
   */
  referredSpan(choice: number, cell: number): TextSpan {
    const { span, parts } = this;
    const { lower, ends } = this.names.texts;
    const name = this.names.nameAt(parts.rowOf[cell] as number, (choice & 0xff) - 1);
    if (name === undefined) throw new RangeError('a segment refers to a resource that its row has not');
    span.from = this.names.texts.startOf(name);
    span.to = ends[name] as number;
    for (let skip = (choice >>> 8) & 0xff; skip > 0 && span.from < span.to; span.from++) {
      const unit = lower.charCodeAt(span.from);
      if (unit === COLON || unit === SLASH) skip--;
    }
    return span;
  }

  /** A cell's text in lower case. */
  lowerCell(cell: number): string {
    return joinCell(
      this.parts,
      cell,
      this.lowerPieces(this.parts.templateOf[cell] as number),
      (value) => this.values.lowerAt(value),
      () => this.names.of(this.parts.rowOf[cell] as number).map((name) => name.toLowerCase()),
    );
  }

  /** A template's JSON between the slots, in lower case. */
  lowerPieces(template: number): readonly string[] {
    return (this.templates[template] as string).split('\0');
  }
}
