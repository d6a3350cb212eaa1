/** The history of a resource: its events in order of time. */
import { outcomeMark } from '#public/charts/outcomes.js';
import { el } from '#public/ui/dom.js';
import { shownValue } from '#shared/model/names.js';
import { text } from '#public/text/language.js';
import { personText } from '#public/text/shown-cell.js';
import { showTime } from '#public/text/shown-time.js';
import { weightOf } from '#scripts/investigate/deeds.js';
import type { HistoryEvent, ResourceAnswer } from '#scripts/investigate/resource-answer.js';
import type { Show } from './sentence.js';

/** Entries that are shown at first: those that stand out, then the newest of the others. */
const MOST = 40;

interface Entry {
  readonly done: HistoryEvent;
  /** Consecutive events with the same caller, call and outcome. */
  readonly count: number;
}

export function historyView(
  { history, mentions, isPartial }: ResourceAnswer,
  show: Show,
  showAll: () => void,
): HTMLElement[] {
  const entries = runsOf(history);
  const shown = entries.length <= MOST ? entries : telling(entries);
  const left = entries.length - shown.length;
  const items = shown.map((entry) => item(entry, show));
  const list = el('ol', { class: 'history' }, ...items);
  if (left > 0) list.append(gap(entries, left, list, show));
  const notes: (Node | string)[] = [];
  if (mentions > 0) notes.push(text('answer.history.others', { n: mentions }), ' ', showButton(mentions, showAll), ' ');
  if (isPartial) notes.push(text('answer.looking'));
  return [
    ...(items.length > 0 ? [el('h2', {}, text('answer.history')), list] : []),
    ...(notes.length > 0 ? [el('p', { class: 'small' }, ...notes)] : []),
  ];
}

function showButton(n: number, onClick: () => void): HTMLElement {
  const button = el(
    'button',
    { type: 'button', class: 'text-button' },
    text(n === 1 ? 'answer.history.others.showOne' : 'answer.history.others.show'),
  );
  button.addEventListener('click', onClick);
  return button;
}

/** Says how many steps are not shown, and has a button that shows them all. */
function gap(entries: readonly Entry[], left: number, list: HTMLElement, show: Show): HTMLElement {
  const button = el('button', { type: 'button', class: 'text-button' }, text('answer.list.show', { n: left }));
  button.addEventListener('click', () => list.replaceChildren(...entries.map((entry) => item(entry, show))));
  return el('li', { class: 'history-gap' }, text('answer.history.left', { n: left }), ' ', button);
}

/** The entries of most weight, the newest of those with equal weight, in order of time. */
function telling(entries: readonly Entry[]): readonly Entry[] {
  const byWeight = [...entries.keys()].sort((a, b) => weight(entries[a]) - weight(entries[b]) || b - a);
  const chosen = new Set(byWeight.slice(0, MOST));
  return entries.filter((_, i) => chosen.has(i));
}

function weight(entry: Entry | undefined): number {
  if (!entry) return Infinity;
  const { effect, failure } = entry.done;
  // A failed call says less than any that succeeded.
  return weightOf(effect.deed) + (failure ? 100 : 0);
}

function runsOf(history: readonly HistoryEvent[]): readonly Entry[] {
  const entries: Entry[] = [];
  for (const one of history) {
    const last = entries.at(-1);
    if (last && isAlike(last.done, one)) entries[entries.length - 1] = { done: one, count: last.count + 1 };
    else entries.push({ done: one, count: 1 });
  }
  return entries;
}

function isAlike(a: HistoryEvent, b: HistoryEvent): boolean {
  return (
    a.effect.deed === b.effect.deed &&
    a.failure === b.failure &&
    a.event.eventName === b.event.eventName &&
    a.event.who.name === b.event.who.name &&
    a.effect.extra.join() === b.effect.extra.join()
  );
}

function item({ done: { event, effect, failure }, count }: Entry, show: Show): HTMLElement {
  const did = failure ? text(`failure.${failure}`) : text(`did.${effect.deed}`);
  const what = count > 1 ? `${event.eventName} ×${String(count)}` : event.eventName;
  const by = event.who.isService ? shownValue('actor', event.who.name) : personText(event.who.behind || event.who.name);
  const time = el('span', { class: 'history-time' });
  showTime(time, event.time);
  const button = el(
    'button',
    { type: 'button', class: 'history-event', title: text('answer.evidence', { event: event.eventName }) },
    outcomeMark(failure ? 'error' : event.outcome),
    time,
    el('span', { class: 'history-did' }, did),
    el('span', { class: 'history-who', title: event.who.arn }, by),
    el('span', { class: 'history-what is-mono', title: event.eventName }, [what, ...effect.extra].join(' ')),
  );
  button.addEventListener('click', () => show(event.row));
  return el('li', {}, button);
}
