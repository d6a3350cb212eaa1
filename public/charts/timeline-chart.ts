/** The bars of the timeline, drawn by chart.js on a canvas: on the page, and larger for a picture. */
import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js';
import type { ChartConfiguration } from 'chart.js';
import { bucketStart, type TimeGrid } from '../../scripts/shared/time-grid.js';
import { OUTCOMES, type TimeCounts } from '../filter/count.js';
import { text } from '../text/language.js';
import { zoneOffset } from '../text/zone.js';
import { barHeights, countAxis, type CountAxis } from './count-axis.js';
import type { ChartSettings } from './chart-settings.js';
import { currentTheme } from './theme.js';
import { labelledBuckets, tickLabel } from './time-ticks.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);
Chart.defaults.animation = false;

/** What is drawn. */
export interface TimeBars {
  readonly grid: TimeGrid;
  readonly counts: TimeCounts;
  readonly settings: ChartSettings;
}

/** The chart's area within its canvas, in pixels. */
export interface ChartArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

type BarChart = Chart<'bar', number[], number>;

/** Room for the numbers at the side, always the same: bars do not shift while filtering. */
const SIDE = 44;

/** Between two labels of the time axis, in pixels. */
const LABEL_EVERY = 96;

export class TimelineChart {
  private readonly chart: BarChart;
  private axis: CountAxis = { max: 1, ticks: [] };
  private bars: TimeBars;

  /** @param pixels of the canvas for one of the page; undefined for a canvas that fills its element */
  constructor(canvas: HTMLCanvasElement, bars: TimeBars, pixels?: number) {
    this.bars = bars;
    this.chart = new Chart(canvas, this.configuration(pixels));
    this.draw(bars);
  }

  get area(): ChartArea {
    return this.chart.chartArea;
  }

  draw(bars: TimeBars): void {
    this.bars = bars;
    const { counts, settings, grid } = bars;
    let largest = 0;
    for (let i = 0; i < grid.buckets; i++)
      largest = Math.max(largest, (counts[0][i] ?? 0) + (counts[1][i] ?? 0) + (counts[2][i] ?? 0));
    this.axis = countAxis(largest, settings);
    const isPlain = settings.scale === 'linear' && settings.numbers === 'count';
    const data = OUTCOMES.map((_, o) =>
      isPlain ? Array.from(counts[o as 0]) : new Array<number>(grid.buckets).fill(0),
    );
    if (!isPlain) {
      for (let i = 0; i < grid.buckets; i++)
        barHeights([counts[0][i] ?? 0, counts[1][i] ?? 0, counts[2][i] ?? 0], settings).forEach(
          (height, o) => ((data[o] as number[])[i] = height),
        );
    }
    const { outcome } = currentTheme();
    this.chart.data.labels = Array.from({ length: grid.buckets }, (_, i) => i);
    this.chart.data.datasets.forEach((set, o) => {
      set.data = data[o] ?? [];
      const color = outcome[OUTCOMES[o] as 'change'];
      // One colour for all bars spares chart.js from resolving each one's.
      set.backgroundColor = OUTCOMES[o] === 'error' ? this.dashes(color) : color;
    });
    const upright = this.chart.options.scales?.['y'];
    if (upright) upright.max = this.axis.max;
    this.chart.update();
  }

  /** After another scheme of colours, or another time zone. */
  restyle(): void {
    this.chart.options = this.configuration(undefined).options ?? {};
    this.draw(this.bars);
  }

  destroy(): void {
    this.chart.destroy();
  }

  /** The colour, dashed along the bar: the sign of errors for those who do not see the colour. */
  private dashes(color: string): CanvasPattern | string {
    const tile = document.createElement('canvas');
    const pixels = this.chart.currentDevicePixelRatio;
    tile.width = 1;
    tile.height = Math.round(4 * pixels);
    const context = tile.getContext('2d');
    if (!context) return color;
    context.fillStyle = color;
    context.fillRect(0, 0, 1, Math.round(3 * pixels));
    const pattern = this.chart.ctx.createPattern(tile, 'repeat');
    pattern?.setTransform(new DOMMatrix().scale(1 / pixels));
    return pattern ?? color;
  }

  private configuration(pixels: number | undefined): ChartConfiguration<'bar', number[], number> {
    const theme = currentTheme();
    const font = { family: theme.font, size: 11 };
    return {
      type: 'bar',
      data: {
        labels: [],
        datasets: OUTCOMES.map((outcome) => ({ label: text(`outcome.${outcome}`), data: [], stack: 'events' })),
      },
      options: {
        responsive: pixels === undefined,
        maintainAspectRatio: false,
        ...(pixels === undefined ? {} : { devicePixelRatio: pixels }),
        events: [],
        layout: { padding: { top: 6 } },
        datasets: { bar: { categoryPercentage: 1, barPercentage: 0.86, maxBarThickness: 48 } },
        scales: {
          x: {
            stacked: true,
            grid: { display: false },
            border: { color: theme.line },
            ticks: {
              color: theme.text,
              font,
              maxRotation: 0,
              autoSkip: false,
              callback: (value) => tickLabel(bucketStart(this.bars.grid, Number(value))),
            },
            afterBuildTicks: (axis) => {
              const limit = Math.max(2, Math.floor(axis.width / LABEL_EVERY));
              axis.ticks = labelledBuckets(this.bars.grid, limit, zoneOffset(this.bars.grid.start)).map((value) => ({
                value,
              }));
            },
          },
          y: {
            stacked: true,
            min: 0,
            grid: { color: theme.line, drawTicks: false },
            border: { display: false },
            ticks: {
              color: theme.text,
              font,
              padding: 8,
              callback: (value) => this.axis.ticks.find((tick) => tick.value === value)?.label,
            },
            afterBuildTicks: (axis) => (axis.ticks = this.axis.ticks.map(({ value }) => ({ value }))),
            afterFit: (axis) => (axis.width = SIDE),
          },
        },
      },
    };
  }
}
