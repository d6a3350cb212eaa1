/**
 * Which rows of a segment hold a pattern in one column's JSON text, without putting each row's text together: templates
 * are tested once each, distinct values all at once. Only a pattern that could lie across the edge between a template and
 * a value makes cells be read one by one (`cell-machine.ts`), and then only those that hold its longest inner parts.
 */
import { isReference, referred } from '../../scripts/shared/segment.js';
import { literalOf, patternOf, testOf, type Pattern } from '../../scripts/shared/query/pattern.js';
import { RegexMatcher } from '../../scripts/shared/query/regex/matcher.js';
import { CellMachine } from './cell-machine.js';
import type { KeptSection } from './kept-section.js';

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

/** The expression that matches what a pattern with wildcards does, in any part of a text. */
function expressionOf({ text, regex }: Pattern): string {
  if (regex) return text;
  return text.replace(/[*?]|[^\w\s\u0080-\uffff]/g, (sign) => (sign === '*' ? '.*' : sign === '?' ? '.' : `\\${sign}`));
}

/** A pattern, ready to be looked for in many sections. */
export class TextSearch {
  private readonly spellings: readonly Spelling[];
  /** Whether it asks only whether there is a text. */
  private readonly isPresence: boolean;

  constructor(pattern: Pattern) {
    this.isPresence = pattern.wild && !pattern.regex && /^\**\??\**$/.test(pattern.text);
    this.spellings = spellingsOf(trimmed(pattern)).map((spelling): Spelling => {
      const { text, wild, regex } = spelling;
      if (!wild && !mayCrossEdge(text)) return { text };
      const parts = partsOf(spelling);
      const isAnyText = !regex && (text.match(/\?/g) ?? []).length > MOST_QUESTIONS;
      return isAnyText
        ? { parts, test: testOf(spelling) }
        : { parts, matcher: new RegexMatcher(expressionOf(spelling)) };
    });
  }

  /**
   * Sets hits[row] for each row of the section that matches. May throw a SlowPattern.
   *
   * @param besides whether the rows whose resources match are found elsewhere; then references need not be looked at
   */
  search(section: KeptSection, hits: Uint8Array, besides: boolean): void {
    const { cellOfRow } = section.parts;
    if (section.cells === 0) return;
    if (this.isPresence) {
      for (let row = 0; row < cellOfRow.length; row++) if (cellOfRow[row] !== 0) hits[row] = 1;
      return;
    }
    const marks = new Uint8Array(section.cells);
    for (const spelling of this.spellings) {
      if ('text' in spelling) markParts(section, spelling.text, marks, besides);
      else searchCells(section, spelling, marks);
    }
    if (!marks.includes(1)) return;
    for (let row = 0; row < cellOfRow.length; row++) {
      const cell = cellOfRow[row] as number;
      if (cell !== 0 && marks[cell - 1] === 1) hits[row] = 1;
    }
  }
}

/** Text that crosses no edge; or parts that what matches holds, and what tells whether it does. */
type Spelling = { readonly text: string } | InCells;
type InCells = { readonly parts: readonly string[] } & (
  { readonly matcher: RegexMatcher } | { readonly test: (cell: string) => boolean }
);

/** With more of them, a machine could have thousands of states. */
const MOST_QUESTIONS = 6;

/** Without wildcards at its ends, where anything may stand anyway. */
function trimmed(pattern: Pattern): Pattern {
  if (!pattern.wild || pattern.regex) return pattern;
  return patternOf(pattern.text.replace(/^\*+|\*+$/g, ''), true, false);
}

/** Cells whose text matches, among those that hold the pattern's longest parts that cross no edge. */
function searchCells(section: KeptSection, spelling: InCells, marks: Uint8Array): void {
  const candidates = new Uint8Array(marks.length).fill(1);
  for (const part of spelling.parts) {
    const holding = new Uint8Array(marks.length);
    markParts(section, part, holding, false);
    for (let cell = 0; cell < marks.length; cell++) (candidates[cell] as number) &= holding[cell] as number;
  }
  if (!candidates.includes(1)) return;
  if ('matcher' in spelling) {
    new CellMachine(spelling.matcher, section).search(candidates, marks);
    return;
  }
  for (let cell = 0; cell < marks.length; cell++)
    if (candidates[cell] === 1 && marks[cell] === 0 && spelling.test(section.lowerCell(cell))) marks[cell] = 1;
}

/** Sets marks[cell] where the text is part of the cell's template or of one of its values. */
function markParts(section: KeptSection, text: string, marks: Uint8Array, besides: boolean): void {
  markTemplates(section, text, marks);
  markValues(section, text, marks);
  if (!besides && section.parts.streams.hasReferences.includes(1)) markReferences(section, text, marks);
}

function markTemplates({ parts, templates }: KeptSection, text: string, marks: Uint8Array): void {
  const { cellsBy, firstCell } = parts;
  templates.forEach((template, number) => {
    if (!template.includes(text)) return;
    const to = firstCell[number + 1] as number;
    for (let i = firstCell[number] as number; i < to; i++) marks[cellsBy[i] as number] = 1;
  });
}

function markValues({ parts, values: { ends, lower: values } }: KeptSection, text: string, marks: Uint8Array): void {
  const { firstValue, chosenAt } = parts.streams;
  let flags: Uint8Array | undefined;
  let value = 0;
  let stream = 0;
  let template = 0;
  for (let at = values.indexOf(text); at >= 0; at = values.indexOf(text, (ends[value] as number) + 1)) {
    while ((ends[value] as number) < at) value++;
    while ((firstValue[stream + 1] as number) <= value) stream++;
    template = templateOfStream(parts, stream, template);
    const firstCell = parts.firstCell[template] as number;
    if ((chosenAt[stream] as number) < 0) {
      marks[parts.cellsBy[firstCell + value - (firstValue[stream] as number)] as number] = 1;
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
    markChosen(parts, stream, template, flags, marks);
    value = last;
  }
}

/** Sets marks of the cells that have a flagged value in the stream. */
function markChosen(
  { cellsBy, firstCell, streams }: KeptSection['parts'],
  stream: number,
  template: number,
  flags: Uint8Array,
  marks: Uint8Array,
): void {
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

function markReferences({ parts, names }: KeptSection, text: string, marks: Uint8Array): void {
  const flags = names.containing(text);
  if (!flags.includes(1)) return;
  const { cellsBy, firstCell, rowOf, streams } = parts;
  let template = 0;
  for (let stream = 0; stream < streams.hasReferences.length; stream++) {
    if (streams.hasReferences[stream] === 0) continue;
    template = templateOfStream(parts, stream, template);
    const from = firstCell[template] as number;
    const to = firstCell[template + 1] as number;
    const shift = (streams.chosenAt[stream] as number) - from;
    for (let i = from; i < to; i++) {
      const cell = cellsBy[i] as number;
      const choice = streams.chosen[i + shift] as number;
      if (!isReference(choice) || marks[cell] === 1) continue;
      const row = rowOf[cell] as number;
      if (flags[names.numbersOf(row)[(choice & 0xff) - 1] as number] !== 1) continue;
      // What the reference skips is no part of the value.
      if (referred(choice, names.lowerOf(row)).includes(text)) marks[cell] = 1;
    }
  }
}

/** The template that a stream is of, looked for from `from` on: templates have runs of streams, in order. */
function templateOfStream({ firstStream }: KeptSection['parts'], stream: number, from: number): number {
  let template = from;
  while (template + 1 < firstStream.length && (firstStream[template + 1] as number) <= stream) template++;
  return template;
}
