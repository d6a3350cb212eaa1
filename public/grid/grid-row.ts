/** One row of the grid: an element that is used again for other rows as the table scrolls. */
import { el } from '../dom.js';
import type { GridColumn } from './grid-columns.js';

/** What the grid shows; `index` is a place in the table's order. */
export interface GridSource {
  /** Puts one cell's content into an empty element. */
  fill(cell: HTMLElement, column: string, index: number): void;
  /** Class names of the row. */
  rowClass(index: number): string;
  isOpen(index: number): boolean;
}

/** Which columns there are, where each begins, and which are in view. */
export interface ColumnLayout {
  readonly columns: readonly GridColumn[];
  readonly lefts: readonly number[];
  /** Cells are placed by the style sheet, not by `lefts`. */
  readonly isList: boolean;
  readonly first: number;
  /** The column after the last in view. */
  readonly end: number;
}

export class GridRow {
  readonly element = el('div', { class: 'grid-row', role: 'row' });
  /** The place it shows; -1 where it must be filled anew. */
  index = -1;

  constructor(height: number) {
    this.element.style.height = `${String(height)}px`;
  }

  fill(index: number, { columns, lefts, isList, first, end }: ColumnLayout, source: GridSource): void {
    this.index = index;
    const { element } = this;
    element.className = `grid-row ${index % 2 === 1 ? 'is-odd ' : ''}${source.rowClass(index)}`;
    // Row 1 is the head.
    element.setAttribute('aria-rowindex', String(index + 2));
    element.setAttribute('aria-selected', String(source.isOpen(index)));
    const cells: HTMLElement[] = [];
    for (let i = first; i < end; i++) {
      const column = columns[i] as GridColumn;
      const cell = el('div', {
        class: column.mono ? 'cell is-mono' : 'cell',
        role: 'gridcell',
        'aria-colindex': String(i + 1),
        'data-column': column.name,
        id: cellId(index, i),
      });
      if (!isList) {
        cell.style.left = `${String(lefts[i])}px`;
        cell.style.width = `${String(column.width)}px`;
      }
      source.fill(cell, column.name, index);
      cells.push(cell);
    }
    element.replaceChildren(...cells);
  }
}

export function cellId(index: number, column: number): string {
  return `cell-${String(index)}-${String(column)}`;
}
