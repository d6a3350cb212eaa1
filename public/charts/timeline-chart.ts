/** Events over time as bars that stand: on the page, in its dialog, and larger for a picture. */
import type { ChartArea } from 'chart.js';
import { bucketStart, type TimeGrid } from '#shared/format/time-grid.js';
import type { OutcomeCounts } from '#public/engine/filter/count.js';
import type { TimeCounts } from '#public/engine/filter/count-by-time.js';
import { zoneOffset } from '#public/text/zone.js';
import { barHeights, countAxis, type CountAxis } from './count-axis.js';
import { PLAIN, type ChartSettings } from './chart-settings.js';
import { drawOutcomes, outcomeChart, type Look, type OutcomeChart } from './outcome-chart.js';
import { labelledBuckets, tickLabel } from './time-ticks.js';

/** What is drawn. */
export interface TimeBars {
  readonly grid: TimeGrid;
  readonly counts: TimeCounts;
  readonly settings: ChartSettings;
}

/** Room for the numbers at the side, always the same: bars do not shift while filtering. In pixels, as all here. */
const SIDE = 44;
const FOOT = 26;
/** Between two labels of the time axis, and the room that half of one takes. */
const LABEL_EVERY = 96;
const HALF_LABEL = 24;

export class TimelineChart {
  private readonly chart: OutcomeChart;
  private axis: CountAxis = countAxis(0, PLAIN);
  /** The buckets that are labelled. */
  private times: CountAxis['ticks'] = [];

  constructor(canvas: HTMLCanvasElement, look: Look) {
    this.chart = outcomeChart(
      canvas,
      look,
      { top: 8 },
      {
        interaction: { mode: 'index', intersect: false },
        datasets: {
          bar: { barPercentage: 0.86, categoryPercentage: 1, maxBarThickness: 48, inflateAmount: 0, grouped: false },
        },
        scales: {
          x: {
            stacked: true,
            grid: { display: false },
            ticks: { autoSkip: false, maxRotation: 0, callback: (_, tick) => this.times[tick]?.label },
            // A tick for each bar would cost ten times what the bars do.
            afterBuildTicks: (scale) => {
              scale.ticks = this.times.map(({ value }) => ({ value }));
            },
            afterFit: (scale) => {
              scale.height = FOOT;
            },
          },
          y: {
            stacked: true,
            border: { display: false },
            grid: { drawTicks: false },
            ticks: { padding: 8, callback: (_, tick) => this.axis.ticks[tick]?.label },
            afterBuildTicks: (scale) => {
              scale.ticks = this.axis.ticks.map(({ value }) => ({ value }));
            },
            afterFit: (scale) => {
              scale.width = SIDE;
            },
          },
        },
      },
    );
  }

  get width(): number {
    return this.chart.width;
  }

  /** Where the bars are within the canvas. */
  get area(): ChartArea {
    return this.chart.chartArea;
  }

  draw({ counts, settings, grid }: TimeBars): void {
    const { chart } = this;
    const bars = Array.from({ length: grid.buckets }, (_, i): OutcomeCounts => [
      counts[0][i] ?? 0,
      counts[1][i] ?? 0,
      counts[2][i] ?? 0,
    ]);
    this.axis = countAxis(Math.max(0, ...bars.map((of) => of[0] + of[1] + of[2])), settings);
    Object.assign(chart.options.scales?.['y'] ?? {}, { min: 0, max: this.axis.max });
    const room = chart.width - SIDE;
    const toEdge = (bucket: number): number => ((grid.buckets - bucket - 0.5) / grid.buckets) * room;
    this.times = labelledBuckets(grid, Math.max(2, Math.floor(room / LABEL_EVERY)), zoneOffset(grid.start))
      .filter((bucket) => toEdge(bucket) >= HALF_LABEL)
      .map((value) => ({ value, label: tickLabel(bucketStart(grid, value)) }));
    drawOutcomes(
      chart,
      bars.map((_, bucket) => String(bucket)),
      bars.map((of) => barHeights(of, settings)),
    );
  }

  destroy(): void {
    this.chart.destroy();
  }
}
