/**
 * The rows in view: a few elements for a million rows. They are in one layer that moves as a whole, each at its own
 * position, so that scrolling only places the rows that come into view.
 */
import { el } from '#public/ui/dom.js';
import type { ColumnLayout } from './column-layout.js';
import { GridRow, type GridSource } from './grid-row.js';

/** Rows kept ready in the direction of scrolling, and on the other side. */
const AHEAD = 6;
const BESIDE = 2;

/** The rows that a layer spans before it starts again at another position: far fewer than a browser can place. */
const SPAN = 50_000;

export class RowWindow {
  readonly element = el('div', { class: 'grid-rows', role: 'rowgroup' });
  /** Each position is always shown by the same element; unused elements are not in the document. */
  private rows: readonly GridRow[] = [];
  /** The first position of the layer. */
  private base = 0;
  private inView = 0;
  /** The position of the view when it was last drawn; NaN if the rows have changed since. */
  private top = NaN;
  private above = BESIDE;
  private below = BESIDE;

  constructor(private readonly source: GridSource) {}

  /** Creates elements for this number of rows in view. */
  resize(inView: number, layout: ColumnLayout): void {
    const wanted = Math.ceil(inView) + 1 + AHEAD + BESIDE;
    this.inView = inView;
    if (wanted === this.rows.length) return;
    this.rows = Array.from({ length: wanted }, (_, i) => this.rows[i] ?? this.newRow(layout));
    this.element.replaceChildren();
    this.forget();
  }

  /** Recreates all cells. */
  layOut(layout: ColumnLayout): void {
    for (const row of this.rows) row.layOut(layout, this.source);
  }

  /** Refills every row at the next draw. */
  forget(): void {
    for (const row of this.rows) row.index = -1;
  }

  /** Other rows follow: since nobody is scrolling yet, few more rows are drawn than are in view. */
  beginAnew(): void {
    this.top = NaN;
  }

  /**
   * Draws the rows around `top`, the position at the upper edge of the view (with a fraction for the part that is
   * scrolled out), which is `scrollTop` pixels below the start.
   */
  draw(top: number, scrollTop: number, rowHeight: number, count: number, selected: RowRange | undefined): void {
    const { rows, source } = this;
    const size = rows.length;
    if (size === 0) return;
    this.lookAhead(top);
    const first = Math.max(0, Math.floor(top) - this.above);
    const end = Math.min(count, Math.ceil(top + this.inView) + this.below);
    if (Math.abs(first - this.base) > SPAN || (this.base !== 0 && first < this.base)) {
      this.base = Math.max(0, first - SPAN / 2);
      this.forget();
    }
    const shift = `translateY(${String(Math.round(scrollTop - (top - this.base) * rowHeight))}px)`;
    if (this.element.style.transform !== shift) this.element.style.transform = shift;
    for (let index = first; index < end; index++) {
      const row = rows[index % size] as GridRow;
      if (row.index === index) continue;
      row.element.style.transform = `translateY(${String((index - this.base) * rowHeight)}px)`;
      row.fill(index, source, selected !== undefined && index >= selected.from && index <= selected.to);
      if (!row.element.isConnected) this.element.append(row.element);
    }
    for (const row of rows) {
      if (row.index >= first && row.index < end) continue;
      row.index = -1;
      row.element.remove();
    }
  }

  /** Keeps more rows ready in the direction in which the view moves. */
  private lookAhead(top: number): void {
    const by = top - this.top;
    this.top = top;
    if (by === 0) return;
    this.above = by < 0 ? AHEAD : BESIDE;
    this.below = by > 0 ? AHEAD : BESIDE;
  }

  /** The row that shows this position, if it is in view. */
  rowAt(index: number): GridRow | undefined {
    const row = this.rows[index % Math.max(1, this.rows.length)];
    return row?.index === index ? row : undefined;
  }

  /** The row that contains an element. */
  rowOf(element: Element): GridRow | undefined {
    return this.rows.find((row) => row.element.contains(element));
  }

  private newRow(layout: ColumnLayout): GridRow {
    const row = new GridRow();
    row.layOut(layout, this.source);
    return row;
  }
}

/** Positions in the table's order, both inclusive. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}
