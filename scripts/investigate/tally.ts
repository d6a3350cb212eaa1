/** Counting an answer's events by what they have in common, by codes: no object an event. */
import { codeAt } from '#shared/columnar/event-columns.js';
import type { EventLog, LogColumn } from './event-log.js';

export interface Tally {
  readonly value: string;
  readonly count: number;
  /** The newest of them. */
  readonly row: number;
}

/** The values of the events in a column with their counts, most first; empty values are left out. */
export function tallyBy(log: EventLog, name: LogColumn, rows: readonly number[]): readonly Tally[] {
  const column = log.column(name);
  const counts = new Map<number, { count: number; row: number }>();
  for (const row of rows) {
    const code = codeAt(column, row);
    const known = counts.get(code);
    if (known) {
      known.count++;
      known.row = row;
    } else if (code !== 0) {
      counts.set(code, { count: 1, row });
    }
  }
  return [...counts]
    .map(([code, { count, row }]) => ({ value: column.dictionary.value(code), count, row }))
    .sort((a, b) => b.count - a.count || b.row - a.row);
}

/** Groups rows by a key, in order; '' is a key like any other. */
export function groupRows(rows: readonly number[], keyOf: (row: number) => string): ReadonlyMap<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
