/** What stands in the table's place when it has no row: because nothing matches, or because there is nothing. */
import { el } from './dom.js';
import { columnLabel, text } from './text/language.js';

export class EmptyNotice {
  constructor(
    private readonly host: HTMLElement,
    private readonly total: number,
    /** Events that the run's options left out. */
    private readonly filtered: number,
    /** Columns that are in the TSV only, wholly or in part. */
    private readonly omitted: readonly string[],
    private readonly onClear: () => void,
    private readonly onCoverage: () => void,
  ) {}

  /** Shown where no event is. */
  show(shown: number): void {
    const wasHidden = this.host.hidden;
    this.host.hidden = shown > 0;
    if (this.host.hidden || !wasHidden) return;
    const nothing = this.total === 0;
    const button = el(
      'button',
      { type: 'button', class: 'button' },
      text(nothing ? 'table.none.button' : 'table.empty.clear'),
    );
    button.addEventListener('click', nothing ? this.onCoverage : this.onClear);
    this.host.replaceChildren(
      el('p', { class: 'empty-title' }, text(nothing ? 'table.none.title' : 'table.empty.title')),
      el('p', {}, this.sentence()),
      ...(nothing || this.omitted.length === 0
        ? []
        : [
            el(
              'p',
              { class: 'small' },
              text('table.empty.omitted', { columns: this.omitted.map(columnLabel).join(', ') }),
            ),
          ]),
      button,
    );
  }

  private sentence(): string {
    if (this.total > 0) return text('table.empty.text', { n: this.total });
    return this.filtered > 0 ? text('table.none.filtered', { n: this.filtered }) : text('table.none.text');
  }
}
