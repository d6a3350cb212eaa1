/** The life of a resource, from its beginning to its end, one under another. */
import { outcomeMark } from '#public/charts/outcomes.js';
import { el } from '#public/ui/dom.js';
import { shownValue } from '#shared/model/names.js';
import { text } from '#public/text/language.js';
import { showTime } from '#public/text/shown-time.js';
import { weightOf } from '#scripts/investigate/deeds.js';
import type { LifeEvent, ResourceAnswer } from '#scripts/investigate/resource-answer.js';
import type { Show } from './sentence.js';

/** Entries drawn: those that stand out, and of the others the newest. */
const MOST = 40;

interface Entry {
  readonly life: LifeEvent;
  /** The same done again by the same, without anything between. */
  readonly count: number;
}

export function lifeView({ life, quiet, isPartial }: ResourceAnswer, show: Show): HTMLElement[] {
  const entries = runsOf(life);
  const shown = entries.length <= MOST ? entries : telling(entries);
  const left = entries.length - shown.length;
  const items = shown.map((entry) => item(entry, show));
  const list = el('ol', { class: 'life' }, ...items);
  if (left > 0) list.append(gap(entries, left, list, show));
  const notes: string[] = [];
  if (quiet > 0) notes.push(text('answer.life.quiet', { n: quiet }));
  if (isPartial) notes.push(text('answer.looking'));
  return [
    ...(items.length > 0 ? [el('h2', {}, text('answer.life')), list] : []),
    ...(notes.length > 0 ? [el('p', { class: 'small' }, notes.join(' '))] : []),
  ];
}

/** Says how many steps are left out, and shows them all. */
function gap(entries: readonly Entry[], left: number, list: HTMLElement, show: Show): HTMLElement {
  const button = el('button', { type: 'button', class: 'text-button' }, text('answer.list.show', { n: left }));
  button.addEventListener('click', () => list.replaceChildren(...entries.map((entry) => item(entry, show))));
  return el('li', { class: 'life-gap' }, text('answer.life.left', { n: left }), ' ', button);
}

/** The weightiest entries, the newest first among those that weigh the same; in the order of their times. */
function telling(entries: readonly Entry[]): readonly Entry[] {
  const byWeight = [...entries.keys()].sort((a, b) => weight(entries[a]) - weight(entries[b]) || b - a);
  const chosen = new Set(byWeight.slice(0, MOST));
  return entries.filter((_, i) => chosen.has(i));
}

function weight(entry: Entry | undefined): number {
  if (!entry) return Infinity;
  const { effect, failure } = entry.life;
  // A failed try says less than the least that was done.
  return weightOf(effect.deed) + (failure ? 100 : 0);
}

function runsOf(life: readonly LifeEvent[]): readonly Entry[] {
  const entries: Entry[] = [];
  for (const one of life) {
    const last = entries.at(-1);
    if (last && isAlike(last.life, one)) entries[entries.length - 1] = { life: one, count: last.count + 1 };
    else entries.push({ life: one, count: 1 });
  }
  return entries;
}

function isAlike(a: LifeEvent, b: LifeEvent): boolean {
  return (
    a.effect.deed === b.effect.deed &&
    a.failure === b.failure &&
    a.event.eventName === b.event.eventName &&
    a.event.who.name === b.event.who.name &&
    a.effect.extra.join() === b.effect.extra.join()
  );
}

function item({ life: { event, effect, failure }, count }: Entry, show: Show): HTMLElement {
  const did = failure ? text(`failure.${failure}`) : text(`did.${effect.deed}`);
  const what = count > 1 ? `${event.eventName} ×${String(count)}` : event.eventName;
  const by = event.who.isService ? shownValue('actor', event.who.name) : event.who.name;
  const time = el('span', { class: 'life-time' });
  showTime(time, event.time);
  const button = el(
    'button',
    { type: 'button', class: 'life-event', title: text('answer.evidence', { event: event.eventName }) },
    outcomeMark(failure ? 'error' : event.outcome),
    time,
    el('span', { class: 'life-did' }, did),
    el('span', { class: 'life-who', title: event.who.arn }, by),
    el('span', { class: 'life-what is-mono', title: event.eventName }, [what, ...effect.extra].join(' ')),
  );
  button.addEventListener('click', () => show(event.row));
  return el('li', {}, button);
}
