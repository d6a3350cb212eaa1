/**
 * The sessions behind the events that match, in place of the table: a row each, to sort, to choose several of, and to ask
 * about. Only the rows in view have elements; the list has the focus and names its active row.
 */
import { el, setAttribute, setText } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';
import { number } from '#public/text/language.js';
import { shownCell } from '#public/text/shown-cell.js';
import { showTime } from '#public/text/shown-time.js';
import { scrollMap } from '#public/table/scroll-map.js';
import type { TextKey } from '#public/text/en.js';
import { queryOfSessions, sortedSessions, type SessionField, type SessionRow } from './session-rows.js';
import type { Query } from '#shared/query/ast.js';

interface SessionListener {
  /** Another order is chosen, as a link has it. */
  onSort(sort: string): void;
  /** Whoever is behind a session is asked about. */
  onAsk(name: string): void;
  /** All events of some sessions are wanted, in the order of time. */
  onChronology(query: Query): void;
  /** The events are wanted again. */
  onClose(): void;
}

interface Head {
  readonly field: SessionField;
  readonly label: TextKey;
  /** In CSS pixels. */
  readonly width: number;
  readonly isNumber?: boolean;
  readonly isMono?: boolean;
}

const HEADS: readonly Head[] = [
  { field: 'behind', label: 'sessions.behind', width: 192 },
  { field: 'actor', label: 'sessions.name', width: 150 },
  { field: 'role', label: 'sessions.role', width: 124 },
  { field: 'account', label: 'sessions.account', width: 112, isMono: true },
  { field: 'address', label: 'sessions.from', width: 124, isMono: true },
  { field: 'program', label: 'sessions.program', width: 96 },
  { field: 'first', label: 'sessions.first', width: 156, isMono: true },
  { field: 'last', label: 'sessions.last', width: 156, isMono: true },
  { field: 'events', label: 'sessions.events', width: 66, isNumber: true },
  { field: 'changes', label: 'sessions.changes', width: 88, isNumber: true },
  { field: 'errors', label: 'sessions.errors', width: 132, isNumber: true },
];

/** More than this many take a query that is too long. */
const MOST_CHOSEN = 40;
const ROW_HEIGHT = 24;
const NARROW_HEIGHT = 52;
const ACTIVE_ID = 'active-session';

export class SessionView {
  private rows: readonly SessionRow[] = [];
  private order: readonly SessionRow[] = [];
  private sort: { readonly field: SessionField; readonly isDescending: boolean } = {
    field: 'last',
    isDescending: true,
  };
  private active = 0;
  private isScheduled = false;
  /** By number. */
  private readonly chosen = new Map<number, SessionRow>();
  private readonly narrow = matchMedia('screen and (max-width: 640px)');
  private readonly count = el('span', { class: 'sessions-count', role: 'status' });
  private readonly show = el('button', { type: 'button', class: 'chip' });
  private readonly clear = el('button', { type: 'button', class: 'text-button' }, text('sessions.clear'));
  private readonly heads: readonly HTMLElement[];
  private readonly layer = el('div', { class: 'sessions-rows', role: 'rowgroup' });
  private readonly body = el('div', { class: 'sessions-body' }, this.layer);
  private readonly grid: HTMLElement;

  /** @param host the element that the view covers when it is open */
  constructor(
    private readonly host: HTMLElement,
    private readonly listener: SessionListener,
  ) {
    const close = el('button', { type: 'button', class: 'chip', id: 'sessions-close' }, text('sessions.close'));
    close.addEventListener('click', () => listener.onClose());
    this.show.addEventListener('click', () => listener.onChronology(queryOfSessions([...this.chosen.values()])));
    this.clear.addEventListener('click', () => this.choose([]));
    this.heads = HEADS.map((head, i) => this.headCell(head, i));
    this.grid = el(
      'div',
      {
        class: 'sessions-grid',
        role: 'grid',
        tabindex: '0',
        'aria-label': text('sessions.label'),
        'aria-multiselectable': 'true',
        'aria-colcount': String(HEADS.length),
      },
      el('div', { class: 'sessions-heads', role: 'row', 'aria-rowindex': '1' }, ...this.heads),
      this.body,
    );
    const bar = el('div', { class: 'sessions-bar' }, this.count, this.show, this.clear, close);
    this.element = el('div', { class: 'sessions', id: 'sessions' }, bar, this.grid);
    this.grid.addEventListener('scroll', () => this.schedule(), { passive: true });
    this.grid.addEventListener('keydown', (event) => this.onKey(event));
    this.layer.addEventListener('click', (event) => this.onClick(event));
    new ResizeObserver(() => this.draw()).observe(this.grid);
    this.showBar();
  }

  private readonly element: HTMLElement;

  get isOpen(): boolean {
    return this.element.isConnected;
  }

  /** Opens the view in the order that a link says, or with '' closes it. */
  open(sort: string): void {
    this.host.classList.toggle('is-sessions', sort !== '');
    if (sort === '') {
      this.element.remove();
      return;
    }
    if (!this.isOpen) this.host.append(this.element);
    const field = HEADS.find((head) => head.field === sort.replace(/^-/, ''))?.field;
    this.sort = field ? { field, isDescending: sort.startsWith('-') } : { field: 'last', isDescending: true };
    this.sorted();
  }

  /** Shows these sessions; undefined while they are counted. */
  fill(rows: readonly SessionRow[] | undefined): void {
    this.rows = rows ?? [];
    setAttribute(this.grid, 'aria-busy', String(rows === undefined));
    if (rows) for (const row of rows) if (this.chosen.has(row.number)) this.chosen.set(row.number, row);
    this.sorted();
  }

  focus(): void {
    this.grid.focus();
  }

  private sorted(): void {
    const { field, isDescending } = this.sort;
    this.order = sortedSessions(this.rows, field, isDescending);
    this.active = 0;
    this.grid.scrollTop = 0;
    setAttribute(this.grid, 'aria-rowcount', String(this.order.length + 1));
    this.heads.forEach((head, i) => {
      const isSorted = HEADS[i]?.field === field;
      setAttribute(head, 'aria-sort', isSorted ? (isDescending ? 'descending' : 'ascending') : 'none');
    });
    this.showBar();
    this.draw();
  }

  private headCell({ field, label, width, isNumber }: Head, i: number): HTMLElement {
    const button = el('button', { type: 'button', class: 'sessions-sort' }, text(label));
    button.addEventListener('click', () => {
      const isFirst = this.sort.field !== field;
      // Numbers and times begin with the largest, names with A.
      const isDescending = isFirst
        ? isNumber === true || field === 'first' || field === 'last'
        : !this.sort.isDescending;
      this.listener.onSort(`${isDescending ? '-' : ''}${field}`);
    });
    const cell = el('div', { role: 'columnheader', 'aria-colindex': String(i + 1), 'data-field': field }, button);
    cell.style.width = `${String(width)}px`;
    if (isNumber) cell.classList.add('is-number');
    return cell;
  }

  private get rowHeight(): number {
    return this.narrow.matches ? NARROW_HEIGHT : ROW_HEIGHT;
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    requestAnimationFrame(() => {
      this.isScheduled = false;
      this.draw();
    });
  }

  private draw(): void {
    if (!this.isOpen) return;
    const { rowHeight, grid } = this;
    const view = Math.max(0, grid.clientHeight - this.body.offsetTop);
    const map = scrollMap(this.order.length, rowHeight, view);
    this.body.style.height = `${String(map.height)}px`;
    const top = map.rowAt(grid.scrollTop);
    const first = Math.floor(top);
    const end = Math.min(this.order.length, Math.ceil(top + view / rowHeight) + 1);
    this.layer.style.transform = `translateY(${String(Math.round(grid.scrollTop - (top - first) * rowHeight))}px)`;
    this.layer.replaceChildren(...this.order.slice(first, end).map((row, i) => this.rowElement(row, first + i)));
    const active = this.layer.querySelector('.is-active');
    if (active) setAttribute(grid, 'aria-activedescendant', ACTIVE_ID);
    else grid.removeAttribute('aria-activedescendant');
  }

  private rowElement(row: SessionRow, index: number): HTMLElement {
    const isActive = index === this.active;
    const isChosen = this.chosen.has(row.number);
    const element = el(
      'div',
      {
        class: `sessions-row${index % 2 === 1 ? ' is-odd' : ''}${isActive ? ' is-active' : ''}`,
        role: 'row',
        id: isActive ? ACTIVE_ID : undefined,
        'aria-rowindex': String(index + 2),
        'aria-selected': String(isChosen),
        'data-index': String(index),
      },
      ...HEADS.map((head, i) => cellOf(row, head, i, isChosen)),
    );
    return element;
  }

  private onClick({ target }: MouseEvent): void {
    const element = target instanceof Element ? target : undefined;
    const index = Number(element?.closest<HTMLElement>('.sessions-row')?.dataset['index'] ?? -1);
    const row = this.order[index];
    // Text that was selected with the mouse is to be copied.
    if (!row || getSelection()?.toString()) return;
    this.active = index;
    if (element?.closest('.sessions-person')) this.ask(row);
    else this.toggle(row);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.grid || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.order.length - 1;
    const page = Math.max(1, Math.floor((this.grid.clientHeight - this.body.offsetTop) / this.rowHeight) - 1);
    const row = this.order[this.active];
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      PageDown: this.active + page,
      PageUp: this.active - page,
      Home: 0,
      End: last,
    };
    const next = moves[event.key];
    if (next !== undefined) this.goTo(Math.max(0, Math.min(last, next)));
    else if (event.key === ' ' && row) this.toggle(row);
    else if (event.key === 'Enter' && row) this.ask(row);
    else if (event.key === 'Escape') this.listener.onClose();
    else return;
    event.preventDefault();
  }

  private goTo(index: number): void {
    this.active = index;
    const { grid, rowHeight } = this;
    const view = Math.max(0, grid.clientHeight - this.body.offsetTop);
    const map = scrollMap(this.order.length, rowHeight, view);
    const top = map.rowAt(grid.scrollTop);
    if (index < top) grid.scrollTop = map.positionOf(index);
    else if (index + 1 > top + view / rowHeight)
      grid.scrollTop = Math.ceil(map.positionOf(index + 1 - view / rowHeight));
    this.draw();
  }

  private ask({ behind, actor }: SessionRow): void {
    this.listener.onAsk(behind || actor);
  }

  private toggle(row: SessionRow): void {
    const others = [...this.chosen.values()].filter(({ number }) => number !== row.number);
    this.choose(others.length === this.chosen.size ? [...others, row] : others);
  }

  private choose(rows: readonly SessionRow[]): void {
    this.chosen.clear();
    for (const row of rows) this.chosen.set(row.number, row);
    this.showBar();
    this.draw();
  }

  private showBar(): void {
    const { size } = this.chosen;
    setText(this.count, text('sessions.count', { n: this.order.length }));
    setText(
      this.show,
      size > MOST_CHOSEN ? text('sessions.tooMany', { most: MOST_CHOSEN }) : text('sessions.show', { n: size }),
    );
    this.show.disabled = size === 0 || size > MOST_CHOSEN;
    this.show.hidden = size === 0;
    this.clear.hidden = size === 0;
  }
}

function cellOf(row: SessionRow, { field, width, isNumber, isMono }: Head, i: number, isChosen: boolean): HTMLElement {
  const cell = el('div', {
    class: `sessions-cell${isMono ? ' is-mono' : ''}${isNumber ? ' is-number' : ''}`,
    role: 'gridcell',
    'aria-colindex': String(i + 1),
    'data-field': field,
  });
  cell.style.width = `${String(width)}px`;
  const value = row[field];
  if (field === 'behind') {
    const name = row.behind === '' ? text('facet.unknown') : shownCell('behind', row.behind);
    const person = el('span', { class: `sessions-person${row.behind === '' ? ' is-missing' : ''}` }, name);
    cell.append(el('span', { class: `sessions-box${isChosen ? ' is-checked' : ''}`, 'aria-hidden': 'true' }), person);
    cell.title = text('sessions.ask', { name: row.behind || row.actor });
  } else if (field === 'first' || field === 'last') showTime(cell, row[field]);
  else if (typeof value === 'number') cell.textContent = value === 0 && field !== 'events' ? '' : number(value);
  else {
    cell.textContent = shownCell(SHOWN[field] ?? field, value);
    cell.title = value;
  }
  return cell;
}

/** The column whose values these are. */
const SHOWN: Readonly<Partial<Record<SessionField, string>>> = { address: 'sourceIPAddress' };
