/**
 * Which rows of a segment hold a pattern in one column's JSON text, without putting each row's text together: templates
 * are tested once each, distinct values all at once. Only a pattern that could lie across the edge between a template and
 * a value makes cells be read one by one, and then only those that hold its longest inner part.
 */
import { isReference, joinCell, referred, type SegmentSection } from '../../scripts/shared/segment.js';
import { literalOf, testOf, type Pattern } from '../../scripts/shared/query/pattern.js';

const DECODER = new TextDecoder();

/** The pattern as the log may have written it: JSON escapes quotes and backslashes, some writers also `<>&'=`. */
export function spellingsOf(pattern: Pattern): readonly Pattern[] {
  if (pattern.regex) return [pattern];
  const escaped = JSON.stringify(pattern.text).slice(1, -1);
  const inHex = pattern.text.replace(
    /[<>&'=\u0080-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [...new Set([pattern.text, escaped, inHex])].map((text) => ({ ...pattern, text }));
}

/**
 * Whether text could begin in a template and end in a value, or the other way round. A value in quotes is left by its
 * quote; a number by `:` `,` `[` before it and `,` `]` `}` after it.
 */
function mayCrossEdge(text: string): boolean {
  return /["{}[\],]/.test(text) || /^:[-\d]/.test(text);
}

/** How many of a pattern's parts are looked for before cells are read. */
const MOST_PARTS = 2;

/** The longest parts of the pattern's literal that cross no edge: what matches holds each of them. */
function partsOf(pattern: Pattern): readonly string[] {
  const parts = literalOf(pattern).split(/["{}[\],]|:(?=[-\d])/);
  const longest = parts.filter((part) => part !== '' && part !== ':').sort((a, b) => b.length - a.length);
  return longest.slice(0, MOST_PARTS);
}

/** The names that a segment's rows refer to; rows are counted from the segment's first. */
export interface SegmentNames {
  /** In lower case. */
  lowerOf(row: number): readonly string[];
  /** Their numbers. */
  numbersOf(row: number): Uint32Array;
  /** 1 for each number whose name contains the lower-case text. */
  containing(text: string): Uint8Array;
}

/** One section, ready to be searched: kept in lower case, and without what only reading its cells needs. */
export class SectionSearch {
  private readonly section: Omit<SegmentSection, 'values' | 'ends' | 'templates'>;
  private readonly pieces: readonly (readonly string[])[];
  private readonly templates: readonly string[];
  /** All values, each ended by a line feed, and where each ends. */
  private readonly text: string;
  private readonly ends: Uint32Array;

  constructor(
    { values, ends, templates, ...section }: SegmentSection,
    private readonly names: SegmentNames,
  ) {
    this.section = section;
    this.pieces = templates.map(({ pieces }) => pieces.map((piece) => piece.toLowerCase()));
    this.templates = this.pieces.map((pieces) => pieces.join('\0'));
    this.text = DECODER.decode(values).toLowerCase();
    // No character is longer in UTF-16 than in UTF-8, lower case or not: equal lengths mean equal places.
    this.ends = this.text.length === values.length ? ends : lineEnds(this.text, ends.length);
  }

  /**
   * Sets hits[row] for each matching row.
   *
   * @param besides whether the rows whose resources match are found elsewhere; then references need not be looked at
   */
  search(pattern: Pattern, hits: Uint8Array, besides: boolean): void {
    const { cellOfRow } = this.section;
    if (pattern.wild && !pattern.regex && pattern.text === '?') {
      for (let row = 0; row < cellOfRow.length; row++) if (cellOfRow[row] !== 0) hits[row] = 1;
      return;
    }
    const cells = new Uint8Array(this.section.rowOf.length);
    for (const spelling of spellingsOf(pattern)) {
      if (spelling.wild || mayCrossEdge(spelling.text)) this.searchCells(spelling, cells);
      else this.markParts(spelling.text, cells, besides);
    }
    if (!cells.includes(1)) return;
    for (let row = 0; row < cellOfRow.length; row++) {
      const cell = cellOfRow[row] as number;
      if (cell !== 0 && cells[cell - 1] === 1) hits[row] = 1;
    }
  }

  /** Cells whose text matches, among those that hold the pattern's longest parts that cross no edge. */
  private searchCells(pattern: Pattern, marks: Uint8Array): void {
    const candidates = new Uint8Array(marks.length).fill(1);
    for (const part of partsOf(pattern)) {
      const holding = new Uint8Array(marks.length);
      this.markParts(part, holding, false);
      for (let cell = 0; cell < marks.length; cell++) (candidates[cell] as number) &= holding[cell] as number;
    }
    const test = testOf(pattern);
    for (let cell = 0; cell < marks.length; cell++) {
      if (candidates[cell] === 1 && marks[cell] === 0 && test(this.cellText(cell))) marks[cell] = 1;
    }
  }

  private cellText(cell: number): string {
    const { text, ends, section } = this;
    let names: readonly string[] | undefined;
    return joinCell(
      section,
      cell,
      this.pieces[section.templateOf[cell] as number] as readonly string[],
      (value) => text.slice(value === 0 ? 0 : (ends[value - 1] as number) + 1, ends[value]),
      () => (names ??= this.names.lowerOf(section.rowOf[cell] as number)),
    );
  }

  /** Sets marks[cell] where the text is part of the cell's template or of one of its values. */
  private markParts(text: string, marks: Uint8Array, besides: boolean): void {
    this.markTemplates(text, marks);
    this.markValues(text, marks);
    if (!besides && this.section.streams.hasReferences.includes(1)) this.markReferences(text, marks);
  }

  private markTemplates(text: string, marks: Uint8Array): void {
    const { cellsBy, firstCell } = this.section;
    this.templates.forEach((template, number) => {
      if (!template.includes(text)) return;
      const to = firstCell[number + 1] as number;
      for (let i = firstCell[number] as number; i < to; i++) marks[cellsBy[i] as number] = 1;
    });
  }

  private markValues(text: string, marks: Uint8Array): void {
    const { ends, text: values, section } = this;
    const { firstValue, chosenAt } = section.streams;
    let flags: Uint8Array | undefined;
    let value = 0;
    let stream = 0;
    let template = 0;
    for (let at = values.indexOf(text); at >= 0; at = values.indexOf(text, (ends[value] as number) + 1)) {
      while ((ends[value] as number) < at) value++;
      while ((firstValue[stream + 1] as number) <= value) stream++;
      template = this.templateOfStream(stream, template);
      const firstCell = section.firstCell[template] as number;
      if ((chosenAt[stream] as number) < 0) {
        marks[section.cellsBy[firstCell + value - (firstValue[stream] as number)] as number] = 1;
        continue;
      }
      // A value that stands in several cells: those of its stream are looked through once for all that match.
      flags ??= new Uint8Array(ends.length);
      flags[value] = 1;
      const last = (firstValue[stream + 1] as number) - 1;
      const streamEnd = ends[last] as number;
      for (;;) {
        const next = values.indexOf(text, (ends[value] as number) + 1);
        if (next < 0 || next > streamEnd) break;
        while ((ends[value] as number) < next) value++;
        flags[value] = 1;
      }
      this.markChosen(stream, template, flags, marks);
      value = last;
    }
  }

  /** Sets marks of the cells that have a flagged value in the stream. */
  private markChosen(stream: number, template: number, flags: Uint8Array, marks: Uint8Array): void {
    const { cellsBy, firstCell, streams } = this.section;
    const from = firstCell[template] as number;
    const to = firstCell[template + 1] as number;
    const shift = (streams.chosenAt[stream] as number) - from;
    const { chosen } = streams;
    for (let i = from; i < to; i++) {
      const choice = chosen[i + shift] as number;
      // The numbers of references lie beyond those of values.
      if (choice < flags.length && flags[choice] === 1) marks[cellsBy[i] as number] = 1;
    }
  }

  private markReferences(text: string, marks: Uint8Array): void {
    const flags = this.names.containing(text);
    if (!flags.includes(1)) return;
    const { cellsBy, firstCell, rowOf, streams } = this.section;
    let template = 0;
    for (let stream = 0; stream < streams.hasReferences.length; stream++) {
      if (streams.hasReferences[stream] === 0) continue;
      template = this.templateOfStream(stream, template);
      const from = firstCell[template] as number;
      const to = firstCell[template + 1] as number;
      const shift = (streams.chosenAt[stream] as number) - from;
      for (let i = from; i < to; i++) {
        const cell = cellsBy[i] as number;
        const choice = streams.chosen[i + shift] as number;
        if (!isReference(choice) || marks[cell] === 1) continue;
        const row = rowOf[cell] as number;
        if (flags[this.names.numbersOf(row)[(choice & 0xff) - 1] as number] !== 1) continue;
        // What the reference skips is no part of the value.
        if (referred(choice, this.names.lowerOf(row)).includes(text)) marks[cell] = 1;
      }
    }
  }

  /** The template that a stream is of, looked for from `from` on: templates have runs of streams, in order. */
  private templateOfStream(stream: number, from: number): number {
    const { firstStream } = this.section;
    let template = from;
    while (template + 1 < firstStream.length && (firstStream[template + 1] as number) <= stream) template++;
    return template;
  }
}

function lineEnds(text: string, count: number): Uint32Array {
  const ends = new Uint32Array(count);
  let at = -1;
  for (let value = 0; value < count; value++) ends[value] = at = text.indexOf('\n', at + 1);
  return ends;
}
