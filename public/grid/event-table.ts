/** The table of events: the grid, its columns for wide and narrow screens, and what its cells show. */
import { byId } from '../dom.js';
import type { Report } from '../data/report.js';
import { fillCell, rowClass } from './cell-content.js';
import { GRID_COLUMNS, LIST_COLUMNS } from './grid-columns.js';
import { GridHead, type HeadListener, type Sorting } from './grid-head.js';
import { Grid, type GridListener } from './grid.js';

export class EventTable {
  private readonly head: GridHead;
  private readonly grid: Grid;
  private order = new Uint32Array(0);
  private times = new Float64Array(0);
  private openRow: number | undefined;

  constructor(report: Report, sorting: Sorting, listener: HeadListener & GridListener) {
    this.head = new GridHead(listener);
    const rowOf = (index: number): number => this.order[index] as number;
    const source = {
      fill: (cell: HTMLElement, column: string, index: number) =>
        fillCell(report, this.times, cell, column, rowOf(index)),
      rowClass: (index: number) => rowClass(report, rowOf(index)),
      isOpen: (index: number) => rowOf(index) === this.openRow,
    };
    this.grid = new Grid(byId('grid'), this.head, source, listener);
    const narrow = matchMedia('(max-width: 640px)');
    const layOut = (): void => this.grid.layOut(narrow.matches ? LIST_COLUMNS : GRID_COLUMNS, narrow.matches);
    narrow.addEventListener('change', layOut);
    layOut();
    this.head.show(sorting);
  }

  /** Shows these rows in this order, from the top or from where the table was. */
  show(order: Uint32Array<ArrayBuffer>, times: Float64Array<ArrayBuffer>, toTop: boolean): void {
    this.order = order;
    this.times = times;
    this.grid.setRows(order.length, toTop);
  }

  /** Marks the row of the open event, which stands at `index`. */
  showOpen(row: number | undefined, index: number | undefined): void {
    this.openRow = row;
    if (index !== undefined) this.grid.reveal(index);
    this.grid.refresh();
  }

  showSorting(sorting: Sorting): void {
    this.head.show(sorting);
  }

  clearFilters(): void {
    this.head.clearFilters();
  }

  /** Draws the rows in view anew: a column has been read. */
  refresh(): void {
    this.grid.refresh();
  }

  focus(): void {
    byId('grid').focus();
  }

  /** Goes to the first row; a table without rows leaves the focus where it is. */
  focusFirst(): void {
    if (this.order.length === 0) return;
    this.focus();
    this.grid.reveal(0);
  }
}
