/** Where there is room for one chart at a time, and none to spare: which one is open, if any. */
import { el, setAttribute, setText } from '#public/ui/dom.js';
import { columnLabel, text } from '#public/text/language.js';

export class FacetTabs {
  readonly element = el('div', { class: 'facet-tabs', role: 'group', 'aria-label': text('charts.choose') });
  private place: number | undefined;
  private readonly buttons: readonly HTMLButtonElement[];

  /**
   * @param controlled the ID of the element that holds the charts
   * @param places how many charts there are
   */
  constructor(controlled: string, places: number, onChoose: () => void) {
    this.buttons = Array.from({ length: places }, (_, place) => {
      const button = el('button', { type: 'button', class: 'facet-tab', 'aria-controls': controlled });
      button.addEventListener('click', () => {
        this.place = this.place === place ? undefined : place;
        button.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        onChoose();
      });
      return button;
    });
    this.element.append(...this.buttons);
  }

  /** The chart that is open, by its place. */
  get chosen(): number | undefined {
    return this.place;
  }

  /** @param columns of the charts, in their order */
  show(columns: readonly string[]): void {
    this.buttons.forEach((button, i) => {
      setText(button, columnLabel(columns[i] ?? ''));
      setAttribute(button, 'aria-expanded', String(i === this.place));
    });
  }
}
