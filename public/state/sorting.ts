/**
 * The order of the table: by the first key, then by the second, and so on. As text in a link, `who,-time` means
 * ascending by actor, then newest first.
 */
import { columnOf, fieldNameOf } from '#shared/query/fields.js';
import { gridColumnOf } from './grid-columns.js';

export type Direction = 'ascending' | 'descending';

export interface SortKey {
  readonly column: string;
  readonly direction: Direction;
}

/** Never empty. */
export type Sorting = readonly SortKey[];

export const NEWEST_FIRST: Sorting = [{ column: 'eventTime', direction: 'descending' }];

export function isNewestFirst([key, ...others]: Sorting): boolean {
  return key === undefined || (others.length === 0 && key.column === 'eventTime' && key.direction === 'descending');
}

/** Time starts with the newest, other columns with A. */
function firstDirection(column: string): Direction {
  return column === 'eventTime' ? 'descending' : 'ascending';
}

/**
 * The order after a click on a column's heading: by this column alone; a second click reverses it. With `add`, it
 * becomes the last key; a second click reverses it, and a third one removes it.
 */
export function nextSorting(sorting: Sorting, column: string, add: boolean): Sorting {
  const first = firstDirection(column);
  const known = sorting.find((key) => key.column === column);
  const other: Direction = first === 'ascending' ? 'descending' : 'ascending';
  if (!add) {
    const isAlone = sorting.length === 1 && known !== undefined;
    return [{ column, direction: isAlone && known.direction === first ? other : first }];
  }
  if (!known) return [...sorting, { column, direction: first }];
  if (known.direction === first)
    return sorting.map((key) => (key.column === column ? { column, direction: other } : key));
  const rest = sorting.filter((key) => key.column !== column);
  return rest.length === 0 ? NEWEST_FIRST : rest;
}

/** '' for newest first. */
export function printSorting(sorting: Sorting): string {
  const text = sorting
    .map(({ column, direction }) => `${direction === 'descending' ? '-' : ''}${fieldNameOf(column)}`)
    .join(',');
  return text === '-time' ? '' : text;
}

/** Newest first if the text names no column. */
export function parseSorting(text: string): Sorting {
  const keys = new Map<string, SortKey>();
  for (const word of text.split(',')) {
    const column = columnOf(word.replace(/^-/, ''));
    if (column === undefined || gridColumnOf(column) === undefined || keys.has(column)) continue;
    keys.set(column, { column, direction: word.startsWith('-') ? 'descending' : 'ascending' });
  }
  return keys.size === 0 ? NEWEST_FIRST : [...keys.values()];
}
