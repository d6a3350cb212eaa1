/** The details of the open event, beside the table; the whole screen where it is narrow. */
import { columnNamed, COLUMNS, LIST_SEPARATOR, type Outcome } from '#shared/model/columns.js';
import type { Query } from '#shared/query/ast.js';
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { ELLIPSIS } from '#shared/format/segment.js';
import { outcomeMark } from '#public/charts/outcomes.js';
import { copyText } from '#public/ui/copy.js';
import { el, icon } from '#public/ui/dom.js';
import { columnLabel, text } from '#public/text/language.js';
import { shownCell } from '#public/text/shown-cell.js';
import { shownTime } from '#public/text/shown-time.js';
import type { TextKey } from '#public/text/en.js';
import { chainView } from './chain-view.js';
import { DETAIL_GROUPS } from './detail-groups.js';
import { eventJson, type EventCell } from './event-json.js';
import { stringContent } from './json-tokens.js';
import { foldAll, jsonView } from './json-view.js';
import type { OpenEvent } from './open-event.js';
import { pivotsOf, type Pivot } from './pivots.js';

interface DrawerListener {
  onStep(by: 1 | -1): void;
  onClose(): void;
  onFilter(column: string, value: string, add: boolean): void;
  /** The event of a link is wanted; resolves to false where the page does not hold it. */
  onEvent(link: string): Promise<boolean>;
  /** All events of a query are wanted; with `add`, of those that match already. */
  onPivot(query: Query, add: boolean): void;
}

/** JSON with a button that folds it, where there is anything to fold. */
function foldable(json: string): HTMLElement[] {
  const view = jsonView(json);
  if (view.querySelectorAll('details').length < 2) return [view];
  let isFolded = false;
  const button = el('button', { type: 'button', class: 'text-button fold-all' }, text('detail.fold'));
  button.addEventListener('click', () => {
    isFolded = !isFolded;
    button.textContent = text(isFolded ? 'detail.unfold' : 'detail.fold');
    foldAll(view, isFolded);
  });
  return [button, view];
}

/** A column that is not in the page. */
function omittedItem(column: string): HTMLElement {
  const where = el('dd', { class: 'small', title: text('detail.omitted.title') }, text('detail.omitted'));
  return el('div', { class: 'detail-item' }, el('dt', { title: column }, columnLabel(column)), where);
}

export class Drawer {
  private readonly body = el('div', { class: 'detail-body' });
  private readonly title = el('h2', { class: 'detail-title', tabindex: '-1' });
  private readonly subtitle = el('p', { class: 'detail-subtitle' });
  private readonly pivots = el('div', { class: 'pivots', role: 'group', 'aria-label': text('pivot.label') });
  private readonly position = el('span', { class: 'detail-position' });
  private readonly copied = el('span', { class: 'detail-copied', role: 'status' });
  private event: OpenEvent | undefined;

  constructor(
    private readonly host: HTMLElement,
    private readonly embedded: EmbeddedManifest['detail'],
    private readonly listener: DrawerListener,
  ) {
    const head = el(
      'div',
      { class: 'detail-head' },
      this.title,
      this.button('close', 'detail.close', () => listener.onClose()),
    );
    const bar = el(
      'div',
      { class: 'detail-bar' },
      this.subtitle,
      this.copied,
      this.button('copy', 'detail.copy', () => void this.copy()),
      this.position,
      this.button('previous', 'detail.previous', () => listener.onStep(-1)),
      this.button('next', 'detail.next', () => listener.onStep(1)),
    );
    host.append(head, bar, this.pivots, this.body);
    host.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') listener.onClose();
    });
  }

  get isOpen(): boolean {
    return !this.host.hidden;
  }

  close(): void {
    this.host.hidden = true;
    this.event = undefined;
  }

  /** Shows the event; its text and JSON follow when they are read. */
  async open(event: OpenEvent): Promise<void> {
    this.event = event;
    this.host.hidden = false;
    this.title.textContent = event.value('eventName') || text('detail.label');
    const outcome = event.value('outcome') as Outcome;
    this.subtitle.replaceChildren(outcomeMark(outcome), `${text(`outcome.${outcome}`)} · `, shownTime(event.time));
    this.place(event.position, event.total);
    this.drawPivots(event);
    this.copied.textContent = '';
    this.body.scrollTop = 0;
    this.draw(event, undefined);
    try {
      const detail = await event.detail;
      if (this.event !== event) return;
      this.draw(event, detail);
      // Those that come with a column that was not read yet. Who presses one meanwhile is not left without it.
      if (pivotsOf(event).length >= this.pivots.childElementCount) this.drawPivots(event);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (this.event === event)
        this.body.append(el('p', { class: 'detail-fault', role: 'alert' }, text('detail.unreadable', { reason })));
    }
  }

  /** Says where the event stands in the table, from 1, or with 0 that it is not in it. */
  place(position: number, total: number): void {
    this.position.textContent =
      position > 0 ? text('detail.position', { n: position, total }) : text('detail.notListed');
  }

  private drawPivots(event: OpenEvent): void {
    this.pivots.replaceChildren(
      el('span', { class: 'small', 'aria-hidden': 'true' }, text('pivot.label')),
      ...pivotsOf(event).map((pivot) => this.pivotButton(pivot)),
    );
  }

  private draw(event: OpenEvent, detail: ReadonlyMap<string, string> | undefined): void {
    const chain = chainView(event, this.listener);
    this.body.replaceChildren(
      ...DETAIL_GROUPS.map(({ title, columns }, group) => {
        const list = el('dl', { class: 'detail-list' });
        const drawn = group === 0 && chain ? [chain] : [];
        for (const column of columns) {
          if (column === 'behind' && chain) continue;
          const kind = columnNamed(column)?.kind;
          const isRead = kind === 'text' || kind === 'json';
          const value = isRead ? (detail?.get(column) ?? '') : event.value(column);
          if (this.embedded.omitted.includes(column)) list.append(omittedItem(column));
          if (value === '') continue;
          list.append(
            el(
              'div',
              { class: kind === 'json' ? 'detail-item is-json' : 'detail-item' },
              el('dt', { title: column }, columnLabel(column)),
              this.valueOf(column, value),
            ),
          );
        }
        return el(
          'section',
          { class: 'detail-group', hidden: list.childElementCount === 0 && drawn.length === 0 },
          el('h3', {}, text(title)),
          ...drawn,
          list,
        );
      }),
    );
    const isCut = [...(detail?.values() ?? [])].some((json) => json.includes(`${ELLIPSIS}"`));
    if (isCut) this.body.append(el('p', { class: 'detail-loading' }, text('detail.cutValues')));
    if (detail) this.body.append(this.rawFields(event, detail));
    if (!detail) this.body.append(el('p', { class: 'detail-loading' }, text('detail.loading')));
  }

  private valueOf(column: string, value: string): HTMLElement {
    switch (columnNamed(column)?.kind) {
      case 'json':
        return el('dd', {}, ...foldable(value));
      case 'text':
        return this.textValue(column, stringContent(value));
      case 'list':
        return el('dd', {}, ...value.split(LIST_SEPARATOR).map((item) => this.filterable(column, item)));
      default:
        return el('dd', {}, this.filterable(column, value));
    }
  }

  private textValue(column: string, value: string): HTMLElement {
    const kept = this.embedded.shortened[column];
    if (kept === undefined) return el('dd', { class: 'is-mono' }, value);
    return el('dd', { class: 'is-mono', title: text('detail.shortened.title', { n: kept }) }, `${value}${ELLIPSIS}`);
  }

  private filterable(column: string, value: string): HTMLElement {
    const shown =
      column === 'outcome'
        ? text(`outcome.${value as Outcome}`)
        : column === 'behindHow' || column === 'via'
          ? shownCell(column, value)
          : value;
    const label = text('detail.filter', { value: shown });
    const button = el(
      'button',
      { type: 'button', class: 'detail-value', title: label },
      el('span', {}, shown),
      icon('filter'),
    );
    button.addEventListener('click', (event) => this.listener.onFilter(column, value, event.ctrlKey || event.metaKey));
    return button;
  }

  private pivotButton({ kind, value, query }: Pivot): HTMLElement {
    const label = text(`pivot.${kind}`);
    const button = el(
      'button',
      { type: 'button', class: 'pivot', title: text('pivot.title', { value: value || label }) },
      el('span', { class: 'pivot-kind' }, label),
      ...(value === '' ? [] : [el('span', { class: 'pivot-value' }, value)]),
    );
    button.addEventListener('click', (event) => this.listener.onPivot(query, event.ctrlKey || event.metaKey));
    return button;
  }

  private async copy(): Promise<void> {
    const { event } = this;
    if (!event) return;
    const isCopied = await copyText(this.json(event, await event.detail));
    this.copied.textContent = text(isCopied ? 'detail.copied' : 'detail.copy.failed');
  }

  /** Every field of the event under its own name, folded until somebody asks. */
  private rawFields(event: OpenEvent, detail: ReadonlyMap<string, string>): HTMLElement {
    const fold = el('details', { class: 'raw-fields' }, el('summary', {}, text('detail.raw')));
    fold.addEventListener('toggle', () => fold.append(jsonView(this.json(event, detail))), { once: true });
    return fold;
  }

  private json(event: OpenEvent, detail: ReadonlyMap<string, string>): string {
    const cells = COLUMNS.map(({ name, kind }): EventCell => {
      if (kind === 'time') return { column: name, value: new Date(event.time).toISOString(), isJson: false };
      const isJson = kind === 'text' || kind === 'json';
      return { column: name, value: isJson ? this.whole(name, detail.get(name) ?? '') : event.value(name), isJson };
    });
    return eventJson(cells);
  }

  /** The log's JSON; a text of which only the beginning is here says so. */
  private whole(column: string, json: string): string {
    const isCut = column in this.embedded.shortened && json !== '';
    return isCut ? JSON.stringify(`${stringContent(json)}${ELLIPSIS}`) : json;
  }

  private button(drawing: Parameters<typeof icon>[0], label: TextKey, onClick: () => void): HTMLButtonElement {
    const button = el(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': text(label), title: text(label) },
      icon(drawing),
    );
    button.addEventListener('click', onClick);
    return button;
  }
}
