/** The page's state and what follows from it: query and filters → events → table, charts and counts. */
import type { EmbeddedManifest } from '../scripts/shared/report-format.js';
import { ChartBoard } from './charts/chart-board.js';
import type { BlockSource } from './data/block-source.js';
import { valueAt } from './data/event-columns.js';
import { Report } from './data/report.js';
import { Drawer, type OpenEvent } from './detail/drawer.js';
import { byId } from './dom.js';
import { DetailSearches } from './filter/detail-hits.js';
import { FilterEngine, type View } from './filter/engine.js';
import { fillBadge, fillCoverage, fillHelp, summaryLine } from './frame.js';
import { cellFiller, rowClass } from './grid/cell-content.js';
import { GRID_COLUMNS, LIST_COLUMNS } from './grid/grid-columns.js';
import { GridHead, type Sorting } from './grid/grid-head.js';
import { Grid } from './grid/grid.js';
import { toggleValue, withTimeSpan } from './query/edit.js';
import { QueryBox } from './query-box.js';
import { EmptyNotice } from './empty-notice.js';
import { number, text } from './text/language.js';

/** What the first rows and the charts need; the rest follows when the browser has time. */
const FIRST_COLUMNS = [
  'outcome',
  'actor',
  'role',
  'type',
  'eventName',
  'eventSource',
  'awsRegion',
  'errorCode',
  'sourceIPAddress',
  'resources',
];

const NEWEST_FIRST: Sorting = { column: 'eventTime', direction: 'descending' };

export class App {
  private readonly report: Report;
  private readonly searches: DetailSearches;
  private engine: FilterEngine | undefined;
  private readonly board: ChartBoard;
  private readonly head: GridHead;
  private readonly grid: Grid;
  private readonly drawer: Drawer;
  private readonly box: QueryBox;
  private readonly empty: EmptyNotice;
  private readonly columnFilters = new Map<string, string>();
  private sorting = NEWEST_FIRST;
  private view: View = { filtered: { rows: new Uint32Array(0), failing: undefined }, order: new Uint32Array(0) };
  /** The open event, as a row. */
  private openRow: number | undefined;
  private lastApplied = 0;
  private isRefreshing = false;

  constructor(
    private readonly manifest: EmbeddedManifest,
    worker: Worker,
    blocks: BlockSource,
  ) {
    this.report = new Report(manifest, worker, blocks, (search, firstRow, hits) => {
      this.searches.receive(search, firstRow, hits);
      this.refreshSoon();
    });
    this.searches = new DetailSearches(this.report);
    this.box = new QueryBox(
      () => void this.apply(true),
      () => this.clear(),
    );
    const change = (column: string, value: string, add: boolean): void =>
      this.box.set(toggleValue(this.box.query, column, value, add));
    this.board = new ChartBoard(
      { timeline: byId('timeline'), facets: byId('facets'), outcomes: byId('outcomes') },
      manifest,
      {
        onValue: change,
        onSpan: (span) => this.box.set(withTimeSpan(this.box.query, span)),
      },
    );
    this.head = new GridHead({
      onSort: (sorting) => void this.sort(sorting),
      onFilter: (column, filter) => this.filterColumn(column, filter),
    });
    this.grid = new Grid(
      byId('grid'),
      this.head,
      {
        fill: (cell, column, index) => fill(cell, column.name, this.view.order[index] as number),
        rowClass: (index) => rowClass(this.report, this.view.order[index] as number),
        isOpen: (index) => this.view.order[index] === this.openRow,
      },
      { onOpen: (index) => this.open(index), onEscape: () => this.close() },
    );
    const fill = cellFiller(this.report, () => this.engine?.times);
    this.drawer = new Drawer(byId('detail'), manifest.detail, {
      onStep: (by) => this.step(by),
      onClose: () => this.close(),
      onFilter: change,
    });
    this.empty = new EmptyNotice(
      byId('empty'),
      manifest.rows,
      [...manifest.detail.omitted, ...Object.keys(manifest.detail.shortened)],
      () => this.clear(),
      () => byId<HTMLDialogElement>('coverage').showModal(),
    );
    this.drawFrame();
  }

  /** Reads what the first view needs, shows it, then reads the rest. */
  async start(): Promise<void> {
    const { rows } = this.manifest;
    this.box.showCount(text('query.count.all', { n: rows }));
    if (rows > 0) {
      let read = 0;
      const step = (): void => this.showProgress(++read / (FIRST_COLUMNS.length + 2));
      const times = this.report.times();
      const columns = FIRST_COLUMNS.map((name) => this.report.column(name));
      for (const part of [times, ...columns]) void part.then(step, () => undefined);
      await Promise.all(columns);
      this.engine = new FilterEngine(this.report, await times, this.searches);
    }
    await this.apply(true);
    this.showProgress(1);
    if (rows > 0) await this.readRest();
  }

  private async readRest(): Promise<void> {
    for (const { name } of this.manifest.columns) {
      await this.report.column(name);
      await idle();
    }
    this.grid.refresh();
    await this.report.handOver();
  }

  /** Shows what matches the query and the column filters now. `toTop` where the table is a new one to the reader. */
  private async apply(toTop: boolean): Promise<void> {
    const { engine } = this;
    if (!engine) {
      this.showView(this.view, toTop);
      return;
    }
    const mine = ++this.lastApplied;
    const { query } = this.box;
    await engine.prepare(query, this.columnFilters, this.sorting.column);
    if (mine !== this.lastApplied) return;
    const view = engine.view(query, this.columnFilters, this.sorting);
    this.showView(view, toTop);
    this.board.show(query, view.filtered, engine.times, this.report.columns);
  }

  private showView(view: View, toTop: boolean): void {
    this.view = view;
    const shown = view.order.length;
    const { rows } = this.manifest;
    this.grid.setRows(shown, toTop);
    this.empty.show(shown);
    const searched = this.engine?.searched;
    const count =
      shown === rows
        ? text('query.count.all', { n: rows })
        : text('query.count.some', { n: number(shown), total: number(rows) });
    this.box.showCount(
      searched === undefined
        ? count
        : `${count} · ${text('query.searching', { percent: `${String(Math.floor(searched * 100))}%` })}`,
    );
    this.box.showClear(this.columnFilters.size > 0);
    this.showProgress(searched ?? 1);
  }

  /** While details are searched, what is found so far is shown a few times a second. */
  private refreshSoon(): void {
    if (this.isRefreshing) return;
    this.isRefreshing = true;
    setTimeout(() => {
      this.isRefreshing = false;
      void this.apply(false);
    }, 120);
  }

  private filterColumn(column: string, filter: string): void {
    if (filter === '') this.columnFilters.delete(column);
    else this.columnFilters.set(column, filter);
    void this.apply(true);
  }

  private async sort(sorting: Sorting): Promise<void> {
    this.sorting = sorting;
    this.head.show(sorting);
    await this.apply(true);
  }

  private clear(): void {
    this.columnFilters.clear();
    this.head.clearFilters();
    this.box.set([]);
  }

  private open(index: number): void {
    const row = this.view.order[index];
    if (row === undefined) return;
    this.openRow = row;
    const { columns } = this.report;
    const event: OpenEvent = {
      time: this.engine?.times[row] ?? 0,
      position: index + 1,
      total: this.view.order.length,
      value: (name) => {
        const column = columns.get(name);
        return column ? valueAt(column, row) : '';
      },
      detail: this.report
        .detail(row)
        .then((cells) => new Map(this.manifest.detail.columns.map((name, i) => [name, cells[i] ?? '']))),
    };
    void this.drawer.open(event);
    this.grid.reveal(index);
    this.grid.refresh();
  }

  private step(by: 1 | -1): void {
    if (this.openRow === undefined) return;
    const index = this.view.order.indexOf(this.openRow) + by;
    if (index >= 0 && index < this.view.order.length) this.open(index);
  }

  private close(): void {
    if (!this.drawer.isOpen) return;
    this.drawer.close();
    this.openRow = undefined;
    this.grid.refresh();
    byId('grid').focus();
  }

  private drawFrame(): void {
    byId('page').classList.toggle('has-no-events', this.manifest.rows === 0);
    byId('summary').textContent = summaryLine(this.manifest);
    const coverage = byId<HTMLDialogElement>('coverage');
    const help = byId<HTMLDialogElement>('help');
    fillBadge(byId('badge'), this.manifest.report);
    fillCoverage(coverage, this.manifest);
    fillHelp(help);
    byId('badge').addEventListener('click', () => coverage.showModal());
    byId('help-button').addEventListener('click', () => help.showModal());
    const narrow = matchMedia('(max-width: 640px)');
    const layOut = (): void => this.grid.layOut(narrow.matches ? LIST_COLUMNS : GRID_COLUMNS, narrow.matches);
    narrow.addEventListener('change', layOut);
    layOut();
    this.head.show(this.sorting);
    document.addEventListener('keydown', (event) => this.onKey(event));
  }

  private onKey(event: KeyboardEvent): void {
    const isTyping = event.target instanceof HTMLInputElement;
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (event.key === '/') {
      event.preventDefault();
      this.box.focus();
    } else if (event.key === '[' || event.key === ']') {
      this.step(event.key === ']' ? 1 : -1);
    }
  }

  private showProgress(share: number): void {
    const line = byId('progress');
    line.style.transform = `scaleX(${String(share)})`;
    line.classList.toggle('is-done', share >= 1);
  }
}

/** When the browser has nothing better to do. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 300 });
    else setTimeout(resolve, 30);
  });
}
