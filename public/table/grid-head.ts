/**
 * The table's header: for each column a button to sort by it, one for its menu (filter and place), and an edge to drag.
 * The buttons are for the pointer; by keyboard, the header is a row of the grid, and keys do the same.
 */
import { fieldNameOf } from '#shared/query/fields.js';
import { el, icon, setAttribute, setText } from '#public/ui/dom.js';
import { columnLabel, columnMeaning, text } from '#public/text/language.js';
import type { ColumnLayout } from './column-layout.js';
import type { GridColumn } from '#public/state/grid-columns.js';
import { dragHead, type DragListener } from './head-drag.js';
import type { Sorting } from '#public/state/sorting.js';

interface HeadListener extends DragListener {
  /** `add`: after the existing keys. */
  onSort(column: string, add: boolean): void;
  /** The user opens the column's menu, which belongs below `anchor`. */
  onColumnMenu(column: string, anchor: HTMLElement): void;
}

interface HeadCell {
  readonly name: string;
  readonly cell: HTMLElement;
  readonly mark: HTMLElement;
}

export class GridHead {
  readonly element = el('div', { class: 'grid-head', role: 'rowgroup' });
  private cells: readonly HeadCell[] = [];
  private sorting: Sorting = [];
  private filtered: ReadonlySet<string> = new Set();

  constructor(private readonly listener: HeadListener) {
    dragHead(this.element, listener);
  }

  /** Rebuilds the header for these columns. */
  layOut({ columns, lefts, pinned, isList }: ColumnLayout): void {
    const row = el('div', { class: 'grid-head-row', role: 'row', 'aria-rowindex': '1' });
    this.cells = columns.map((column, i) => {
      const cell = this.headCell(column, i, isList);
      cell.cell.classList.toggle('is-pinned', i < pinned);
      if (!isList) {
        cell.cell.style.left = `${String(lefts[i] ?? 0)}px`;
        cell.cell.style.width = `${String(column.width)}px`;
      }
      row.append(cell.cell);
      return cell;
    });
    this.element.replaceChildren(row);
    this.show(this.sorting, this.filtered);
  }

  /** The cell of a column, by its index. */
  cell(column: number): HTMLElement | undefined {
    return this.cells[column]?.cell;
  }

  cellOf(name: string): HTMLElement | undefined {
    return this.cells.find((cell) => cell.name === name)?.cell;
  }

  /** Marks the columns by which the table is sorted, in order, and those that the query filters. */
  show(sorting: Sorting, filtered: ReadonlySet<string>): void {
    this.sorting = sorting;
    this.filtered = filtered;
    for (const { name, cell, mark } of this.cells) {
      const key = sorting.findIndex(({ column }) => column === name);
      const direction = sorting[key]?.direction;
      const sign = direction
        ? `${direction === 'ascending' ? '↑' : '↓'}${sorting.length > 1 ? String(key + 1) : ''}`
        : '';
      setText(mark, sign);
      // ARIA allows one sorted column: the first key.
      if (direction && key === 0) setAttribute(cell, 'aria-sort', direction);
      else cell.removeAttribute('aria-sort');
      const isFiltered = filtered.has(name);
      cell.classList.toggle('is-filtered', isFiltered);
      cell.classList.toggle('is-sorted', direction !== undefined);
      const label = columnLabel(name);
      setAttribute(cell, 'aria-label', isFiltered ? text('table.head.filtered', { column: label }) : label);
    }
  }

  private headCell({ name }: GridColumn, index: number, isList: boolean): HeadCell {
    const label = columnLabel(name);
    const mark = el('span', { class: 'sort-mark', 'aria-hidden': 'true' });
    const sort = el(
      'button',
      {
        type: 'button',
        class: 'sort',
        id: `head-${name}`,
        tabindex: '-1',
        title: `${fieldNameOf(name)}: ${columnMeaning(name)}\n${text('table.sort.title')}`,
      },
      el('span', { class: 'sort-label' }, label),
      mark,
    );
    const menu = el(
      'button',
      {
        type: 'button',
        class: 'head-menu',
        tabindex: '-1',
        'aria-haspopup': 'dialog',
        'aria-label': text('table.filter', { column: label }),
        title: text('table.filter', { column: label }),
      },
      icon('filter'),
    );
    const cell = el(
      'div',
      {
        class: 'grid-head-cell',
        role: 'columnheader',
        'aria-colindex': String(index + 1),
        'data-column': name,
      },
      sort,
      menu,
      ...(isList ? [] : [el('span', { class: 'head-edge', 'aria-hidden': 'true' })]),
    );
    sort.addEventListener('click', (event) => this.listener.onSort(name, event.shiftKey));
    menu.addEventListener('click', () => this.listener.onColumnMenu(name, cell));
    return { name, cell, mark };
  }
}
