/**
 * Which rows of a segment hold a pattern in one column's JSON text, without putting each row's text together:
 * templates are tested once each, values all at once. Only a pattern that could lie across the edge between a
 * template and a value makes rows be read one by one, and then only rows that hold its longest inner part.
 */
import type { SegmentSection } from '../../scripts/shared/segment.js';
import { literalOf, testOf, type Pattern } from '../query/pattern.js';

const DECODER = new TextDecoder();

/** The pattern as the log may have written it: JSON escapes quotes and backslashes, some writers also `<>&'=`. */
export function spellingsOf(pattern: Pattern): readonly Pattern[] {
  const texts = new Set([pattern.text, JSON.stringify(pattern.text).slice(1, -1)]);
  texts.add(
    pattern.text.replace(/[<>&'=\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
  return [...texts].map((text) => ({ ...pattern, text }));
}

/** Sets hits[row] for each matching row. `cell` puts a row's text together. */
export function searchSection(
  section: SegmentSection,
  pattern: Pattern,
  cell: (row: number) => string,
  hits: Uint8Array,
): void {
  for (const spelling of spellingsOf(pattern)) {
    if (spelling.wild || mayCrossEdge(spelling.text)) searchCells(section, spelling, cell, hits);
    else markParts(section, spelling.text, hits);
  }
}

/**
 * Whether text could begin in a template and end in a value, or the other way round. A value in quotes is left by its
 * quote; a number by `:` `,` `[` before it and `,` `]` `}` after it.
 */
function mayCrossEdge(text: string): boolean {
  return /["{}[\],]/.test(text) || /^:[-\d]/.test(text);
}

/** Rows whose text matches, among those that hold the pattern's longest part that crosses no edge. */
function searchCells(section: SegmentSection, pattern: Pattern, cell: (row: number) => string, hits: Uint8Array): void {
  const candidates = new Uint8Array(hits.length);
  const part = literalOf(pattern)
    .split(/["{}[\],]|:(?=[-\d])/)
    .reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
  if (part === '') candidates.fill(1);
  else markParts(section, part, candidates);
  const test = testOf(pattern);
  for (let row = 0; row < hits.length; row++) {
    if (candidates[row] === 1 && hits[row] === 0 && test(cell(row).toLowerCase())) hits[row] = 1;
  }
}

/** Sets marks[row] where the text is part of the row's template or of one of its values. */
function markParts(section: SegmentSection, text: string, marks: Uint8Array): void {
  markTemplates(section, text, marks);
  const values = DECODER.decode(section.values).toLowerCase();
  let at = values.indexOf(text);
  if (at < 0) return;
  const rowOf = rowsByTemplate(section);
  // Counts the line ends before a match to know which value it lies in; a value is a line.
  let value = 0;
  let lineEnd = values.indexOf('\n');
  let template = 0;
  while (at >= 0) {
    while (lineEnd < at) {
      value++;
      lineEnd = values.indexOf('\n', lineEnd + 1);
    }
    template = templateOf(section, value, template);
    const rank = (value - (section.firstOf[template] as number)) % (section.rowsOf[template] as number);
    marks[rowOf.rows[(rowOf.firstOf[template] as number) + rank] as number] = 1;
    at = values.indexOf(text, lineEnd);
  }
}

function markTemplates(section: SegmentSection, text: string, marks: Uint8Array): void {
  const matches = section.templates.map(
    ({ bytes }, code) => code > 0 && DECODER.decode(bytes).toLowerCase().includes(text),
  );
  if (!matches.includes(true)) return;
  for (let row = 0; row < marks.length; row++) if (matches[section.codes[row] as number]) marks[row] = 1;
}

/** The template that owns a value; templates own runs of values, in order. */
function templateOf(section: SegmentSection, value: number, from: number): number {
  let template = from;
  for (let next = from + 1; next < section.templates.length && (section.firstOf[next] as number) <= value; next++)
    template = next;
  // A template without slots owns nothing and shares its place with the next.
  while ((section.templates[template]?.slots ?? 0) === 0 && template > 0) template--;
  return template;
}

/** Rows grouped by template, each group in order. */
function rowsByTemplate({ codes, rowsOf }: SegmentSection): {
  readonly rows: Uint32Array;
  readonly firstOf: Uint32Array;
} {
  const firstOf = new Uint32Array(rowsOf.length);
  for (let code = 1; code < rowsOf.length; code++)
    firstOf[code] = (firstOf[code - 1] as number) + (rowsOf[code - 1] as number);
  const next = firstOf.slice();
  const rows = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    const place = next[code] as number;
    rows[place] = row;
    next[code] = place + 1;
  }
  return { rows, firstOf };
}
