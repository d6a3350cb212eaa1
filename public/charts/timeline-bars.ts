/** The timeline's bars, as a kind of chart for chart.js: parts of a bar stand on each other, a bar in each bucket. */
import { DatasetController, type BarElement, type ChartDataset, type CoreChartOptions } from 'chart.js';

declare module 'chart.js' {
  interface ChartTypeRegistry {
    stack: {
      chartOptions: CoreChartOptions<'stack'>;
      datasetOptions: { color: string | CanvasPattern };
      defaultDataPoint: BarPart;
      metaExtensions: object;
      parsedDataType: BarPart;
      scales: 'buckets' | 'heights';
    };
  }
}

/** A part of the bar in the bucket of its index: between two heights, as the upright axis has them. */
export interface BarPart {
  readonly from: number;
  readonly to: number;
}

/** The share of a bucket's width that its bar takes, and the widest bar, in pixels. */
const FILLED = 0.86;
const WIDEST = 48;

export class StackController extends DatasetController<'stack', BarElement> {
  static id = 'stack';
  static defaults = { dataElementType: 'bar', datasetElementType: false, parsing: false };

  /** The parts are as they are drawn: chart.js has nothing to work out of them. */
  override parse(): void {
    this._cachedMeta._parsed = this.getDataset().data;
  }

  override update(): void {
    const { xScale, yScale, data: bars, _parsed: parts } = this._cachedMeta;
    if (!xScale || !yScale) return;
    const width = Math.min(WIDEST, FILLED * (xScale.getPixelForValue(1) - xScale.getPixelForValue(0)));
    // Without borders: chart.js looks for nothing more of a bar.
    const plain = { horizontal: false, borderSkipped: {}, inflateAmount: 0, enableBorderRadius: false };
    const options = {
      backgroundColor: (this.getDataset() as ChartDataset<'stack'>).color,
      borderWidth: 0,
      borderRadius: 0,
    };
    bars.forEach((bar, bucket) => {
      const { from, to } = parts[bucket] as BarPart;
      const [base, y] = [yScale.getPixelForValue(from), yScale.getPixelForValue(to)];
      Object.assign(bar, { ...plain, x: xScale.getPixelForValue(bucket), y, base, width, height: base - y, options });
    });
  }

  override draw(): void {
    const { data: bars, _parsed: parts } = this._cachedMeta;
    bars.forEach((bar, bucket) => {
      const { from, to } = parts[bucket] as BarPart;
      if (to > from) bar.draw(this.chart.ctx);
    });
  }

  protected override getMaxOverflow(): number {
    return 0;
  }
}
