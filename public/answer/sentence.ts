/** Sentences with elements in them, and the small parts that they are made of. */
import { el } from '#public/ui/dom.js';
import { shownResource, shownValue } from '#shared/model/names.js';
import { text } from '#public/text/language.js';
import { showTime } from '#public/text/shown-time.js';
import type { TextKey } from '#public/text/en.js';
import type { LogEvent } from '#scripts/investigate/event-log.js';
import { programOf } from '#scripts/investigate/program.js';
import type { Who } from '#scripts/investigate/who.js';

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

/** Who it was: a name with its role, a service, or somebody through a service. */
export function whoPart(who: Who): Part {
  if (who.isService) {
    const service = el('b', { class: 'is-service', title: who.name }, shownValue('actor', who.name));
    return sentence('answer.who.service', { who: service });
  }
  const withRole = nameWithRole(who);
  if (who.service === '') return withRole;
  return sentence('answer.who.through', { who: withRole, service: shownValue('actor', who.service) });
}

/** The person first, then the session. */
function nameWithRole({ name, behind, isLikely, role, arn }: Who): Part {
  if (behind === '') {
    const shown = el('b', { title: arn }, name === '' ? text('answer.who.unknown') : name);
    return role === '' || role === name ? shown : sentence('answer.who.role', { who: shown, role });
  }
  const person = el('b', { title: arn }, behind);
  const who = isLikely ? sentence('answer.who.likely', { who: person }) : person;
  return role === ''
    ? sentence('answer.who.session', { who, session: name })
    : sentence('answer.who.sessionOfRole', { who, role, session: name });
}

/** From where, and with what; '' where neither is known. */
export function howPart({ address, agent, isConsole, who }: LogEvent): Part {
  if (who.service !== '') return '';
  const program = programOf(agent, isConsole);
  const from = el('span', { class: 'is-mono' }, address);
  if (address !== '' && program) return sentence('answer.how.both', { from, with: text(`program.${program}`) });
  if (address !== '') return sentence('answer.how.from', { from });
  return program ? sentence('answer.how.with', { with: text(`program.${program}`) }) : '';
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** `4 minutes`, in the largest unit that it holds. */
export function duration(milliseconds: number): string {
  const [unit, length] = UNITS.find(([, size]) => Math.abs(milliseconds) >= size) ?? UNITS[3];
  const count = Math.round(Math.abs(milliseconds) / length);
  return new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit, unitDisplay: 'long' }).format(
    count,
  );
}

/** `4 minutes earlier`, or later, than the other event. */
export function apart(event: LogEvent, other: LogEvent): string {
  const difference = event.time - other.time;
  if (Math.abs(difference) < 1000) return text('answer.sameTime');
  return text(difference < 0 ? 'answer.earlier' : 'answer.later', { time: duration(difference) });
}
