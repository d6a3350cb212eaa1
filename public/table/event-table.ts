/**
 * The table of events: the grid, its columns and order, its menus, and the content of its cells. The user's choices
 * (columns, order) are plain data that a link can contain.
 */
import type { Query } from '#shared/query/ast.js';
import type { TimeSpan } from '#shared/query/time-text.js';
import { openColumnMenu, WIDTH_STEP, type ColumnMenuParts } from './menu/column-menu.js';
import { columnsIn } from './menu/column-clauses.js';
import { openColumnsPanel } from './menu/columns-panel.js';
import type { Report } from '#public/engine/data/report.js';
import { byId, el, icon } from '#public/ui/dom.js';
import { sortedRows, type RowOrder } from '#public/engine/filter/row-order.js';
import type { ValueCounts } from '#public/engine/filter/value-counts.js';
import { text } from '#public/text/language.js';
import { cellFor, rowClass, wholeValue, type CellData } from './cell-content.js';
import { DetailCells } from './detail-cells.js';
import { gridColumnOf } from '#public/state/grid-columns.js';
import { GridHead } from './grid-head.js';
import { Grid } from './grid.js';
import { HEAD_ROW, type GridPlace } from './grid-keys.js';
import { RowActions } from './row-actions.js';
import { NEWEST_FIRST, nextSorting, type Sorting } from '#public/state/sorting.js';
import {
  columnWidth,
  movedColumn,
  resizedColumn,
  USUAL_TABLE,
  type TableColumns,
} from '#public/state/table-columns.js';

interface TableListener {
  /** The current query, which includes the columns' filters. */
  query(): Query;
  onQuery(query: Query): void;
  /** The number of matching events for each value of a column. */
  counts(query: Query, column: string): Promise<ValueCounts>;
  onSorting(sorting: Sorting): void;
  onColumns(columns: TableColumns): void;
  onOpen(index: number): void;
  onEscape(): void;
  onExport(): void;
  /** The sessions of the events are wanted in their place. */
  onSessions(): void;
}

export class EventTable {
  private readonly head: GridHead;
  private readonly grid: Grid;
  private readonly data: CellData;
  private readonly narrow = matchMedia('screen and (max-width: 640px)');
  private order: RowOrder = sortedRows(new Uint32Array(0));
  private openRow: number | undefined;
  private readonly actions: RowActions;
  private table: TableColumns = USUAL_TABLE;
  private sortedBy: Sorting = NEWEST_FIRST;

  constructor(
    report: Report,
    private readonly listener: TableListener,
  ) {
    const details = new DetailCells(report, () => this.grid.refresh());
    this.data = { report, details, times: new Float64Array(0) };
    this.actions = new RowActions({
      data: this.data,
      order: () => this.order,
      columns: () => this.grid.columns.columns,
      selected: () => this.grid.selected,
      query: () => listener.query(),
      onQuery: (query) => listener.onQuery(query),
      onOpen: (index) => listener.onOpen(index),
    });
    this.head = new GridHead({
      onSort: (column, add) => this.sort(nextSorting(this.sortedBy, column, add)),
      onColumnMenu: (column, anchor) => this.openMenu(column, anchor),
      onResize: (column, width) => this.choose(resizedColumn(this.table, column, width)),
      onFit: (column) => this.fit(column),
      onMove: (column, before) => this.choose(movedColumn(this.table, column, this.table.shown.indexOf(before))),
    });
    this.grid = new Grid(
      byId('grid'),
      this.head,
      {
        cell: (column) => cellFor(this.data, column),
        rowAt: (index) => this.order.rowAt(index) as number,
        rowClass: (row) => rowClass(this.data, row),
        isOpen: (row) => row === this.openRow,
      },
      {
        onOpen: (index) => listener.onOpen(index),
        onEscape: () => listener.onEscape(),
        onKey: (event, place) => this.onKey(event, place),
        onMenu: (place, x, y) => this.actions.openMenu(place, x, y),
        onSelect: (rows) => this.actions.saySelected(rows),
      },
    );
    this.narrow.addEventListener('change', () => this.layOut());
    byId('grid').addEventListener('pointerover', (event) => this.showWhole(event));
    byId('table').append(this.corner(), this.actions.note);
    this.layOut();
  }

  get columns(): TableColumns {
    return this.table;
  }

  /** Shows these columns, from a link or from the user's choice. */
  set columns(columns: TableColumns) {
    this.table = columns;
    this.layOut();
  }

  get sorting(): Sorting {
    return this.sortedBy;
  }

  /** Marks the columns by which the table is sorted. */
  set sorting(sorting: Sorting) {
    this.sortedBy = sorting;
    this.showHead();
  }

  /** Shows these rows in this order, from the top or from the current position. */
  show(order: RowOrder, times: Float64Array<ArrayBuffer>, toTop: boolean): void {
    this.order = order;
    this.data.times = times;
    this.showHead();
    this.grid.setRows(order.length, toTop);
  }

  /** Marks the row of the open event, at `index`. */
  showOpen(row: number | undefined, index: number | undefined): void {
    this.openRow = row;
    if (index !== undefined) this.grid.reveal(index);
    this.grid.refresh();
  }

  /** Redraws the rows in view, because a column has been read. */
  refresh(): void {
    this.grid.refresh();
  }

  focus(): void {
    byId('grid').focus();
  }

  /** Moves to the first row; without rows, the focus stays where it is. */
  focusFirst(): void {
    if (this.order.length === 0) return;
    this.focus();
    this.grid.reveal(0);
  }

  private layOut(): void {
    this.grid.layOut(this.table, this.narrow.matches);
  }

  private showHead(): void {
    this.head.show(this.sortedBy, columnsIn(this.listener.query()));
  }

  private sort(sorting: Sorting): void {
    this.sorting = sorting;
    this.listener.onSorting(sorting);
  }

  private choose(columns: TableColumns): void {
    if (columns === this.table) return;
    this.columns = columns;
    this.listener.onColumns(columns);
  }

  private openMenu(column: string, anchor: HTMLElement): void {
    const { listener } = this;
    const parts: ColumnMenuParts = {
      query: () => listener.query(),
      onQuery: (query) => listener.onQuery(query),
      counts: (query, of) => listener.counts(query, of),
      span: this.span(),
      table: () => this.table,
      onTable: (table) => this.choose(table),
      sorting: () => this.sortedBy,
      onSorting: (sorting) => this.sort(sorting),
      onFit: (of) => this.fit(of),
    };
    openColumnMenu(parts, column, anchor, this.narrow.matches);
  }

  /** From the first event's time to after the last one's; the manifest has them before the events are read. */
  private span(): TimeSpan {
    const { times, report } = this.data;
    const range = report.manifest.report.timeRange;
    const from = times[0] ?? Date.parse(range?.from ?? '');
    const last = times[times.length - 1] ?? Date.parse(range?.to ?? '');
    return { from, to: last + 1000 };
  }

  /** The keys of the header: the same actions as its buttons. */
  private onKey(event: KeyboardEvent, { row, column }: GridPlace): boolean {
    const name = this.grid.columns.columns[column]?.name;
    if (event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey))
      return this.actions.copyByKey({ row, column });
    if (row !== HEAD_ROW || name === undefined || event.ctrlKey || event.metaKey) return false;
    const cell = this.head.cell(column);
    const at = this.table.shown.indexOf(name);
    const width = columnWidth(this.table, name);
    if (event.altKey && event.key !== 'ArrowDown') return false;
    switch (event.shiftKey && event.key.startsWith('Arrow') ? `Shift+${event.key}` : event.key) {
      case 'Enter':
        this.sort(nextSorting(this.sortedBy, name, event.shiftKey));
        return true;
      case 'ArrowDown':
        if (!event.altKey) return false;
        if (cell) this.openMenu(name, cell);
        return true;
      case ' ':
        if (cell) this.openMenu(name, cell);
        return true;
      case 'Shift+ArrowLeft':
      case 'Shift+ArrowRight':
        this.choose(movedColumn(this.table, name, at + (event.key === 'ArrowLeft' ? -1 : 1)));
        this.grid.goTo({ row: HEAD_ROW, column: this.table.shown.indexOf(name) });
        return true;
      case '+':
        this.choose(resizedColumn(this.table, name, width + WIDTH_STEP));
        return true;
      case '-':
        this.choose(resizedColumn(this.table, name, width - WIDTH_STEP));
        return true;
      default:
        return false;
    }
  }

  /** Makes the column as wide as its heading and the cells in view need. */
  private fit(name: string): void {
    const cells = byId('grid').querySelectorAll<HTMLElement>(`[data-column="${name}"]`);
    this.choose(resizedColumn(this.table, name, Math.max(...[...cells].map(neededWidth))));
  }

  /** Puts the whole value into the tooltip of the cell under the pointer. */
  private showWhole({ target }: PointerEvent): void {
    const cell = target instanceof Element ? target.closest<HTMLElement>('.cell') : null;
    const index = cell ? this.grid.placeIn(cell)?.row : undefined;
    const column = gridColumnOf(cell?.dataset['column'] ?? '');
    // A time has a tooltip of its own (`shown-time.ts`).
    if (cell && index !== undefined && column && column.name !== 'eventTime')
      cell.title = wholeValue(this.data, column, this.order.rowAt(index) as number).slice(0, LONGEST_TOOLTIP);
  }

  private corner(): HTMLElement {
    const label = text('columns.title');
    const columns = el(
      'button',
      { type: 'button', class: 'icon-button', 'aria-haspopup': 'dialog', title: label, 'aria-label': label },
      icon('columns'),
    );
    columns.addEventListener('click', () => {
      openColumnsPanel({ table: () => this.table, onTable: (table) => this.choose(table) }, columns);
    });
    const saving = text('export.button');
    const save = el(
      'button',
      { type: 'button', class: 'icon-button', 'aria-haspopup': 'dialog', title: saving, 'aria-label': saving },
      icon('export'),
    );
    save.addEventListener('click', () => this.listener.onExport());
    const sessions = el(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        id: 'sessions-open',
        title: text('sessions.open.title'),
        'aria-label': text('sessions.open'),
      },
      icon('people'),
    );
    sessions.addEventListener('click', () => this.listener.onSessions());
    return el('div', { class: 'table-corner' }, sessions, columns, save);
  }
}

const LONGEST_TOOLTIP = 2000;

/** The width of the element's content, including the part that is cut off, in CSS pixels. */
function neededWidth(element: HTMLElement): number {
  const range = document.createRange();
  range.selectNodeContents(element);
  const style = getComputedStyle(element);
  const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
  const label = element.querySelector('.sort-label');
  const content = label ? label.scrollWidth + 60 : range.getBoundingClientRect().width;
  return Math.ceil(content + padding) + 2;
}
