/**
 * The table: a virtual ARIA grid. Only the rows and columns in view have elements; the true totals are in
 * `aria-rowcount` and `aria-colcount`. The grid itself has the focus and names its active cell, which may be in the
 * header.
 */
import { el } from '#public/ui/dom.js';
import { layOutColumns, scrolledTo, type ColumnLayout } from './column-layout.js';
import type { GridHead } from './grid-head.js';
import { HEAD_ROW, heldInside, moveOf, type GridPlace } from './grid-keys.js';
import type { GridSource } from './grid-row.js';
import { RowWindow, type RowRange } from './row-window.js';
import { scrollMap, type ScrollMap } from './scroll-map.js';
import { USUAL_TABLE, type TableColumns } from '#public/state/table-columns.js';

interface GridListener {
  onOpen(index: number): void;
  onEscape(): void;
  /** A key that neither moves nor opens; returns true if it was handled. */
  onKey(event: KeyboardEvent, place: GridPlace): boolean;
  /** The user opens a cell's menu: with the right mouse button, a long touch or the menu key. */
  onMenu(place: GridPlace, x: number, y: number): void;
  onSelect(rows: RowRange | undefined): void;
}

const ROW_HEIGHT = 24;
/** Three lines if text wraps, and two if the table is a list. */
const WRAPPED_HEIGHT = 60;
const LIST_HEIGHT = 52;
/** Space after the last column for the buttons in the corner. */
const CORNER = 102;

export class Grid {
  private table: TableColumns = USUAL_TABLE;
  private isList = false;
  private layout: ColumnLayout = layOutColumns(USUAL_TABLE, false, 0);
  private rowHeight = ROW_HEIGHT;
  private count = 0;
  private map: ScrollMap = scrollMap(0, ROW_HEIGHT, 0);
  private active: GridPlace = { row: 0, column: 0 };
  /** The start and end of the selected rows, in the order of selection. */
  private selection: { readonly anchor: number; readonly end: number } | undefined;
  /** The cell that is marked as active. */
  private marked: HTMLElement | undefined;
  private isScheduled = false;
  private readonly rows: RowWindow;
  private readonly body: HTMLElement;

  constructor(
    private readonly element: HTMLElement,
    private readonly head: GridHead,
    source: GridSource,
    private readonly listener: GridListener,
  ) {
    this.rows = new RowWindow(source);
    this.body = el('div', { class: 'grid-body' }, this.rows.element);
    element.setAttribute('aria-multiselectable', 'true');
    element.append(head.element, this.body);
    element.addEventListener('scroll', () => this.schedule(), { passive: true });
    element.addEventListener('keydown', (event) => this.onKey(event));
    this.body.addEventListener('click', (event) => this.onClick(event));
    // With Shift, a click selects rows, not the text between them.
    this.body.addEventListener('mousedown', (event) => {
      if (event.shiftKey) event.preventDefault();
    });
    this.body.addEventListener('contextmenu', (event) => this.onContextMenu(event));
    new ResizeObserver(() => this.measure()).observe(element);
  }

  /** Shows these columns; in a list, a row has two lines, which the style sheet lays out. */
  layOut(table: TableColumns, isList: boolean): void {
    this.table = table;
    this.isList = isList;
    this.rowHeight = isList ? LIST_HEIGHT : table.wrap ? WRAPPED_HEIGHT : ROW_HEIGHT;
    this.element.style.setProperty('--row-height', `${String(this.rowHeight)}px`);
    this.element.classList.toggle('is-list', isList);
    this.element.classList.toggle('is-wrapped', table.wrap && !isList);
    this.place();
    this.active = heldInside(this.active, this.last);
    this.measure();
  }

  /** Shows this number of rows, whose content may be new, from the top or from the current position. */
  setRows(count: number, toTop: boolean): void {
    this.count = count;
    if (toTop) this.rows.beginAnew();
    this.element.setAttribute('aria-rowcount', String(count + 1));
    const { row, column } = this.active;
    // A user who sorts by keyboard in the header stays there.
    this.active = heldInside({ row: toTop && row !== HEAD_ROW ? 0 : row, column }, this.last);
    if (toTop) this.select();
    if (toTop) this.element.scrollTop = 0;
    this.measure();
  }

  /** Redraws every row. */
  refresh(): void {
    this.rows.forget();
    this.draw();
  }

  /** Makes a row active and scrolls as little as necessary to show it. */
  reveal(index: number): void {
    this.goTo({ ...this.active, row: index });
  }

  /** The selected rows; undefined if there are none. */
  get selected(): RowRange | undefined {
    if (!this.selection) return undefined;
    const { anchor, end } = this.selection;
    return { from: Math.min(anchor, end), to: Math.max(anchor, end) };
  }

  /** The current place of a cell. */
  placeIn(cell: Element): GridPlace | undefined {
    const row = this.rows.rowOf(cell);
    return row && { row: row.index, column: Number(cell.getAttribute('aria-colindex')) - 1 };
  }

  /** The current columns. */
  get columns(): ColumnLayout {
    return this.layout;
  }

  private get last(): GridPlace {
    return { row: this.count - 1, column: this.layout.columns.length - 1 };
  }

  private get view(): number {
    return Math.max(0, this.element.clientHeight - this.head.element.offsetHeight);
  }

  private place(): void {
    this.layout = layOutColumns(this.table, this.isList, this.element.clientWidth);
    this.element.setAttribute('aria-colcount', String(this.layout.columns.length));
    this.head.layOut(this.layout);
    const width = this.isList ? '100%' : `${String(this.layout.width + CORNER)}px`;
    for (const part of [this.head.element, this.body]) part.style.width = width;
    this.layout = scrolledTo(this.layout, this.element.scrollLeft, this.element.clientWidth);
    this.rows.layOut(this.layout);
  }

  private measure(): void {
    const { offsetWidth, clientWidth, parentElement } = this.element;
    parentElement?.style.setProperty('--scroll-bar', `${String(offsetWidth - clientWidth)}px`);
    const top = this.map.rowAt(this.element.scrollTop);
    this.map = scrollMap(this.count, this.rowHeight, this.view);
    this.body.style.height = `${String(this.map.height)}px`;
    const position = this.map.positionOf(top);
    if (Math.abs(position - this.element.scrollTop) > 1) this.element.scrollTop = position;
    const { pinned } = layOutColumns(this.table, this.isList, this.element.clientWidth);
    if (pinned !== this.layout.pinned) this.place();
    this.rows.resize(this.view / this.rowHeight, this.layout);
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
    const { scrollTop, scrollLeft, clientWidth } = this.element;
    const layout = scrolledTo(this.layout, scrollLeft, clientWidth);
    if (layout !== this.layout) {
      this.layout = layout;
      this.rows.layOut(layout);
    }
    this.rows.draw(this.map.rowAt(scrollTop), scrollTop, this.rowHeight, this.count, this.selected);
    this.showActive();
  }

  private activeCell(): HTMLElement | undefined {
    const { row, column } = this.active;
    if (row === HEAD_ROW) return this.head.cell(column);
    return this.rows.rowAt(row)?.cell(column);
  }

  private showActive(): void {
    const cell = this.activeCell();
    if (cell === this.marked && cell?.id === ACTIVE_ID) return;
    if (this.marked) {
      this.marked.classList.remove('is-active');
      this.marked.removeAttribute('id');
    }
    this.marked = cell;
    if (cell) {
      cell.classList.add('is-active');
      cell.id = ACTIVE_ID;
      this.element.setAttribute('aria-activedescendant', ACTIVE_ID);
    } else {
      this.element.removeAttribute('aria-activedescendant');
    }
  }

  /** Makes a cell active, in the header or below, and scrolls as little as necessary to show it. */
  goTo(place: GridPlace): void {
    this.active = heldInside(place, this.last);
    const { row, column } = this.active;
    if (row !== HEAD_ROW) {
      const top = this.map.rowAt(this.element.scrollTop);
      const inView = this.view / this.rowHeight;
      if (row < top) this.element.scrollTop = this.map.positionOf(row);
      else if (row + 1 > top + inView) this.element.scrollTop = Math.ceil(this.map.positionOf(row + 1 - inView));
    }
    const { lefts, columns, pinned, pinnedWidth, isList } = this.layout;
    if (!isList && column >= pinned) {
      const left = lefts[column] as number;
      const right = left + (columns[column]?.width ?? 0);
      const { scrollLeft, clientWidth } = this.element;
      if (left < scrollLeft + pinnedWidth) this.element.scrollLeft = left - pinnedWidth;
      else if (right > scrollLeft + clientWidth) this.element.scrollLeft = right - clientWidth;
    }
    this.draw();
    // The header of a list scrolls by itself.
    if (isList && row === HEAD_ROW) this.activeCell()?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** Selects the rows from one to another; without arguments, clears the selection. */
  private select(anchor?: number, end?: number): void {
    const had = this.selection !== undefined;
    this.selection = anchor === undefined || end === undefined ? undefined : { anchor, end };
    if (!had && !this.selection) return;
    this.rows.forget();
    this.listener.onSelect(this.selected);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.element) return;
    const { row } = this.active;
    if (event.key === 'Escape' && this.selection) {
      this.select();
      this.draw();
    } else if (event.key === 'Escape') {
      this.listener.onEscape();
    } else if (event.key === 'Enter' && row !== HEAD_ROW) {
      event.preventDefault();
      if (this.count > 0) this.listener.onOpen(row);
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      const box = this.activeCell()?.getBoundingClientRect();
      if (box) this.listener.onMenu(this.active, box.left + 8, box.bottom);
    } else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (this.count > 0) this.select(0, this.count - 1);
      this.draw();
    } else if (this.listener.onKey(event, this.active)) {
      event.preventDefault();
    } else {
      this.moveByKey(event);
    }
  }

  private moveByKey(event: KeyboardEvent): void {
    if (event.altKey) return;
    const page = Math.max(1, Math.floor(this.view / this.rowHeight) - 1);
    const next = moveOf(event, this.active, this.last, page);
    if (!next) return;
    event.preventDefault();
    const { row } = this.active;
    const isExtending = event.shiftKey && next.row !== row && row !== HEAD_ROW;
    this.goTo(isExtending ? { ...next, row: Math.max(0, next.row) } : next);
    if (isExtending) this.select(this.selection?.anchor ?? row, this.active.row);
    else if (!event.shiftKey) this.select();
    this.draw();
  }

  private placeOf(event: MouseEvent): GridPlace | undefined {
    const cell = event.target instanceof Element ? event.target.closest('.cell') : null;
    return cell ? this.placeIn(cell) : undefined;
  }

  private onClick(event: MouseEvent): void {
    const place = this.placeOf(event);
    // Text selected with the mouse is to be copied; the event is not opened.
    if (!place || getSelection()?.toString()) return;
    const anchor = this.selection?.anchor ?? Math.max(0, this.active.row);
    this.active = place;
    if (event.shiftKey) this.select(anchor, place.row);
    else this.select();
    this.draw();
    if (!event.shiftKey) this.listener.onOpen(place.row);
  }

  private onContextMenu(event: MouseEvent): void {
    const place = this.placeOf(event);
    // With Shift, the browser's own menu opens.
    if (!place || event.shiftKey) return;
    event.preventDefault();
    const { selected } = this;
    this.active = place;
    if (selected && (place.row < selected.from || place.row > selected.to)) this.select();
    this.draw();
    this.listener.onMenu(place, event.clientX, event.clientY);
  }
}

const ACTIVE_ID = 'active-cell';
