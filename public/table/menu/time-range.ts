/** Two boxes, from and to, that write a time range (UTC) into the query. */
import { timeSpanOf, withTimeSpan } from '#shared/query/edit.js';
import type { TimeSpan } from '#shared/query/time-text.js';
import { el } from '#public/ui/dom.js';
import { text } from '#public/text/language.js';
import type { TextKey } from '#public/text/en.js';
import type { ChoiceListener } from './value-list.js';

/** @param all from the first event's time to after the last one's */
export function timeRange(all: TimeSpan, listener: ChoiceListener): HTMLElement {
  const chosen = timeSpanOf(listener.query());
  const from = timeBox('filter.from', chosen && chosen.from > -Infinity ? chosen.from : undefined, all);
  const to = timeBox('filter.to', chosen && chosen.to < Infinity ? chosen.to : undefined, all);
  const none = el('button', { type: 'button', class: 'text-button', hidden: !chosen }, text('filter.anyTime'));
  const write = (): void => {
    const [start, end] = [timeIn(from.input), timeIn(to.input)];
    // An incomplete time does not count.
    if (from.input.validity.badInput || to.input.validity.badInput) return;
    const isAny = start === undefined && end === undefined;
    const span = { from: start ?? -Infinity, to: end ?? Infinity };
    listener.onQuery(withTimeSpan(listener.query(), isAny ? undefined : span));
    none.hidden = isAny;
  };
  from.input.addEventListener('change', write);
  to.input.addEventListener('change', write);
  none.addEventListener('click', () => {
    from.input.value = to.input.value = '';
    write();
  });
  return el(
    'div',
    { class: 'value-filter' },
    from.label,
    to.label,
    el('p', { class: 'small' }, text('filter.time.note')),
    el('div', { class: 'menu-line' }, none),
  );
}

function timeBox(
  key: TextKey,
  time: number | undefined,
  { from, to }: TimeSpan,
): { readonly label: HTMLElement; readonly input: HTMLInputElement } {
  const input = el('input', {
    type: 'datetime-local',
    class: 'text-input',
    step: '1',
    min: written(from),
    max: written(to),
  });
  if (time !== undefined) input.value = written(time);
  return { label: el('label', { class: 'filter-field' }, el('span', {}, text(key)), input), input };
}

/** The time as such a box contains it, in whole seconds. */
function written(time: number): string {
  return new Date(time).toISOString().slice(0, 19);
}

function timeIn({ value }: HTMLInputElement): number | undefined {
  const time = Date.parse(`${value}Z`);
  return Number.isNaN(time) ? undefined : time;
}
