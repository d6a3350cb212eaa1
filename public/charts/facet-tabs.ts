/** Where there is room for one chart at a time: which one. */
import { CHARTED } from '../../scripts/shared/columns.js';
import { el } from '../dom.js';
import { columnLabel, text } from '../text/language.js';

export class FacetTabs {
  readonly element = el('div', { class: 'facet-tabs', role: 'group', 'aria-label': text('charts.choose') });
  private column: string = CHARTED[0];
  private readonly buttons: readonly HTMLButtonElement[];

  constructor(onChoose: () => void) {
    this.buttons = CHARTED.map((column) => {
      const button = el('button', { type: 'button', class: 'facet-tab' }, columnLabel(column));
      button.addEventListener('click', () => {
        this.column = column;
        this.show();
        button.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        onChoose();
      });
      return button;
    });
    this.element.append(...this.buttons);
    this.show();
  }

  /** The column whose chart is shown. */
  get chosen(): string {
    return this.column;
  }

  private show(): void {
    this.buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(CHARTED[i] === this.column)));
  }
}
