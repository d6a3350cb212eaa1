/**
 * The table: a virtual ARIA grid. Only the rows and columns in view have elements; the true totals are in
 * `aria-rowcount` and `aria-colcount`. The grid itself has the focus and names its active cell.
 */
import { el } from '../dom.js';
import type { GridColumn } from './grid-columns.js';
import type { GridHead } from './grid-head.js';
import { moveOf, type GridPlace } from './grid-keys.js';
import { scrollMap, type ScrollMap } from './scroll-map.js';

/** What the grid shows; `index` is a place in the table's order. */
export interface GridSource {
  /** Puts one cell's content into an empty element. */
  fill(cell: HTMLElement, column: GridColumn, index: number): void;
  /** Class names of the row. */
  rowClass(index: number): string;
  isOpen(index: number): boolean;
}

export interface GridListener {
  onOpen(index: number): void;
  onEscape(): void;
}

interface GridRow {
  readonly element: HTMLElement;
  index: number;
}

/** Rows kept ready above and below those in view. */
const MARGIN = 6;

export class Grid {
  private columns: readonly GridColumn[] = [];
  private lefts: readonly number[] = [];
  private rowHeight = 27;
  private isList = false;
  private count = 0;
  private map: ScrollMap = scrollMap(0, 27, 0);
  private pool: GridRow[] = [];
  private firstColumn = 0;
  private lastColumn = 0;
  private active: GridPlace = { row: 0, column: 0 };
  private isScheduled = false;
  private readonly body = el('div', { class: 'grid-body', role: 'rowgroup' });

  constructor(
    private readonly element: HTMLElement,
    private readonly head: GridHead,
    private readonly source: GridSource,
    private readonly listener: GridListener,
  ) {
    element.append(head.element, this.body);
    element.addEventListener('scroll', () => this.schedule(), { passive: true });
    element.addEventListener('keydown', (event) => this.onKey(event));
    element.addEventListener('focus', () => this.draw());
    this.body.addEventListener('click', (event) => this.onClick(event));
    new ResizeObserver(() => this.measure()).observe(element);
  }

  /** Shows these columns; as a list, a row is two lines that the style sheet lays out. */
  layOut(columns: readonly GridColumn[], isList: boolean): void {
    this.columns = columns;
    this.isList = isList;
    this.rowHeight = isList ? 52 : 27;
    let left = 0;
    this.lefts = columns.map(({ width }) => (left += width) - width);
    this.element.classList.toggle('is-list', isList);
    this.element.setAttribute('aria-colcount', String(columns.length));
    this.head.layOut(columns, this.lefts, !isList);
    for (const part of [this.head.element, this.body]) part.style.width = isList ? '100%' : `${String(left)}px`;
    this.active = { row: this.active.row, column: Math.min(this.active.column, columns.length - 1) };
    this.measure();
  }

  /** Shows this many rows, whose content may all be new, from the top or from where it was. */
  setRows(count: number, toTop: boolean): void {
    this.count = count;
    this.element.setAttribute('aria-rowcount', String(count + 1));
    this.active = { ...this.active, row: toTop ? 0 : Math.min(this.active.row, Math.max(0, count - 1)) };
    if (toTop) this.element.scrollTop = 0;
    this.measure();
  }

  /** Draws every row anew. */
  refresh(): void {
    for (const row of this.pool) row.index = -1;
    this.draw();
  }

  /** Makes a row the active one and scrolls as little as is needed to see it. */
  reveal(index: number): void {
    this.moveTo({ ...this.active, row: index });
  }

  private get view(): number {
    return Math.max(0, this.element.clientHeight - this.head.element.offsetHeight);
  }

  private measure(): void {
    const top = this.map.rowAt(this.element.scrollTop);
    this.map = scrollMap(this.count, this.rowHeight, this.view);
    this.body.style.height = `${String(this.map.height)}px`;
    const position = this.map.positionOf(top);
    if (Math.abs(position - this.element.scrollTop) > 1) this.element.scrollTop = position;
    const wanted = Math.min(this.count, Math.ceil(this.view / this.rowHeight) + 1 + MARGIN * 2);
    if (wanted !== this.pool.length || this.isList !== this.body.classList.contains('is-list')) this.fillPool(wanted);
    this.refresh();
  }

  private fillPool(size: number): void {
    this.body.classList.toggle('is-list', this.isList);
    this.pool = Array.from({ length: size }, () => {
      const element = el('div', { class: 'grid-row', role: 'row' });
      element.style.height = `${String(this.rowHeight)}px`;
      return { element, index: -1 };
    });
    this.body.replaceChildren(...this.pool.map(({ element }) => element));
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    requestAnimationFrame(() => {
      this.isScheduled = false;
      this.draw();
    });
  }

  private draw(): void {
    const { scrollTop } = this.element;
    const top = this.map.rowAt(scrollTop);
    const columnsMoved = this.findColumns();
    const first = Math.max(0, Math.min(Math.floor(top) - MARGIN, this.count - this.pool.length));
    for (let index = first; index < first + this.pool.length; index++) {
      const row = this.pool[index % this.pool.length] as GridRow;
      row.element.style.transform = `translateY(${String(Math.round(scrollTop + (index - top) * this.rowHeight))}px)`;
      if (row.index !== index || columnsMoved) this.fillRow(row, index);
    }
    this.showActive();
  }

  /** Finds the columns in view; true where they are others than before. */
  private findColumns(): boolean {
    const { scrollLeft, clientWidth } = this.element;
    let first = 0;
    let last = this.columns.length;
    if (!this.isList) {
      while (first < last - 1 && (this.lefts[first + 1] as number) <= scrollLeft) first++;
      while (last > first + 1 && (this.lefts[last - 1] as number) >= scrollLeft + clientWidth) last--;
    }
    const moved = first !== this.firstColumn || last !== this.lastColumn;
    this.firstColumn = first;
    this.lastColumn = last;
    return moved;
  }

  private fillRow(row: GridRow, index: number): void {
    row.index = index;
    row.element.id = `row-${String(index)}`;
    row.element.className = `grid-row ${index % 2 === 1 ? 'is-odd ' : ''}${this.source.rowClass(index)}`;
    row.element.setAttribute('aria-rowindex', String(index + 2));
    row.element.setAttribute('aria-selected', String(this.source.isOpen(index)));
    const cells: HTMLElement[] = [];
    for (let i = this.firstColumn; i < this.lastColumn; i++) {
      const column = this.columns[i] as GridColumn;
      const cell = el('div', {
        class: column.mono ? 'cell is-mono' : 'cell',
        role: 'gridcell',
        'aria-colindex': String(i + 1),
        'data-column': column.name,
        id: cellId(index, i),
      });
      if (!this.isList) {
        cell.style.left = `${String(this.lefts[i])}px`;
        cell.style.width = `${String(column.width)}px`;
      }
      this.source.fill(cell, column, index);
      cells.push(cell);
    }
    row.element.replaceChildren(...cells);
  }

  private showActive(): void {
    this.body.querySelector('.is-active')?.classList.remove('is-active');
    const cell = document.getElementById(cellId(this.active.row, this.active.column));
    if (cell) this.element.setAttribute('aria-activedescendant', cell.id);
    else this.element.removeAttribute('aria-activedescendant');
    cell?.classList.add('is-active');
  }

  private moveTo(place: GridPlace): void {
    if (this.count === 0) return;
    this.active = {
      row: Math.min(Math.max(place.row, 0), this.count - 1),
      column: Math.min(Math.max(place.column, 0), this.columns.length - 1),
    };
    const { row, column } = this.active;
    const top = this.map.rowAt(this.element.scrollTop);
    const inView = this.view / this.rowHeight;
    if (row < top) this.element.scrollTop = this.map.positionOf(row);
    else if (row + 1 > top + inView) this.element.scrollTop = Math.ceil(this.map.positionOf(row + 1 - inView));
    if (!this.isList) {
      const left = this.lefts[column] as number;
      const right = left + (this.columns[column]?.width ?? 0);
      if (left < this.element.scrollLeft) this.element.scrollLeft = left;
      else if (right > this.element.scrollLeft + this.element.clientWidth)
        this.element.scrollLeft = right - this.element.clientWidth;
    }
    this.draw();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.element) return;
    if (event.key === 'Escape') {
      this.listener.onEscape();
      return;
    }
    if (event.key === 'Enter' && this.count > 0) {
      event.preventDefault();
      this.listener.onOpen(this.active.row);
      return;
    }
    const page = Math.max(1, Math.floor(this.view / this.rowHeight) - 1);
    const next = moveOf(event, this.active, { row: this.count - 1, column: this.columns.length - 1 }, page);
    if (!next) return;
    event.preventDefault();
    this.moveTo(next);
  }

  private onClick(event: MouseEvent): void {
    const cell = event.target instanceof Element ? event.target.closest('.cell') : null;
    const row = this.pool.find(({ element }) => cell !== null && element.contains(cell));
    if (!row || !cell) return;
    this.active = { row: row.index, column: Number(cell.getAttribute('aria-colindex')) - 1 };
    this.showActive();
    this.listener.onOpen(row.index);
  }
}

function cellId(row: number, column: number): string {
  return `cell-${String(row)}-${String(column)}`;
}
