/** The bars of the timeline, drawn by chart.js on a canvas: on the page, and larger for a picture. */
import { BarController, BarElement, Chart } from 'chart.js';
import type { ChartConfiguration } from 'chart.js';
import { bucketStart, type TimeGrid } from '../../scripts/shared/time-grid.js';
import { OUTCOMES, type TimeCounts } from '../filter/count.js';
import { zoneOffset } from '../text/zone.js';
import { barHeights, countAxis } from './count-axis.js';
import type { ChartSettings } from './chart-settings.js';
import { currentTheme, type Theme } from './theme.js';
import { BucketAxis, CanvasPlatform, HeightAxis } from './timeline-axes.js';
import { labelledBuckets, tickLabel } from './time-ticks.js';

Chart.register(BarController, BarElement, BucketAxis, HeightAxis);
Chart.defaults.animation = false;

/** What is drawn. */
export interface TimeBars {
  readonly grid: TimeGrid;
  readonly counts: TimeCounts;
  readonly settings: ChartSettings;
}

/** Of the whole chart, in pixels of the page. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The chart's area within its canvas, in pixels. */
export interface ChartArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

type BarChart = Chart<'bar', number[], number>;

/** Between two labels of the time axis, in pixels. */
const LABEL_EVERY = 96;

export class TimelineChart {
  private readonly chart: BarChart;
  /** What the bars' colours were made for. */
  private colours: { readonly theme: Theme; readonly pixels: number } | undefined;

  /** @param pixels of the canvas for one of the page; undefined for as many as the screen has */
  constructor(canvas: HTMLCanvasElement, { width, height }: Size, pixels?: number) {
    canvas.width = width;
    canvas.height = height;
    this.chart = new Chart(canvas, configuration(pixels));
  }

  get area(): ChartArea {
    return this.chart.chartArea;
  }

  /** Draws what was drawn last in another size, where it is another. */
  resize({ width, height }: Size): void {
    this.chart.resize(width, height);
  }

  draw(bars: TimeBars): void {
    const { counts, settings, grid } = bars;
    let largest = 0;
    for (let i = 0; i < grid.buckets; i++)
      largest = Math.max(largest, (counts[0][i] ?? 0) + (counts[1][i] ?? 0) + (counts[2][i] ?? 0));
    const axis = countAxis(largest, settings);
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
    this.chart.data.labels = Array.from({ length: grid.buckets }, (_, i) => i);
    this.chart.data.datasets.forEach((set, o) => (set.data = data[o] ?? []));
    const { x, y } = this.chart.scales as { x: BucketAxis; y: HeightAxis };
    const limit = Math.max(2, Math.floor(x.width / LABEL_EVERY));
    x.marks = labelledBuckets(grid, limit, zoneOffset(grid.start)).map((value) => ({
      value,
      label: tickLabel(bucketStart(grid, value)),
    }));
    y.limit = axis.max;
    y.marks = axis.ticks;
    // Without a mode chart.js looks up the colours again and makes an animation of each bar.
    this.chart.update(this.isColoured() ? 'none' : undefined);
  }

  /** Whether the bars have the colours of the theme; gives them to the next full update where they have not. */
  private isColoured(): boolean {
    const theme = currentTheme();
    const pixels = this.chart.currentDevicePixelRatio;
    if (theme === this.colours?.theme && pixels === this.colours.pixels) return true;
    this.colours = { theme, pixels };
    this.chart.data.datasets.forEach((set, o) => {
      const color = theme.outcome[OUTCOMES[o] as 'change'];
      // One colour for all bars spares chart.js from resolving each one's.
      set.backgroundColor = OUTCOMES[o] === 'error' ? this.dashes(color) : color;
    });
    return false;
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
}

function configuration(pixels: number | undefined): ChartConfiguration<'bar', number[], number> {
  return {
    type: 'bar',
    platform: CanvasPlatform,
    data: {
      labels: [],
      datasets: OUTCOMES.map(() => ({ data: [], stack: 'events' })),
    },
    options: {
      maintainAspectRatio: false,
      ...(pixels === undefined ? {} : { devicePixelRatio: pixels }),
      responsive: false,
      events: [],
      layout: { padding: { top: 8 } },
      datasets: { bar: { categoryPercentage: 1, barPercentage: 0.86, maxBarThickness: 48 } },
      scales: { x: { type: 'buckets', stacked: true }, y: { type: 'heights', stacked: true } },
    },
  };
}
