/** The timeline's axes and canvas, as parts for chart.js: it lays them out, they say where things are and draw their marks. */
import { BasicPlatform, Scale, type ChartArea, type CoreScaleOptions } from 'chart.js';
import { currentTheme } from './theme.js';

declare module 'chart.js' {
  interface CartesianScaleTypeRegistry {
    buckets: { options: CoreScaleOptions };
    heights: { options: CoreScaleOptions };
  }
}

/** A place on an axis, and what stands there. */
export interface Mark {
  readonly value: number;
  readonly label: string;
}

const FONT_SIZE = 11;

/** Room for the numbers at the side, always the same: bars do not shift while filtering. In pixels, as all here. */
const SIDE = 44;
const FOOT = 26;
/** Between the labels' middle and the axis. */
const LABEL_DROP = 16;
const LABEL_GAP = 8;

/** What both axes share: nothing of theirs depends on options, on the data or on how wide labels are. */
abstract class PlainAxis extends Scale {
  static defaults = { display: true, clip: true, ticks: {} };
  marks: readonly Mark[] = [];

  /** Takes its share of the room. Places in it are worked out when they are asked for. */
  override update(maxWidth: number, maxHeight: number): void {
    this.maxWidth = maxWidth;
    this.maxHeight = maxHeight;
    this.setDimensions();
    this.configure();
    this.fit();
  }

  /** A line of one pixel, on whole pixels. */
  protected line(fromX: number, fromY: number, toX: number, toY: number): void {
    const { ctx } = this;
    ctx.lineWidth = 1;
    ctx.strokeStyle = currentTheme().line;
    ctx.beginPath();
    ctx.moveTo(fromX, fromY);
    ctx.lineTo(toX, toY);
    ctx.stroke();
  }

  protected startLabels(align: CanvasTextAlign): void {
    const theme = currentTheme();
    this.ctx.font = `${String(FONT_SIZE)}px ${theme.font}`;
    this.ctx.fillStyle = theme.text;
    this.ctx.textAlign = align;
    this.ctx.textBaseline = 'middle';
  }
}

/** Below the bars: one place for each, and labels at some of them. */
export class BucketAxis extends PlainAxis {
  static id = 'buckets';
  buckets = 0;

  override fit(): void {
    this.width = this.maxWidth;
    this.height = FOOT;
  }

  override getPixelForValue(bucket: number): number {
    return this.getPixelForDecimal((bucket + 0.5) / Math.max(1, this.buckets));
  }

  override draw({ left, right, bottom }: ChartArea): void {
    const y = Math.round(bottom) - 0.5;
    this.line(left, y, right, y);
    this.startLabels('center');
    for (const { value, label } of this.marks) {
      const half = this.ctx.measureText(label).width / 2;
      const x = this.getPixelForValue(value);
      this.ctx.fillText(label, Math.max(half, Math.min(x, this.chart.width - half)), bottom + LABEL_DROP);
    }
  }
}

/** Beside the bars: how high they are. */
export class HeightAxis extends PlainAxis {
  static id = 'heights';
  /** The axis' upper end. */
  limit = 1;

  override fit(): void {
    this.width = SIDE;
    this.height = this.maxHeight;
  }

  override getPixelForValue(height: number): number {
    return this.getPixelForDecimal(height / this.limit);
  }

  override draw({ left, right }: ChartArea): void {
    this.startLabels('right');
    for (const { value, label } of this.marks) {
      const y = this.getPixelForValue(value);
      const aligned = Math.round(y) - 0.5;
      this.line(left, aligned, right, aligned);
      this.ctx.fillText(label, left - LABEL_GAP, y);
    }
  }
}

/** A canvas whose size others see to. */
export class CanvasPlatform extends BasicPlatform {
  override getDevicePixelRatio(): number {
    return window.devicePixelRatio;
  }
}
