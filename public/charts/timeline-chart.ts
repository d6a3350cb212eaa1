/** The bars of the timeline, drawn by chart.js on a canvas: on the page, and larger for a picture. */
import { Chart } from 'chart.js';
import type { ChartConfiguration } from 'chart.js';
import type { Outcome } from '#shared/model/columns.js';
import { bucketStart, type TimeGrid } from '#shared/format/time-grid.js';
import { OUTCOMES } from '#public/engine/filter/count.js';
import type { TimeCounts } from '#public/engine/filter/count-by-time.js';
import { zoneOffset } from '#public/text/zone.js';
import { barHeights, countAxis } from './count-axis.js';
import type { ChartSettings } from './chart-settings.js';
import { currentTheme } from './theme.js';
import { BucketAxis, CanvasPlatform, HeightAxis } from './timeline-axes.js';
import { NoElement, StackController, type BarPart } from './timeline-bars.js';
import { labelledBuckets, tickLabel } from './time-ticks.js';

Chart.register(StackController, NoElement, BucketAxis, HeightAxis);
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

type StackChart = Chart<'stack', BarPart[], number>;

/** Between two labels of the time axis, in pixels. */
const LABEL_EVERY = 96;

export class TimelineChart {
  private readonly chart: StackChart;
  /** The pattern of errors that was made last. */
  private dashed: { readonly color: string; readonly pixels: number; readonly pattern: CanvasPattern } | undefined;

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
    const parts: BarPart[][] = OUTCOMES.map(() => []);
    for (let i = 0; i < grid.buckets; i++) {
      let from = 0;
      const heights = barHeights([counts[0][i] ?? 0, counts[1][i] ?? 0, counts[2][i] ?? 0], settings);
      heights.forEach((height, o) => parts[o]?.push({ from, to: (from += height) }));
    }
    const { outcome } = currentTheme();
    this.chart.data.datasets.forEach((set, o) => {
      const name = OUTCOMES[o] as Outcome;
      set.data = parts[o] ?? [];
      set.color = name === 'error' ? this.dashes(outcome[name]) : outcome[name];
    });
    const { x, y } = this.chart.scales as { x: BucketAxis; y: HeightAxis };
    const limit = Math.max(2, Math.floor(x.width / LABEL_EVERY));
    x.buckets = grid.buckets;
    x.marks = labelledBuckets(grid, limit, zoneOffset(grid.start)).map((value) => ({
      value,
      label: tickLabel(bucketStart(grid, value)),
    }));
    y.limit = axis.max;
    y.marks = axis.ticks;
    // Where things are depends on the size alone, and that is known.
    this.chart.draw();
  }

  destroy(): void {
    this.chart.destroy();
  }

  /** The colour, dashed along the bar: the sign of errors for those who do not see the colour. */
  private dashes(color: string): CanvasPattern | string {
    const pixels = this.chart.currentDevicePixelRatio;
    if (this.dashed?.color === color && this.dashed.pixels === pixels) return this.dashed.pattern;
    const tile = document.createElement('canvas');
    tile.width = 1;
    tile.height = Math.round(4 * pixels);
    const context = tile.getContext('2d');
    if (!context) return color;
    context.fillStyle = color;
    context.fillRect(0, 0, 1, Math.round(3 * pixels));
    const pattern = this.chart.ctx.createPattern(tile, 'repeat');
    if (!pattern) return color;
    pattern.setTransform(new DOMMatrix().scale(1 / pixels));
    this.dashed = { color, pixels, pattern };
    return pattern;
  }
}

function configuration(pixels: number | undefined): ChartConfiguration<'stack', BarPart[], number> {
  return {
    type: 'stack',
    platform: CanvasPlatform,
    data: { datasets: OUTCOMES.map(() => ({ data: [], color: '' })) },
    options: {
      maintainAspectRatio: false,
      ...(pixels === undefined ? {} : { devicePixelRatio: pixels }),
      responsive: false,
      events: [],
      layout: { padding: { top: 8 } },
      scales: { x: { type: 'buckets' }, y: { type: 'heights' } },
    },
  };
}
