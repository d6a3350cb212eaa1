/** A column's menu: its filter, its order and its place. */
import { columnNamed, isText } from '#shared/model/columns.js';
import { fieldNameOf } from '#shared/query/fields.js';
import type { Query } from '#shared/query/ast.js';
import type { TimeSpan } from '#shared/query/time-text.js';
import { el, icon } from '#public/ui/dom.js';
import type { ValueCounts } from '#public/engine/filter/value-counts.js';
import type { SortKey, Sorting } from '#public/state/sorting.js';
import {
  columnWidth,
  isPinned,
  movedColumn,
  pinnedColumn,
  resizedColumn,
  withColumn,
  type TableColumns,
} from '#public/state/table-columns.js';
import { openPopover } from '#public/ui/popover.js';
import { columnLabel, text } from '#public/text/language.js';
import { withoutChoice } from './column-clauses.js';
import { textFilter } from './text-filter.js';
import { timeRange } from './time-range.js';
import { ValueList, type ChoiceListener } from './value-list.js';

export interface ColumnMenuParts extends ChoiceListener {
  /** The number of matching events for each value of the column. */
  counts(query: Query, column: string): Promise<ValueCounts>;
  /** From the first event's time to after the last one's. */
  readonly span: TimeSpan;
  table(): TableColumns;
  onTable(table: TableColumns): void;
  sorting(): Sorting;
  onSorting(sorting: Sorting): void;
  /** Fit the column's width to what is in view. */
  onFit(column: string): void;
}

/** The step by which a press widens a column, in CSS pixels. */
export const WIDTH_STEP = 24;

/** @param isList whether the table is a list of two-line rows, whose columns have no place or width */
export function openColumnMenu(parts: ColumnMenuParts, column: string, anchor: HTMLElement, isList: boolean): void {
  const label = columnLabel(column);
  const closeButton = el(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': text('coverage.close') },
    icon('close'),
  );
  const head = el(
    'div',
    { class: 'popover-head' },
    el('h2', {}, label, el('code', { class: 'small' }, fieldNameOf(column))),
    closeButton,
  );
  const places = el('div', { class: 'column-actions' });
  /** Redraws the buttons; the pressed one keeps the focus. */
  const draw = (): void => {
    const focused = [...places.children].indexOf(document.activeElement as Element);
    places.replaceChildren(...actions(parts, column, isList, draw, () => close()));
    (places.children[focused] as HTMLElement | undefined)?.focus();
  };
  const close = openPopover(anchor.getBoundingClientRect(), label, [head, filterOf(parts, column), places]);
  closeButton.addEventListener('click', close);
  draw();
}

function filterOf(parts: ColumnMenuParts, column: string): HTMLElement {
  const known = columnNamed(column);
  if (column === 'eventTime') return timeRange(parts.span, parts);
  if (known && isText(known)) return textFilter(column, parts);
  const list = new ValueList(column, parts);
  void parts.counts(withoutChoice(parts.query(), column), column).then(
    (counts) => list.show(counts),
    (error: unknown) => list.fail(error instanceof Error ? error.message : String(error)),
  );
  return list.element;
}

/** Buttons for the order and place of the column. `again` redraws them, `close` closes the menu. */
function actions(
  parts: ColumnMenuParts,
  column: string,
  isList: boolean,
  again: () => void,
  close: () => void,
): HTMLElement[] {
  const table = parts.table();
  const at = table.shown.indexOf(column);
  const place = (label: string, next: TableColumns): HTMLElement =>
    press(label, next === table, () => {
      parts.onTable(next);
      again();
    });
  const sorts = sortActions(parts, column, again);
  if (isList) return sorts;
  return [
    ...sorts,
    place(text('column.left'), movedColumn(table, column, at - 1)),
    place(text('column.right'), movedColumn(table, column, at + 1)),
    place(text('column.narrower'), resizedColumn(table, column, columnWidth(table, column) - WIDTH_STEP)),
    place(text('column.wider'), resizedColumn(table, column, columnWidth(table, column) + WIDTH_STEP)),
    isPinned(table, column)
      ? place(text('column.unpin'), pinnedColumn(table, column, false))
      : place(text('column.pin'), pinnedColumn(table, column, true)),
    press(text('column.fit'), false, () => parts.onFit(column)),
    press(text('column.hide'), table.shown.length === 1, () => {
      close();
      parts.onTable(withColumn(table, column, false));
    }),
  ];
}

function sortActions(parts: ColumnMenuParts, column: string, again: () => void): HTMLElement[] {
  const sorting = parts.sorting();
  const isTime = column === 'eventTime';
  const labels = {
    ascending: text(isTime ? 'column.oldest' : 'column.ascending'),
    descending: text(isTime ? 'column.newest' : 'column.descending'),
  };
  const set = (next: Sorting) => (): void => {
    parts.onSorting(next);
    again();
  };
  const known = sorting.find((key) => key.column === column);
  const first: SortKey = { column, direction: isTime ? 'descending' : 'ascending' };
  const rest = sorting.filter((key) => key.column !== column);
  return [
    ...(['ascending', 'descending'] as const).map((direction) => {
      const button = press(labels[direction], false, set([{ column, direction }]));
      button.setAttribute('aria-pressed', String(known?.direction === direction));
      return button;
    }),
    known
      ? press(text('column.unsort'), rest.length === 0, set(rest))
      : press(text('column.sortAlso'), false, set([...sorting, first])),
  ];
}

function press(label: string, isDisabled: boolean, run: () => void): HTMLElement {
  const button = el('button', { type: 'button', class: 'column-action', disabled: isDisabled }, label);
  button.addEventListener('click', run);
  return button;
}
