/** Who did what a sentence asks for, newest first; below it, how the sentence was understood. */
import { el } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';
import type { CallsAnswer } from '#scripts/investigate/calls-answer.js';
import type { Query } from '#shared/query/ast.js';
import { printQuery } from '#shared/query/print.js';
import { understoodLines } from './nothing-view.js';
import { withMore } from './more.js';
import { sentencesFor, type Part, type Show } from './sentence.js';

/** Deeds, and attempts, that are shown at first. */
const MOST_DEEDS = 8;
const MOST_ATTEMPTS = 3;

export function callsView(answer: CallsAnswer, show: Show, onQuery: (query: Query) => void): HTMLElement[] {
  const { reading, deeds, attempts, query, unread } = answer;
  const say = sentencesFor(show);
  const line = (part: Part): HTMLElement => el('p', { class: 'verdict-more' }, part);
  const lines = [
    ...withMore(
      deeds.map((one) => () => line(say.standOut(one))),
      MOST_DEEDS,
      'p',
    ),
    ...withMore(
      attempts.map((one) => () => line(say.attempt(one, undefined))),
      MOST_ATTEMPTS,
      'p',
    ),
  ];
  if (lines[0]) lines[0].className = 'verdict';
  const button = el(
    'button',
    { type: 'button', class: 'evidence' },
    text('answer.reading.query', { query: printQuery(query) }),
  );
  button.addEventListener('click', () => onQuery(query));
  return [
    ...lines,
    ...(unread > 0 ? [el('p', { class: 'small' }, text('answer.calls.unread', { n: unread }))] : []),
    el('p', { class: 'small' }, understoodLines(reading).join(' '), ' ', button),
  ];
}
