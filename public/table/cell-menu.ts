/** The menu for a cell, its row, and the selected rows. */
import { LIST_SEPARATOR } from '#shared/model/columns.js';
import type { Query } from '#shared/query/ast.js';
import { toggleExcluded, withValues } from '#shared/query/edit.js';
import { shownResource, writtenValue } from '#shared/model/names.js';
import { shownCell } from '#public/text/shown-cell.js';
import { menuOf, openPopover, type MenuEntry } from '#public/ui/popover.js';
import { text } from '#public/text/language.js';
import type { CopyWhat } from './copy-rows.js';

interface CellMenuParts {
  query(): Query;
  onQuery(query: Query): void;
  onOpen(): void;
  onCopy(what: CopyWhat): void;
}

/** The cell that the menu is for. */
interface MenuCell {
  readonly column: string;
  /** Its value, if it can be filtered; '' if it is missing. */
  readonly value: string | undefined;
  /** The number of selected rows, at least the cell's own. */
  readonly rows: number;
}

export function openCellMenu(parts: CellMenuParts, cell: MenuCell, x: number, y: number): void {
  const { column, rows } = cell;
  // If the cell has several resources, the first one, which is visible.
  const value = cell.value?.split(LIST_SEPARATOR)[0];
  const written = value === undefined ? '' : writtenValue(column, value);
  const shown =
    value === ''
      ? text('facet.missing')
      : shortened(column === 'resources' ? shownResource(value ?? '') : shownCell(column, value ?? ''));
  const filters: MenuEntry[] =
    value === undefined
      ? []
      : [
          {
            label: text('cell.only', { value: shown }),
            run: () => parts.onQuery(withValues(parts.query(), column, [written])),
          },
          {
            label: text('cell.without', { value: shown }),
            run: () => parts.onQuery(toggleExcluded(parts.query(), column, written)),
          },
        ];
  const entries: MenuEntry[] = [
    { label: text('cell.open'), keys: 'Enter', run: () => parts.onOpen() },
    ...filters,
    { label: text('cell.copy'), ...(rows === 1 ? { keys: 'Ctrl C' } : {}), run: () => parts.onCopy('cell') },
    {
      label: text('cell.copy.tsv', { n: rows }),
      ...(rows > 1 ? { keys: 'Ctrl C' } : {}),
      run: () => parts.onCopy('tsv'),
    },
    { label: text('cell.copy.json', { n: rows }), run: () => parts.onCopy('jsonl') },
  ];
  const close = openPopover({ left: x, top: y, bottom: y }, text('cell.menu'), [menuOf(entries, () => close())]);
}

/** Long values would make the menu wide. */
function shortened(value: string): string {
  return value.length > 40 ? `${value.slice(0, 39)}…` : value;
}
