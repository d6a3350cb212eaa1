/** One value of a chart: a button with its name, its number, and behind them its bar, divided by outcome. */
import { el, setAttribute, setText } from '#public/ui/dom.js';
import { OUTCOMES } from '#public/engine/filter/count.js';
import { shownCell } from '#public/text/shown-cell.js';
import { columnLabel, number, percent, text } from '#public/text/language.js';
import { OutcomeBar } from './outcome-bar.js';
import type { FacetContent, FacetValue } from './facet-content.js';
import { barLength, type ChartSettings } from './chart-settings.js';

export class FacetRow {
  private readonly label = el('span', { class: 'facet-value' });
  private readonly count = el('span', { class: 'facet-count' });
  private readonly bar = new OutcomeBar();
  readonly button = el(
    'button',
    { type: 'button', class: 'facet-button', tabindex: '-1' },
    this.label,
    ' ',
    this.count,
    this.bar.element,
  );
  readonly item = el('li', { hidden: true }, this.button);

  show(column: string, value: FacetValue | undefined, content: FacetContent, settings: ChartSettings): void {
    this.item.hidden = value === undefined;
    if (!value) return;
    setText(this.label, valueText(column, value.value));
    setText(this.count, settings.numbers === 'share' ? percent(value.count, content.total) : number(value.count));
    this.bar.show(value, barLength(value.count, content.values[0]?.count ?? 0, settings.scale));
    setAttribute(this.button, 'title', tooltip(column, value));
    setAttribute(this.button, 'aria-pressed', String(value.isChosen));
    this.button.classList.toggle('is-missing', value.value === '');
    this.button.classList.toggle('is-pale', content.hasChoice && !value.isChosen);
  }
}

/** A value as charts show it. */
export function valueText(column: string, value: string): string {
  return value === '' ? missingText(column) : shownCell(column, value);
}

/** What stands for no value. */
export function missingText(column: string): string {
  return text(column === 'behind' ? 'facet.unknown' : 'facet.missing');
}

function tooltip(column: string, { value, outcomes }: FacetValue): string {
  const name = `${columnLabel(column)}: ${value === '' ? missingText(column) : value}`;
  if (!outcomes) return name;
  const parts = OUTCOMES.flatMap((outcome, i) => {
    const count = outcomes[i] ?? 0;
    return count > 0 ? [`${number(count)} ${text(`outcome.${outcome}`)}`] : [];
  });
  return `${name}\n${parts.join(text('facet.tip.and'))}`;
}
