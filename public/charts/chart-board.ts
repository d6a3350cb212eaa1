/** All charts: drawn at once from the manifest's summary, then counted from the events that match. */
import { CHARTED, type Outcome } from '../../scripts/shared/columns.js';
import type { Query } from '../../scripts/shared/query/ast.js';
import { chosenValues, timeSpanOf } from '../../scripts/shared/query/edit.js';
import type { TimeSpan } from '../../scripts/shared/query/time-text.js';
import type { EmbeddedManifest } from '../../scripts/shared/report-format.js';
import type { CodedColumn } from '../data/event-columns.js';
import { Buckets, countByCode, OUTCOMES, outcomesOf, type OutcomeCounts } from '../filter/count.js';
import { chartBit, OUTCOME_BIT, TIME_BIT } from '../filter/chart-bits.js';
import type { Filtered } from '../filter/filtered.js';
import { onThemeChange } from '../frame/theme.js';
import { ChartDialog } from './chart-dialog.js';
import { PLAIN, type ChartSettings } from './chart-settings.js';
import { Facet, FACET_VALUES } from './facet.js';
import { facetContent, summaryContent } from './facet-content.js';
import { facetTable } from './facet-table.js';
import { FacetTabs } from './facet-tabs.js';
import { OutcomeKey } from './outcomes.js';
import { rove } from './roving.js';
import { Timeline } from './timeline.js';

export interface BoardListener {
  onValue(column: string, value: string, add: boolean): void;
  onSpan(span: TimeSpan | undefined): void;
}

/** What the charts show now. */
interface Shown {
  readonly query: Query;
  readonly filtered: Filtered;
  readonly times: Float64Array;
  readonly columns: ReadonlyMap<string, CodedColumn>;
}

/** Where there is room for one chart at a time; as in narrow.css. */
const ONE_AT_A_TIME = '(max-width: 640px)';

/** How many values a chart lists, where a finger must hit them and where a pointer does. */
const FEW_VALUES = 4;
const MOST_VALUES = FACET_VALUES;

export class ChartBoard {
  private readonly facets: readonly Facet[];
  private readonly list: HTMLElement;
  private readonly tabs: FacetTabs;
  private readonly timeline: Timeline;
  private readonly key: OutcomeKey;
  private readonly dialog: ChartDialog;
  private readonly isNarrow = matchMedia(ONE_AT_A_TIME);
  private readonly settings: ChartSettings = PLAIN;
  private buckets: Buckets | undefined;
  private outcomes: Uint8Array | undefined;
  private shown: Shown | undefined;

  constructor(
    hosts: { readonly timeline: HTMLElement; readonly facets: HTMLElement; readonly outcomes: HTMLElement },
    private readonly manifest: EmbeddedManifest,
    private readonly listener: BoardListener,
  ) {
    this.timeline = new Timeline(hosts.timeline, manifest.overTime, (span) => listener.onSpan(span));
    this.key = new OutcomeKey(hosts.outcomes, (outcome, add) => listener.onValue('outcome', outcome, add));
    this.dialog = new ChartDialog(document.body, () => undefined);
    this.facets = CHARTED.map(
      (column) =>
        new Facet(column, {
          onToggle: (value, add) => listener.onValue(column, value, add),
          onOpen: () => this.openList(column),
        }),
    );
    this.tabs = new FacetTabs(() => this.draw());
    const list = (this.list = hosts.facets);
    list.before(this.tabs.element);
    list.append(...this.facets.map(({ element }) => element));
    rove(list, () => this.facets.filter((facet) => this.isSeen(facet)).map(({ element }) => element));
    this.isNarrow.addEventListener('change', () => this.draw());
    const { overTime } = manifest;
    this.key.show(OUTCOMES.map((outcome) => sum(overTime[outcome])) as unknown as OutcomeCounts, new Set());
    this.draw();
    onThemeChange(() => this.timeline.recolor());
  }

  /** Draws the charts for the events that match the query. */
  show(query: Query, filtered: Filtered, times: Float64Array, columns: ReadonlyMap<string, CodedColumn>): void {
    const outcomeColumn = columns.get('outcome');
    if (!outcomeColumn) return;
    this.outcomes ??= outcomesOf(outcomeColumn);
    this.buckets ??= new Buckets(this.manifest.overTime, times);
    this.shown = { query, filtered, times, columns };
    const used = usedBits(query);
    this.timeline.show(this.buckets.count(this.outcomes, filtered, used & TIME_BIT), timeSpanOf(query));
    const byOutcome = countByCode(outcomeColumn, this.outcomes, filtered, used & OUTCOME_BIT);
    const total = OUTCOMES.map((_, outcome) =>
      byOutcome.reduce((of, count, i) => (i % 3 === outcome ? of + count : of), 0),
    );
    const chosen = new Set(chosenValues(query, 'outcome').map((node) => node.text.toLowerCase() as Outcome));
    this.key.show(total as unknown as OutcomeCounts, chosen);
    this.draw();
    const open = this.dialog.open;
    const table = open === undefined ? undefined : this.tableOf(open);
    if (table) this.dialog.update(table, this.settings);
  }

  /** Draws the charts that can be seen: of the events, or before they are here of the manifest. */
  private draw(): void {
    const limit = this.isNarrow.matches ? FEW_VALUES : MOST_VALUES;
    this.list.style.setProperty('--facet-rows', String(rowsNeeded(this.manifest, limit)));
    for (const facet of this.facets) {
      const { column, element } = facet;
      element.hidden = !this.isSeen(facet);
      if (element.hidden) continue;
      const counted = this.counted(column);
      facet.show(
        counted
          ? facetContent(counted.column, counted.counts, counted.query, limit)
          : summaryContent(this.manifest, column, limit),
        this.settings,
      );
    }
  }

  private isSeen({ column }: Facet): boolean {
    return !this.isNarrow.matches || this.tabs.chosen === column;
  }

  /** A column's counts of each code and outcome, among the events that fail no clause but the column's own. */
  private counted(name: string): { column: CodedColumn; counts: Uint32Array; query: Query } | undefined {
    const column = this.shown?.columns.get(name);
    if (!this.shown || !column || !this.outcomes) return undefined;
    const { filtered, query } = this.shown;
    const bit = usedBits(query) & (1 << CHARTED.findIndex((charted) => charted === name));
    return { column, query, counts: countByCode(column, this.outcomes, filtered, bit) };
  }

  private tableOf(name: string): ReturnType<typeof facetTable> | undefined {
    const counted = this.counted(name);
    if (!counted) return undefined;
    return facetTable(counted.column, counted.counts, counted.query, (value) =>
      this.listener.onValue(name, value, true),
    );
  }

  private openList(name: string): void {
    const table = this.tableOf(name);
    if (table) this.dialog.show(table, this.settings);
  }
}

/** The rows of the report's fullest chart: a filter leaves no more, and the page keeps its shape. */
function rowsNeeded(manifest: EmbeddedManifest, limit: number): number {
  return Math.max(
    1,
    ...CHARTED.map((column) => summaryContent(manifest, column, limit)).map(
      ({ values, others }) => values.length + (others > 0 ? 1 : 0),
    ),
  );
}

function usedBits(query: Query): number {
  return query.reduce((bits, clause) => bits | chartBit(clause), 0);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((a, b) => a + b, 0);
}
