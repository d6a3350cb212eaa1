/** The verdict on a resource, in sentences that link to their events, and its history. */
import { el } from '#public/ui/dom.js';
import type { TextKey } from '#public/text/en.js';
import { text } from '#public/text/language.js';
import type { Access } from '#scripts/investigate/accesses.js';
import type { Cause } from '#scripts/investigate/causes.js';
import { DEEDS } from '#scripts/investigate/deeds.js';
import type { ReadEvent } from '#scripts/investigate/event-log.js';
import type { Done, HistoryEvent, ResourceAnswer } from '#scripts/investigate/resource-answer.js';
import { apart, evidence, howPart, link, resourceName, sentence, whoPart, type Show } from './sentence.js';
import { withMore } from './more.js';
import { historyView } from './history-view.js';

/** Sentences of one kind that are shown at first. */
const MOST = 3;
/** Those who accessed it that are listed at first. */
const MOST_ACCESSES = 8;

/**
 * @param isPart whether the page lists only part of the report's events
 * @param showAll filters the table by everything that names the resource
 */
export function resourceView(answer: ResourceAnswer, isPart: boolean, show: Show, showAll: () => void): HTMLElement[] {
  const lines = verdictLines(answer, isPart, show);
  if (lines[0]) lines[0].className = 'verdict';
  return [...lines, ...accessView(answer, show), ...historyView(answer, show, showAll)];
}

type Line = readonly Node[];

function lineElement(line: Line): HTMLElement {
  return el('p', { class: 'verdict-more' }, ...line);
}

/** The verdict first. */
function verdictLines(answer: ResourceAnswer, isPart: boolean, show: Show): readonly HTMLElement[] {
  const { verdict, main, made, others, attempts, repeats, isPartial } = answer;
  const name = (): HTMLElement => resourceName(answer.name);
  const named = (one: HistoryEvent): DocumentFragment => deedSentence(one, name(), show);
  const whole = (one: Done): HTMLElement => lineElement([named(one), ...behind(one, show)]);
  const tried = [
    ...listed(attempts, (one) => [attempt(one, verdict === 'done' ? main : undefined, show)], isPartial),
    ...listed(repeats, (one) => [repeat(one, show)], isPartial),
  ];
  const rest = listed(others, (one) => [named(one)], isPartial);
  const first = main ? [whole(main)] : [];
  const last = made ? [whole(made)] : [];
  switch (verdict) {
    case 'done':
      return [...first, ...tried, ...rest, ...last];
    case 'before':
      return [
        lineElement([sentence(isPart ? 'answer.before.page' : 'answer.before', { what: name() })]),
        ...tried,
        ...first,
        ...rest,
        ...last,
      ];
    case 'attempts':
      return [
        lineElement([sentence(isPart ? 'answer.nobody.page' : 'answer.nobody', { what: name() })]),
        ...tried,
        ...first,
        ...rest,
        ...last,
      ];
    case 'alive': {
      const nothing = lineElement([sentence(isPart ? 'answer.alive.page' : 'answer.alive', { what: name() })]);
      // It was deleted, and it was made again.
      const isAgain = main && made && DEEDS[main.effect.deed] === 'end';
      if (isAgain) return [...first, ...last, ...rest];
      return [...first, ...rest, ...last, nothing];
    }
  }
}

function listed(events: readonly HistoryEvent[], line: (one: HistoryEvent) => Line, isPartial: boolean): HTMLElement[] {
  const entries = events.map((one) => () => lineElement(line(one)));
  return isPartial ? entries.slice(0, MOST).map((entry) => entry()) : withMore(entries, MOST, 'p');
}

/** Who reached what is in it, by which call, how often and when. */
function accessView({ accesses, unreadAccesses }: ResourceAnswer, show: Show): HTMLElement[] {
  const part = (title: TextKey, of: readonly Access[]): HTMLElement[] =>
    of.length === 0
      ? []
      : [
          el(
            'section',
            { class: 'answer-list' },
            el('h2', {}, text(title)),
            el(
              'ul',
              {},
              ...withMore(
                of.map((one) => () => accessLine(one, show)),
                MOST_ACCESSES,
              ),
            ),
          ),
        ];
  return [
    ...part(
      'answer.accesses',
      accesses.filter(({ isFailed }) => !isFailed),
    ),
    ...part(
      'answer.accesses.failed',
      accesses.filter(({ isFailed }) => isFailed),
    ),
    ...(unreadAccesses > 0 ? [el('p', { class: 'small' }, text('answer.accesses.unread', { n: unreadAccesses }))] : []),
  ];
}

function accessLine({ deed, first, last, count }: Access, show: Show): HTMLElement {
  const when =
    count === 1
      ? [el('span', { class: 'is-mono' }, last.eventName), ' ', evidence(last, show)]
      : [
          sentence('answer.accesses.span', {
            call: el('span', { class: 'is-mono' }, last.eventName),
            n: count,
            first: evidence(first, show),
            last: evidence(last, show),
          }),
        ];
  return el(
    'li',
    {},
    el('span', {}, whoPart(last.who), howPart(last)),
    el('span', {}, text(`did.${deed}`)),
    el('span', {}, ...when),
  );
}

/** `i-0abc was terminated by alice (role Admin) on … from … with …` */
function deedSentence({ event, effect }: HistoryEvent, name: Node, show: Show): DocumentFragment {
  const deed = sentence(`deed.${effect.deed}`, {
    what: name,
    who: whoPart(event.who),
    extra: effect.extra.join(', '),
    event: event.eventName,
  });
  return sentence('answer.sentence', { deed, when: evidence(event, show), how: howPart(event) });
}

function behind({ causes, origins }: Done, show: Show): Node[] {
  const nodes: Node[] = [];
  for (const cause of causes) nodes.push(space(), because(cause, show));
  for (const origin of origins) nodes.push(space(), originSentence(origin, show));
  return nodes;
}

function because({ event, tie, scope }: Cause, show: Show): DocumentFragment {
  const call = link(event.eventName, event, show);
  const named = scope === '' ? '' : sentence('answer.scope', { scope: el('span', { class: 'is-mono' }, scope) });
  return sentence(tie === 'near' ? 'answer.perhaps' : 'answer.because', {
    who: whoPart(event.who),
    call,
    scope: named,
    when: evidence(event, show),
    how: howPart(event),
  });
}

export function originSentence(origin: ReadEvent, show: Show): DocumentFragment {
  return sentence('answer.origin', {
    who: whoPart(origin.who),
    call: link(origin.eventName, origin, show),
    when: evidence(origin, show),
    how: howPart(origin),
  });
}

function attempt({ event, failure }: HistoryEvent, main: Done | undefined, show: Show): DocumentFragment {
  const time = evidence(event, show);
  const when = main
    ? el('span', {}, apart(event, main.event), ' (', time, ')')
    : sentence('answer.attempt.on', { time });
  return sentence(`answer.attempt.${failure ?? 'notDone'}`, {
    who: whoPart(event.who),
    call: el('span', { class: 'is-mono' }, event.eventName),
    when,
    error: el('span', { class: 'is-mono' }, event.errorCode || event.errorMessage || text('answer.attempt.unsaid')),
  });
}

function repeat({ event }: HistoryEvent, show: Show): DocumentFragment {
  return sentence('answer.repeat', {
    who: whoPart(event.who),
    call: el('span', { class: 'is-mono' }, event.eventName),
    when: evidence(event, show),
  });
}

function space(): Text {
  return document.createTextNode(' ');
}
