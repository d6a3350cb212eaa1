/** The filter engine: query and column filters and an order → the events to show. */
import type { Report } from '../data/report.js';
import type { FieldNode, Query } from '../../scripts/shared/query/ast.js';
import { chartBit } from './chart-bits.js';
import type { Sorting } from '../grid/grid-head.js';
import type { DetailSearches } from './detail-hits.js';
import { ColumnFilterMasks, columnsFiltered } from './column-filters.js';
import { filterRows, OTHER, type Filtered } from './filtered.js';
import { columnsNeeded, QueryMasks } from './query-mask.js';
import { sortByColumn, sortByTime } from './sort.js';

export interface View {
  readonly filtered: Filtered;
  /** The matching rows in the table's order. */
  readonly order: Uint32Array<ArrayBuffer>;
}

/** The view before there are events. */
export const NOTHING: View = {
  filtered: { rows: new Uint32Array(0), failing: undefined },
  order: new Uint32Array(0),
};

export class FilterEngine {
  private readonly queryMasks: QueryMasks;
  private readonly columnMasks: ColumnFilterMasks;
  private readonly coded: readonly string[];

  constructor(
    private readonly report: Report,
    readonly times: Float64Array<ArrayBuffer>,
    searches: DetailSearches,
  ) {
    this.queryMasks = new QueryMasks(report, times, searches);
    this.columnMasks = new ColumnFilterMasks(report, times);
    this.coded = report.manifest.columns.map(({ name }) => name);
  }

  /** The share of the detail text that was searched; undefined where no search is running. */
  get searched(): number | undefined {
    return this.queryMasks.searched;
  }

  /** Whether any event matches a term of a coded column, whatever else is asked for. */
  finds(node: FieldNode): boolean {
    return this.queryMasks.finds(node);
  }

  /** Reads the columns that `view` will need. */
  async prepare(query: Query, filters: ReadonlyMap<string, string>, sortedBy: string): Promise<void> {
    const needed = new Set([...columnsNeeded(query, this.coded), ...columnsFiltered(filters.keys()), sortedBy]);
    const missing = [...needed].filter((name) => name !== 'eventTime' && !this.report.columns.has(name));
    await Promise.all(missing.map((name) => this.report.column(name)));
  }

  view(query: Query, filters: ReadonlyMap<string, string>, { column, direction }: Sorting): View {
    const masks = this.queryMasks.masks(query);
    const clauses = query.map((clause, i) => ({ mask: masks[i] as Uint8Array, bit: chartBit(clause) || OTHER }));
    for (const mask of this.columnMasks.masks(filters)) clauses.push({ mask, bit: OTHER });
    const filtered = filterRows(this.times.length, clauses);
    const by = this.report.columns.get(column);
    const order = by ? sortByColumn(filtered.rows, by, direction) : sortByTime(filtered.rows, direction);
    return { filtered, order };
  }
}
