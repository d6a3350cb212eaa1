/** Events over time as a table: a row a bar. */
import type { TimeSpan } from '#shared/query/time-text.js';
import { bucketStart } from '#shared/format/time-grid.js';
import { duration, text } from '#public/text/language.js';
import { dateTime } from '#public/text/zone.js';
import type { ChartRow, ChartTable } from './chart-rows.js';
import type { TimeBars } from './timeline-chart.js';

export const TIMELINE = 'timeline';

/** @param onPress the time of a row was pressed */
export function timelineTable(bars: TimeBars, onPress: (span: TimeSpan) => void): ChartTable {
  const { grid, counts } = bars;
  const rows = Array.from({ length: grid.buckets }, (_, i): ChartRow => {
    const outcomes = [counts[0][i] ?? 0, counts[1][i] ?? 0, counts[2][i] ?? 0] as const;
    const span = { from: bucketStart(grid, i), to: bucketStart(grid, i + 1) };
    const label = dateTime(span.from);
    return {
      label,
      value: label,
      outcomes,
      count: outcomes[0] + outcomes[1] + outcomes[2],
      isChosen: false,
      press: () => onPress(span),
    };
  });
  return {
    key: TIMELINE,
    title: text('timeline.title', { width: duration(grid.width) }),
    heading: text('timeline.from'),
    isSearchable: false,
    bars,
    rows: () => rows,
  };
}
