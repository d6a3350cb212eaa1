/** One column of a segment, as the worker keeps it: to be searched without case, and to be read as it was written. */
import { CUT, ELLIPSIS, joinCell, type SegmentSection } from '../../scripts/shared/segment.js';
import { CasedTexts, lowerTexts } from '../data/cased-texts.js';

const CUT_TEXT = String.fromCharCode(CUT);

/** The names that a segment's rows refer to; rows are counted from the segment's first. */
export interface SegmentNames {
  of(row: number): readonly string[];
  /** In lower case. */
  lowerOf(row: number): readonly string[];
  /** Their numbers. */
  numbersOf(row: number): Uint32Array;
  /** 1 for each number whose name contains the lower-case text. */
  containing(text: string): Uint8Array;
}

export class KeptSection {
  /** What it is made of, but for its texts. */
  readonly parts: Omit<SegmentSection, 'values' | 'ends' | 'templates'>;
  /** Each template in lower case, with 0x00 for each slot. */
  readonly templates: readonly string[];
  /** All values. */
  readonly values: CasedTexts;
  /** Each template's JSON between the slots. */
  readonly pieces: readonly (readonly string[])[];

  constructor(
    { values, ends, templates, ...parts }: SegmentSection,
    readonly names: SegmentNames,
  ) {
    this.parts = parts;
    this.pieces = templates.map(({ pieces }) => pieces);
    this.templates = this.pieces.map((pieces) => pieces.join('\0').toLowerCase());
    // The reader made them for this section alone.
    const [bytes, lineEnds] = [values as Uint8Array<ArrayBuffer>, ends as Uint32Array<ArrayBuffer>];
    this.values = new CasedTexts(lowerTexts(bytes, lineEnds), 1);
  }

  get cells(): number {
    return this.parts.rowOf.length;
  }

  /** A row's JSON text, or '' where it is missing. */
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

  /** A cell's text in lower case. */
  lowerCell(cell: number): string {
    return joinCell(
      this.parts,
      cell,
      this.lowerPieces(this.parts.templateOf[cell] as number),
      (value) => this.values.lowerAt(value),
      () => this.names.lowerOf(this.parts.rowOf[cell] as number),
    );
  }

  /** A template's JSON between the slots, in lower case. */
  lowerPieces(template: number): readonly string[] {
    return (this.templates[template] as string).split('\0');
  }
}
