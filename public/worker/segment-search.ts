/**
 * Which rows of a segment hold a pattern in one column's JSON text, without putting each row's text together:
 * templates are tested once each, values all at once. Only a pattern that could lie across the edge between a
 * template and a value makes rows be read one by one, and then only rows that hold its longest inner part.
 */
import type { SegmentSection } from '../../scripts/shared/segment.js';
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

/** One section, made ready for one or more patterns. */
export class SectionSearch {
  private valueText: string | undefined;
  private templateTexts: readonly string[] | undefined;
  private grouped: { readonly rows: Uint32Array; readonly firstOf: Uint32Array } | undefined;

  /** @param cell puts a row's text together */
  constructor(
    private readonly section: SegmentSection,
    private readonly cell: (row: number) => string,
  ) {}

  /** Sets hits[row] for each matching row. */
  search(pattern: Pattern, hits: Uint8Array): void {
    if (pattern.wild && !pattern.regex && pattern.text === '?') {
      this.markPresent(hits);
      return;
    }
    for (const spelling of spellingsOf(pattern)) {
      if (spelling.wild || mayCrossEdge(spelling.text)) this.searchCells(spelling, hits);
      else this.markParts(spelling.text, hits);
    }
  }

  /** Sets hits[row] for each row that has a text at all. */
  private markPresent(hits: Uint8Array): void {
    for (let row = 0; row < hits.length; row++) if (this.section.codes[row] !== 0) hits[row] = 1;
  }

  /** Rows whose text matches, among those that hold the pattern's longest part that crosses no edge. */
  private searchCells(pattern: Pattern, hits: Uint8Array): void {
    const candidates = new Uint8Array(hits.length);
    const part = literalOf(pattern)
      .split(/["{}[\],]|:(?=[-\d])/)
      .reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
    if (part === '') candidates.fill(1);
    else this.markParts(part, candidates);
    const test = testOf(pattern);
    for (let row = 0; row < hits.length; row++) {
      if (candidates[row] === 1 && hits[row] === 0 && test(this.cell(row).toLowerCase())) hits[row] = 1;
    }
  }

  /** Sets marks[row] where the text is part of the row's template or of one of its values. */
  private markParts(text: string, marks: Uint8Array): void {
    this.markTemplates(text, marks);
    this.valueText ??= DECODER.decode(this.section.values).toLowerCase();
    const values = this.valueText;
    let at = values.indexOf(text);
    if (at < 0) return;
    this.grouped ??= rowsByTemplate(this.section);
    const { rows, firstOf } = this.grouped;
    // Counts the line ends before a match to know which value it lies in; a value is a line.
    let value = 0;
    let lineEnd = values.indexOf('\n');
    let template = 0;
    while (at >= 0) {
      while (lineEnd < at) {
        value++;
        lineEnd = values.indexOf('\n', lineEnd + 1);
      }
      template = this.templateOf(value, template);
      const rank = (value - (this.section.firstOf[template] as number)) % (this.section.rowsOf[template] as number);
      marks[rows[(firstOf[template] as number) + rank] as number] = 1;
      at = values.indexOf(text, lineEnd);
    }
  }

  private markTemplates(text: string, marks: Uint8Array): void {
    const { templates, codes } = this.section;
    this.templateTexts ??= templates.map(({ bytes }) => DECODER.decode(bytes).toLowerCase());
    const matches = this.templateTexts.map((template, code) => code > 0 && template.includes(text));
    if (!matches.includes(true)) return;
    for (let row = 0; row < marks.length; row++) if (matches[codes[row] as number]) marks[row] = 1;
  }

  /** The template that owns a value, looked for from `from` on: templates own runs of values, in order. */
  private templateOf(value: number, from: number): number {
    const { templates, firstOf, rowsOf } = this.section;
    let template = from;
    for (;;) {
      const owned = (templates[template]?.slots ?? 0) * (rowsOf[template] ?? 0);
      if (value < (firstOf[template] as number) + owned) return template;
      template++;
    }
  }
}

/** Rows grouped by template, each group in order. */
function rowsByTemplate({ codes, rowsOf }: SegmentSection): {
  readonly rows: Uint32Array;
  readonly firstOf: Uint32Array;
} {
  const firstOf = new Uint32Array(rowsOf.length);
  for (let code = 1; code < rowsOf.length; code++) {
    firstOf[code] = (firstOf[code - 1] as number) + (rowsOf[code - 1] as number);
  }
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
