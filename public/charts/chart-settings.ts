/**
 * How all charts are drawn: what a bar's length means, and what the numbers are. A link holds it as text: `log,share`.
 */
import type { OutcomeCounts } from '#public/engine/filter/count.js';

export interface ChartSettings {
  /** `log`: so that rare values can be seen beside frequent ones. A bar's colours keep their shares of its length. */
  readonly scale: 'linear' | 'log';
  /** `share`: per cent of the chart's events instead of their number; over time, of each bar's. */
  readonly numbers: 'count' | 'share';
}

export const PLAIN: ChartSettings = { scale: 'linear', numbers: 'count' };

/** '' for plain charts. */
export function printChartSettings({ scale, numbers }: ChartSettings): string {
  return [...(scale === 'log' ? ['log'] : []), ...(numbers === 'share' ? ['share'] : [])].join(',');
}

/** What in the text means nothing is passed over. */
export function parseChartSettings(text: string): ChartSettings {
  const words = text.split(',');
  return {
    scale: words.includes('log') ? 'log' : 'linear',
    numbers: words.includes('share') ? 'share' : 'count',
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
