/**
 * Finds the rows of a segment that contain a pattern in one column's JSON text, without composing each row's text: each
 * template is tested once, and all distinct values at once. Only if the pattern could cross the edge between a template
 * and a value are cells read one by one (`cell-machine.ts`), and then only those that contain its longest inner parts.
 */
import { isReference } from '#shared/format/segment.js';
import { literalOf, patternOf, testOf, type Pattern } from '#shared/query/pattern.js';
import { RegexMatcher, type WorkAccount } from '#shared/query/regex/matcher.js';
import { CellMachine } from './cell-machine.js';
import { EdgeCheck } from './edge-check.js';
import type { KeptSection } from './kept-section.js';

/**
 * The pattern in the forms in which a log may contain it: JSON escapes quotes and backslashes, some writers also
 * `<>&'=`.
 */
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
 * Whether text could begin in a template and end in a value, or the other way round. A quoted value ends at its quote;
 * a number is between `:` `,` `[` and `,` `]` `}`.
 */
function mayCrossEdge(text: string): boolean {
  return /["{}[\],]/.test(text) || /^:[-\d]/.test(text);
}

/** The number of a pattern's parts to search for before cells are read. */
const MOST_PARTS = 3;

/** The longest parts of the pattern that cross no edge: every match contains each of them. */
function partsOf(pattern: Pattern): readonly string[] {
  const literals = pattern.wild && !pattern.regex ? pattern.text.split(/[*?]/) : [literalOf(pattern)];
  const parts = literals.flatMap((literal) => literal.split(/["{}[\],]|:(?=[-\d])/));
  const longest = [...new Set(parts)].filter((part) => part !== '' && part !== ':');
  return longest.sort((a, b) => b.length - a.length).slice(0, MOST_PARTS);
}

/** A regular expression that matches the same as a pattern, in any part of a text. */
function expressionOf({ text, wild, regex }: Pattern): string {
  if (regex) return text;
  return text.replace(/[^\w\s\u0080-\uffff]/g, (sign) =>
    wild && sign === '*' ? '.*' : wild && sign === '?' ? '.' : `\\${sign}`,
  );
}

/** A pattern, prepared for a search in many sections. */
export class TextSearch {
  private readonly spellings: readonly Spelling[];
  /** Whether any text matches. */
  private readonly isPresence: boolean;

  /** @param work the work account of all terms of the query */
  constructor(pattern: Pattern, work?: WorkAccount) {
    this.isPresence = pattern.wild && !pattern.regex && /^\**\??\**$/.test(pattern.text);
    this.spellings = spellingsOf(trimmed(pattern)).map((spelling): Spelling => {
      const { text, wild, regex } = spelling;
      if (!wild && !mayCrossEdge(text)) return { text };
      const parts = partsOf(spelling);
      if (!regex && (text.match(/\?/g) ?? []).length > MOST_QUESTIONS) return { parts, test: testOf(spelling) };
      const machine = new CellMachine(new RegexMatcher(expressionOf(spelling), work));
      if (wild) return { parts, machine };
      // With few templates left, reading all cells is faster than searching for a letter everywhere.
      return { text, parts: parts.filter(({ length }) => length > 2), machine, edges: new EdgeCheck(text) };
    });
  }

  /**
   * Sets hits[row] for each row of the section that matches. May throw a SlowPattern.
   *
   * @param besides whether rows with matching resources are found elsewhere; then references are skipped
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
      if (spelling.text !== undefined) markParts(section, spelling.text, marks, besides);
      if (spelling.parts) searchCells(section, spelling, marks);
    }
    if (!marks.includes(1)) return;
    for (let row = 0; row < cellOfRow.length; row++) {
      const cell = cellOfRow[row] as number;
      if (cell !== 0 && marks[cell - 1] === 1) hits[row] = 1;
    }
  }
}

/** What to search for in each template and each value by itself (`text`), in cells (the other fields), or in both. */
interface Spelling {
  readonly text?: string;
  /** The texts that every matching cell contains. */
  readonly parts?: readonly string[];
  readonly machine?: CellMachine;
  readonly test?: (cell: string) => boolean;
  /** Decides which templates can match across their edges. */
  readonly edges?: EdgeCheck;
}

/** With more of them, a machine could have thousands of states. */
const MOST_QUESTIONS = 6;

/** Without wildcards at its ends, which match any text anyway. */
function trimmed(pattern: Pattern): Pattern {
  if (!pattern.wild || pattern.regex) return pattern;
  return patternOf(pattern.text.replace(/^\*+|\*+$/g, ''), true, false);
}

/** Finds matching cells among those that contain the pattern's longest inner parts. */
function searchCells(section: KeptSection, { parts = [], machine, test, edges }: Spelling, marks: Uint8Array): void {
  const isPossible = (template: string): boolean => edges?.isPossible(template) ?? true;
  if (!section.templates.some(isPossible)) return;
  const candidates = new Uint8Array(marks.length).fill(1);
  for (const part of parts) {
    const holding = new Uint8Array(marks.length);
    markParts(section, part, holding, false);
    for (let cell = 0; cell < marks.length; cell++) (candidates[cell] as number) &= holding[cell] as number;
  }
  if (!candidates.includes(1)) return;
  if (machine) machine.search(section, candidates, marks, isPossible);
  else if (test) {
    for (let cell = 0; cell < marks.length; cell++)
      if (candidates[cell] === 1 && marks[cell] === 0 && test(section.lowerCell(cell))) marks[cell] = 1;
  }
}

/** Sets marks[cell] if the text is part of the cell's template or of one of its values. */
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
    // For a value in several cells, its stream is scanned once for all matching values.
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

/** Marks the cells that have a flagged value in the stream. */
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
    // The numbers of references are above those of values.
    if (choice < flags.length && flags[choice] === 1) marks[cellsBy[i] as number] = 1;
  }
}

function markReferences(section: KeptSection, text: string, marks: Uint8Array): void {
  const { parts, names } = section;
  const flags = names.containing(text);
  if (!flags.includes(1)) return;
  const { cellsBy, firstCell, rowOf, streams } = parts;
  let template = 0;
  for (let stream = 0; stream < streams.hasReferences.length; stream++) {
    if (streams.hasReferences[stream] === 0) continue;
    template = templateOfStream(parts, stream, template);
    const first = firstCell[template] as number;
    const end = firstCell[template + 1] as number;
    const shift = (streams.chosenAt[stream] as number) - first;
    for (let i = first; i < end; i++) {
      const cell = cellsBy[i] as number;
      const choice = streams.chosen[i + shift] as number;
      if (!isReference(choice) || marks[cell] === 1) continue;
      const row = rowOf[cell] as number;
      if (flags[names.nameAt(row, (choice & 0xff) - 1) as number] !== 1) continue;
      // The part that the reference skips does not belong to the value.
      const { from, to } = section.referredSpan(choice, cell);
      if (names.texts.lower.slice(from, to).includes(text)) marks[cell] = 1;
    }
  }
}

/** The template of a stream, searched from `from` on: each template has a range of streams, in order. */
function templateOfStream({ firstStream }: KeptSection['parts'], stream: number, from: number): number {
  let template = from;
  while (template + 1 < firstStream.length && (firstStream[template + 1] as number) <= stream) template++;
  return template;
}
