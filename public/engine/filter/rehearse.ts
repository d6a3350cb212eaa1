/**
 * The first answer would run in code that the browser has not compiled yet, and take twice as long as the third. So,
 * while nobody waits, what a click on a chart leads to is worked out and drawn a few times for nothing.
 */
import { CHARTED } from '#shared/model/columns.js';
import type { Query } from '#shared/query/ast.js';
import { toggleExcluded, toggleValue } from '#shared/query/edit.js';
import type { EmbeddedManifest } from '#shared/format/report-format.js';
import { writtenValue } from '#shared/model/names.js';
import type { FilterEngine, View } from './engine.js';

/** What runs less often is not yet compiled for good. */
const ROUNDS = 4;

/**
 * Filters by each chart's first values, alone or beside another clause, and draws; between two steps, other work can be
 * done. The charts' columns must be here, and no search may be running.
 *
 * @param draw counts and draws these events, and then again what is shown
 */
export function* rehearse(
  engine: FilterEngine,
  { top }: EmbeddedManifest,
  draw: (query: Query, view: View) => void,
): Generator<undefined> {
  for (let place = 0; place < ROUNDS; place++) {
    for (const column of CHARTED) {
      const [value] = top[column]?.top[place] ?? [];
      if (value === undefined) continue;
      const query = queryFor(column, value, place);
      const view = engine.view(query, []);
      yield;
      draw(query, view);
      yield;
    }
  }
}

/** By the value alone, or beside another clause. */
function queryFor(column: string, value: string, place: number): Query {
  const query = toggleValue([], column, writtenValue(column, value), false);
  return place % 2 === 1 ? toggleExcluded(query, 'outcome', 'read') : query;
}
