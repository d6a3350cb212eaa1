/** What a chart of a column's values shows: counted from the events, or, before they are here, from the manifest. */
import type { EmbeddedManifest } from '../../scripts/shared/report-format.js';
import type { Query } from '../../scripts/shared/query/ast.js';
import { chosenValues } from '../../scripts/shared/query/edit.js';
import { patternOf } from '../../scripts/shared/query/pattern.js';
import type { CodedColumn } from '../data/event-columns.js';
import { topCodes, type OutcomeCounts } from '../filter/count.js';
import { matchingCodes } from '../filter/term-mask.js';

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

/** What a query's own clause for a column chooses of its values. */
export interface Choice {
  readonly isEmpty: boolean;
  has(code: number): boolean;
  /** The codes, where they are so few that they can all be listed. */
  readonly few: ReadonlySet<number>;
}

/** The codes that the query chooses, by value or by pattern. */
export function choiceIn({ name, dictionary }: CodedColumn, query: Query, limit: number): Choice {
  const nodes = chosenValues(query, name);
  const chosen = nodes.map(({ text, quoted }) =>
    text === '' ? Uint8Array.of(1) : matchingCodes(dictionary, patternOf(text, !quoted, true), false),
  );
  const few = new Set<number>();
  for (const flags of chosen) flags?.forEach((flag, code) => flag === 1 && few.size <= limit && few.add(code));
  return {
    isEmpty: nodes.length === 0,
    has: (code) => chosen.some((flags) => flags?.[code] === 1),
    few: few.size > limit ? new Set() : few,
  };
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
  const choice = choiceIn(column, query, limit);
  const shown = listed(column.name, counts, choice);
  const { top, others, othersCounts } = topCodes(shown, limit, choice.few);
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
    hasChoice: !choice.isEmpty,
  };
}

/** A chart from the manifest alone. */
export function summaryContent({ top, rows }: EmbeddedManifest, column: string, limit: number): FacetContent {
  const { top: all, distinct } = top[column] ?? { top: [], distinct: 0 };
  const missing = column === 'errorCode' ? all.find(([value]) => value === '') : undefined;
  const values = all
    .filter((entry) => entry !== missing)
    .slice(0, limit)
    .map(([value, count]) => ({ value, count, outcomes: undefined, isChosen: false }));
  const total = rows - (missing?.[1] ?? 0);
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
