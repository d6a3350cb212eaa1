/** A chart as a table: what the list of all values shows, what is copied, and what its picture is drawn of. */
import { cellOf } from '#shared/format/tsv-cell.js';
import { OUTCOMES, type OutcomeCounts } from '#public/engine/filter/count.js';
import { number, percent, text } from '#public/text/language.js';
import type { TimeBars } from './timeline-chart.js';

export interface ChartRow {
  /** As it is shown. */
  readonly label: string;
  /** As it is copied: whole. */
  readonly value: string;
  readonly outcomes: OutcomeCounts;
  readonly count: number;
  readonly isChosen: boolean;
  /** Filters by it, or takes that back. */
  press(): void;
}

/** Everything that one chart counts. */
export interface ChartTable {
  /** Names the file of its picture: lower-case letters and hyphens. */
  readonly key: string;
  readonly title: string;
  /** The head of the first column. */
  readonly heading: string;
  /** What is counted, where that is less than a reader would think. */
  readonly about?: string;
  /** The rows whose names contain the text, in the chart's order; all for an empty text. */
  readonly rows: (search: string) => readonly ChartRow[];
  /** Where the rows are spans of time, one after the other: the bars that are drawn of them. */
  readonly bars?: TimeBars;
  /** Whether the rows are so many, and named so, that searching them helps. */
  readonly isSearchable: boolean;
  /** The events are not read yet, and there is no row before they are. */
  readonly isCounting?: boolean;
}

/** The table's column heads, after the first. */
export function countHeads(): string[] {
  return [
    ...OUTCOMES.map((outcome) => text(`outcome.${outcome}`)),
    text('chart.table.events'),
    text('chart.table.share'),
  ];
}

/** A row's cells, after the first. */
export function countCells({ outcomes, count }: ChartRow, total: number): string[] {
  return [...outcomes, count].map((n) => number(n)).concat(percent(count, total));
}

/** The events of all rows. */
export function totalOf(rows: readonly ChartRow[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

/** The whole table for a spreadsheet: heads, then a line a row, numbers without separators. */
export function tableText({ heading, rows }: ChartTable): string {
  const heads = [cellOf(heading), ...countHeads().slice(0, -1)];
  const lines = rows('').map(({ value, outcomes, count }) => [cellOf(value), ...outcomes, count].join('\t'));
  return [heads.join('\t'), ...lines, ''].join('\n');
}
