/** The visits' figures beside the limits that the page is held to. */
import { grouped, median } from '../figures.js';
import type { Visit } from './visit.js';

/** What does not differ between visits. */
export interface Sizes {
  readonly events: number;
  /** Of index.html. */
  readonly htmlBytes: number;
  /** Scripts and styles, minified and gzip-ed. */
  readonly bundleBytes: number;
}

interface Row {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: string;
  readonly digits?: number;
  /** The limit is the least, not the most. */
  readonly isLeast?: boolean;
  /** Which of several it was. */
  readonly of?: string;
}

/** One line a figure, the slowest where there are several, in the order of the limits' table. */
export function tableOf({ events, htmlBytes, bundleBytes }: Sizes, visits: readonly Visit[]): string[] {
  const of = (pick: (visit: Visit) => number): number => median(visits.map(pick));
  const slowest = (pick: (visit: Visit) => Readonly<Record<string, number>>): { value: number; of: string } => {
    const names = Object.keys(visits[0] ? pick(visits[0]) : {});
    return names
      .map((name) => ({ value: of((visit) => pick(visit)[name] ?? Number.NaN), of: name }))
      .reduce((a, b) => (b.value > a.value ? b : a));
  };
  const typed = (end: 'first' | 'last'): { value: number; of: string } =>
    slowest(({ keystrokes }) =>
      Object.fromEntries(Object.entries(keystrokes).map(([text, times]) => [text, times[end]])),
    );
  const rows: Row[] = [
    { what: 'HTML, an event', value: htmlBytes / events, limit: 45, unit: 'bytes', digits: 1 },
    { what: 'scripts and styles, gzip', value: bundleBytes / 1000, limit: 210, unit: 'KB' },
    { what: 'first paint', value: of(({ firstPaint }) => firstPaint), limit: 300, unit: 'ms' },
    { what: 'first charts', value: of(({ firstChart }) => firstChart), limit: 1500, unit: 'ms' },
    { what: 'first rows', value: of(({ firstRow }) => firstRow), limit: 1500, unit: 'ms' },
    { what: 'query on category fields', ...slowest(({ queries }) => queries), limit: 50, unit: 'ms' },
    { what: 'click on a chart', ...slowest(({ clicks }) => clicks), limit: 50, unit: 'ms' },
    { what: 'keystroke, first result', ...typed('first'), limit: 100, unit: 'ms' },
    { what: 'keystroke, complete', ...typed('last'), limit: 600, unit: 'ms' },
    { what: 'sort by a column', ...slowest(({ sorts }) => sorts), limit: 400, unit: 'ms' },
    { what: 'what happened to i-…', value: of(({ answer }) => answer.first), limit: 300, unit: 'ms' },
    {
      what: 'scrolling, frames a second',
      value: of(({ scrolling }) => scrolling.rate),
      limit: 59,
      unit: '',
      isLeast: true,
    },
    { what: 'scrolling, blank rows', value: of(({ blankRows }) => blankRows), limit: 0, unit: '' },
    { what: 'memory of the tab', value: of(({ memory }) => memory) / 1e6, limit: 700, unit: 'MB' },
  ];
  return rows.map(lineOf);
}

function lineOf({ what, value, limit, unit, digits = 0, isLeast = false, of }: Row): string {
  const holds = isLeast ? value >= limit : value <= limit;
  const figure = digits > 0 ? value.toFixed(digits) : grouped(value);
  const bound = `${isLeast ? 'at least' : 'at most'} ${grouped(limit)} ${unit}`.trim();
  const name = of === undefined ? '' : ` · slowest: ${of}`;
  return `${holds ? ' ' : '!'} ${what.padEnd(28)} ${`${figure} ${unit}`.padStart(12)}   ${bound}${name}`.trimEnd();
}

/** Every single figure, for `--all`. */
export function everyFigure(visits: readonly Visit[]): string[] {
  const [first] = visits;
  if (!first) return [];
  const ms = (values: readonly number[]): string => values.map((value) => String(Math.round(value))).join(' ');
  return [
    ...Object.keys(first.queries).map((name) => `  ${name}: ${ms(visits.map(({ queries }) => queries[name] ?? NaN))}`),
    ...Object.keys(first.clicks).map(
      (name) => `  click ${name}: ${ms(visits.map(({ clicks }) => clicks[name] ?? NaN))}`,
    ),
    ...Object.keys(first.keystrokes).map(
      (name) =>
        `  type ${name}: ${visits.map(({ keystrokes }) => `${ms([keystrokes[name]?.first ?? NaN])}/${ms([keystrokes[name]?.last ?? NaN])}`).join(' ')}`,
    ),
    ...Object.keys(first.sorts).map((name) => `  sort ${name}: ${ms(visits.map(({ sorts }) => sorts[name] ?? NaN))}`),
    `  answer, complete: ${ms(visits.map(({ answer }) => answer.last))}`,
    `  longest frame: ${ms(visits.map(({ scrolling }) => scrolling.longest))}`,
  ];
}
