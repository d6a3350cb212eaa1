/** What the page shows before it has decoded anything: counts over time and the most frequent values. */
import { columnNamed, type Outcome } from '#shared/model/columns.js';
import type { OverTime, TopValues } from '#shared/format/report-format.js';
import { stringAt } from '#shared/format/string-table.js';
import { timeGrid } from '#shared/format/time-grid.js';
import type { CodedColumn, EventStore } from '#scripts/store/event-store.js';

const TOP = 50;
const MOST_BUCKETS = 180;

/** Events by outcome in at most 180 buckets (unless they span centuries), with bounds that are round times in UTC. */
export function overTime({ rows, times, coded }: EventStore): OverTime {
  const first = rows === 0 ? 0 : (times[0] as number);
  const last = rows === 0 ? 0 : (times[rows - 1] as number);
  const { start, width, buckets } = timeGrid(first, rows === 0 ? first : last + 1, MOST_BUCKETS);
  const counts: Record<Outcome, number[]> = { change: [], read: [], error: [] };
  for (const series of Object.values(counts)) series.push(...new Array<number>(buckets).fill(0));
  const { codes, values } = coded.outcome as CodedColumn;
  const seriesOf = Array.from({ length: values.length }, (_, code) => counts[stringAt(values, code) as Outcome]);
  for (let row = 0; row < rows; row++) {
    const bucket = Math.floor(((times[row] as number) - start) / width);
    ((seriesOf[codes[row] as number] as number[])[bucket] as number)++;
  }
  return { start, width, ...counts };
}

/** The most frequent values of a charted column. */
export function topValues(store: EventStore, name: string): TopValues {
  const { codes, values } = store.coded[name] as CodedColumn;
  const counts = new Uint32Array(values.length);
  if (columnNamed(name)?.per === 'identity') {
    const { identity } = store;
    for (let row = 0; row < identity.length; row++) (counts[codes[identity[row] as number] as number] as number)++;
  } else {
    for (let row = 0; row < codes.length; row++) (counts[codes[row] as number] as number)++;
  }
  const used = Array.from(counts, (count, code) => [code, count] as const).filter(([, count]) => count > 0);
  const named = used.map(([code, count]) => [stringAt(values, code), count] as const);
  named.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return { top: named.slice(0, TOP), distinct: used.length };
}
