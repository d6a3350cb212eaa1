/** The list of everything that one chart counts: to search, to press, to copy, to save as a picture. */
import { copyText } from '#public/ui/copy.js';
import { el, icon } from '#public/ui/dom.js';
import { OUTCOMES } from '#public/engine/filter/count.js';
import { text } from '#public/text/language.js';
import type { TextKey } from '#public/text/en.js';
import type { ChartSettings } from './chart-settings.js';
import { countCells, countHeads, tableText, totalOf, type ChartRow, type ChartTable } from './chart-rows.js';
import { outcomeMark } from './outcomes.js';
import { TimelineChart } from './timeline-chart.js';
import { ValueChart } from './value-chart.js';
import { keepStop, rove } from '#public/ui/roving.js';

/** How many rows are shown at once; a search shows the others. */
const SHOWN = 200;

/** How many of them are bars, too. */
const BARS = 10;

export class ChartDialog {
  private readonly title = el('h2', { id: 'chart-title' });
  private readonly search = el('input', {
    type: 'search',
    class: 'chart-search',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  private readonly copyButton = toolButton('copy', 'chart.copy');
  private readonly saveButton = toolButton('picture', 'chart.save');
  private readonly said = el('span', { role: 'status', class: 'small' });
  private readonly table = el('table', { class: 'chart-table' });
  private readonly note = el('p', { class: 'small chart-note' });
  private readonly plot = el('div', { class: 'chart-plot' });
  private readonly scroller = el('div', { class: 'chart-scroll' }, this.plot, this.table);
  private chart: TimelineChart | ValueChart | undefined;
  private readonly element: HTMLDialogElement;
  private shown: ChartTable | undefined;
  private settings: ChartSettings | undefined;

  /** @param onPicture the picture of a chart is asked for */
  constructor(host: HTMLElement, onPicture: (table: ChartTable) => void) {
    const close = el(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': text('chart.close') },
      icon('close'),
    );
    close.addEventListener('click', () => this.element.close());
    const { copyButton, saveButton } = this;
    copyButton.addEventListener('click', () => void this.copy());
    saveButton.addEventListener('click', () => this.shown && onPicture(this.shown));
    this.search.setAttribute('aria-label', text('chart.search'));
    this.search.setAttribute('placeholder', text('chart.search'));
    this.search.addEventListener('input', () => this.fill());
    this.element = el(
      'dialog',
      { class: 'dialog chart-dialog', id: 'chart-dialog', 'aria-labelledby': 'chart-title' },
      el('div', { class: 'dialog-head' }, this.title, close),
      el('div', { class: 'chart-tools' }, this.search, copyButton, saveButton, this.said),
      this.scroller,
      this.note,
    );
    rove(this.scroller, () => [this.table]);
    this.element.addEventListener('close', () => {
      this.shown = undefined;
      this.table.replaceChildren();
      this.chart?.destroy();
      this.chart = undefined;
    });
    host.append(this.element);
  }

  /** The chart whose list is open. */
  get open(): string | undefined {
    return this.shown?.key;
  }

  show(table: ChartTable, settings: ChartSettings): void {
    this.search.value = '';
    this.said.textContent = '';
    this.update(table, settings);
    this.element.showModal();
  }

  /** Shows the same chart as it is counted now. */
  update(table: ChartTable, settings: ChartSettings): void {
    this.shown = table;
    this.settings = settings;
    this.title.textContent = table.title;
    this.search.hidden = !table.isSearchable;
    for (const button of [this.copyButton, this.saveButton]) button.disabled = table.isCounting === true;
    this.fill();
  }

  private fill(): void {
    const { shown, settings } = this;
    if (!shown || !settings) return;
    const all = shown.rows('');
    const found = this.search.value.trim() === '' ? all : shown.rows(this.search.value.trim());
    const total = totalOf(all);
    this.draw(shown, found, settings);
    const marks = [...OUTCOMES.map((outcome) => [outcomeMark(outcome), ' ']), [], []];
    const focused = this.focusedRow();
    this.table.replaceChildren(
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          el('th', { scope: 'col' }, shown.heading),
          ...countHeads().map((head, i) =>
            el(
              'th',
              { scope: 'col', class: 'is-number' },
              ...(marks[i] ?? []),
              el('span', { class: i < OUTCOMES.length ? 'chart-outcome' : '' }, head),
            ),
          ),
        ),
      ),
      el('tbody', {}, ...found.slice(0, SHOWN).map((row) => rowElement(row, total))),
    );
    const buttons = [...this.table.querySelectorAll('button')];
    if (focused !== undefined) (buttons.find((button) => button.textContent === focused) ?? buttons[0])?.focus();
    keepStop(this.table, 0);
    const listed =
      found.length === 0
        ? text('chart.none')
        : found.length > SHOWN
          ? text('chart.more', { shown: SHOWN, n: found.length })
          : text('chart.rows', { n: found.length });
    this.note.textContent = shown.isCounting ? text('filter.counting') : `${shown.about ?? ''} ${listed}`;
  }

  private draw(table: ChartTable, found: readonly ChartRow[], settings: ChartSettings): void {
    const { plot } = this;
    plot.hidden = found.length === 0;
    if (plot.hidden) return;
    if (!table.bars) plot.style.height = `${String(ValueChart.height(Math.min(BARS, found.length)))}px`;
    this.chart ??= this.newChart(table);
    if (this.chart instanceof ValueChart) this.chart.draw(found, BARS, settings);
    else if (table.bars) this.chart.draw(table.bars);
  }

  /** In an element of its own, which is as large as it can be. */
  private newChart({ title, bars }: ChartTable): TimelineChart | ValueChart {
    const { plot } = this;
    const canvas = el('canvas', { role: 'img', 'aria-label': text('chart.picture', { title }) });
    plot.replaceChildren(canvas);
    plot.classList.toggle('is-timeline', bars !== undefined);
    // A span of time is pressed by its place; a chart of values knows its own rows.
    const look = { hasLegend: true, onPress: (bar: number) => this.shown?.rows('')[bar]?.press() };
    return bars ? new TimelineChart(canvas, look) : new ValueChart(canvas, look);
  }

  private focusedRow(): string | undefined {
    const { activeElement } = document;
    return activeElement && this.table.contains(activeElement) ? activeElement.textContent : undefined;
  }

  private async copy(): Promise<void> {
    if (!this.shown) return;
    const isCopied = await copyText(tableText(this.shown), this.element);
    this.said.textContent = text(isCopied ? 'detail.copied' : 'detail.copy.failed');
  }
}

function toolButton(name: 'copy' | 'picture', key: TextKey): HTMLButtonElement {
  return el('button', { type: 'button', class: 'tool-button' }, icon(name), ' ', text(key));
}

function rowElement(row: ChartRow, total: number): HTMLElement {
  const button = el('button', {
    type: 'button',
    class: 'chart-value',
    tabindex: '-1',
    title: row.value,
    'aria-pressed': String(row.isChosen),
  });
  button.append(el('span', { class: 'facet-value' }, row.label));
  button.addEventListener('click', () => row.press());
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, button),
    ...countCells(row, total).map((cell) => el('td', { class: 'is-number' }, cell)),
  );
}
