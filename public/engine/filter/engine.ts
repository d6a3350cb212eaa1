/** The filter engine: turns a query and an order into the events to show. */
import type { SortColumn } from '#shared/columnar/event-columns.js';
import type { Report } from '../data/report.js';
import type { FieldNode, Query } from '#shared/query/ast.js';
import { chartBit } from './chart-bits.js';
import { isNewestFirst, type Sorting } from '#public/state/sorting.js';
import type { DetailSearches } from './detail-hits.js';
import { filterRows, OTHER, type Filtered } from './filtered.js';
import { columnsNeeded, QueryMasks } from './query-mask.js';
import type { RowMask } from './row-mask.js';
import { newestFirst, sortedRows, type RowOrder } from './row-order.js';
import { sortBySeveral } from './sort-by-several.js';
import { countValues, type ValueCounts } from './value-counts.js';

export interface View {
  readonly filtered: Filtered;
  /** The matching rows in the table's order. */
  readonly order: RowOrder;
}

/** The view before the events have been read. */
export const NOTHING: View = {
  filtered: filterRows(0, []),
  order: sortedRows(new Uint32Array(0)),
};

export class FilterEngine {
  private readonly queryMasks: QueryMasks;
  private readonly coded: readonly string[];
  /** All events, and the events of the last view. */
  private readonly everything: Filtered;
  private last: Filtered;
  /** The orders of text columns. */
  private readonly texts = new Map<string, SortColumn>();

  constructor(
    private readonly report: Report,
    readonly times: Float64Array<ArrayBuffer>,
    searches: DetailSearches,
  ) {
    this.queryMasks = new QueryMasks(report, times, searches);
    this.coded = report.manifest.columns.map(({ name }) => name);
    this.last = this.everything = filterRows(times.length, []);
  }

  /** The fraction of the detail text that has been searched; undefined if no search is running. */
  get searched(): number | undefined {
    return this.queryMasks.searched;
  }

  /** Whether any event matches a term on a coded column, regardless of other terms. */
  finds(node: FieldNode): boolean {
    return this.queryMasks.finds(node);
  }

  /** Reads the columns that `view` will need. */
  async prepare(query: Query, sorting: Sorting): Promise<void> {
    const needed = new Set([...columnsNeeded(query, this.coded), ...sorting.map(({ column }) => column)]);
    const missing = [...needed].filter((name) => name !== 'eventTime' && !this.report.columns.has(name));
    await Promise.all(missing.map((name) => this.read(name)));
  }

  view(query: Query, sorting: Sorting): View {
    const filtered = (this.last = this.filter(query));
    if (isNewestFirst(sorting)) return { filtered, order: newestFirst(filtered.rows) };
    const keys = sorting.map(({ column, direction }) => ({
      column: this.report.columns.get(column) ?? this.texts.get(column),
      direction,
    }));
    return { filtered, order: sortedRows(sortBySeveral(filtered.rows.list(), keys, this.times)) };
  }

  private async read(name: string): Promise<void> {
    if (this.coded.includes(name)) await this.report.column(name);
    else this.texts.set(name, await this.report.textOrder(name));
  }

  /** The number of matching events for each value of a coded column. */
  async counts(query: Query, column: string): Promise<ValueCounts> {
    await this.prepare(query, []);
    return countValues(await this.report.column(column), this.filter(query).rows.list());
  }

  /** Returns the same object for the same events, so that a new order does not redraw the charts. */
  private filter(query: Query): Filtered {
    const masks = this.queryMasks.masks(query);
    if (query.length === 0) return this.everything;
    const clauses = query.map((clause, i) => ({ mask: masks[i] as RowMask, bit: chartBit(clause) || OTHER }));
    return this.last.isOf(clauses) ? this.last : filterRows(this.times.length, clauses);
  }
}
