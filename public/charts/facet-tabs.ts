/** Where there is room for one chart at a time, and none to spare: which one is open, if any. */
import { CHARTED } from '#shared/model/columns.js';
import { el } from '#public/ui/dom.js';
import { columnLabel, text } from '#public/text/language.js';

export class FacetTabs {
  readonly element = el('div', { class: 'facet-tabs', role: 'group', 'aria-label': text('charts.choose') });
  private column: string | undefined;
  private readonly buttons: readonly HTMLButtonElement[];

  /** @param controlled the ID of the element that holds the charts */
  constructor(controlled: string, onChoose: () => void) {
    this.buttons = CHARTED.map((column) => {
      const button = el(
        'button',
        { type: 'button', class: 'facet-tab', 'aria-controls': controlled },
        columnLabel(column),
      );
      button.addEventListener('click', () => {
        this.column = this.column === column ? undefined : column;
        this.show();
        button.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        onChoose();
      });
      return button;
    });
    this.element.append(...this.buttons);
    this.show();
  }

  /** The column whose chart is open. */
  get chosen(): string | undefined {
    return this.column;
  }

  private show(): void {
    this.buttons.forEach((button, i) => button.setAttribute('aria-expanded', String(CHARTED[i] === this.column)));
  }
}
