/**
 * The content of the table's cells. Log text is inserted as text. A cell's elements are created once and refilled while
 * the table scrolls; an unchanged value costs one comparison.
 */
import { LIST_SEPARATOR, type Outcome } from '#shared/model/columns.js';
import { isDenied } from '#shared/query/meaning.js';
import { markOutcome, outcomeMark } from '#public/charts/outcomes.js';
import { codeAt, valueAt, type CodedColumn } from '#shared/columnar/event-columns.js';
import type { Report } from '#public/engine/data/report.js';
import { stringContent } from '#public/detail/json-tokens.js';
import { el, setText } from '#public/ui/dom.js';
import { isService, shownResource, shownValue } from '#shared/model/names.js';
import { shownCell } from '#public/text/shown-cell.js';
import { text } from '#public/text/language.js';
import { showTime } from '#public/text/shown-time.js';
import { dateTime } from '#public/text/zone.js';
import type { DetailCells } from './detail-cells.js';
import type { GridColumn } from '#public/state/grid-columns.js';

/** A cell that can show any event's value of its column. */
export interface CellView {
  readonly element: HTMLElement;
  /** Shows nothing while the column is being read. */
  show(row: number): void;
}

/** The most characters of a text in a cell; the whole value is in its tooltip and in the details. */
const LONGEST = 400;

/** The sources of cell values. */
export interface CellData {
  readonly report: Report;
  readonly details: DetailCells;
  times: Float64Array;
}

/** A new cell for a column. */
export function cellFor(data: CellData, column: GridColumn): CellView {
  if (column.isText) return textCell(data, column.name);
  switch (column.name) {
    case 'eventTime':
      return timeCell(data);
    case 'outcome':
      return outcomeCell(data);
    case 'actor':
      return actorCell(data);
    case 'resources':
    case 'target':
      return codedCell(data, column.name, resourcesContent());
    default:
      return codedCell(data, column.name, plainContent(column.name));
  }
}

/** The whole value of an event's column, for the tooltip; '' if it is missing or has not been read yet. */
export function wholeValue(data: CellData, column: GridColumn, row: number): string {
  if (column.isText) return stringContent(data.details.value(column.name, row) ?? '');
  return knownValue(data, column, row);
}

/** The same, after it has been read. Rejects if it cannot be read. */
export async function readValue(data: CellData, column: GridColumn, row: number): Promise<string> {
  if (column.isText) return stringContent(await data.details.whenRead(column.name, row));
  const needed = column.name === 'actor' ? ['actor', 'role'] : column.name === 'eventTime' ? [] : [column.name];
  await Promise.all(needed.map((name) => data.report.column(name)));
  return knownValue(data, column, row);
}

function knownValue(data: CellData, column: GridColumn, row: number): string {
  if (column.name === 'eventTime') return dateTime(data.times[row] as number);
  const value = coded(data, column.name, row);
  const role = column.name === 'actor' ? coded(data, 'role', row) : '';
  return role === '' || role === value ? value : `${value} (${role})`;
}

function coded({ report }: CellData, column: string, row: number): string {
  const known = report.columns.get(column);
  return known ? valueAt(known, row) : '';
}

/** Content that depends on one value. */
interface Content {
  readonly nodes: readonly Node[];
  readonly show: (value: string) => void;
}

function codedCell({ report }: CellData, name: string, { nodes, show }: Content): CellView {
  const element = el('div', {}, ...nodes);
  let column: CodedColumn | undefined;
  let shown = -1;
  return {
    element,
    show: (row) => {
      column ??= report.columns.get(name);
      if (!column) return;
      const code = codeAt(column, row);
      if (code === shown) return;
      shown = code;
      show(code === 0 ? '' : column.dictionary.value(code));
    },
  };
}

function plainContent(column: string): Content {
  const node = document.createTextNode('');
  return {
    nodes: [node],
    show: (value) => (node.data = shownCell(column, value.length > LONGEST ? value.slice(0, LONGEST) : value)),
  };
}

/** The first resource, abbreviated, and the number of others. */
function resourcesContent(): Content {
  const first = document.createTextNode('');
  const more = el('span', { class: 'more' });
  return {
    nodes: [first, more],
    show: (list) => {
      const end = list.indexOf(LIST_SEPARATOR);
      first.data = shownResource(end < 0 ? list : list.slice(0, end));
      setText(more, end < 0 ? '' : ` +${String(list.split(LIST_SEPARATOR).length - 1)}`);
    },
  };
}

function timeCell(data: CellData): CellView {
  const element = el('div');
  return { element, show: (row) => showTime(element, data.times[row] as number) };
}

function textCell({ details }: CellData, column: string): CellView {
  const node = document.createTextNode('');
  return {
    element: el('div', {}, node),
    show: (row) => (node.data = stringContent(details.value(column, row) ?? '').slice(0, LONGEST)),
  };
}

/** The icon and word for the outcome; the error code decides whether an error is a denial. */
function outcomeCell(data: CellData): CellView {
  const word = document.createTextNode('');
  const element = el('div', {}, word);
  let mark: HTMLElement | undefined;
  let shown = '';
  return {
    element,
    show: (row) => {
      const outcome = coded(data, 'outcome', row);
      if (outcome === '') return;
      if (!mark) element.prepend((mark = outcomeMark(outcome as Outcome)));
      else if (outcome !== shown) markOutcome(mark, outcome as Outcome);
      shown = outcome;
      const said = outcomeWord(data, outcome as Outcome, row);
      if (word.data !== said) word.data = said;
    },
  };
}

function outcomeWord(data: CellData, outcome: Outcome, row: number): string {
  if (outcome !== 'error') return text(`outcome.${outcome}`);
  const value = (column: string): string => coded(data, column, row);
  return text(
    isDenied(value('errorCode'), value('eventSource'), value('eventName')) ? 'outcome.denied' : 'outcome.failed',
  );
}

/** `mallory (Admin)`; an AWS service is marked as such. */
function actorCell(data: CellData): CellView {
  const name = el('span');
  const role = el('span', { class: 'role' });
  const { report } = data;
  let shownIdentity = -1;
  return {
    element: el('div', {}, name, role),
    show: (row) => {
      const column = report.columns.get('actor');
      const roles = report.columns.get('role');
      const types = report.columns.get('type');
      if (!column || !roles || !types) return;
      // All three depend on the identity alone.
      const identity = column.keys[row] as number;
      if (identity === shownIdentity) return;
      shownIdentity = identity;
      const actor = valueAt(column, row);
      const isAws = valueAt(types, row) === 'AWSService' || isService(actor);
      const kind = isAws ? 'is-service' : 'actor';
      if (name.className !== kind) name.className = kind;
      setText(name, shownValue('actor', actor));
      const inRole = valueAt(roles, row);
      setText(role, inRole === '' || inRole === actor ? '' : ` (${inRole})`);
    },
  };
}

/** Class names for an event's row, whose edge also shows the outcome. */
export function rowClass({ report }: CellData, row: number): string {
  const outcome = report.columns.get('outcome');
  if (!outcome) return '';
  const code = codeAt(outcome, row);
  let name = ROW_CLASSES[code];
  if (name === undefined) ROW_CLASSES[code] = name = `is-${outcome.dictionary.value(code)}`;
  return name;
}

/** By the code of the outcome; a page has one report. */
const ROW_CLASSES: string[] = [];
