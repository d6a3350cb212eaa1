/** The positions of the table's columns, and which columns are in view. */
import { gridColumnOf, LIST_COLUMNS, type GridColumn } from '#public/state/grid-columns.js';
import { columnWidth, type TableColumns } from '#public/state/table-columns.js';

export interface ColumnLayout {
  readonly columns: readonly GridColumn[];
  /** The start of each column, in CSS pixels from the table's edge. */
  readonly lefts: readonly number[];
  /** The total width. */
  readonly width: number;
  /** How many of the first columns are pinned, and their width. */
  readonly pinned: number;
  readonly pinnedWidth: number;
  /** Cells are placed by the style sheet, in rows of two lines. */
  readonly isList: boolean;
  /** Text may take several lines. */
  readonly wrap: boolean;
  /** Among the columns that are not pinned, the first one in view and the one after the last. */
  readonly first: number;
  readonly end: number;
}

/** The space that must remain for columns that are not pinned, in CSS pixels. */
const FREE = 160;

/** @param view the visible width of the table */
export function layOutColumns(table: TableColumns, isList: boolean, view: number): ColumnLayout {
  const names = isList ? LIST_COLUMNS : table.shown;
  const columns = names.map((name): GridColumn => {
    const column = gridColumnOf(name) as GridColumn;
    return { ...column, width: columnWidth(table, name) };
  });
  let width = 0;
  const lefts = columns.map((column) => (width += column.width) - column.width);
  let pinned = isList ? 0 : Math.min(table.pinned, columns.length);
  const widthOf = (count: number): number => (count === columns.length ? width : (lefts[count] as number));
  while (pinned > 0 && widthOf(pinned) > view - FREE) pinned--;
  const base = { columns, lefts, width, pinned, pinnedWidth: widthOf(pinned), isList, wrap: table.wrap && !isList };
  return { ...base, first: pinned, end: isList ? columns.length : pinned };
}

/** The layout for the columns that are now in view; the same object if they have not changed. */
export function scrolledTo(layout: ColumnLayout, scrollLeft: number, view: number): ColumnLayout {
  const { lefts, pinned, pinnedWidth, isList } = layout;
  if (isList) return layout;
  let first = pinned;
  let end = lefts.length;
  while (first < end - 1 && (lefts[first + 1] as number) <= scrollLeft + pinnedWidth) first++;
  while (end > first + 1 && (lefts[end - 1] as number) >= scrollLeft + view) end--;
  return first === layout.first && end === layout.end ? layout : { ...layout, first, end };
}
