/** Finds the part of a query that is being written at the cursor, and replaces it when it is completed. Pure. */
import { COLUMNS } from '#shared/model/columns.js';
import type { Query } from '#shared/query/ast.js';
import { valueNode, withChoice } from '#shared/query/edit.js';
import { columnOf, FIELD_NAMES, fieldNameOf } from '#shared/query/fields.js';
import { FLAG_NAMES } from '#shared/query/meaning.js';
import { parseQuery } from '#shared/query/parse.js';
import { printNode } from '#shared/query/print.js';

/** A part of the query's text, [from, to) in UTF-16 units. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** The beginning of the name of a column or flag. */
interface NameInWork extends Place {
  readonly kind: 'name';
  readonly typed: string;
}

/** The beginning of a column's value. */
export interface ValueInWork extends Place {
  readonly kind: 'value';
  /** The name of the column. */
  readonly field: string;
  /** As it was written: `event`, `EVENT`, `eventName`. */
  readonly written: string;
  /** Between the colon and the value, such as `>=` before a time. */
  readonly operator: string;
  readonly typed: string;
  /** The rest of the query, without the column's other values; matches everything if it cannot be parsed. */
  readonly rest: Query;
}

/**
 * What is being written at the end of a term; undefined if the cursor is elsewhere, or if there is nothing to complete.
 */
export function inWorkAt(text: string, caret: number): NameInWork | ValueInWork | undefined {
  if (caret < text.length && !/[\s()|]/.test(text[caret] as string)) return undefined;
  const from = termStart(text, caret);
  const term = text.slice(from, caret);
  const name = /^[\p{L}]+$/u.exec(term)?.[0];
  if (name !== undefined) return { kind: 'name', from, to: caret, typed: name };
  const [, written, operator, typed] = /^([A-Za-z]+):((?:>=|<=|>|<)?)"?([^"*?/]*)$/.exec(term) ?? [];
  const field = written === undefined ? undefined : columnOf(written);
  if (field === undefined || written === undefined || typed === undefined || /^arn:aws/i.test(term)) return undefined;
  if (operator !== '' && field !== 'eventTime') return undefined;
  const rest = restOf(text, from, caret, field);
  return { kind: 'value', from, to: caret, field, written, operator: operator ?? '', typed, rest };
}

/** The start of the term before the cursor, after its minus signs; a quoted text is one term. */
function termStart(text: string, caret: number): number {
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < caret; at++) {
    const character = text[at] as string;
    const isValueStart = at === from || text[at - 1] === ':';
    if (isQuoted && character === '\\') at++;
    else if (character === '"' && (isQuoted || isValueStart)) isQuoted = !isQuoted;
    else if (!isQuoted && (/[\s()|]/.test(character) || (character === '-' && at === from))) from = at + 1;
  }
  return from;
}

function restOf(text: string, from: number, to: number, field: string): Query {
  const before = text.slice(0, from).replace(/-+$/, '');
  const after = text.slice(to);
  // An alternative is removed together with an adjacent bar.
  const left = before.replace(/\|\s*$/, '');
  const result = parseQuery(left === before ? before + after.replace(/^\s*\|/, '') : left + after);
  return 'query' in result ? withChoice(result.query, field, []) : [];
}

interface NameOption {
  /** The text to insert: `event:`, or a flag. */
  readonly insert: string;
  /** The column that it names; undefined for a flag. */
  readonly column: string | undefined;
}

/** The columns and flags whose name or heading begins with what was typed; short names come first. */
export function namesFor(typed: string, headingOf: (column: string) => string): readonly NameOption[] {
  const begins = (name: string): boolean => name.toLowerCase().startsWith(typed.toLowerCase());
  const flags = FLAG_NAMES.filter(begins).map((flag) => ({ insert: `${flag} `, column: undefined }));
  const named = new Map<string, string>();
  for (const [name, column] of FIELD_NAMES) if (begins(name) && !named.has(column)) named.set(column, name);
  for (const { name } of COLUMNS) {
    if (named.has(name)) continue;
    if (begins(name)) named.set(name, name);
    else if (begins(headingOf(name))) named.set(name, fieldNameOf(name));
  }
  return [...[...named].map(([column, name]) => ({ insert: `${name}:`, column })), ...flags];
}

/** The text with the value in place of what was typed, and the new cursor position. */
export function withValue(text: string, { from, to, field, written, operator }: ValueInWork, value: string): Edited {
  const printed = printNode(valueNode(field, value));
  const term = field === 'eventTime' ? operator + value : printed.slice(printed.indexOf(':') + 1);
  return replaced(text, from, to, `${written}:${term}`, true);
}

export function withName(text: string, { from, to }: NameInWork, { insert }: NameOption): Edited {
  return replaced(text, from, to, insert.trimEnd(), insert.endsWith(' '));
}

export interface Edited {
  readonly text: string;
  readonly caret: number;
}

/** @param isWhole whether the term is complete, so that another may follow */
function replaced(text: string, from: number, to: number, term: string, isWhole: boolean): Edited {
  const after = text.slice(to);
  const space = isWhole && after === '' ? ' ' : '';
  return { text: text.slice(0, from) + term + space + after, caret: from + term.length + space.length };
}
