/** The timeline's upright axis: how high a bar is, and which numbers stand beside it. */
import { compactNumber, percent } from '#public/text/language.js';
import type { OutcomeCounts } from '#public/engine/filter/count.js';
import { partsOf, type ChartSettings } from './chart-settings.js';

export interface CountAxis {
  /** The axis' upper end. */
  readonly max: number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

/** Per cent of a bar, or round numbers up to at least `largest`. */
export function countAxis(largest: number, { scale, numbers }: ChartSettings): CountAxis {
  if (numbers === 'share') return { max: 1, ticks: [0, 0.5, 1].map((value) => ({ value, label: percent(value, 1) })) };
  if (scale === 'log') {
    const decades = Math.floor(Math.log10(Math.max(1, largest))) + 1;
    const every = Math.ceil(decades / 3);
    const counts = Array.from({ length: decades }, (_, i) => 10 ** i).filter((_, i) => i % every === 0);
    return {
      max: Math.log1p(Math.max(1, largest)),
      ticks: counts.map((count) => ({ value: Math.log1p(count), label: compactNumber(count) })),
    };
  }
  const step = roundStep(largest / 2);
  const steps = Math.max(1, Math.ceil(largest / step));
  return {
    max: steps * step,
    ticks: Array.from({ length: steps + 1 }, (_, i) => ({ value: i * step, label: compactNumber(i * step) })),
  };
}

/** How high the parts of a bar are on that axis. A bar's height tells its sum, its colours their shares of it. */
export function barHeights(counts: OutcomeCounts, { scale, numbers }: ChartSettings): OutcomeCounts {
  if (scale === 'linear' && numbers === 'count') return counts;
  return partsOf(numbers === 'share' ? 1 : Math.log1p(counts[0] + counts[1] + counts[2]), counts);
}

const ROUND = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The least round number that is at least `least`; a whole one. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return ROUND.map((factor) => factor * power).find((step) => step >= least && Number.isInteger(step)) ?? 10 * power;
}
