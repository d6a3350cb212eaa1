/** The page's state and what follows from it: query and filters → events → table, charts and counts. */
import type { EmbeddedManifest } from '../scripts/shared/report-format.js';
import { ChartBoard } from './charts/chart-board.js';
import type { BlockSource } from './data/block-source.js';
import { readFirst, readRest } from './data/reading-order.js';
import { Report } from './data/report.js';
import { Drawer } from './detail/drawer.js';
import { openEvent } from './detail/open-event.js';
import { byId } from './dom.js';
import { EmptyNotice } from './empty-notice.js';
import { DetailSearches } from './filter/detail-hits.js';
import { FilterEngine, NOTHING, type View } from './filter/engine.js';
import { setUpFrame } from './frame.js';
import { EventTable } from './grid/event-table.js';
import type { Sorting } from './grid/grid-head.js';
import { writtenValue } from './names.js';
import { ProgressLine } from './progress-line.js';
import { toggleValue, withTimeSpan } from '../scripts/shared/query/edit.js';
import { QueryBox } from './query-box.js';

const NEWEST_FIRST: Sorting = { column: 'eventTime', direction: 'descending' };

/** How long the events that a running search finds are gathered before they are shown, in milliseconds. */
const GATHER = 120;

export class App {
  private readonly report: Report;
  private readonly searches: DetailSearches;
  private engine: FilterEngine | undefined;
  private readonly board: ChartBoard;
  private readonly table: EventTable;
  private readonly drawer: Drawer;
  private readonly box: QueryBox;
  private readonly empty: EmptyNotice;
  private readonly progress = new ProgressLine();
  private readonly columnFilters = new Map<string, string>();
  private sorting = NEWEST_FIRST;
  private view: View = NOTHING;
  /** The open event, as a row. */
  private openRow: number | undefined;
  private lastApplied = 0;
  private isGathering = false;
  /** Whether the next view begins at its top. */
  private toTop = true;

  constructor(
    private readonly manifest: EmbeddedManifest,
    worker: Worker,
    blocks: BlockSource,
    onBroken: (error: Error) => void,
  ) {
    setUpFrame(manifest);
    this.report = new Report(manifest, worker, blocks, {
      onHits: (search, firstRow, hits) => {
        this.searches.receive(search, firstRow, hits);
        this.applySoon();
      },
      onBroken,
    });
    this.searches = new DetailSearches(this.report);
    const change = (column: string, value: string, add: boolean): void =>
      this.box.set(toggleValue(this.box.query, column, writtenValue(column, value), add));
    this.box = new QueryBox(
      () => void this.apply(true),
      () => this.clear(),
      () => this.table.focusFirst(),
    );
    this.board = new ChartBoard(
      { timeline: byId('timeline'), facets: byId('facets'), outcomes: byId('outcomes') },
      manifest,
      { onValue: change, onSpan: (span) => this.box.set(withTimeSpan(this.box.query, span)) },
    );
    this.table = new EventTable(this.report, this.sorting, {
      onSort: (sorting) => this.sort(sorting),
      onFilter: (column, filter) => this.filterColumn(column, filter),
      onOpen: (index) => this.open(index),
      onEscape: () => this.close(),
    });
    this.drawer = new Drawer(byId('detail'), manifest.detail, {
      onStep: (by) => this.step(by),
      onClose: () => this.close(),
      onFilter: change,
    });
    this.empty = new EmptyNotice(byId('empty'), manifest, {
      onClear: () => this.clear(),
      onCoverage: () => byId('badge').click(),
      onTry: (query) => {
        this.box.set(query);
        this.box.focus();
      },
    });
    document.addEventListener('keydown', (event) => this.onKey(event));
  }

  /** Reads what the first view needs, shows it, then reads the rest. */
  async start(): Promise<void> {
    const { rows } = this.manifest;
    this.box.showCount(rows, rows, undefined);
    if (rows > 0) {
      const times = await readFirst(this.report, (share) => this.progress.show(share * 0.95));
      this.engine = new FilterEngine(this.report, times, this.searches);
    }
    await this.apply(true);
    if (rows > 0) await readRest(this.report);
    this.table.refresh();
  }

  /** Shows what matches the query and the column filters now. `toTop` where the table is a new one to its reader. */
  private async apply(toTop: boolean): Promise<void> {
    this.toTop ||= toTop;
    const { engine } = this;
    const mine = ++this.lastApplied;
    const { query } = this.box;
    await engine?.prepare(query, this.columnFilters, this.sorting.column);
    if (mine !== this.lastApplied) return;
    if (engine) this.view = engine.view(query, this.columnFilters, this.sorting);
    this.showView();
    if (engine) this.board.show(query, this.view.filtered, engine.times, this.report.columns);
  }

  private showView(): void {
    const { order } = this.view;
    const { rows } = this.manifest;
    // Before the events are here there is nothing to show, and nothing to call empty.
    if (!this.engine && rows > 0) return;
    this.table.show(order, this.engine?.times ?? new Float64Array(0), this.toTop);
    this.toTop = false;
    this.empty.show(order.length, this.box.query);
    const searched = this.engine?.searched;
    this.box.showCount(order.length, rows, searched);
    this.box.showClear(this.columnFilters.size > 0);
    this.progress.show(searched ?? 1);
  }

  private applySoon(): void {
    if (this.isGathering) return;
    this.isGathering = true;
    setTimeout(() => {
      this.isGathering = false;
      void this.apply(false);
    }, GATHER);
  }

  private filterColumn(column: string, filter: string): void {
    if (filter === '') this.columnFilters.delete(column);
    else this.columnFilters.set(column, filter);
    void this.apply(true);
  }

  private sort(sorting: Sorting): void {
    this.sorting = sorting;
    this.table.showSorting(sorting);
    void this.apply(true);
  }

  private clear(): void {
    this.columnFilters.clear();
    this.table.clearFilters();
    this.box.set([]);
  }

  private open(index: number): void {
    const row = this.view.order[index];
    if (row === undefined || !this.engine) return;
    this.openRow = row;
    const time = this.engine.times[row] as number;
    void this.drawer.open(openEvent(this.report, time, row, index, this.view.order.length));
    this.table.showOpen(row, index);
  }

  private step(by: 1 | -1): void {
    if (this.openRow === undefined) return;
    const index = this.view.order.indexOf(this.openRow) + by;
    if (index >= 0) this.open(index);
  }

  private close(): void {
    if (!this.drawer.isOpen) return;
    this.drawer.close();
    this.openRow = undefined;
    this.table.showOpen(undefined, undefined);
    this.table.focus();
  }

  private onKey(event: KeyboardEvent): void {
    const isTyping = event.target instanceof HTMLInputElement;
    const hasDialog = document.querySelector('dialog[open]') !== null;
    if (isTyping || hasDialog || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') {
      event.preventDefault();
      this.box.focus();
    } else if (event.key === '[' || event.key === ']') {
      this.step(event.key === ']' ? 1 : -1);
    }
  }
}
