/**
 * Finds a free word in the coded columns and in times. `query-mask.ts` adds the hits in the detail text, which the
 * worker searches incrementally; this part is computed once.
 */
import type { Report } from '../data/report.js';
import { MAX_WORDS, type RegexNode, type WordNode } from '#shared/query/ast.js';
import { patternOf, regexPattern } from '#shared/query/pattern.js';
import { printNode } from '#shared/query/print.js';
import type { WorkAccount } from '#shared/query/regex/matcher.js';
import { parseTime, parseTimeOfDay } from '#shared/query/time-text.js';
import { RowMask } from './row-mask.js';
import { markRows, markSpan, markTimeOfDay, matchingCodes } from './term-mask.js';

/** The number of words to cache, at one bit per event each: as many as a query can have. */
const KEPT = MAX_WORDS;

export class WordMasks {
  private readonly known = new Map<string, RowMask>();

  constructor(
    private readonly report: Report,
    private readonly times: Float64Array,
  ) {}

  /**
   * The events with the word in a coded column or in their time; all coded columns must have been read. Do not change
   * the result.
   */
  mask(node: WordNode | RegexNode, work: WorkAccount): RowMask {
    const key = printNode(node);
    const mask = this.known.get(key) ?? this.find(node, work);
    this.known.delete(key);
    this.known.set(key, mask);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= KEPT) break;
      this.known.delete(oldest);
    }
    return mask;
  }

  private find(node: WordNode | RegexNode, work: WorkAccount): RowMask {
    const mask = new RowMask(this.times.length);
    const pattern = node.kind === 'regex' ? regexPattern(node.source) : patternOf(node.text, !node.quoted, false);
    for (const column of this.report.columns.values()) {
      // Its names are among those of the resources.
      if (column.name === 'target') continue;
      const codes = matchingCodes(column.dictionary, pattern, work);
      if (codes) markRows(column, codes, mask);
    }
    if (node.kind === 'word') this.markTimes(node.text, mask);
    return mask;
  }

  private markTimes(text: string, mask: RowMask): void {
    // Four digits alone are more often part of an ID than a year.
    const span = /^\d{4}Z?$/i.test(text) ? undefined : parseTime(text);
    if (span) markSpan(this.times, span, mask);
    const inDay = parseTimeOfDay(text);
    if (inDay) markTimeOfDay(this.times, inDay, mask);
  }
}
