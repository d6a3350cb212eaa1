/**
 * How all charts are drawn: what a bar's length means, what the numbers are, and who is counted. A link holds it as text:
 * `log,share,sessions`.
 */
import { CHARTED } from '#shared/model/columns.js';
import type { OutcomeCounts } from '#public/engine/filter/count.js';

export interface ChartSettings {
  /** `log`: so that rare values can be seen beside frequent ones. A bar's colours keep their shares of its length. */
  readonly scale: 'linear' | 'log';
  /** `share`: per cent of the chart's events instead of their number; over time, of each bar's. */
  readonly numbers: 'count' | 'share';
  /** Whether the chart of who it was counts the people behind the events, or the sessions by their names. */
  readonly who: 'people' | 'sessions';
}

/** The columns that have a chart, in the order of the charts. */
export function chartedColumns({ who }: Pick<ChartSettings, 'who'>): readonly (typeof CHARTED)[number][] {
  const hidden = who === 'people' ? 'actor' : 'behind';
  return CHARTED.filter((column) => column !== hidden);
}

export const PLAIN: ChartSettings = { scale: 'linear', numbers: 'count', who: 'people' };

/** '' for plain charts. */
export function printChartSettings({ scale, numbers, who }: ChartSettings): string {
  const words = [scale === 'log' && 'log', numbers === 'share' && 'share', who === 'sessions' && 'sessions'];
  return words.filter(Boolean).join(',');
}

/** What in the text means nothing is passed over. */
export function parseChartSettings(text: string): ChartSettings {
  const words = text.split(',');
  return {
    scale: words.includes('log') ? 'log' : 'linear',
    numbers: words.includes('share') ? 'share' : 'count',
    who: words.includes('sessions') ? 'sessions' : 'people',
  };
}

/** A bar's length for a count, from 0 to 1 for `largest`. One event is seen on the log scale, too. */
export function barLength(count: number, largest: number, scale: ChartSettings['scale']): number {
  if (count <= 0 || largest <= 0) return 0;
  return scale === 'log' ? Math.log1p(count) / Math.log1p(largest) : count / largest;
}

/** A bar's length, divided among its outcomes by their shares of the events. */
export function partsOf(length: number, counts: OutcomeCounts): OutcomeCounts {
  const sum = counts[0] + counts[1] + counts[2];
  const part = (count: number): number => (sum === 0 ? 0 : length * (count / sum));
  return [part(counts[0]), part(counts[1]), part(counts[2])];
}
