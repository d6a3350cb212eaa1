/** The verdict on a resource, in sentences that link to their events, and its history. */
import { el } from '#public/ui/dom.js';
import type { TextKey } from '#public/text/en.js';
import { text } from '#public/text/language.js';
import type { Access } from '#scripts/investigate/accesses.js';
import type { HistoryEvent, ResourceAnswer } from '#scripts/investigate/resource-answer.js';
import { verdictParts } from '#scripts/investigate/sentences.js';
import { resourceName, sentence, sentencesFor, type Part, type Show } from './sentence.js';
import { withMore } from './more.js';
import { historyView } from './history-view.js';

/** Statements about the report, and about a page that lists only part of its events. */
const STATEMENTS = {
  before: { report: 'answer.before', page: 'answer.before.page' },
  nobody: { report: 'answer.nobody', page: 'answer.nobody.page' },
  alive: { report: 'answer.alive', page: 'answer.alive.page' },
} as const;

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

/** The verdict first. */
function verdictLines(answer: ResourceAnswer, isPart: boolean, show: Show): readonly HTMLElement[] {
  const { verdict, main, isPartial } = answer;
  const say = sentencesFor(show);
  const name = (): HTMLElement => resourceName(answer.name);
  const lines = (events: readonly HistoryEvent[], line: (one: HistoryEvent) => Part): HTMLElement[] => {
    const entries = events.map((one) => () => lineElement(line(one)));
    return isPartial ? entries.slice(0, MOST).map((entry) => entry()) : withMore(entries, MOST, 'p');
  };
  return verdictParts(answer).flatMap((part): HTMLElement[] => {
    switch (part.kind) {
      case 'statement':
        return [lineElement(sentence(STATEMENTS[part.key][isPart ? 'page' : 'report'], { what: name() }))];
      case 'done': {
        const { causes, origins } = part.done;
        const behind = [...causes.map((one) => say.because(one)), ...origins.map((one) => say.origin(one))];
        return [lineElement(say.deed(part.done, name()), ...behind.flatMap((one) => [' ', one]))];
      }
      case 'attempts':
        return lines(part.events, (one) => say.attempt(one, verdict === 'done' ? main?.event : undefined));
      case 'repeats':
        return lines(part.events, (one) => say.repeat(one));
      case 'others':
        return lines(part.events, (one) => say.deed(one, name()));
    }
  });
}

function lineElement(...parts: readonly Part[]): HTMLElement {
  return el('p', { class: 'verdict-more' }, ...parts);
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

function accessLine(access: Access, show: Show): HTMLElement {
  const say = sentencesFor(show);
  const { deed, last } = access;
  return el(
    'li',
    {},
    el('span', {}, say.who(last.who), say.how(last)),
    el('span', {}, text(`did.${deed}`)),
    el('span', {}, say.span(access)),
  );
}
