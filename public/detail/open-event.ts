/** An event of the table, as the details show it. */
import { valueAt } from '#shared/columnar/event-columns.js';
import type { Report } from '#public/engine/data/report.js';

/** An event's values; what is read later is there when `detail` is. */
export interface OpenEvent {
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  /** Where the event stands in the table, from 1, and how many stand there. */
  readonly position: number;
  readonly total: number;
  /** The value of a coded column; '' while the column is still being read. */
  value(column: string): string;
  /** The text and JSON columns: JSON text, '' where missing. Every coded column is read by then. */
  readonly detail: Promise<ReadonlyMap<string, string>>;
}

/** What the event is read from. */
type EventSource = Pick<Report, 'columns' | 'column' | 'detail'> & {
  readonly manifest: {
    readonly columns: readonly { readonly name: string }[];
    readonly detail: { readonly columns: readonly string[] };
  };
};

export function openEvent(report: EventSource, time: number, row: number, index: number, total: number): OpenEvent {
  const { columns, detail } = report.manifest;
  return {
    time,
    position: index + 1,
    total,
    value: (name) => {
      const column = report.columns.get(name);
      return column ? valueAt(column, row) : '';
    },
    detail: Promise.all([report.detail(row), ...columns.map((of) => report.column(of.name))]).then(
      ([cells]) => new Map(detail.columns.map((name, i) => [name, cells[i] ?? ''])),
    ),
  };
}
