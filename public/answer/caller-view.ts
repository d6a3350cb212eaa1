/** What a person, role, key or address did, in sentences and short lists; each entry leads to its events. */
import { el } from '#public/ui/dom.js';
import { shownResource, shownValue } from '#shared/model/names.js';
import { number, text } from '#public/text/language.js';
import type { TextKey } from '#public/text/en.js';
import type { CallerAnswer, Changes } from '#scripts/investigate/caller-answer.js';
import type { StandOut } from '#scripts/investigate/stand-outs.js';
import type { Tally } from '#scripts/investigate/tally.js';
import { withMore } from './more.js';
import { evidence, link, sentence, sentencesFor, type Part, type Show } from './sentence.js';

/** Entries of a list that are shown at first. */
const MOST = 6;
const MOST_CHANGES = 14;
/** Bursts and guessed passwords, and deeds that stand out; each kind of deed is shown at least once. */
const MOST_SERIES = 5;
const MOST_STAND_OUTS = 14;

export function callerView(answer: CallerAnswer, show: Show): HTMLElement[] {
  const { first, last, events, changes, signedIn, reads, errors } = answer;
  const isSpan = first.row !== last.row;
  const counts = [
    text('answer.caller.changes', { n: changes }),
    text('answer.caller.reads', { n: reads }),
    ...(signedIn > 0 ? [text('answer.caller.signIns', { n: signedIn })] : []),
    text('answer.caller.failed', { n: errors }),
  ];
  const seen = sentence(isSpan ? 'answer.caller' : 'answer.caller.once', {
    who: el('b', {}, shownResource(shownValue('actor', answer.name))),
    first: evidence(first, show),
    last: evidence(last, show),
    n: events,
    counts: counts.join(text('facet.tip.and')),
  });
  return [
    el('p', { class: 'verdict' }, seen),
    ...answer.origins.map((origin) => el('p', { class: 'verdict-more' }, sentencesFor(show).origin(origin))),
    ...standOutLines(answer, show),
    ...(answer.isPartial ? [el('p', { class: 'small' }, text('answer.looking'))] : []),
    el('div', { class: 'answer-lists' }, ...lists(answer, show)),
  ];
}

/** Sentences on bursts, guessed passwords and telling deeds; shared with the answer on an event's name. */
export function standOutLines(
  { bursts, signIns, standOuts }: Pick<CallerAnswer, 'bursts' | 'signIns' | 'standOuts'>,
  show: Show,
): HTMLElement[] {
  const say = sentencesFor(show);
  const [first, later] = byShares(standOuts.all);
  const lines = [
    ...signIns.map((series) => () => el('li', {}, say.signIns(series))),
    ...bursts.map((burst) => () => el('li', {}, say.burst(burst))),
  ];
  const ordered = [
    ...lines.slice(0, MOST_SERIES),
    ...first.map((one) => () => el('li', {}, say.standOut(one))),
    ...lines.slice(MOST_SERIES),
    ...later.map((one) => () => el('li', {}, say.standOut(one))),
  ];
  if (ordered.length === 0) return [];
  const { unread } = standOuts;
  return [
    el('h2', {}, text('answer.standOut')),
    el('ul', { class: 'stand-outs' }, ...withMore(ordered, Math.min(lines.length, MOST_SERIES) + first.length)),
    ...(unread > 0 ? [el('p', { class: 'small' }, text('answer.standOut.unread', { n: unread }))] : []),
  ];
}

/** What is shown at first, so that each kind of deed has its share, and the rest; both in the order given. */
function byShares(all: readonly StandOut[]): readonly [readonly StandOut[], readonly StandOut[]] {
  const seen = new Map<string, number>();
  const turns = all.map(({ effect }) => {
    const turn = seen.get(effect.deed) ?? 0;
    seen.set(effect.deed, turn + 1);
    return turn;
  });
  const order = [...all.keys()].sort((a, b) => (turns[a] as number) - (turns[b] as number) || a - b);
  const chosen = new Set(order.slice(0, Math.max(MOST_STAND_OUTS, seen.size)));
  return [all.filter((_, i) => chosen.has(i)), all.filter((_, i) => !chosen.has(i))];
}

function lists(answer: CallerAnswer, show: Show): HTMLElement[] {
  const isNamed = answer.kinds[0] === 'person';
  const tally = (
    title: TextKey,
    of: readonly Tally[],
    shown: (value: string) => string = (value) => value,
  ): HTMLElement[] => list(title, of, MOST, (one) => [link(shown(one.value), one, show), number(one.count)]);
  return [
    ...list('answer.list.changed', answer.changed, MOST_CHANGES, (one) => changeEntry(one, show)),
    ...(isNamed && answer.identities.length < 2 ? [] : tally('answer.list.identities', answer.identities, actorName)),
    ...tally('answer.list.from', answer.addresses, actorName),
    ...tally('answer.list.roles', answer.roles),
    ...tally('answer.list.keys', answer.keys),
    ...tally('answer.list.failed', answer.failed),
    ...tally('answer.list.errors', answer.errorCodes),
    ...list('answer.list.others', answer.others, MOST, (one) => [
      link(actorName(one.who), one, show),
      sentence(`answer.other.${one.by}`, { value: el('span', { class: 'is-mono' }, one.value) }),
      number(one.count),
    ]),
  ];
}

function actorName(value: string): string {
  return shownValue('actor', value);
}

function changeEntry({ service, eventName, count, row, resources, resourceCount }: Changes, show: Show): Part[] {
  const names = resources.map(shownResource).join(', ');
  const more = resourceCount > resources.length ? ` +${number(resourceCount - resources.length)}` : '';
  return [
    el('span', { class: 'answer-service' }, shownValue('eventSource', service)),
    link(eventName, { row, eventName }, show),
    el('span', { class: 'answer-name', title: resources.join('\n') }, names + more),
    number(count),
  ];
}

/** A titled list; nothing where there are no entries. */
function list<T>(title: TextKey, all: readonly T[], first: number, parts: (one: T) => readonly Part[]): HTMLElement[] {
  if (all.length === 0) return [];
  const entries = all.map((one) => () => el('li', {}, ...parts(one).map((part) => el('span', {}, part))));
  return [
    el('section', { class: 'answer-list' }, el('h2', {}, text(title)), el('ul', {}, ...withMore(entries, first))),
  ];
}
