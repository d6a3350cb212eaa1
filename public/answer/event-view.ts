/** Who made a kind of call, in a sentence, with what stands out. */
import { el } from '#public/ui/dom.js';
import { number, text } from '#public/text/language.js';
import type { EventAnswer } from '#scripts/investigate/event-answer.js';
import { standOutLines } from './caller-view.js';
import { evidence, howPart, sentence, whoPart, type Show } from './sentence.js';

export function eventView(answer: EventAnswer, show: Show): HTMLElement[] {
  const { name, succeeded, failed, lastDone, last, callers, callerCount } = answer;
  const call = (): HTMLElement => el('b', { class: 'is-mono' }, name);
  const lines = [
    sentence('answer.event', { call: call(), n: succeeded }),
    failed > 0 ? sentence('answer.event.failed', { n: failed }) : '',
    sentence(lastDone ? 'answer.event.last' : 'answer.event.lastFailed', {
      who: whoPart((lastDone ?? last).who),
      when: evidence(lastDone ?? last, show),
      how: howPart(lastDone ?? last),
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
        ...callers.map((caller) =>
          el(
            'li',
            {},
            el('span', {}, whoPart(caller.last.who)),
            el('span', {}, sentence('answer.caller.done', { n: caller.succeeded })),
            caller.failed > 0 ? el('span', {}, sentence('answer.caller.failed', { n: caller.failed })) : '',
            el('span', {}, evidence(caller.last, show)),
          ),
        ),
        callerCount > callers.length
          ? el('li', { class: 'small' }, text('answer.more', { n: callerCount - callers.length }))
          : '',
      ),
      failed + succeeded > 0
        ? el('p', { class: 'small' }, text('answer.event.total', { n: number(answer.events) }))
        : '',
    ),
  ];
}
