/** Events over time, stacked by outcome: in the range that is chosen, in bars as narrow as that range allows. */
import type { TimeSpan } from '#shared/query/time-text.js';
import { bucketStart, type TimeGrid } from '#shared/format/time-grid.js';
import { el } from '#public/ui/dom.js';
import { OUTCOMES } from '#public/engine/filter/count.js';
import type { TimeCounts } from '#public/engine/filter/count-by-time.js';
import { number, text } from '#public/text/language.js';
import { dateTime } from '#public/text/zone.js';
import { spanText } from './time-span.js';
import { TimelineBrush, type BarArea } from './timeline-brush.js';
import { TimelineChart, type TimeBars } from './timeline-chart.js';
import { TimelineTip } from './timeline-tip.js';

/** A bar and the gap beside it, in pixels, at least. */
const NARROWEST = 7;
export const MOST_BUCKETS = 180;

/** Before the chart is made. */
const NO_AREA: BarArea = { left: 0, right: 0, top: 0, bottom: 0 };

interface TimelineListener {
  onSelect(span: TimeSpan): void;
  onZoomOut(): void;
  /** The chart has another width: other buckets may fit. */
  onResize(): void;
}

export class Timeline {
  private readonly canvas = el('canvas', { 'aria-hidden': 'true' });
  private readonly brush: TimelineBrush;
  private readonly tip: TimelineTip;
  private chart: TimelineChart | undefined;

  constructor(
    host: HTMLElement,
    private bars: TimeBars,
    listener: TimelineListener,
  ) {
    this.brush = new TimelineBrush({
      onSelect: (first, last) => listener.onSelect(this.spanOf(first, last)),
      onPoint: (bucket) => this.point(bucket),
      onZoomOut: () => listener.onZoomOut(),
    });
    host.append(el('div', { class: 'timeline-plot' }, this.canvas), this.brush.element);
    this.tip = new TimelineTip(host);
    // The page's first picture does not wait for its slowest part.
    requestAnimationFrame(() =>
      setTimeout(() => {
        this.chart = new TimelineChart(this.canvas, { onResize: () => this.chart && listener.onResize() });
        listener.onResize();
      }),
    );
  }

  /** How many bars there is room for, as far as that is known. */
  get room(): number {
    if (!this.chart) return MOST_BUCKETS;
    return Math.max(20, Math.min(MOST_BUCKETS, Math.floor(this.chart.width / NARROWEST)));
  }

  draw(bars: TimeBars): void {
    this.bars = bars;
    this.chart?.draw(bars);
    const { grid } = bars;
    this.brush.show(
      { area: this.chart?.area ?? NO_AREA, buckets: grid.buckets, describe: (bucket) => this.bucketText(bucket) },
      describe(grid, bars.counts),
    );
  }

  private spanOf(first: number, last: number): TimeSpan {
    return { from: bucketStart(this.bars.grid, first), to: bucketStart(this.bars.grid, last + 1) };
  }

  private point(bucket: number | undefined): void {
    const { counts, grid } = this.bars;
    if (bucket === undefined || bucket >= grid.buckets || !this.chart) {
      this.tip.hide();
      return;
    }
    const { left, right } = this.chart.area;
    const middle = left + ((bucket + 0.5) / grid.buckets) * (right - left);
    const here = OUTCOMES.map((_, o) => counts[o as 0][bucket] ?? 0);
    this.tip.show(middle, spanText(this.spanOf(bucket, bucket)), here);
  }

  private bucketText(bucket: number): string {
    const { counts, grid } = this.bars;
    if (grid.buckets === 0) return text('timeline.empty');
    const here = OUTCOMES.map((_, o) => counts[o as 0][bucket] ?? 0);
    return `${spanText(this.spanOf(bucket, bucket))}: ${countsText(here)}`;
  }
}

function describe(grid: TimeGrid, counts: TimeCounts): string {
  if (grid.buckets === 0) return text('timeline.empty');
  return text('timeline.description', {
    from: dateTime(grid.start),
    to: dateTime(bucketStart(grid, grid.buckets)),
    counts: countsText(counts.map((of) => of.reduce((a, b) => a + b, 0))),
  });
}

/** Such as `1 changed, 2 read, 0 denied or failed`: words that no number changes. */
function countsText(counts: readonly number[]): string {
  const parts = OUTCOMES.map((outcome, o) => `${number(counts[o] ?? 0)} ${text(`outcome.${outcome}`)}`);
  return parts.join(text('facet.tip.and'));
}
