/** All charts: drawn at once from the manifest's summary, then counted from the events that match. */
import { CHARTED } from '#shared/model/columns.js';
import type { Query } from '#shared/query/ast.js';
import { chosenValues, timeSpanOf } from '#shared/query/edit.js';
import { printQuery } from '#shared/query/print.js';
import type { TimeSpan } from '#shared/query/time-text.js';
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { bucketStart, timeGrid } from '#shared/format/time-grid.js';
import type { CodedColumn } from '#shared/columnar/event-columns.js';
import { countText } from '#public/ui/count-text.js';
import { el } from '#public/ui/dom.js';
import { countByCode, OUTCOMES, outcomesOf, type OutcomeCounts } from '#public/engine/filter/count.js';
import { countByTime } from '#public/engine/filter/count-by-time.js';
import { chartBit, OUTCOME_BIT } from '#public/engine/filter/chart-bits.js';
import type { Filtered } from '#public/engine/filter/filtered.js';
import { onThemeChange } from '#public/ui/theme.js';
import { text } from '#public/text/language.js';
import { onZoneChange, zoneOffset } from '#public/text/zone.js';
import { ChartDialog } from './chart-dialog.js';
import { ChartHead } from './chart-head.js';
import type { ChartTable } from './chart-rows.js';
import { PLAIN, type ChartSettings } from './chart-settings.js';
import { FacetBoard } from './facet-board.js';
import { facetTable, uncountedTable } from './facet-table.js';
import { savePicture } from './picture.js';
import { besideSpan, extentOf, shownSpan, spanText, summaryOverTime, widerSpan } from './time-span.js';
import { MOST_BUCKETS, Timeline } from './timeline.js';
import type { TimeBars } from './timeline-chart.js';
import { TIMELINE, timelineTable } from './timeline-table.js';

interface BoardListener {
  /** A value was pressed; `add` where it should join those chosen. */
  onValue(column: string, value: string, add: boolean): void;
  /** A range of time was chosen; undefined for all of it. */
  onSpan(span: TimeSpan | undefined): void;
  /** The charts are to be drawn otherwise. */
  onSettings(settings: ChartSettings): void;
}

/** What the charts show. */
interface Shown {
  readonly query: Query;
  readonly filtered: Filtered;
  readonly times: Float64Array;
  readonly columns: ReadonlyMap<string, CodedColumn>;
  readonly outcomes: Uint8Array<ArrayBuffer>;
}

export class ChartBoard {
  private readonly head: ChartHead;
  private readonly timeline: Timeline;
  private readonly facets: FacetBoard;
  private readonly dialog: ChartDialog;
  private readonly extent: TimeSpan | undefined;
  private settings: ChartSettings = PLAIN;
  private bars: TimeBars;
  private shown: Shown | undefined;

  /** @param host the empty element for the charts */
  constructor(
    host: HTMLElement,
    private readonly manifest: EmbeddedManifest,
    private readonly listener: BoardListener,
  ) {
    this.extent = extentOf(manifest);
    this.dialog = new ChartDialog(document.body, (table) => this.savePicture(table));
    this.head = new ChartHead(this.settings, {
      onOutcome: (outcome, add) => listener.onValue('outcome', outcome, add),
      onBeside: (by) => this.moveTo((extent, span) => besideSpan(extent, span, by)),
      onZoomOut: () => this.zoomOut(),
      onAllTime: () => listener.onSpan(undefined),
      onSettings: (settings) => listener.onSettings(settings),
      onTable: () => this.openTable(TIMELINE),
    });
    this.facets = new FacetBoard(manifest, {
      onToggle: (column, value, add) => listener.onValue(column, value, add),
      onOpen: (column) => this.openTable(column),
      counted: (column) => (this.countsAll ? undefined : this.counted(column)),
    });
    const plot = el('div', { class: 'timeline', id: 'timeline' });
    host.append(this.head.element, plot, ...this.facets.elements);
    this.bars = { ...summaryOverTime(manifest.overTime, MOST_BUCKETS), settings: this.settings };
    this.timeline = new Timeline(plot, this.bars, {
      onSelect: (span) => listener.onSpan(span),
      onZoomOut: () => this.zoomOut(),
      onResize: () => this.draw(),
    });
    this.draw();
    onThemeChange(() => this.draw());
    onZoneChange(() => this.draw());
  }

  /** Draws the charts for the events that match the query. */
  show(query: Query, filtered: Filtered, times: Float64Array, columns: ReadonlyMap<string, CodedColumn>): void {
    const outcomeColumn = columns.get('outcome');
    if (!outcomeColumn) return;
    const outcomes = this.shown?.outcomes ?? outcomesOf(outcomeColumn);
    this.shown = { query, filtered, times, columns, outcomes };
    this.draw();
  }

  /** Each event's outcome, as its place in `OUTCOMES`; undefined before events were shown. Not to be changed. */
  get outcomes(): Uint8Array<ArrayBuffer> | undefined {
    return this.shown?.outcomes;
  }

  /** Draws the same events as the settings say. */
  draw(settings = this.settings): void {
    this.settings = settings;
    this.head.showSettings(settings);
    this.bars = this.timeBars();
    this.timeline.draw(this.bars);
    this.drawHead();
    this.facets.draw(settings);
    const open = this.dialog.open;
    const table = open === undefined ? undefined : this.tableOf(open);
    if (table) this.dialog.update(table, settings);
  }

  private timeBars(): TimeBars {
    const { shown, settings, extent } = this;
    const { room } = this.timeline;
    if (!shown || !extent || this.countsAll) return { ...summaryOverTime(this.manifest.overTime, room), settings };
    const { from, to } = shownSpan(extent, timeSpanOf(shown.query));
    const grid = timeGrid(from, to, room, { ahead: zoneOffset(from) });
    return { grid, counts: countByTime(grid, shown.times, shown.outcomes, shown.filtered.rows.mask), settings };
  }

  private drawHead(): void {
    const { grid } = this.bars;
    const chosen = this.shown ? timeSpanOf(this.shown.query) : undefined;
    const span = { from: grid.start, to: bucketStart(grid, grid.buckets) };
    this.head.showRange({
      chosen: chosen ? spanText(span) : undefined,
      width: grid.buckets > 0 ? grid.width : 0,
      hasEarlier: this.moved((extent, span) => besideSpan(extent, span, -1)) !== undefined,
      hasLater: this.moved((extent, span) => besideSpan(extent, span, 1)) !== undefined,
    });
    const counted = this.countsAll ? undefined : this.counted('outcome');
    const byOutcome = OUTCOMES.map((outcome, o) =>
      counted
        ? counted.counts.reduce((sum, count, i) => (i % 3 === o ? sum + count : sum), 0)
        : this.manifest.overTime[outcome].reduce((sum, count) => sum + count, 0),
    ) as unknown as OutcomeCounts;
    const values = chosenValues(this.shown?.query ?? [], 'outcome').map((node) => node.text.toLowerCase());
    this.head.key.show(byOutcome, new Set(values));
  }

  /** Where the shown span would be after a move; undefined where there is none to move, or nothing to move to. */
  private moved(move: (extent: TimeSpan, span: TimeSpan) => TimeSpan | undefined): TimeSpan | undefined {
    const chosen = this.shown ? timeSpanOf(this.shown.query) : undefined;
    return this.extent && chosen ? move(this.extent, shownSpan(this.extent, chosen)) : undefined;
  }

  private moveTo(move: (extent: TimeSpan, span: TimeSpan) => TimeSpan | undefined): void {
    const span = this.moved(move);
    if (span) this.listener.onSpan(span);
  }

  private zoomOut(): void {
    this.listener.onSpan(this.moved((extent, span) => widerSpan(extent, span, this.bars.grid.width)));
  }

  /** Whether the charts are of all events, also of those that are not listed: as long as nothing is left out. */
  private get countsAll(): boolean {
    return this.manifest.report.unlisted !== undefined && (this.shown?.query.length ?? 0) === 0;
  }

  /** A column's counts of each code and outcome, among the events that fail no clause but the column's own. */
  private counted(name: string): { column: CodedColumn; counts: Uint32Array; query: Query } | undefined {
    const column = this.shown?.columns.get(name);
    if (!this.shown || !column) return undefined;
    const { filtered, query, outcomes } = this.shown;
    const used = query.reduce((bits, clause) => bits | chartBit(clause), 0);
    const own = name === 'outcome' ? OUTCOME_BIT : 1 << CHARTED.findIndex((charted) => charted === name);
    return { column, query, counts: countByCode(column, outcomes, filtered, used & own) };
  }

  private tableOf(key: string): ChartTable | undefined {
    const table = this.countedTable(key);
    // Of those that are not listed, the page knows the most frequent values only.
    if (!table || !this.manifest.report.unlisted || (this.countsAll && key === TIMELINE)) return table;
    return { ...table, about: text('unlisted.charts.listed') };
  }

  private countedTable(key: string): ChartTable | undefined {
    if (key === TIMELINE) return timelineTable(this.bars, (span) => this.listener.onSpan(span));
    const counted = this.counted(key);
    if (!counted) return undefined;
    const { column, counts, query } = counted;
    return facetTable(column, counts, query, (value) => this.listener.onValue(key, value, true));
  }

  private openTable(key: string): void {
    this.dialog.show(this.tableOf(key) ?? uncountedTable(key), this.settings);
  }

  private savePicture(table: ChartTable): void {
    const { rows: total, report } = this.manifest;
    const rows = this.shown?.filtered.rows.length ?? total;
    const query = printQuery(this.shown?.query ?? []);
    const about = [countText({ shown: rows, total, all: report.events, searched: undefined }, false), query];
    const caption = { title: table.title, about: about.filter(Boolean).join(' · ') };
    savePicture(table, caption, this.settings, `culprit-${table.key}.png`);
  }
}
