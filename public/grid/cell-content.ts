/** What a cell of the table shows. Log text goes in as text. */
import { LIST_SEPARATOR, type Outcome } from '../../scripts/shared/columns.js';
import { isDenied } from '../../scripts/shared/query/meaning.js';
import { outcomeMark } from '../charts/outcomes.js';
import { valueAt } from '../data/event-columns.js';
import type { Report } from '../data/report.js';
import { el } from '../dom.js';
import { isService, shownResource, shownValue } from '../names.js';
import { text } from '../text/language.js';
import { showTime } from '../text/shown-time.js';

/** Fills a cell with the value of an event's column; a column that is still being read leaves it empty. */
export function fillCell(report: Report, times: Float64Array, cell: HTMLElement, column: string, row: number): void {
  if (column === 'eventTime') {
    showTime(cell, times[row] as number);
    return;
  }
  const value = (name: string): string => {
    const coded = report.columns.get(name);
    return coded ? valueAt(coded, row) : '';
  };
  const whole = value(column);
  if (whole === '') return;
  cell.title = whole;
  if (column === 'outcome')
    cell.append(outcomeMark(whole as Outcome), outcomeWord(whole as Outcome, value('errorCode')));
  else if (column === 'actor') fillActor(cell, whole, value('role'), value('type'));
  else if (column === 'resources') fillResources(cell, whole);
  else cell.textContent = shownValue(column, whole);
}

/** What the event did, in a word; an error is a denial where its code says so. */
function outcomeWord(outcome: Outcome, errorCode: string): string {
  if (outcome !== 'error') return text(`outcome.${outcome}`);
  return text(isDenied(errorCode) ? 'outcome.denied' : 'outcome.failed');
}

/** `mallory (Admin)`; one of AWS's own services is marked as such. */
function fillActor(cell: HTMLElement, actor: string, role: string, type: string): void {
  const service = type === 'AWSService' || isService(actor);
  cell.append(el('span', { class: service ? 'is-service' : 'actor' }, shownValue('actor', actor)));
  if (role !== '' && role !== actor) {
    cell.append(el('span', { class: 'role' }, ` (${role})`));
    cell.title = `${actor} (${role})`;
  }
}

/** The first resource, shortly, and how many more there are. */
function fillResources(cell: HTMLElement, list: string): void {
  const items = list.split(LIST_SEPARATOR);
  cell.append(shownResource(items[0] as string));
  if (items.length > 1) cell.append(el('span', { class: 'more' }, ` +${String(items.length - 1)}`));
}

/** Class names for an event's row: what it did is also seen at its edge. */
export function rowClass(report: Report, row: number): string {
  const outcome = report.columns.get('outcome');
  return outcome ? `is-${valueAt(outcome, row)}` : '';
}
