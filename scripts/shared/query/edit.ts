/**
 * Edits queries for clicks. The choice of a column is one clause: one of its values, or several joined by `|`. Every
 * function keeps the other clauses in place.
 */
import { looksLikeRange, parseRange } from './address.js';
import type { FieldNode, Query, QueryNode, TimeNode } from './ast.js';
import { ADDRESS_COLUMN, isNamesColumn, NAMES_COLUMN } from './fields.js';
import { isPlainValue, printNode } from './print.js';
import { spanOf, timeText, type TimeSpan } from './time-text.js';

/** The values of the column that the clause chooses; undefined if it is any other clause. */
export function choiceOf(clause: QueryNode, field: string): readonly FieldNode[] | undefined {
  const nodes = clause.kind === 'or' ? clause.of : [clause];
  return nodes.every((node): node is FieldNode => node.kind === 'field' && node.field === field) ? nodes : undefined;
}

/** Every value of the column that the query chooses. */
export function chosenValues(query: Query, field: string): readonly FieldNode[] {
  return query.flatMap((clause) => choiceOf(clause, field) ?? []);
}

/** A term for exactly this value of the column; in a text or json column, for text that contains it. */
export function valueNode(field: string, value: string): FieldNode {
  const isNoRange = field === ADDRESS_COLUMN && looksLikeRange(value) && !parseRange(value);
  return { kind: 'field', field, text: value, quoted: isNamesColumn(field) || isNoRange || !isPlainValue(value) };
}

/** A term for a resource, by any of its names in the log. */
export function resourceNode(name: string): FieldNode {
  return { kind: 'field', field: NAMES_COLUMN, text: name, quoted: !isPlainValue(name) };
}

/**
 * The query after a click on a value: the value becomes the column's only one or, with `add`, one more; a second click
 * removes it.
 */
export function toggleValue(query: Query, field: string, value: string, add: boolean): Query {
  const chosen = chosenValues(query, field);
  const same = (node: FieldNode): boolean => node.text.toLowerCase() === value.toLowerCase();
  let next: readonly FieldNode[];
  if (chosen.some(same))
    next = add ? chosen.filter((node) => !same(node)) : chosen.length === 1 ? [] : [valueNode(field, value)];
  else next = add ? [...chosen, valueNode(field, value)] : [valueNode(field, value)];
  return withChoice(query, field, next);
}

/** The query with exactly these values chosen for the column; if empty, any value. */
export function withValues(query: Query, field: string, values: readonly string[]): Query {
  return withChoice(
    query,
    field,
    values.map((value) => valueNode(field, value)),
  );
}

/** The query with these terms as the column's choice, such as `who:ali*`; if empty, any value. */
export function withChoice(query: Query, field: string, nodes: readonly FieldNode[]): Query {
  const clause: readonly QueryNode[] = nodes.length < 2 ? nodes : [{ kind: 'or', of: nodes }];
  return replaceClauses(query, (old) => choiceOf(old, field) !== undefined, clause);
}

/** The query that excludes a value of the column, in addition to its choice; includes it again if it was excluded. */
export function toggleExcluded(query: Query, field: string, value: string): Query {
  return toggleClauses(query, [{ kind: 'not', of: valueNode(field, value) }]);
}

/** The query with this time range only; undefined: any time. An open end is infinite. */
export function withTimeSpan(query: Query, span: TimeSpan | undefined): Query {
  const nodes: TimeNode[] = [];
  if (span && span.from > -Infinity) nodes.push({ kind: 'time', operator: '>=', text: timeText(span.from) });
  if (span && span.to < Infinity) nodes.push({ kind: 'time', operator: '<', text: timeText(span.to) });
  return replaceClauses(query, (clause) => clause.kind === 'time', nodes);
}

/** The intersection of the query's time clauses, with infinite open ends; undefined if there are none. */
export function timeSpanOf(query: Query): TimeSpan | undefined {
  const spans = query.flatMap((clause) => (clause.kind === 'time' ? [spanOf(clause)] : []));
  if (spans.length === 0) return undefined;
  return { from: Math.max(...spans.map(({ from }) => from)), to: Math.min(...spans.map(({ to }) => to)) };
}

/** Whether the query contains each of the clauses. */
export function hasClauses(query: Query, clauses: Query): boolean {
  const printed = new Set(query.map(keyOf));
  return clauses.every((clause) => printed.has(keyOf(clause)));
}

/** The query with all of the clauses added, or removed if it has them already. Time ranges replace each other. */
export function toggleClauses(query: Query, clauses: Query): Query {
  const keys = new Set(clauses.map(keyOf));
  if (hasClauses(query, clauses)) return query.filter((clause) => !keys.has(keyOf(clause)));
  const isTime = clauses.some(({ kind }) => kind === 'time');
  const kept = query.filter((clause) => !keys.has(keyOf(clause)) && !(isTime && clause.kind === 'time'));
  return [...kept, ...clauses];
}

/** Equal for equal clauses, ignoring case. */
function keyOf(clause: QueryNode): string {
  return printNode(clause).toLowerCase();
}

/** Puts `next` in the place of the first removed clause, or at the end. */
function replaceClauses(query: Query, goes: (clause: QueryNode) => boolean, next: readonly QueryNode[]): Query {
  const first = query.findIndex(goes);
  const kept = query.filter((clause) => !goes(clause));
  const at = first < 0 ? kept.length : query.slice(0, first).filter((clause) => !goes(clause)).length;
  return [...kept.slice(0, at), ...next, ...kept.slice(at)];
}
