/** The query that shows a line's events: who, which calls, from when until when. */
import type { Query } from '#shared/query/ast.js';
import { valueNode, withChoice, withTimeSpan } from '#shared/query/edit.js';
import { printQuery } from '#shared/query/print.js';
import type { CallLog } from './read-calls.js';

/** Names of calls in a query; of more, it has none. */
const MOST_NAMES = 20;

/**
 * @param rows ascending; some of them, where the first and the last are there
 * @param person '' for anybody
 */
export function queryOf(log: CallLog, rows: readonly number[], person: string): string {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return '';
  const names = [...new Set(rows.map((row) => log.value('eventName', row)))].sort();
  const isBehind = person !== '' && rows.some((row) => log.value('behind', row) === person);
  const query: Query = person === '' ? [] : [valueNode(isBehind ? 'behind' : 'actor', person)];
  const called =
    names.length > MOST_NAMES
      ? query
      : withChoice(
          query,
          'eventName',
          names.map((name) => valueNode('eventName', name)),
        );
  return printQuery(withTimeSpan(called, { from: log.time(first), to: log.time(last) + 1 }));
}
