/** Elements that show a time: in the chosen time zone, and in their tooltip also in UTC and relative to now. */
import { el, setText } from '#public/ui/dom.js';
import { LANGUAGE } from './language.js';
import { currentZone, dateTime, onZoneChange, zoneLabel } from './zone.js';

const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['year', 365.2425 * 86_400_000],
  ['month', 30.44 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

const RELATIVE = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'auto' });

/** A time relative to `now`: `3 days ago`. */
export function relativeTime(time: number, now: number): string {
  const [unit, ms] = STEPS.find((step) => Math.abs(time - now) >= step[1]) ?? ['second', 1000];
  return RELATIVE.format(Math.trunc((time - now) / ms), unit);
}

/** Shows the time in the element, now and whenever another zone is chosen. */
export function showTime(element: HTMLElement, time: number): void {
  element.dataset['time'] = String(time);
  write(element);
}

function write(element: HTMLElement): void {
  const time = Number(element.dataset['time']);
  setText(element, element.dataset['alone'] === undefined ? dateTime(time) : `${dateTime(time)} ${zoneLabel(time)}`);
}

/** A time by itself, with its zone. */
export function shownTime(time: number): HTMLElement {
  const element = el('time', { datetime: new Date(time).toISOString(), 'data-alone': true });
  showTime(element, time);
  return element;
}

/** Updates all shown times when the zone changes, and gives them tooltips. */
export function keepTimes(): void {
  onZoneChange(() => {
    for (const element of document.querySelectorAll<HTMLElement>('[data-time]')) write(element);
  });
  document.addEventListener('pointerover', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const { time } = target.dataset;
    if (time !== undefined) target.title = timeTitle(Number(time), Date.now());
  });
}

function timeTitle(time: number, now: number): string {
  const shown = `${dateTime(time)} ${zoneLabel(time)}`;
  const utc = currentZone() === 'UTC' ? '' : ` = ${new Date(time).toISOString()}`;
  return `${shown}${utc} · ${relativeTime(time, now)}`;
}
