/** What the menu in a column's head reads from the query and writes into it. */
import type { FieldNode, Query, QueryNode } from '#shared/query/ast.js';
import { choiceOf } from '#shared/query/edit.js';

/** The columns that the query says anything about. */
export function columnsIn(query: Query): ReadonlySet<string> {
  const columns = new Set<string>();
  const visit = (node: QueryNode): void => {
    if (node.kind === 'field' || node.kind === 'regex') columns.add(node.field ?? '');
    else if (node.kind === 'time') columns.add('eventTime');
    else if (node.kind === 'not') visit(node.of);
    else if (node.kind === 'and' || node.kind === 'or') node.of.forEach(visit);
  };
  query.forEach(visit);
  return columns;
}

/** The query without the clauses that choose the column's values: what its values are counted under. */
export function withoutChoice(query: Query, column: string): Query {
  return query.filter((clause) => choiceOf(clause, column) === undefined);
}

/**
 * Values of a coded column that contain the text. What would end a word in the query is matched by `?`, any character.
 */
export function containing(column: string, text: string): FieldNode {
  return { kind: 'field', field: column, text: `*${text.replace(/[\s()|"]/g, '?')}*`, quoted: false };
}
