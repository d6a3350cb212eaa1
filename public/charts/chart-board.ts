/** All charts: drawn at once from the manifest's summary, then counted from the events that match. */
import type { Outcome } from '../../scripts/shared/columns.js';
import type { EmbeddedManifest } from '../../scripts/shared/report-format.js';
import { Buckets, countByCode, outcomesOf, topCodes, OUTCOMES, type OutcomeCounts } from '../filter/count.js';
import type { Filtered } from '../filter/filtered.js';
import { spanOf } from '../filter/query-mask.js';
import type { CodedColumn } from '../data/event-columns.js';
import type { Query } from '../../scripts/shared/query/ast.js';
import { chosenValues } from '../../scripts/shared/query/edit.js';
import { chartBit, FACET_COLUMNS, OUTCOME_BIT, TIME_BIT } from '../filter/chart-bits.js';
import type { TimeSpan } from '../../scripts/shared/query/time-text.js';
import { shownValue } from '../names.js';
import { Facet, FACET_VALUES, type FacetContent } from './facet.js';
import { OutcomeKey } from './outcomes.js';
import { onThemeChange } from './theme.js';
import { Timeline } from './timeline.js';

export interface BoardListener {
  onValue(column: string, value: string, add: boolean): void;
  onSpan(span: TimeSpan | undefined): void;
}

export class ChartBoard {
  private readonly facets: readonly Facet[];
  private readonly timeline: Timeline;
  private readonly key: OutcomeKey;
  private buckets: Buckets | undefined;
  private outcomes: Uint8Array | undefined;

  constructor(
    hosts: { readonly timeline: HTMLElement; readonly facets: HTMLElement; readonly outcomes: HTMLElement },
    private readonly manifest: EmbeddedManifest,
    listener: BoardListener,
  ) {
    this.timeline = new Timeline(hosts.timeline, manifest.overTime, (span) => listener.onSpan(span));
    this.key = new OutcomeKey(hosts.outcomes, (outcome, add) => listener.onValue('outcome', outcome, add));
    this.facets = FACET_COLUMNS.map(
      (column) => new Facet(column, summary(manifest, column), (value, add) => listener.onValue(column, value, add)),
    );
    hosts.facets.append(...this.facets.map(({ element }) => element));
    const { overTime } = manifest;
    this.key.show(OUTCOMES.map((outcome) => sum(overTime[outcome])) as unknown as OutcomeCounts, new Set());
    // Where the facets do not fit side by side they scroll, and must be reached by keyboard even when empty.
    const scrolls = matchMedia('(max-width: 1180px)');
    const setFocusable = (): void => void (hosts.facets.tabIndex = scrolls.matches ? 0 : -1);
    scrolls.addEventListener('change', setFocusable);
    setFocusable();
    onThemeChange(() => {
      this.timeline.recolor();
      for (const facet of this.facets) facet.recolor();
    });
  }

  /** Draws the charts for the events that match the query. */
  show(query: Query, filtered: Filtered, times: Float64Array, columns: ReadonlyMap<string, CodedColumn>): void {
    const outcomeColumn = columns.get('outcome');
    if (!outcomeColumn) return;
    this.outcomes ??= outcomesOf(outcomeColumn);
    this.buckets ??= new Buckets(this.manifest.overTime, times);
    const used = query.reduce((bits, clause) => bits | chartBit(clause), 0);
    this.timeline.show(this.buckets.count(this.outcomes, filtered, used & TIME_BIT), chosenSpan(query));
    const byOutcome = countByCode(outcomeColumn, this.outcomes, filtered, used & OUTCOME_BIT);
    const total = OUTCOMES.map((_, outcome) =>
      byOutcome.reduce((of, count, i) => (i % 3 === outcome ? of + count : of), 0),
    );
    const chosen = new Set(chosenValues(query, 'outcome').map(({ text }) => text.toLowerCase() as Outcome));
    this.key.show(total as unknown as OutcomeCounts, chosen);
    FACET_COLUMNS.forEach((name, i) => {
      const column = columns.get(name);
      if (!column || !this.outcomes) return;
      const counts = countByCode(column, this.outcomes, filtered, used & (1 << i));
      this.facets[i]?.show(facetContent(column, counts, query));
    });
  }
}

function facetContent(column: CodedColumn, counts: Uint32Array, query: Query): FacetContent {
  const { name, dictionary } = column;
  const chosen = new Set(chosenValues(query, name).map(({ text }) => text.toLowerCase()));
  const isChosen = (value: string): boolean =>
    chosen.has(value.toLowerCase()) || chosen.has(shownValue(name, value).toLowerCase());
  const always = new Set<number>(chosen.has('') ? [0] : []);
  for (const value of chosen)
    if (value !== '') dictionary.forEachWith(value, (code) => isChosen(dictionary.value(code)) && always.add(code));
  // Without an error is what most events are; listing it would only dwarf the errors.
  const shown = name === 'errorCode' && !chosen.has('') ? counts.slice().fill(0, 0, 3) : counts;
  const { top, others, othersCounts } = topCodes(shown, FACET_VALUES, always);
  return {
    values: top.map(({ code, counts: outcomes }) => {
      const value = dictionary.value(code);
      return { value, outcomes, count: sum(outcomes), isChosen: isChosen(value) };
    }),
    others,
    othersCount: sum(othersCounts),
    hasChoice: chosen.size > 0,
  };
}

/** A facet from the manifest alone. */
function summary({ top, rows }: EmbeddedManifest, column: string): FacetContent {
  const { top: all, distinct } = top[column] ?? { top: [], distinct: 0 };
  const listed = column === 'errorCode' ? all.filter(([value]) => value !== '') : all;
  const left = column === 'errorCode' ? rows - (all.find(([value]) => value === '')?.[1] ?? 0) : rows;
  const values = listed
    .slice(0, FACET_VALUES)
    .map(([value, count]) => ({ value, count, outcomes: undefined, isChosen: false }));
  return {
    values,
    others: Math.max(0, distinct - (all.length - listed.length) - values.length),
    othersCount: Math.max(0, left - sum(values.map(({ count }) => count))),
    hasChoice: false,
  };
}

/** The span that the query's time clauses leave; undefined where it has none. */
function chosenSpan(query: Query): TimeSpan | undefined {
  const spans = query.flatMap((clause) => (clause.kind === 'time' ? [spanOf(clause)] : []));
  if (spans.length === 0) return undefined;
  return { from: Math.max(...spans.map(({ from }) => from)), to: Math.min(...spans.map(({ to }) => to)) };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((a, b) => a + b, 0);
}
