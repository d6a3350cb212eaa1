/**
 * Warms up the code behind a click on a chart: a browser compiles code only after it has run a few times, so the first
 * answer would take longer than the third. The warm-up runs in idle time, with a filter engine and charts of its own that
 * are not shown. It never changes what the page shows.
 */
import { CHARTED } from '#shared/model/columns.js';
import { writtenValue } from '#shared/model/names.js';
import type { Query } from '#shared/query/ast.js';
import { toggleExcluded, toggleValue } from '#shared/query/edit.js';
import { timeGrid } from '#shared/format/time-grid.js';
import type { Report } from '#public/engine/data/report.js';
import { chartBit } from '#public/engine/filter/chart-bits.js';
import { countByCode } from '#public/engine/filter/count.js';
import { countByTime } from '#public/engine/filter/count-by-time.js';
import { DetailSearches } from '#public/engine/filter/detail-hits.js';
import { FilterEngine } from '#public/engine/filter/engine.js';
import type { Filtered } from '#public/engine/filter/filtered.js';
import { PLAIN } from './chart-settings.js';
import { Facet, FACET_VALUES } from './facet.js';
import { facetContent } from './facet-content.js';
import { MOST_BUCKETS } from './timeline.js';

/** What runs less often is not yet compiled for good. */
const ROUNDS = 4;

/**
 * Filters by each chart's first values, alone or beside another clause, and counts; between two steps, other work can be
 * done. The charts' columns must be here.
 *
 * @param outcomes of all events, as `outcomesOf` gives them
 */
export function* warmUp(
  report: Report,
  times: Float64Array<ArrayBuffer>,
  outcomes: Uint8Array<ArrayBuffer>,
): Generator<undefined> {
  const engine = new FilterEngine(report, times, new DetailSearches(report));
  const facets = CHARTED.map(() => new Facet({ onToggle: () => undefined, onOpen: () => undefined }));
  const grid = timeGrid(times[0] ?? 0, (times[times.length - 1] ?? 0) + 1, MOST_BUCKETS);
  const draw = (query: Query, filtered: Filtered): void => {
    countByTime(grid, times, outcomes, filtered.rows.mask);
    const used = query.reduce((bits, clause) => bits | chartBit(clause), 0);
    for (const [i, facet] of facets.entries()) {
      const name = CHARTED[i] as string;
      const column = report.columns.get(name);
      if (!column) continue;
      const counts = countByCode(column, outcomes, filtered, used & (1 << i));
      facet.show(name, facetContent(column, counts, query, FACET_VALUES), PLAIN);
    }
  };
  for (let place = 0; place < ROUNDS; place++) {
    for (const column of CHARTED) {
      const [value] = report.manifest.top[column]?.top[place] ?? [];
      if (value === undefined) continue;
      const query = queryFor(column, value, place);
      const { filtered } = engine.view(query, []);
      yield;
      draw(query, filtered);
      yield;
    }
  }
}

/** By the value alone, or beside another clause. */
function queryFor(column: string, value: string, place: number): Query {
  const query = toggleValue([], column, writtenValue(column, value), false);
  return place % 2 === 1 ? toggleExcluded(query, 'outcome', 'read') : query;
}
