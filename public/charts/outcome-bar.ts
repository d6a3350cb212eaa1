/** A bar divided by outcome: changes, reads, errors, always in this order and each with its own pattern. */
import { el } from '#public/ui/dom.js';
import { OUTCOMES, type OutcomeCounts } from '#public/engine/filter/count.js';

export class OutcomeBar {
  private readonly parts = OUTCOMES.map((outcome) => el('span', { class: `bar is-${outcome}` }));
  private readonly widths = OUTCOMES.map(() => '');
  readonly element = el('span', { class: 'bars', 'aria-hidden': 'true' }, ...this.parts);

  /** @param length of the whole bar, from 0 to 1 */
  show(
    { count, outcomes }: { readonly count: number; readonly outcomes: OutcomeCounts | undefined },
    length: number,
  ): void {
    this.element.classList.toggle('is-pending', outcomes === undefined);
    this.parts.forEach((part, i) => {
      const share = outcomes ? (outcomes[i] ?? 0) / Math.max(1, count) : i === 0 ? 1 : 0;
      const width = `${(share * length * 100).toFixed(2)}%`;
      if (this.widths[i] === width) return;
      this.widths[i] = width;
      part.style.width = width;
    });
  }
}
