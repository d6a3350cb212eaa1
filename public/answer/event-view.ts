/** Who made a kind of call, in a sentence, with what stands out. */
import { el } from '#public/ui/dom.js';
import { number, text } from '#public/text/language.js';
import type { CallerCount, EventAnswer } from '#scripts/investigate/event-answer.js';
import { standOutLines } from './caller-view.js';
import { withMore } from './more.js';
import { evidence, sentence, sentencesFor, type Show } from './sentence.js';

/** Callers that are listed at first. */
const MOST_CALLERS = 8;

export function eventView(answer: EventAnswer, show: Show): HTMLElement[] {
  const { name, succeeded, failed, lastDone, last, callers } = answer;
  const say = sentencesFor(show);
  const call = (): HTMLElement => el('b', { class: 'is-mono' }, name);
  const lines = [
    ...(succeeded > 0
      ? [
          sentence('answer.event', { call: call(), n: succeeded }),
          failed > 0 ? sentence('answer.event.failed', { n: failed }) : '',
        ]
      : [sentence('answer.event.onlyFailed', { call: call(), n: failed })]),
    sentence(lastDone ? 'answer.event.last' : 'answer.event.lastFailed', {
      who: say.who((lastDone ?? last).who),
      when: evidence(lastDone ?? last, show),
      how: say.how(lastDone ?? last),
    }),
  ];
  return [
    el('p', { class: 'verdict' }, ...lines),
    ...standOutLines(answer, show),
    ...(answer.isPartial ? [el('p', { class: 'small' }, text('answer.looking'))] : []),
    el(
      'section',
      { class: 'answer-list' },
      el('h2', {}, text('answer.list.callers')),
      el(
        'ul',
        {},
        ...withMore(
          callers.map((caller) => () => callerLine(caller, show)),
          MOST_CALLERS,
        ),
      ),
      failed + succeeded > 0
        ? el('p', { class: 'small' }, text('answer.event.total', { n: number(answer.events) }))
        : '',
    ),
  ];
}

function callerLine({ last, succeeded, failed }: CallerCount, show: Show): HTMLElement {
  return el(
    'li',
    {},
    el('span', {}, sentencesFor(show).who(last.who)),
    el('span', {}, sentence('answer.caller.done', { n: succeeded })),
    failed > 0 ? el('span', {}, sentence('answer.caller.failed', { n: failed })) : '',
    el('span', {}, evidence(last, show)),
  );
}
