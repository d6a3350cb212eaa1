/** What a click does to a query. A facet's choice is one clause: a value of its column, or several joined by `|`. */
import type { FieldNode, Query, QueryNode, TimeNode } from './ast.js';
import { isPlainValue } from './print.js';
import { timeText, type TimeSpan } from './time-text.js';

/** The values of the column that the clause chooses, undefined where the clause is anything else. */
export function choiceOf(clause: QueryNode, field: string): readonly FieldNode[] | undefined {
  const nodes = clause.kind === 'or' ? clause.of : [clause];
  return nodes.every((node): node is FieldNode => node.kind === 'field' && node.field === field) ? nodes : undefined;
}

/** Every value of the column that the query chooses. */
export function chosenValues(query: Query, field: string): readonly FieldNode[] {
  return query.flatMap((clause) => choiceOf(clause, field) ?? []);
}

export function valueNode(field: string, value: string): FieldNode {
  return { kind: 'field', field, text: value, quoted: !isPlainValue(value) };
}

/**
 * The query after a click on a value: it becomes the column's only one, or, with `add`, one more; a chosen value's click
 * takes it away again.
 */
export function toggleValue(query: Query, field: string, value: string, add: boolean): Query {
  const chosen = chosenValues(query, field);
  const same = (node: FieldNode): boolean => node.text.toLowerCase() === value.toLowerCase();
  let next: readonly FieldNode[];
  if (chosen.some(same))
    next = add ? chosen.filter((node) => !same(node)) : chosen.length === 1 ? [] : [valueNode(field, value)];
  else next = add ? [...chosen, valueNode(field, value)] : [valueNode(field, value)];
  return replaceClauses(query, (clause) => choiceOf(clause, field) !== undefined, clauseOf(next));
}

/** The query with this span of time only; undefined: with any time. */
export function withTimeSpan(query: Query, span: TimeSpan | undefined): Query {
  const nodes: TimeNode[] = span
    ? [
        { kind: 'time', operator: '>=', text: timeText(span.from) },
        { kind: 'time', operator: '<', text: timeText(span.to) },
      ]
    : [];
  return replaceClauses(query, (clause) => clause.kind === 'time', nodes);
}

function clauseOf(nodes: readonly FieldNode[]): readonly QueryNode[] {
  if (nodes.length < 2) return nodes;
  return [{ kind: 'or', of: nodes }];
}

/** Puts `next` where the first clause that goes stood, or at the end. */
function replaceClauses(query: Query, goes: (clause: QueryNode) => boolean, next: readonly QueryNode[]): Query {
  const first = query.findIndex(goes);
  const kept = query.filter((clause) => !goes(clause));
  const at = first < 0 ? kept.length : query.slice(0, first).filter((clause) => !goes(clause)).length;
  return [...kept.slice(0, at), ...next, ...kept.slice(at)];
}
