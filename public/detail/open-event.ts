/** An event of the table, as the details show it. */
import { valueAt } from '../data/event-columns.js';
import type { Report } from '../data/report.js';

/** An event's values; what is read later is there when `detail` is. */
export interface OpenEvent {
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  /** Where the event stands in the table, from 1, and how many stand there. */
  readonly position: number;
  readonly total: number;
  /** The value of a coded column; '' while the column is still being read. */
  value(column: string): string;
  /** The text and JSON columns: JSON text, '' where missing. */
  readonly detail: Promise<ReadonlyMap<string, string>>;
}

export function openEvent(report: Report, time: number, row: number, index: number, total: number): OpenEvent {
  const { columns } = report.manifest.detail;
  return {
    time,
    position: index + 1,
    total,
    value: (name) => {
      const column = report.columns.get(name);
      return column ? valueAt(column, row) : '';
    },
    detail: report.detail(row).then((cells) => new Map(columns.map((name, i) => [name, cells[i] ?? '']))),
  };
}
