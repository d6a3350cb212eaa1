/** The key to the colours, with counts: three buttons that filter by outcome. */
import type { Outcome } from '#shared/model/columns.js';
import { el, setAttribute, setText } from '#public/ui/dom.js';
import { OUTCOMES, type OutcomeCounts } from '#public/engine/filter/count.js';
import { number, text } from '#public/text/language.js';

export class OutcomeKey {
  private readonly counts = new Map<Outcome, HTMLElement>();
  private readonly buttons = new Map<Outcome, HTMLButtonElement>();

  constructor(host: HTMLElement, onToggle: (outcome: Outcome, add: boolean) => void) {
    for (const outcome of OUTCOMES) {
      const count = el('b', { class: 'outcome-count' });
      const button = el(
        'button',
        {
          type: 'button',
          class: 'outcome',
          'data-outcome': outcome,
          title: text('outcome.filter', { name: text(`outcome.${outcome}`) }),
        },
        outcomeMark(outcome),
        count,
        el('span', { class: 'outcome-name' }, text(`outcome.${outcome}`)),
      );
      button.addEventListener('click', (event) => onToggle(outcome, event.ctrlKey || event.metaKey));
      this.counts.set(outcome, count);
      this.buttons.set(outcome, button);
      host.append(button);
    }
  }

  show(counts: OutcomeCounts, chosen: ReadonlySet<string>): void {
    OUTCOMES.forEach((outcome, i) => {
      const count = this.counts.get(outcome);
      if (count) setText(count, number(counts[i] ?? 0));
      const button = this.buttons.get(outcome);
      if (!button) return;
      setAttribute(button, 'aria-pressed', String(chosen.has(outcome)));
      button.classList.toggle('is-pale', chosen.size > 0 && !chosen.has(outcome));
    });
  }
}

/** A sign for the outcome: its colour, and a shape for those who do not see the colour. */
export function outcomeMark(outcome: Outcome): HTMLElement {
  const mark = el('span', { 'aria-hidden': 'true' });
  markOutcome(mark, outcome);
  return mark;
}

/** Makes a sign that of another outcome. */
export function markOutcome(mark: HTMLElement, outcome: Outcome): void {
  mark.className = `mark is-${outcome}`;
}
