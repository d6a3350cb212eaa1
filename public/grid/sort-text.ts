/** The order of the table as a link has it: `-time` is the newest first, `who` from A to Z. */
import { columnOf, fieldNameOf } from '../../scripts/shared/query/fields.js';
import { GRID_COLUMNS } from './grid-columns.js';
import type { Sorting } from './grid-head.js';

export const NEWEST_FIRST: Sorting = { column: 'eventTime', direction: 'descending' };

/** '' for the newest first. */
export function printSorting({ column, direction }: Sorting): string {
  if (column === NEWEST_FIRST.column && direction === NEWEST_FIRST.direction) return '';
  return `${direction === 'descending' ? '-' : ''}${fieldNameOf(column)}`;
}

/** The newest first where the text names no column of the table. */
export function parseSorting(text: string): Sorting {
  const column = columnOf(text.replace(/^-/, ''));
  if (column === undefined || !GRID_COLUMNS.some(({ name }) => name === column)) return NEWEST_FIRST;
  return { column, direction: text.startsWith('-') ? 'descending' : 'ascending' };
}
