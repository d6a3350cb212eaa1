/** Which clause of a query belongs to which chart (see `filtered.ts`). */
import { CHARTED } from '#shared/model/columns.js';
import type { QueryNode } from '#shared/query/ast.js';
import { choiceOf } from '#shared/query/edit.js';

export const OUTCOME_BIT = 1 << CHARTED.length;

/** The bit of the chart that a clause belongs to; 0 if it belongs to none. */
export function chartBit(clause: QueryNode): number {
  if (choiceOf(clause, 'outcome')) return OUTCOME_BIT;
  const facet = CHARTED.findIndex((column) => choiceOf(clause, column) !== undefined);
  return facet < 0 ? 0 : 1 << facet;
}
