/** What the pointer is on in the timeline: below the chart, so that it hides no bar. */
import { el } from '#public/ui/dom.js';
import { OUTCOMES } from '#public/engine/filter/count.js';
import { number, text } from '#public/text/language.js';
import { outcomeMark } from './outcomes.js';

export class TimelineTip {
  private readonly element = el('div', { class: 'timeline-tip', 'aria-hidden': 'true', hidden: true });

  constructor(private readonly host: HTMLElement) {
    host.append(this.element);
  }

  /** @param x the middle of the bar, in pixels from the chart's left edge
   *  @param counts by outcome, in their order */
  show(x: number, title: string, counts: readonly number[]): void {
    this.element.replaceChildren(
      el('b', {}, title),
      ...OUTCOMES.map((outcome, i) =>
        el('div', {}, outcomeMark(outcome), ` ${number(counts[i] ?? 0)} ${text(`outcome.${outcome}`)}`),
      ),
    );
    this.element.hidden = false;
    const room = this.host.clientWidth - this.element.offsetWidth;
    this.element.style.left = `${String(Math.max(0, Math.min(room, x - this.element.offsetWidth / 2)))}px`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
