/**
 * The table: a virtual ARIA grid. Only the rows and columns in view have elements; the true totals are in
 * `aria-rowcount` and `aria-colcount`. The grid itself has the focus and names its active cell.
 */
import { el } from '../dom.js';
import type { GridColumn } from './grid-columns.js';
import type { GridHead } from './grid-head.js';
import { moveOf, type GridPlace } from './grid-keys.js';
import { cellId, GridRow, type ColumnLayout, type GridSource } from './grid-row.js';
import { scrollMap, type ScrollMap } from './scroll-map.js';

export interface GridListener {
  onOpen(index: number): void;
  onEscape(): void;
}

/** Rows kept ready above and below those in view. */
const MARGIN = 6;

export class Grid {
  private layout: ColumnLayout = { columns: [], lefts: [], isList: false, first: 0, end: 0 };
  private rowHeight = 27;
  private count = 0;
  private map: ScrollMap = scrollMap(0, 27, 0);
  private pool: GridRow[] = [];
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
    this.rowHeight = isList ? 52 : 27;
    let width = 0;
    const lefts = columns.map((column) => (width += column.width) - column.width);
    this.layout = { columns, lefts, isList, first: 0, end: 0 };
    this.element.classList.toggle('is-list', isList);
    this.element.setAttribute('aria-colcount', String(columns.length));
    this.head.layOut(columns, lefts, !isList);
    for (const part of [this.head.element, this.body]) part.style.width = isList ? '100%' : `${String(width)}px`;
    this.active = { row: this.active.row, column: Math.min(this.active.column, columns.length - 1) };
    this.pool = [];
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
    if (wanted !== this.pool.length) {
      this.pool = Array.from({ length: wanted }, () => new GridRow(this.rowHeight));
      this.body.replaceChildren(...this.pool.map(({ element }) => element));
    }
    this.refresh();
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
      if (row.index !== index || columnsMoved) row.fill(index, this.layout, this.source);
    }
    this.showActive();
  }

  /** Finds the columns in view; true where they are others than before. */
  private findColumns(): boolean {
    const { scrollLeft, clientWidth } = this.element;
    const { lefts, isList } = this.layout;
    let first = 0;
    let end = lefts.length;
    if (!isList) {
      while (first < end - 1 && (lefts[first + 1] as number) <= scrollLeft) first++;
      while (end > first + 1 && (lefts[end - 1] as number) >= scrollLeft + clientWidth) end--;
    }
    const moved = first !== this.layout.first || end !== this.layout.end;
    if (moved) this.layout = { ...this.layout, first, end };
    return moved;
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
      column: Math.min(Math.max(place.column, 0), this.layout.columns.length - 1),
    };
    const { row, column } = this.active;
    const top = this.map.rowAt(this.element.scrollTop);
    const inView = this.view / this.rowHeight;
    if (row < top) this.element.scrollTop = this.map.positionOf(row);
    else if (row + 1 > top + inView) this.element.scrollTop = Math.ceil(this.map.positionOf(row + 1 - inView));
    if (!this.layout.isList) {
      const left = this.layout.lefts[column] as number;
      const right = left + (this.layout.columns[column]?.width ?? 0);
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
    const next = moveOf(event, this.active, { row: this.count - 1, column: this.layout.columns.length - 1 }, page);
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
