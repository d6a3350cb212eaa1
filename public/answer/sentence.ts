/** Sentences with elements in them, and the small parts that they are made of. */
import { el } from '#public/ui/dom.js';
import { shownResource } from '#shared/model/names.js';
import { LANGUAGE, text } from '#public/text/language.js';
import { personText } from '#public/text/shown-cell.js';
import { showTime } from '#public/text/shown-time.js';
import type { TextKey } from '#public/text/en.js';
import type { LogEvent } from '#scripts/investigate/event-log.js';
import { Sentences } from '#scripts/investigate/sentences.js';

export type Part = Node | string;

/** The text with its blanks filled by elements; `n` chooses the plural. */
export function sentence(key: TextKey, blanks: Readonly<Record<string, Part | number>>): DocumentFragment {
  const { n } = blanks;
  const template = typeof n === 'number' ? text(key, { n }) : text(key);
  const whole = document.createDocumentFragment();
  for (const [i, piece] of template.split(/\{(\w+)\}/).entries()) {
    const filled = i % 2 === 1 ? blanks[piece] : piece;
    if (filled !== undefined && filled !== '') whole.append(typeof filled === 'number' ? String(filled) : filled);
  }
  return whole;
}

/** What a click on a piece of evidence does: opens the event. */
export type Show = (row: number) => void;

/** The event's time as a link to it. */
export function evidence(event: LogEvent, show: Show): HTMLElement {
  const time = link('', event, show);
  showTime(time, event.time);
  return time;
}

/** A link to the event. */
export function link(
  label: string,
  event: Partial<Pick<LogEvent, 'eventName'>> & Pick<LogEvent, 'row'>,
  show: Show,
): HTMLElement {
  const title = text('answer.evidence', { event: event.eventName ?? label });
  const button = el('button', { type: 'button', class: 'evidence', title }, label);
  button.addEventListener('click', () => show(event.row));
  return button;
}

/** A resource's name, short, with the whole in its tooltip. */
export function resourceName(name: string): HTMLElement {
  return el('span', { class: 'answer-name', title: name }, shownResource(name));
}

/** The sentences of an answer as elements; a click on a time or call shows its event. */
export function sentencesFor(show: Show): Sentences<Part> {
  return new Sentences<Part>({
    say: (key, blanks) => (blanks === undefined ? text(key) : sentence(key, blanks)),
    plain: (words) => words,
    join: (...parts) => {
      const whole = document.createDocumentFragment();
      whole.append(...parts);
      return whole;
    },
    caller: (name, kind, whole) =>
      kind === 'service'
        ? el('b', { class: 'is-service', title: whole }, name)
        : el('b', { title: whole }, personText(name)),
    resource: (shown, whole) => el('span', { class: 'answer-name', title: whole }, shown),
    word: (word) => el('span', { class: 'is-mono' }, word),
    call: (event) => link(event.eventName, event, show),
    time: (event) => evidence(event, show),
    duration,
  });
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** `4 minutes`, in the largest unit that it holds. */
function duration(milliseconds: number): string {
  const [unit, length] = UNITS.find(([, size]) => milliseconds >= size) ?? UNITS[3];
  return new Intl.NumberFormat(LANGUAGE, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.round(milliseconds / length),
  );
}
