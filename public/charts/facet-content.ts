/** What a chart of a column's values shows: counted from the events, or, before they are here, from the manifest. */
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import type { Query } from '#shared/query/ast.js';
import { chosenValues } from '#shared/query/edit.js';
import type { CodedColumn } from '#shared/columnar/event-columns.js';
import type { OutcomeCounts } from '#public/engine/filter/count.js';
import { topCodes } from '#public/engine/filter/top-codes.js';
import { codesOfTerm } from '#public/engine/filter/term-mask.js';

export interface FacetValue {
  readonly value: string;
  readonly count: number;
  /** Undefined until events were counted by outcome. */
  readonly outcomes: OutcomeCounts | undefined;
  readonly isChosen: boolean;
}

export interface FacetContent {
  /** Most events first. */
  readonly values: readonly FacetValue[];
  /** How many values there are in all, and their events. */
  readonly distinct: number;
  readonly total: number;
  /** How many of the values are not listed, and their events. */
  readonly others: number;
  readonly othersCount: number;
  readonly hasChoice: boolean;
}

/** What a query's own clause for a column chooses of its values, by value or by pattern. */
interface Choice {
  /** Whether the query has such a clause at all. */
  readonly isMade: boolean;
  has(code: number): boolean;
}

export function choiceIn(column: CodedColumn, query: Query): Choice {
  const nodes = chosenValues(query, column.name);
  const chosen = nodes.map((node) => (node.text === '' ? Uint8Array.of(1) : codesOfTerm(column, node)));
  return { isMade: nodes.length > 0, has: (code) => chosen.some((flags) => flags?.[code] === 1) };
}

/** The chosen values with the most events, and then those that have none: a choice can be seen, to be taken back. */
function topChosen(counts: Uint32Array, choice: Choice, limit: number): ReadonlySet<number> {
  const chosen = new Set<number>();
  if (!choice.isMade) return chosen;
  const theirs = new Uint32Array(counts.length);
  const without: number[] = [];
  for (let code = 0; code * 3 < counts.length; code++) {
    if (!choice.has(code)) continue;
    const at = code * 3;
    theirs.set(counts.subarray(at, at + 3), at);
    if ((counts[at] ?? 0) + (counts[at + 1] ?? 0) + (counts[at + 2] ?? 0) === 0 && without.length < limit)
      without.push(code);
  }
  for (const { code } of topCodes(theirs, limit, chosen).top) chosen.add(code);
  for (const code of without) if (chosen.size < limit) chosen.add(code);
  return chosen;
}

/** Without an error is what most events are; listing it would only dwarf the errors. */
export function listed(column: string, counts: Uint32Array, choice: Choice): Uint32Array {
  return column === 'errorCode' && !choice.has(0) ? counts.slice().fill(0, 0, 3) : counts;
}

/**
 * The values with the most events, those chosen among them.
 *
 * @param counts of each code and outcome, as `countByCode` gives them
 */
export function facetContent(column: CodedColumn, counts: Uint32Array, query: Query, limit: number): FacetContent {
  const choice = choiceIn(column, query);
  const shown = listed(column.name, counts, choice);
  const { top, others, othersCounts } = topCodes(shown, limit, topChosen(shown, choice, limit));
  const values = top.map(({ code, counts: outcomes }) => ({
    value: column.dictionary.value(code),
    outcomes,
    count: sum(outcomes),
    isChosen: choice.has(code),
  }));
  const othersCount = sum(othersCounts);
  return {
    values,
    others,
    othersCount,
    distinct: values.filter(({ count }) => count > 0).length + others,
    total: sum(values.map(({ count }) => count)) + othersCount,
    hasChoice: choice.isMade,
  };
}

/** A chart from the manifest alone. */
export function summaryContent({ top, report }: EmbeddedManifest, column: string, limit: number): FacetContent {
  const { top: all, distinct } = top[column] ?? { top: [], distinct: 0 };
  const missing = column === 'errorCode' ? all.find(([value]) => value === '') : undefined;
  const values = all
    .filter((entry) => entry !== missing)
    .slice(0, limit)
    .map(([value, count]) => ({ value, count, outcomes: undefined, isChosen: false }));
  const total = report.events - (missing?.[1] ?? 0);
  const left = distinct - (missing ? 1 : 0);
  return {
    values,
    distinct: left,
    total,
    others: left - values.length,
    othersCount: total - sum(values.map(({ count }) => count)),
    hasChoice: false,
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((a, b) => a + b, 0);
}
