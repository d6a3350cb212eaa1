/** What a column's menu reads from the query and writes into it. */
import type { FieldNode, Query, QueryNode } from '#shared/query/ast.js';
import { choiceOf } from '#shared/query/edit.js';

/** The columns that the query filters. */
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

/** The query without the clauses that choose the column's values; the column's values are counted under it. */
export function withoutChoice(query: Query, column: string): Query {
  return query.filter((clause) => choiceOf(clause, column) === undefined);
}

/**
 * Matches values of a coded column that contain the text. Characters that would end a word in the query are replaced
 * with `?`.
 */
export function containing(column: string, text: string): FieldNode {
  return { kind: 'field', field: column, text: `*${text.replace(/[\s()|"]/g, '?')}*`, quoted: false };
}
