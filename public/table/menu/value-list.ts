/** A column's values with the number of their events, as checkboxes. The query contains the checked ones. */
import type { Outcome } from '#shared/model/columns.js';
import type { FieldNode, Query } from '#shared/query/ast.js';
import { chosenValues, valueNode, withChoice } from '#shared/query/edit.js';
import { patternOf, testOf } from '#shared/query/pattern.js';
import { el } from '#public/ui/dom.js';
import type { ValueCounts } from '#public/engine/filter/value-counts.js';
import { shownValue, writtenValue } from '#shared/model/names.js';
import { shownCell } from '#public/text/shown-cell.js';
import { walkByArrows } from '#public/ui/popover.js';
import { number, text } from '#public/text/language.js';
import { containing } from './column-clauses.js';

/** The most values to list; others are found by typing. */
const LISTED = 100;

export interface ChoiceListener {
  /** The current query. */
  query(): Query;
  onQuery(query: Query): void;
}

export class ValueList {
  readonly element = el('div', { class: 'value-filter' });
  private readonly search: HTMLInputElement;
  private readonly list = el('div', { class: 'values', role: 'group', 'aria-label': text('filter.values') });
  private readonly note = el('p', { class: 'small', role: 'status' }, text('filter.counting'));
  private readonly all = action();
  private readonly none = action();
  private counts: ValueCounts | undefined;
  private fault: string | undefined;

  constructor(
    private readonly column: string,
    private readonly listener: ChoiceListener,
  ) {
    this.search = el('input', {
      type: 'search',
      class: 'text-input',
      autocomplete: 'off',
      spellcheck: 'false',
      placeholder: text('filter.find'),
      'aria-label': text('filter.find'),
      // An on-screen keyboard would cover the values.
      autofocus: matchMedia('(pointer: fine)').matches,
    });
    this.search.addEventListener('input', () => this.draw());
    this.search.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.chooseContaining();
      else if (event.key === 'ArrowDown') this.list.querySelector('input')?.focus();
      else return;
      event.preventDefault();
    });
    walkByArrows(this.list, 'input');
    this.all.addEventListener('click', () => this.chooseContaining());
    this.none.textContent = text('filter.none');
    this.none.addEventListener('click', () => this.choose([]));
    this.element.append(this.search, this.list, this.note, el('div', { class: 'menu-line' }, this.all, this.none));
    this.draw();
  }

  /** Shows the counts when they are available. */
  show(counts: ValueCounts): void {
    this.counts = counts;
    this.draw();
  }

  /** Says why the values could not be counted. */
  fail(reason: string): void {
    this.fault = text('detail.unreadable', { reason });
    this.draw();
  }

  private get chosen(): readonly FieldNode[] {
    return chosenValues(this.listener.query(), this.column);
  }

  private draw(): void {
    const { column, counts } = this;
    const wanted = this.search.value.trim();
    const { chosen } = this;
    const found = counts?.find(wanted, LISTED);
    const listed = new Set(found?.values.map(({ value }) => value.toLowerCase()));
    const isListed = ({ text: of }: FieldNode): boolean =>
      listed.has(of.toLowerCase()) || listed.has(`${of.toLowerCase()}.amazonaws.com`);
    this.list.replaceChildren(
      // Choices that are not among the values: a pattern, or a value without events under the rest of the query.
      ...chosen.filter((node) => !isListed(node)).map((node) => this.row(node.text, undefined, node, false)),
      ...(found?.values ?? []).map(({ value, count }) => {
        const node = chosen.find((one) => isSame(column, one, value));
        return this.row(value, count, node, !node && chosen.some((one) => matches(column, one, value)));
      }),
    );
    const first = this.list.querySelector('input');
    if (first) first.tabIndex = 0;
    this.note.textContent = !counts
      ? (this.fault ?? text('filter.counting'))
      : found && found.matching > found.values.length
        ? text('filter.listed', { shown: number(found.values.length), n: found.matching })
        : text('filter.distinct', { n: found?.matching ?? 0 });
    this.all.hidden = wanted === '';
    this.all.textContent = text('filter.containing', { text: wanted });
    this.none.hidden = chosen.length === 0;
  }

  /** @param isByPattern chosen by a pattern in the list, and only unchecked together with it */
  private row(
    value: string,
    count: number | undefined,
    node: FieldNode | undefined,
    isByPattern: boolean,
  ): HTMLElement {
    const box = el('input', { type: 'checkbox', tabindex: '-1', disabled: isByPattern });
    box.checked = node !== undefined || isByPattern;
    box.addEventListener('change', () => this.toggle(value, box.checked));
    return el(
      'label',
      { class: 'value', title: value },
      box,
      el('span', { class: 'value-name' }, valueText(this.column, value)),
      ...(count === undefined ? [] : [el('span', { class: 'value-count' }, number(count))]),
    );
  }

  private toggle(value: string, isChosen: boolean): void {
    const rest = this.chosen.filter((node) => !isSame(this.column, node, value));
    const written = writtenValue(this.column, value);
    this.choose(isChosen ? [...rest, valueNode(this.column, written)] : rest, false);
  }

  /** Chooses every value that contains the search text. */
  private chooseContaining(): void {
    const wanted = this.search.value.trim();
    if (wanted === '') return;
    this.choose([containing(this.column, wanted)]);
  }

  /** @param redraw false if the checked box would lose the focus */
  private choose(nodes: readonly FieldNode[], redraw = true): void {
    this.listener.onQuery(withChoice(this.listener.query(), this.column, nodes));
    if (redraw) this.draw();
    else this.none.hidden = nodes.length === 0;
  }
}

/** The value as shown in the list. */
function valueText(column: string, value: string): string {
  if (value === '') return text('facet.missing');
  if (column === 'outcome' && /^(?:change|read|error)$/.test(value)) return text(`outcome.${value as Outcome}`);
  return shownCell(column, value);
}

/** Whether the node names exactly this value, in full or in its short form. */
function isSame(column: string, { text: of }: FieldNode, value: string): boolean {
  const wanted = of.toLowerCase();
  return wanted === value.toLowerCase() || wanted === shownValue(column, value).toLowerCase();
}

function matches(column: string, node: FieldNode, value: string): boolean {
  const test = testOf(patternOf(node.text, !node.quoted, true));
  return value !== '' && (test(value.toLowerCase()) || test(shownValue(column, value).toLowerCase()));
}

function action(): HTMLButtonElement {
  return el('button', { type: 'button', class: 'text-button' });
}
