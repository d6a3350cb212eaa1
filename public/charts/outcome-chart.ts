/** What all of chart.js's charts have in common here: bars that are divided by outcome, in the page's colours and type. */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  SubTitle,
  Title,
  type ChartOptions,
  type Plugin,
} from 'chart.js';
import { OUTCOMES, type OutcomeCounts } from '#public/engine/filter/count.js';
import { text } from '#public/text/language.js';
import { currentTheme } from './theme.js';

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, SubTitle, Title);

export type OutcomeChart = Chart<'bar', (number | null)[], string>;

/** How a chart is shown, on the page or in a picture. */
export interface Look {
  /** For a picture: the canvas keeps its own size, with so many pixels for each of the page. */
  readonly pixels?: number;
  /** The lines above the chart, and what its colours mean. */
  readonly caption?: Caption;
  /** Whether it says above the bars what its colours mean; always so where there is a caption. */
  readonly hasLegend?: boolean;
  /** A bar was pressed. */
  readonly onPress?: (index: number) => void;
  /** The chart has another width, as known to `chart.width`; it is drawn anew in any case. */
  readonly onResize?: () => void;
}

export interface Caption {
  readonly title: string;
  /** What the events are filtered by, and how many are left. */
  readonly about: string;
}

const MARGIN = 24;
const FONT_SIZE = 12;

/**
 * A chart without data. Its canvas fills the element that holds it and nothing else.
 *
 * @param room beside the bars, in pixels, for what a plugin draws there
 */
export function outcomeChart(
  canvas: HTMLCanvasElement,
  { pixels, caption, hasLegend = caption !== undefined, onPress, onResize }: Look,
  { top = 0, right = 0 }: { readonly top?: number; readonly right?: number },
  options: ChartOptions<'bar'>,
  plugins: Plugin<'bar'>[] = [],
): OutcomeChart {
  applyTheme();
  const { ink } = currentTheme();
  const margin = caption ? MARGIN : 0;
  return new Chart<'bar', (number | null)[], string>(canvas, {
    type: 'bar',
    data: { labels: [], datasets: OUTCOMES.map((outcome) => ({ label: text(`outcome.${outcome}`), data: [] })) },
    options: {
      animation: false,
      maintainAspectRatio: false,
      responsive: pixels === undefined,
      ...(pixels === undefined ? {} : { devicePixelRatio: pixels }),
      events: onPress ? ['click', 'mousemove', 'mouseout'] : [],
      onHover: (_, bars) => {
        canvas.style.cursor = bars.length > 0 ? 'pointer' : '';
      },
      onClick: (_, [bar]) => bar && onPress?.(bar.index),
      ...(onResize ? { onResize } : {}),
      ...options,
      layout: { padding: { left: margin, bottom: margin, top: margin + top, right: margin + right } },
      plugins: {
        legend: {
          display: hasLegend,
          align: 'start',
          labels: { boxWidth: 12, boxHeight: 8 },
          // The table beside the chart filters; a chart without one of its outcomes would tell less.
          onClick: () => undefined,
        },
        title: {
          display: caption !== undefined,
          text: caption?.title,
          align: 'start',
          color: ink,
          font: { size: 16, weight: 600 },
          padding: { bottom: 4 },
        },
        subtitle: {
          display: caption !== undefined,
          text: caption && fitted(canvas, caption.about, canvas.width - 2 * MARGIN),
          align: 'start',
          padding: { bottom: 8 },
        },
      },
    },
    plugins: caption ? [PAPER, ...plugins] : plugins,
  });
}

/** Draws bars in place of those before: for each of the labels its length by outcome. */
export function drawOutcomes(chart: OutcomeChart, labels: string[], lengths: readonly OutcomeCounts[]): void {
  applyTheme();
  const { outcome: colors } = currentTheme();
  chart.data.labels = labels;
  OUTCOMES.forEach((outcome, o) => {
    const set = chart.data.datasets[o];
    if (!set) return;
    // Nothing is no bar; whatever there is, is seen, also between two dashes.
    set.data = lengths.map((of) => of[o as 0] || null);
    set.minBarLength = 2;
    set.backgroundColor = outcome === 'error' ? dashed(colors[outcome], chart) : colors[outcome];
  });
  chart.update();
}

/** The text, or as much of its beginning as there is room for, in pixels, and an ellipsis. */
export function fitted(canvas: HTMLCanvasElement, words: string, room: number): string {
  const context = canvas.getContext('2d');
  if (!context) return words;
  context.save();
  context.font = `${String(FONT_SIZE)}px ${currentTheme().font}`;
  const isIn = (length: number): boolean => context.measureText(`${words.slice(0, length)}…`).width <= room;
  let [low, high] = [0, words.length];
  if (context.measureText(words).width <= room) low = high;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isIn(middle)) low = middle;
    else high = middle - 1;
  }
  context.restore();
  return low === words.length ? words : `${words.slice(0, low)}…`;
}

/** The page's type and colours, as chart.js's defaults: it reads them anew with each update. */
function applyTheme(): void {
  const { font, text: color, line } = currentTheme();
  Object.assign(Chart.defaults.font, { family: font, size: FONT_SIZE });
  Chart.defaults.color = color;
  Chart.defaults.borderColor = line;
}

/** A picture has a ground, also where it is seen on another page. */
const PAPER: Plugin<'bar'> = {
  id: 'paper',
  beforeDraw: ({ ctx, width, height }) => {
    ctx.fillStyle = currentTheme().page;
    ctx.fillRect(0, 0, width, height);
  },
};

/** By colour, direction and pixels. */
const patterns = new Map<string, CanvasPattern>();

/** The colour with gaps along the bar: the sign of errors for those who do not see the colour. */
function dashed(color: string, { currentDevicePixelRatio: pixels, options }: OutcomeChart): CanvasPattern | string {
  const isLying = options.indexAxis === 'y';
  const key = [color, isLying, pixels].join();
  const known = patterns.get(key);
  if (known) return known;
  const tile = document.createElement('canvas');
  tile.width = tile.height = Math.round(4 * pixels);
  const context = tile.getContext('2d');
  if (!context) return color;
  const dash = Math.round(3 * pixels);
  context.fillStyle = color;
  context.fillRect(0, 0, isLying ? dash : tile.width, isLying ? tile.height : dash);
  const pattern = context.createPattern(tile, 'repeat');
  if (!pattern) return color;
  pattern.setTransform(new DOMMatrix().scale(1 / pixels));
  patterns.set(key, pattern);
  return pattern;
}
