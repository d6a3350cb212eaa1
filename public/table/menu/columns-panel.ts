/** The panel to choose the table's columns and their order. */
import { el, icon } from '#public/ui/dom.js';
import { GRID_COLUMNS } from '#public/state/grid-columns.js';
import {
  isPinned,
  movedColumn,
  pinnedColumn,
  USUAL_TABLE,
  withColumn,
  type TableColumns,
} from '#public/state/table-columns.js';
import { openPopover, walkByArrows } from '#public/ui/popover.js';
import { columnLabel, text } from '#public/text/language.js';
import type { TextKey } from '#public/text/en.js';

interface ColumnsPanelParts {
  table(): TableColumns;
  onTable(table: TableColumns): void;
}

export function openColumnsPanel(parts: ColumnsPanelParts, anchor: HTMLElement): void {
  const list = el('div', { class: 'values columns-list', role: 'group', 'aria-label': text('columns.title') });
  const change = (table: TableColumns): void => {
    parts.onTable(table);
    draw();
  };
  /** Redraws the list; the focused column keeps the focus. */
  const draw = (): void => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-column]')?.dataset['column'];
    const table = parts.table();
    const hidden = GRID_COLUMNS.map(({ name }) => name).filter((name) => !table.shown.includes(name));
    list.replaceChildren(...[...table.shown, ...hidden].map((name) => columnRow(table, name, change)));
    const boxes = [...list.querySelectorAll('input')];
    const next = boxes.find((box) => box.closest<HTMLElement>('[data-column]')?.dataset['column'] === focused);
    for (const box of boxes) box.tabIndex = box === (next ?? boxes[0]) ? 0 : -1;
    if (list.isConnected) next?.focus();
  };
  draw();
  walkByArrows(list, 'input');
  list.addEventListener('keydown', (event) => {
    const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    const name = document.activeElement?.closest<HTMLElement>('[data-column]')?.dataset['column'];
    if (by === undefined || name === undefined) return;
    event.preventDefault();
    const table = parts.table();
    change(movedColumn(table, name, table.shown.indexOf(name) + by));
  });
  const wrap = el('input', { type: 'checkbox' });
  wrap.checked = parts.table().wrap;
  wrap.addEventListener('change', () => change({ ...parts.table(), wrap: wrap.checked }));
  const usual = el('button', { type: 'button', class: 'text-button' }, text('columns.usual'));
  usual.addEventListener('click', () => {
    change(USUAL_TABLE);
    wrap.checked = false;
  });
  const closeButton = el(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': text('coverage.close') },
    icon('close'),
  );
  const close = openPopover(anchor.getBoundingClientRect(), text('columns.title'), [
    el('div', { class: 'popover-head' }, el('h2', {}, text('columns.title')), closeButton),
    list,
    el('p', { class: 'small' }, text('columns.note')),
    el(
      'div',
      { class: 'menu-line' },
      el('label', { class: 'value' }, wrap, el('span', { class: 'value-name' }, text('columns.wrap'))),
      usual,
    ),
  ]);
  closeButton.addEventListener('click', close);
}

function columnRow(table: TableColumns, name: string, change: (table: TableColumns) => void): HTMLElement {
  const at = table.shown.indexOf(name);
  const box = el('input', { type: 'checkbox' });
  box.checked = at >= 0;
  box.disabled = at >= 0 && table.shown.length === 1;
  box.addEventListener('change', () => change(withColumn(table, name, box.checked)));
  const label = columnLabel(name);
  const press = (drawing: Parameters<typeof icon>[0], key: TextKey, next: TableColumns, isOn = false): HTMLElement => {
    const name = text(key, { column: label });
    const button = el(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        tabindex: '-1',
        title: name,
        'aria-label': name,
        disabled: next === table,
        'aria-pressed': drawing === 'pin' ? String(isOn) : undefined,
      },
      icon(drawing),
    );
    button.addEventListener('click', () => change(next));
    return button;
  };
  const pinned = isPinned(table, name);
  const places =
    at < 0
      ? []
      : [
          press('previous', 'columns.up', movedColumn(table, name, at - 1)),
          press('next', 'columns.down', movedColumn(table, name, at + 1)),
          press('pin', pinned ? 'columns.unpin' : 'columns.pin', pinnedColumn(table, name, !pinned), pinned),
        ];
  return el(
    'div',
    { class: 'column-row', 'data-column': name },
    el('label', { class: 'value' }, box, el('span', { class: 'value-name' }, label)),
    ...places,
  );
}
