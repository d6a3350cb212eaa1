/** Events over time, stacked by outcome. A click takes a bucket, dragging takes a range. */
import type { Chart as ChartType, ChartConfiguration } from 'chart.js';
import type { OverTime } from '../../scripts/shared/report-format.js';
import { el } from '../dom.js';
import { OUTCOMES, type OutcomeCounts } from '../filter/count.js';
import type { TimeSpan } from '../../scripts/shared/query/time-text.js';
import { dateTime, day, text } from '../text/language.js';
import { Chart } from './chart-parts.js';
import { currentTheme } from './theme.js';
import { TimelineTip } from './timeline-tip.js';
import { timeTicks } from './time-ticks.js';

export type BucketCounts = readonly [change: readonly number[], read: readonly number[], error: readonly number[]];

export class Timeline {
  private readonly chart: ChartType<'bar', number[], number>;
  private readonly canvas: HTMLCanvasElement;
  private readonly mark: HTMLElement;
  private readonly tip: TimelineTip;
  private readonly buckets: number;
  /** Where a drag began, as a bucket. */
  private dragFrom: number | undefined;
  private selected: TimeSpan | undefined;

  constructor(
    host: HTMLElement,
    private readonly overTime: OverTime,
    /** Called with the range that was chosen; undefined takes the choice back. */
    private readonly onSelect: (span: TimeSpan | undefined) => void,
  ) {
    this.canvas = host.querySelector('canvas') as HTMLCanvasElement;
    this.mark = el('div', { class: 'timeline-mark', 'aria-hidden': 'true', hidden: true });
    host.append(this.mark);
    this.tip = new TimelineTip(host);
    this.buckets = overTime.change.length;
    const counts: BucketCounts = [overTime.change, overTime.read, overTime.error];
    this.chart = new Chart(this.canvas, this.configuration(counts));
    this.describe(counts);
    if (this.buckets > 0) this.listen();
  }

  /** Draws these counts; outside the chosen range they are pale. */
  show(counts: BucketCounts, selected: TimeSpan | undefined): void {
    this.selected = selected;
    const { outcome } = currentTheme();
    this.chart.data.datasets.forEach((set, i) => {
      const color = outcome[OUTCOMES[i] as 'change'];
      set.data = [...(counts[i] ?? [])];
      // One colour for all bars spares chart.js from resolving each one's.
      set.backgroundColor = selected
        ? counts[0].map((_, bucket) => (this.isChosen(bucket) ? color : `${color}55`))
        : color;
    });
    this.chart.update();
    this.describe(counts);
  }

  recolor(): void {
    const counts = this.chart.data.datasets.map(({ data }) => data) as unknown as BucketCounts;
    const { options } = this.configuration(counts);
    if (options) this.chart.options = options;
    this.show(counts, this.selected);
  }

  private isChosen(bucket: number): boolean {
    if (!this.selected) return true;
    const { from, to } = this.spanOf(bucket, bucket);
    return to > this.selected.from && from < this.selected.to;
  }

  private spanOf(first: number, last: number): TimeSpan {
    const { start, width } = this.overTime;
    return { from: start + Math.min(first, last) * width, to: start + (Math.max(first, last) + 1) * width };
  }

  private describe(counts: BucketCounts): void {
    const [change, read, error] = counts.map((of) => of.reduce((a, b) => a + b, 0)) as unknown as OutcomeCounts;
    const { from, to } = this.spanOf(0, this.buckets - 1);
    const description =
      this.buckets === 0
        ? text('timeline.empty')
        : text('timeline.description', {
            from: dateTime(from),
            to: dateTime(to),
            day: dateTime(from).slice(0, 10),
            change,
            read,
            error,
          });
    this.canvas.setAttribute('aria-label', description);
  }

  private listen(): void {
    const bucketAt = (event: PointerEvent): number => {
      const { left, right } = this.chart.chartArea;
      const share = (event.clientX - this.canvas.getBoundingClientRect().left - left) / Math.max(1, right - left);
      return Math.min(this.buckets - 1, Math.max(0, Math.floor(share * this.buckets)));
    };
    this.canvas.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      this.dragFrom = bucketAt(event);
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.canvas.addEventListener('pointermove', (event) => {
      if (this.dragFrom !== undefined) this.drawMark(this.dragFrom, bucketAt(event));
    });
    this.canvas.addEventListener('pointerup', (event) => {
      if (this.dragFrom === undefined) return;
      const span = this.spanOf(this.dragFrom, bucketAt(event));
      this.endDrag();
      const isSame = this.selected?.from === span.from && this.selected.to === span.to;
      this.onSelect(isSame ? undefined : span);
    });
    this.canvas.addEventListener('pointercancel', () => this.endDrag());
  }

  private endDrag(): void {
    this.dragFrom = undefined;
    this.mark.hidden = true;
  }

  private drawMark(from: number, to: number): void {
    const { left, right, top, bottom } = this.chart.chartArea;
    const step = (right - left) / this.buckets;
    this.mark.hidden = from === to;
    this.mark.style.left = `${String(left + Math.min(from, to) * step)}px`;
    this.mark.style.width = `${String((Math.abs(to - from) + 1) * step)}px`;
    this.mark.style.top = `${String(top)}px`;
    this.mark.style.height = `${String(bottom - top)}px`;
  }

  private configuration(counts: BucketCounts): ChartConfiguration<'bar', number[], number> {
    const theme = currentTheme();
    const font = { family: theme.font, size: 11 };
    const { start, width } = this.overTime;
    const end = start + this.buckets * width;
    return {
      type: 'bar',
      data: {
        labels: Array.from({ length: this.buckets }, (_, bucket) => bucket),
        datasets: OUTCOMES.map((outcome, i) => ({
          label: text(`outcome.${outcome}`),
          data: [...(counts[i] ?? [])],
          backgroundColor: theme.outcome[outcome],
          stack: 'events',
        })),
      },
      options: {
        layout: { padding: { top: 4 } },
        datasets: { bar: { categoryPercentage: 1, barPercentage: this.buckets > 150 ? 1 : 0.86, maxBarThickness: 48 } },
        interaction: { mode: 'index', intersect: false },
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
              callback: (value) => tickLabel(start + Number(value) * width),
            },
            afterBuildTicks: (axis) => {
              const limit = Math.max(2, Math.floor(axis.width / 96));
              axis.ticks = timeTicks(start, end - 1, limit).map(({ time }) => ({
                value: Math.floor((time - start) / width),
              }));
            },
          },
          y: {
            stacked: true,
            grid: { color: theme.line, drawTicks: false },
            border: { display: false },
            ticks: {
              color: theme.text,
              font,
              maxTicksLimit: 3,
              padding: 8,
              precision: 0,
              callback: (value) => compact(Number(value)),
            },
            // The same room whatever the labels, so that bars do not shift while filtering.
            afterFit: (axis) => (axis.width = 44),
          },
        },
        plugins: {
          tooltip: {
            enabled: false,
            external: ({ chart, tooltip }) => {
              const bucket = tooltip.dataPoints[0]?.dataIndex;
              if (tooltip.opacity === 0 || bucket === undefined) this.tip.hide();
              else
                this.tip.show(
                  tooltip.caretX,
                  this.bucketTitle(bucket),
                  chart.data.datasets.map(({ data }) => Number(data[bucket])),
                );
            },
          },
        },
      },
    };
  }

  private bucketTitle(bucket: number): string {
    const { from, to } = this.spanOf(bucket, bucket);
    return `${dateTime(from)} – ${dateTime(to)}`;
  }
}

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

function compact(value: number): string {
  return COMPACT.format(value);
}

function tickLabel(time: number): string {
  return time % 86_400_000 === 0 ? day(time) : new Date(time).toISOString().slice(11, time % 60_000 === 0 ? 16 : 19);
}
