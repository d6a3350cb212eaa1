/** Finds the events that match a query, clause by clause; results of earlier clauses are cached. */
import { columnNamed, isCoded, isText } from '#shared/model/columns.js';
import type { CodedColumn } from '#shared/columnar/event-columns.js';
import type { Report } from '../data/report.js';
import type { FieldNode, Query, QueryNode, RegexNode, WordNode } from '#shared/query/ast.js';
import { isNamesColumn, NAMES_COLUMN } from '#shared/query/fields.js';
import { meaningOf } from '#shared/query/meaning.js';
import { patternOf, regexPattern, type Pattern } from '#shared/query/pattern.js';
import { printNode } from '#shared/query/print.js';
import { WorkAccount } from '#shared/query/regex/matcher.js';
import { spanOf } from '#shared/query/time-text.js';
import { AskedName } from '#shared/model/resource-name.js';
import type { DetailHits, DetailSearches } from './detail-hits.js';
import { forEachNaming, PLACE_COLUMNS } from '#shared/columnar/named-rows.js';
import { RowMask } from './row-mask.js';
import { codesOfTerm, markRows, markSpan } from './term-mask.js';
import { WordMasks } from './word-masks.js';

/** An ID of which a large report may store only the beginning. */
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The number of results to cache, at one bit per event each, in addition to those of the last query. */
const KEPT = 12;

/** The coded columns that a query needs; words need all of them. */
export function columnsNeeded(query: Query, all: readonly string[]): ReadonlySet<string> {
  const needed = new Set<string>();
  const isHere = (name: string): boolean => all.includes(columnNamed(name)?.within ?? name);
  const visit = (written: QueryNode): void => {
    const node = meaningOf(written);
    if (node.kind === 'word' || (node.kind === 'regex' && node.field === undefined))
      for (const name of all) needed.add(name);
    else if ((node.kind === 'field' || node.kind === 'regex') && isHere(node.field ?? '')) {
      needed.add(node.field ?? '');
      if (isName(node)) for (const name of PLACE_COLUMNS) needed.add(name);
    } else if (node.kind === 'not') visit(node.of);
    else if (node.kind === 'and' || node.kind === 'or') node.of.forEach(visit);
  };
  query.forEach(visit);
  return needed;
}

/** Whether a term names a resource: not a part of its names, and not exactly one spelling. */
function isName(node: FieldNode | RegexNode): node is FieldNode {
  if (node.kind === 'regex' || !isNamesColumn(node.field) || node.quoted) return false;
  // `:*` is the end of a log group's ARN.
  return !/[*?]/.test(node.text.replace(/(.):\*$/, '$1'));
}

export class QueryMasks {
  private readonly answered = new Map<string, RowMask>();
  private used = new Set<DetailHits>();
  /** The work account of the current query. */
  private work = new WorkAccount();
  private readonly words: WordMasks;

  constructor(
    private readonly report: Report,
    private readonly times: Float64Array,
    private readonly searches: DetailSearches,
  ) {
    this.words = new WordMasks(report, times);
  }

  /**
   * One mask per clause: the events that match it. All columns that the query needs must have been read. Throws a
   * SlowPattern if the query's regular expressions together take too long.
   */
  masks(query: Query): readonly RowMask[] {
    this.used = new Set();
    this.work = new WorkAccount();
    try {
      return query.map((clause) => this.clauseMask(clause, query.length));
    } catch (error) {
      this.used = new Set();
      throw error;
    } finally {
      this.searches.run(this.used);
    }
  }

  /** Whether any event matches a term on a coded column that has been read. */
  finds(node: FieldNode): boolean {
    return !this.clauseMask(node, 1).isEmpty;
  }

  /** The fraction of the details that the last query's searches have covered; undefined if none is running. */
  get searched(): number | undefined {
    const open = [...this.used].filter(({ isDone }) => !isDone);
    if (open.length === 0) return undefined;
    return Math.min(...open.map(({ searched }) => searched)) / Math.max(1, this.times.length);
  }

  /** @param kept the least number of results to cache */
  private clauseMask(clause: QueryNode, kept: number): RowMask {
    const key = printNode(clause);
    const known = this.answered.get(key);
    const before = this.used;
    this.used = new Set();
    const mask = known ?? this.mask(clause);
    const isFinal = [...this.used].every(({ isDone }) => isDone);
    for (const hits of this.used) before.add(hits);
    this.used = before;
    this.answered.delete(key);
    if (isFinal) this.answered.set(key, mask);
    for (const oldest of this.answered.keys()) {
      if (this.answered.size <= Math.max(KEPT, kept)) break;
      this.answered.delete(oldest);
    }
    return mask;
  }

  private mask(written: QueryNode): RowMask {
    const node = meaningOf(written);
    if (node.kind === 'not') {
      const mask = this.mask(node.of);
      mask.turn();
      return mask;
    }
    const mask = new RowMask(this.times.length);
    switch (node.kind) {
      case 'word':
        this.markWord(node, mask);
        break;
      case 'field':
        this.markField(node.field, node, mask);
        break;
      case 'regex':
        if (node.field === undefined) this.markWord(node, mask);
        else this.markField(node.field, node, mask);
        break;
      case 'time':
        markSpan(this.times, spanOf(node), mask);
        break;
      case 'or':
        for (const side of node.of) mask.add(this.mask(side));
        break;
      case 'and':
        return RowMask.ofEach(
          this.times.length,
          node.of.map((clause) => this.mask(clause)),
        );
    }
    return mask;
  }

  private markWord(node: WordNode | RegexNode, mask: RowMask): void {
    mask.add(this.words.mask(node, this.work));
    const pattern = freePattern(node);
    const { columns, shortened } = this.report.manifest.detail;
    this.addHits(
      this.searches.hits(
        pattern,
        columns.map((_, column) => column),
      ),
      mask,
    );
    for (const [name, length] of Object.entries(shortened)) {
      if (node.kind === 'regex' || !GUID.test(node.text)) continue;
      const beginning = patternOf(node.text.slice(0, length), false, false);
      this.addHits(this.searches.hits(beginning, [columns.indexOf(name)]), mask);
    }
  }

  private markField(field: string, node: FieldNode | RegexNode, mask: RowMask): void {
    const column = columnNamed(field);
    if (column && isText(column)) {
      const number = this.report.manifest.detail.columns.indexOf(field);
      const isPresence = node.kind === 'field' && node.text === '*' && !node.quoted;
      const pattern = isPresence ? patternOf('?', true, false) : freePattern(node);
      if (number >= 0) this.addHits(this.searches.hits(pattern, [number]), mask);
      return;
    }
    const coded = this.report.columns.get(field);
    if (coded && isName(node)) {
      const columnOf = (name: string): CodedColumn =>
        name === NAMES_COLUMN ? coded : (this.report.columns.get(name) as CodedColumn);
      forEachNaming(columnOf, [new AskedName(node.text)], 0, this.times.length, (row) => mask.mark(row));
      return;
    }
    if (!coded || !column || !isCoded(column)) return;
    this.markColumn(coded, codesOfTerm(coded, node, this.work), mask);
  }

  private markColumn(column: CodedColumn, codes: Uint8Array | undefined, mask: RowMask): void {
    if (codes) markRows(column, codes, mask);
  }

  private addHits(hits: DetailHits, mask: RowMask): void {
    this.used.add(hits);
    mask.add(hits.mask);
  }
}

/** The pattern of a term that may match any part of a text. */
function freePattern(node: WordNode | FieldNode | RegexNode): Pattern {
  return node.kind === 'regex' ? regexPattern(node.source) : patternOf(node.text, !node.quoted, false);
}
