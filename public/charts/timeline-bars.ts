/** The timeline's bars, as a kind of chart for chart.js: parts of a bar stand on each other, a bar in each bucket. */
import { DatasetController, Element, type CoreChartOptions, type Scale } from 'chart.js';

declare module 'chart.js' {
  interface ChartTypeRegistry {
    stack: {
      chartOptions: CoreChartOptions<'stack'>;
      datasetOptions: Pick<Stack, 'color'>;
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

/** The parts of one outcome. */
interface Stack {
  readonly data: readonly BarPart[];
  color: string | CanvasPattern;
}

/** The share of a bucket's width that its bar takes, and the widest bar, in pixels. */
const FILLED = 0.86;
const WIDEST = 48;

/** chart.js asks for a kind of element; the bars are drawn without any. */
export class NoElement extends Element {
  static id = 'none';
}

export class StackController extends DatasetController<'stack'> {
  static id = 'stack';
  static defaults = { dataElementType: NoElement.id, datasetElementType: false };

  /** The parts are drawn as they are: chart.js has nothing to keep of them. */
  override buildOrUpdateElements(): void {}

  override draw(): void {
    const { data, color } = this.getDataset() as Stack;
    const { ctx, scales } = this.chart;
    const { x: xScale, y: yScale } = scales as { x: Scale; y: Scale };
    const width = Math.min(WIDEST, FILLED * (xScale.getPixelForValue(1) - xScale.getPixelForValue(0)));
    ctx.fillStyle = color;
    data.forEach(({ from, to }, bucket) => {
      const top = yScale.getPixelForValue(to);
      const left = xScale.getPixelForValue(bucket) - width / 2;
      if (to > from) ctx.fillRect(left, top, width, yScale.getPixelForValue(from) - top);
    });
  }

  protected override getMaxOverflow(): number {
    return 0;
  }
}
