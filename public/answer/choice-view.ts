/** Several resources of one name: each with its events, to be asked about by itself. */
import { el } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';
import type { Choice } from '#scripts/investigate/resource-answer.js';

export function choiceView(asked: string, { namesakes }: Choice, onAsk: (name: string) => void): HTMLElement[] {
  const items = namesakes.map(({ spelling, service, type, account, region, rows }) => {
    const button = el('button', { type: 'button', class: 'evidence' }, spelling);
    button.addEventListener('click', () => onAsk(spelling));
    const where = [service, type, account, region].filter((part) => part !== '').join(' · ');
    return el(
      'li',
      {},
      el('span', {}, button),
      el('span', {}, where),
      el('span', {}, text('answer.choice.events', { n: rows.length })),
    );
  });
  return [
    el('p', { class: 'verdict' }, text('answer.choice', { what: asked, n: namesakes.length })),
    el('section', { class: 'answer-list' }, el('ul', {}, ...items)),
  ];
}
