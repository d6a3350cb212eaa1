/**
 * The printed page: what the report covers and what was searched for in words, the charts, and the first events as a
 * table.
 */
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { coverageBadge, coverageSentence } from '#public/coverage/coverage.js';
import { valueAt } from '#shared/columnar/event-columns.js';
import type { Report } from '#public/engine/data/report.js';
import { byId, el } from '#public/ui/dom.js';
import type { RowOrder } from '#public/engine/filter/row-order.js';
import { shownResource } from '#shared/model/names.js';
import { shownCell } from '#public/text/shown-cell.js';
import { columnLabel, number, text } from '#public/text/language.js';
import { dateTime, zoneLabel } from '#public/text/zone.js';
import { LIST_SEPARATOR, type Outcome } from '#shared/model/columns.js';

/** What the screen shows. */
interface Printed {
  readonly query: string;
  /** The matching rows in the table's order. */
  readonly order: RowOrder;
  readonly times: Float64Array;
}

/** Two or three sheets; for more, there is the export. */
const ROWS = 100;
const COLUMNS = [
  'outcome',
  'actor',
  'eventName',
  'eventSource',
  'resources',
  'sourceIPAddress',
  'awsRegion',
  'errorCode',
];

/** @param printed called when the page is about to be printed */
export function printSummary(manifest: EmbeddedManifest, report: Report, printed: () => Printed): void {
  const host = byId('print');
  addEventListener('beforeprint', () => host.replaceChildren(...sheet(manifest, report, printed())));
  addEventListener('afterprint', () => host.replaceChildren());
}

function sheet({ report: facts, rows }: EmbeddedManifest, report: Report, printed: Printed): HTMLElement[] {
  const { query, order, times } = printed;
  const shown = Math.min(ROWS, order.length);
  const range = facts.timeRange;
  const span = range
    ? ` · ${dateTime(Date.parse(range.from))} – ${dateTime(Date.parse(range.to))} ${zoneLabel(Date.parse(range.from))}`
    : '';
  return [
    el('p', {}, `${coverageBadge(facts)}. ${coverageSentence(facts)}`),
    el('p', {}, `${facts.accounts.join(', ')} · ${facts.regions.join(', ')}${span}`),
    ...(query === '' ? [] : [el('p', {}, text('print.query', { query }))]),
    el('p', {}, rowsSentence(shown, order.length, rows, query !== '')),
    el(
      'table',
      {},
      el(
        'thead',
        {},
        el('tr', {}, ...['eventTime', ...COLUMNS].map((name) => el('th', { scope: 'col' }, columnLabel(name)))),
      ),
      el('tbody', {}, ...Array.from(order.slice(0, shown), (row) => printedRow(report, times[row] as number, row))),
    ),
    el('p', {}, text('coverage.version', { version: facts.tool.version })),
  ];
}

/** Which of the events are in the printed table, and no more. */
function rowsSentence(shown: number, matching: number, total: number, isFiltered: boolean): string {
  const numbers = { shown: number(shown), matching: number(matching), total: number(total) };
  if (shown < matching) return text(isFiltered ? 'print.first-found' : 'print.first', numbers);
  return text(isFiltered ? 'print.found' : 'print.all', numbers);
}

function printedRow(report: Report, time: number, row: number): HTMLElement {
  const cells = COLUMNS.map((name) => {
    const column = report.columns.get(name);
    return cell(printedValue(name, column ? valueAt(column, row) : ''));
  });
  return el('tr', {}, cell(dateTime(time)), ...cells);
}

function printedValue(column: string, value: string): string {
  if (value === '') return '';
  if (column === 'outcome') return text(`outcome.${value as Outcome}`);
  if (column !== 'resources') return shownCell(column, value);
  const items = value.split(LIST_SEPARATOR);
  const [first] = items as [string];
  return items.length === 1 ? shownResource(first) : `${shownResource(first)} +${number(items.length - 1)}`;
}

/** The longest text, or part of a name, that stays in one line, in characters: these fit beside each other. */
const WHOLE = 20;

/** Where a longer one may wrap: after punctuation, and before a capital letter. */
const BREAKS = /(?<=[/:._@,-])(?=[^/:._@,-])|(?<=[a-z])(?=[A-Z])/;

/** A cell that breaks no word. */
function cell(value: string): HTMLElement {
  if (value.length <= WHOLE) return el('td', { class: 'is-whole' }, value);
  const parts = value
    .split(BREAKS)
    .flatMap((part) => [el('wbr', {}), part.length > WHOLE ? el('span', { class: 'is-long' }, part) : part]);
  return el('td', {}, ...parts.slice(1));
}
