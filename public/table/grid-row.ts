/** One row of the grid: an element with all its cells that is reused for other events while the table scrolls. */
import { el, setAttribute } from '#public/ui/dom.js';
import type { CellView } from './cell-content.js';
import type { ColumnLayout } from './column-layout.js';
import type { GridColumn } from '#public/state/grid-columns.js';

/** What the grid shows; `index` is a position in the table's order. */
export interface GridSource {
  /** A cell for a column, which can be refilled. */
  cell(column: GridColumn): CellView;
  /** The event at a position. */
  rowAt(index: number): number;
  /** Class names for an event's row. */
  rowClass(row: number): string;
  isOpen(row: number): boolean;
}

export class GridRow {
  readonly element = el('div', { class: 'grid-row', role: 'row' });
  /** The position that it shows; -1 if it must be refilled. */
  index = -1;
  private cells: readonly CellView[] = [];
  private classes = '';
  private numbers: readonly number[] = [];

  /** Creates cells for the columns in view. */
  layOut(layout: ColumnLayout, source: GridSource): void {
    const { columns, lefts, pinned, isList, first, end } = layout;
    const numbers: number[] = [];
    for (let i = 0; i < pinned; i++) numbers.push(i);
    for (let i = first; i < end; i++) numbers.push(i);
    this.numbers = numbers;
    this.cells = numbers.map((i) => {
      const column = columns[i] as GridColumn;
      const cell = source.cell(column);
      const { element } = cell;
      element.className = `cell${column.mono ? ' is-mono' : ''}${i < pinned ? ' is-pinned' : ''}`;
      element.setAttribute('role', 'gridcell');
      element.setAttribute('aria-colindex', String(i + 1));
      element.dataset['column'] = column.name;
      if (!isList) {
        element.style.left = `${String(lefts[i])}px`;
        element.style.width = `${String(column.width)}px`;
      }
      return cell;
    });
    this.element.replaceChildren(...this.cells.map(({ element }) => element));
    this.index = -1;
  }

  /** Shows the event at this position. */
  fill(index: number, source: GridSource, isSelected: boolean): void {
    const row = source.rowAt(index);
    const { element, cells } = this;
    // Row 1 is the header.
    setAttribute(element, 'aria-rowindex', String(index + 2));
    this.index = index;
    this.mark(row, source, isSelected);
    for (let i = 0; i < cells.length; i++) (cells[i] as CellView).show(row);
  }

  /** The cell of a column, if it is in view. */
  cell(column: number): HTMLElement | undefined {
    return this.cells[this.numbers.indexOf(column)]?.element;
  }

  private mark(row: number, source: GridSource, isSelected: boolean): void {
    const isOpen = source.isOpen(row);
    const classes = `grid-row ${source.rowClass(row)}${this.index % 2 === 1 ? ' is-odd' : ''}${isOpen ? ' is-open' : ''}`;
    const { element } = this;
    if (classes !== this.classes) {
      element.className = classes;
      this.classes = classes;
      if (isOpen) element.setAttribute('aria-current', 'true');
      else element.removeAttribute('aria-current');
    }
    setAttribute(element, 'aria-selected', String(isSelected));
  }
}
