/** The table's head: a button to sort by each column, and a box to filter it. */
import { el } from '../dom.js';
import type { Direction } from '../filter/sort.js';
import { columnLabel, text } from '../text/language.js';
import { fieldNameOf } from '../../scripts/shared/query/fields.js';
import { columnMeaning, type GridColumn } from './grid-columns.js';

export interface Sorting {
  readonly column: string;
  readonly direction: Direction;
}

export interface HeadListener {
  onSort(sorting: Sorting): void;
  /** `filter` is what the box holds now. */
  onFilter(column: string, filter: string): void;
}

interface HeadCell {
  readonly cell: HTMLElement;
  readonly box: HTMLInputElement | undefined;
}

export class GridHead {
  readonly element = el('div', { class: 'grid-head', role: 'rowgroup' });
  private readonly cells = new Map<string, HeadCell>();
  private sorting: Sorting = { column: '', direction: 'ascending' };

  constructor(private readonly listener: HeadListener) {}

  /** Builds the head anew for these columns, `lefts` from the left edge; without filter boxes where they would not fit. */
  layOut(columns: readonly GridColumn[], lefts: readonly number[], withFilters: boolean): void {
    const filters = new Map([...this.cells].map(([name, { box }]) => [name, box?.value ?? '']));
    this.cells.clear();
    const row = el('div', { class: 'grid-head-row', role: 'row', 'aria-rowindex': '1' });
    columns.forEach((column, i) => {
      const cell = this.headCell(column, i, withFilters, filters.get(column.name) ?? '');
      if (withFilters) {
        cell.cell.style.left = `${String(lefts[i] ?? 0)}px`;
        cell.cell.style.width = `${String(column.width)}px`;
      }
      this.cells.set(column.name, cell);
      row.append(cell.cell);
    });
    this.element.replaceChildren(row);
    this.show(this.sorting);
  }

  /** Marks the column that the table is sorted by. */
  show(sorting: Sorting): void {
    this.cells.get(this.sorting.column)?.cell.removeAttribute('aria-sort');
    this.cells.get(sorting.column)?.cell.setAttribute('aria-sort', sorting.direction);
    this.sorting = sorting;
  }

  clearFilters(): void {
    for (const { cell, box } of this.cells.values()) {
      if (box) box.value = '';
      cell.classList.remove('is-filtered');
    }
  }

  private headCell(column: GridColumn, index: number, withFilters: boolean, filter: string): HeadCell {
    const label = columnLabel(column.name);
    const id = `head-${column.name}`;
    const button = el(
      'button',
      { type: 'button', class: 'sort', id, title: `${fieldNameOf(column.name)}: ${columnMeaning(column.name)}` },
      el('span', { class: 'sort-label' }, label),
    );
    button.addEventListener('click', () => this.listener.onSort(this.nextSorting(column.name)));
    const cell = el(
      'div',
      {
        class: 'grid-head-cell',
        role: 'columnheader',
        'aria-colindex': String(index + 1),
        'aria-labelledby': id,
        'data-column': column.name,
      },
      button,
    );
    if (!withFilters) return { cell, box: undefined };
    const box = el('input', {
      type: 'text',
      class: 'column-filter',
      autocomplete: 'off',
      spellcheck: 'false',
      placeholder: text('table.filter.placeholder'),
      'aria-label': text('table.filter', { column: label }),
    });
    box.value = filter;
    box.addEventListener('input', () => {
      cell.classList.toggle('is-filtered', box.value !== '');
      this.listener.onFilter(column.name, box.value);
    });
    cell.append(box);
    return { cell, box };
  }

  /** Another click turns the order round; time begins with the newest, other columns with A. */
  private nextSorting(column: string): Sorting {
    const first: Direction = column === 'eventTime' ? 'descending' : 'ascending';
    if (this.sorting.column !== column) return { column, direction: first };
    return { column, direction: this.sorting.direction === 'ascending' ? 'descending' : 'ascending' };
  }
}
