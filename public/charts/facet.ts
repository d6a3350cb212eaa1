/**
 * The values of one column with the most events: chart.js draws the bars, stacked by outcome; each value is a button
 * over its bar, so that it can be read, reached by keyboard and pressed.
 */
import type { Chart as ChartType } from 'chart.js';
import { el } from '../dom.js';
import { OUTCOMES, type OutcomeCounts } from '../filter/count.js';
import { shownValue } from '../names.js';
import { columnLabel, number, text } from '../text/language.js';
import { Chart } from './chart-parts.js';
import { currentTheme } from './theme.js';

export interface FacetValue {
  readonly value: string;
  readonly count: number;
  /** Undefined until events were counted by outcome. */
  readonly outcomes: OutcomeCounts | undefined;
  readonly isChosen: boolean;
}

export interface FacetContent {
  readonly values: readonly FacetValue[];
  /** How many more values there are, and their events. */
  readonly others: number;
  readonly othersCount: number;
  readonly hasChoice: boolean;
}

/** How many values a facet lists; the row after them is for the others. */
export const FACET_VALUES = 7;

export class Facet {
  readonly element: HTMLElement;
  private readonly list: HTMLElement;
  private readonly rows: readonly FacetRow[];
  private readonly others = el('li', { class: 'facet-others' });
  private readonly chart: ChartType<'bar', number[], number>;

  constructor(
    private readonly column: string,
    private content: FacetContent,
    /** `add` where the value should join those chosen. */
    onToggle: (value: string, add: boolean) => void,
  ) {
    const canvas = el('canvas', { 'aria-hidden': 'true' });
    const title = el('h2', { class: 'facet-title' }, columnLabel(column));
    this.rows = Array.from({ length: FACET_VALUES }, (_, i) => {
      const row = new FacetRow();
      row.button.addEventListener('click', (event) => {
        const value = this.content.values[i];
        if (value) onToggle(value.value, event.ctrlKey || event.metaKey);
      });
      return row;
    });
    this.list = el('ul', { class: 'facet-list', 'aria-label': columnLabel(column) });
    this.list.append(...this.rows.map(({ item }) => item), this.others);
    this.element = el(
      'section',
      { class: 'facet', 'data-column': column },
      title,
      el('div', { class: 'facet-plot' }, el('div', { class: 'facet-bars' }, canvas), this.list),
    );
    this.chart = new Chart(canvas, {
      type: 'bar',
      data: {
        labels: this.rows.map((_, i) => i),
        datasets: this.bars().map((bars) => ({ ...bars, stack: 'events' })),
      },
      options: {
        indexAxis: 'y',
        events: [],
        datasets: { bar: { barThickness: 3 } },
        scales: { x: { stacked: true, display: false, min: 0, max: 1 }, y: { stacked: true, display: false } },
        plugins: { tooltip: { enabled: false } },
      },
    });
    this.label();
  }

  show(content: FacetContent): void {
    this.content = content;
    this.label();
    this.draw();
  }

  private label(): void {
    const { values, others, othersCount, hasChoice } = this.content;
    this.rows.forEach((row, i) => row.show(this.column, values[i], hasChoice));
    this.others.textContent =
      values.length === 0 ? text('facet.empty') : others > 0 ? text('facet.others', { n: others }) : '';
    if (others > 0) this.others.append(el('span', { class: 'facet-count' }, number(othersCount)));
  }

  recolor(): void {
    this.draw();
  }

  private draw(): void {
    this.bars().forEach((bars, i) => Object.assign(this.chart.data.datasets[i] ?? {}, bars));
    this.chart.update();
  }

  /** The bars of each outcome, as shares of the largest; the last are of counts that are not yet known by outcome. */
  private bars(): { readonly data: number[]; readonly backgroundColor: string | string[] }[] {
    const { outcome, pending } = currentTheme();
    const { values, hasChoice } = this.content;
    const largest = Math.max(1, ...values.map(({ count }) => count));
    const barsOf = (
      color: string,
      count: (value: FacetValue) => number,
    ): { data: number[]; backgroundColor: string | string[] } => ({
      data: values.map((value) => count(value) / largest),
      // One colour for all bars spares chart.js from resolving each one's.
      backgroundColor: hasChoice ? values.map(({ isChosen }) => (isChosen ? color : `${color}66`)) : color,
    });
    return [
      ...OUTCOMES.map((name, i) => barsOf(outcome[name], ({ outcomes }) => outcomes?.[i] ?? 0)),
      barsOf(pending, ({ outcomes, count }) => (outcomes ? 0 : count)),
    ];
  }
}

class FacetRow {
  private readonly label = el('span', { class: 'facet-value' });
  private readonly count = el('span', { class: 'facet-count' });
  readonly button = el('button', { type: 'button', class: 'facet-button' }, this.label, ' ', this.count);
  readonly item = el('li', { hidden: true }, this.button);

  show(column: string, value: FacetValue | undefined, hasChoice: boolean): void {
    this.item.hidden = value === undefined;
    if (!value) return;
    const shown = value.value === '' ? text('facet.missing') : shownValue(column, value.value);
    this.label.textContent = shown;
    this.count.textContent = number(value.count);
    this.button.title = `${columnLabel(column)}: ${value.value === '' ? shown : value.value}`;
    this.button.setAttribute('aria-pressed', String(value.isChosen));
    this.button.classList.toggle('is-missing', value.value === '');
    this.button.classList.toggle('is-pale', hasChoice && !value.isChosen);
  }
}
