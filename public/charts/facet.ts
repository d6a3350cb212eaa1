/**
 * The values of one column with the most events, each a button with its bar. The head, and the row of the others, open
 * the list of all of them.
 */
import { el, icon, setAttribute, setText } from '#public/ui/dom.js';
import { columnLabel, number, percent, text } from '#public/text/language.js';
import type { ChartSettings } from './chart-settings.js';
import type { FacetContent } from './facet-content.js';
import { FacetRow } from './facet-row.js';
import { keepStop } from '#public/ui/roving.js';

/** How many values a chart lists; the row after them is for the others. */
export const FACET_VALUES = 7;

interface FacetListener {
  /** A value was pressed; `add` where it should join those chosen. */
  onToggle(value: string, add: boolean): void;
  /** All values are asked for. */
  onOpen(): void;
}

export class Facet {
  readonly element: HTMLElement;
  private readonly name = el('span', { class: 'facet-name' });
  private readonly list: HTMLElement;
  private readonly rows: readonly FacetRow[];
  private readonly distinct = el('span', { class: 'facet-distinct' });
  private readonly othersName = el('span', { class: 'facet-value' });
  private readonly othersCount = el('span', { class: 'facet-count' });
  private readonly othersItem: HTMLElement;
  private readonly empty = el('p', { class: 'facet-empty', hidden: true });
  private content: FacetContent | undefined;

  constructor(listener: FacetListener) {
    const head = el(
      'button',
      {
        type: 'button',
        class: 'facet-head',
        tabindex: '-1',
        'aria-haspopup': 'dialog',
        title: text('facet.all.title'),
      },
      this.name,
      ' ',
      this.distinct,
      icon('list'),
    );
    const others = el(
      'button',
      {
        type: 'button',
        class: 'facet-others',
        tabindex: '-1',
        'aria-haspopup': 'dialog',
        title: text('facet.all.title'),
      },
      this.othersName,
      ' ',
      this.othersCount,
    );
    for (const button of [head, others]) button.addEventListener('click', () => listener.onOpen());
    this.othersItem = el('li', { hidden: true }, others);
    this.rows = Array.from({ length: FACET_VALUES }, (_, i) => this.row(i, listener));
    this.list = el('ul', { class: 'facet-list' }, ...this.rows.map(({ item }) => item), this.othersItem);
    this.element = el(
      'div',
      { class: 'facet', role: 'toolbar', 'aria-orientation': 'vertical' },
      el('h2', { class: 'facet-title' }, head),
      this.list,
      this.empty,
    );
  }

  show(column: string, content: FacetContent, settings: ChartSettings): void {
    this.content = content;
    const label = columnLabel(column);
    setText(this.name, label);
    setAttribute(this.element, 'data-column', column);
    for (const element of [this.element, this.list]) setAttribute(element, 'aria-label', label);
    const { values, others, othersCount, distinct, total } = content;
    this.rows.forEach((row, i) => row.show(column, values[i], content, settings));
    setText(this.distinct, distinct > 0 ? number(distinct) : '');
    this.othersItem.hidden = others === 0;
    setText(this.othersName, text('facet.others', { n: others }));
    setText(this.othersCount, settings.numbers === 'share' ? percent(othersCount, total) : number(othersCount));
    this.empty.hidden = values.length > 0;
    setText(this.empty, text(column === 'errorCode' ? 'facet.empty.errors' : 'facet.empty'));
    keepStop(this.element, 1);
  }

  private row(i: number, listener: FacetListener): FacetRow {
    const row = new FacetRow();
    const toggle = (event: MouseEvent | KeyboardEvent): void => {
      const value = this.content?.values[i];
      if (value) listener.onToggle(value.value, event.ctrlKey || event.metaKey);
    };
    row.button.addEventListener('click', toggle);
    row.button.addEventListener('keydown', (event) => {
      // With Ctrl, browsers differ in whether Enter is a click.
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      toggle(event);
    });
    return row;
  }
}
