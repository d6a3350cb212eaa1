/** Actions on rows and cells of the table: select, copy, filter. */
import type { Query } from '#shared/query/ast.js';
import { cellOf } from '#shared/format/tsv-cell.js';
import { copyText } from '#public/ui/copy.js';
import { valueAt } from '#shared/columnar/event-columns.js';
import { el } from '#public/ui/dom.js';
import type { RowOrder } from '#public/engine/filter/row-order.js';
import { text } from '#public/text/language.js';
import { readValue, type CellData } from './cell-content.js';
import { openCellMenu } from './cell-menu.js';
import { copyRows, MOST_COPIED, type CopyWhat } from './copy-rows.js';
import type { GridColumn } from '#public/state/grid-columns.js';
import { HEAD_ROW, type GridPlace } from './grid-keys.js';
import type { RowRange } from './row-window.js';

interface RowActionsParts {
  readonly data: CellData;
  /** The table's rows in order. */
  order(): RowOrder;
  /** The table's columns, from left to right. */
  columns(): readonly GridColumn[];
  selected(): RowRange | undefined;
  query(): Query;
  onQuery(query: Query): void;
  onOpen(index: number): void;
}

/** How long a confirmation is shown, in milliseconds. */
const SAID = 4000;

export class RowActions {
  /** Says what was selected or copied. */
  readonly note = el('p', { class: 'table-note', role: 'status' });
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: RowActionsParts) {}

  openMenu(place: GridPlace, x: number, y: number): void {
    const { parts } = this;
    const column = parts.columns()[place.column];
    const row = parts.order().rowAt(place.row);
    if (!column || row === undefined) return;
    const coded = parts.data.report.columns.get(column.name);
    const selected = parts.selected();
    openCellMenu(
      {
        query: () => parts.query(),
        onQuery: (query) => parts.onQuery(query),
        onOpen: () => parts.onOpen(place.row),
        onCopy: (what) => void this.copy(what, place),
      },
      {
        column: column.name,
        value: coded && valueAt(coded, row),
        rows: selected ? selected.to - selected.from + 1 : 1,
      },
      x,
      y,
    );
  }

  /** Copies the selected rows, else the cell; false if text is selected, which the browser copies. */
  copyByKey(place: GridPlace): boolean {
    if (getSelection()?.toString() || place.row === HEAD_ROW) return false;
    void this.copy(this.parts.selected() ? 'tsv' : 'cell', place);
    return true;
  }

  saySelected(rows: RowRange | undefined): void {
    clearTimeout(this.timer);
    this.note.textContent = rows ? text('table.selected', { n: rows.to - rows.from + 1 }) : '';
  }

  private async copy(what: CopyWhat, place: GridPlace): Promise<void> {
    const { parts } = this;
    const { from, to } = parts.selected() ?? { from: place.row, to: place.row };
    const rows = parts.order().slice(from, to + 1);
    const columns = parts.columns();
    if (what !== 'cell' && rows.length > MOST_COPIED) {
      this.say(text('copy.tooMany', { n: MOST_COPIED }));
      return;
    }
    const { report, times } = parts.data;
    const isCopied =
      what === 'cell'
        ? await this.copyCell(columns[place.column], parts.order().rowAt(place.row))
        : await copyRows(
            report,
            rows,
            times,
            what,
            columns.map(({ name }) => name),
          );
    const done = what === 'cell' ? text('copy.cell') : text('copy.rows', { n: rows.length });
    this.say(isCopied ? done : text('detail.copy.failed'));
  }

  private async copyCell(column: GridColumn | undefined, row: number | undefined): Promise<boolean> {
    if (!column || row === undefined) return false;
    const value = await readValue(this.parts.data, column, row).catch(() => undefined);
    return value !== undefined && copyText(cellOf(value));
  }

  private say(words: string): void {
    this.note.textContent = words;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saySelected(this.parts.selected()), SAID);
  }
}
