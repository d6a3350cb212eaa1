/** A chart as a picture to keep or to send: with its title, what it was filtered by, and the key to its colours. */
import { OUTCOMES, type OutcomeCounts } from '#public/engine/filter/count.js';
import { number, percent, text } from '#public/text/language.js';
import { barLength, type ChartSettings } from './chart-settings.js';
import { totalOf, type ChartTable } from './chart-rows.js';
import { currentTheme } from './theme.js';
import { TimelineChart, type TimeBars } from './timeline-chart.js';

/** Pixels of the picture for each of the page. */
const PIXELS = 2;
const MARGIN = 24;
const HEAD = 84;
const ROW = 30;

/** How many values a picture holds; the row after them is for the others. */
const VALUES = 20;

/** The lines above a chart. */
export interface Caption {
  readonly title: string;
  /** What the events are filtered by, and how many are left. */
  readonly about: string;
}

/** The values with the most events, and their bars. */
export function picturedList(table: ChartTable, caption: Caption, settings: ChartSettings): HTMLCanvasElement {
  const rows = table.rows('');
  const shown = rows.slice(0, VALUES);
  const others = rows.slice(VALUES);
  const width = 640;
  const { canvas, context } = sheet(width, HEAD + (shown.length + (others.length > 0 ? 1 : 0)) * ROW + MARGIN);
  heading(context, width, caption);
  const total = totalOf(rows);
  const largest = shown[0]?.count ?? 0;
  const figure = (count: number): string => (settings.numbers === 'share' ? percent(count, total) : number(count));
  let y = HEAD;
  for (const { label, count, outcomes } of shown) {
    line(context, width, y, label, figure(count));
    bar(context, y + 20, (width - 2 * MARGIN) * barLength(count, largest, settings.scale), outcomes);
    y += ROW;
  }
  if (others.length > 0)
    line(context, width, y, text('facet.others', { n: others.length }), figure(totalOf(others)), true);
  return canvas;
}

/** The events over time. */
export function picturedTimeline(bars: TimeBars, caption: Caption): HTMLCanvasElement {
  const [width, height] = [1200, 260];
  const { canvas, context } = sheet(width, HEAD + height + MARGIN);
  heading(context, width, caption);
  const plot = document.createElement('canvas');
  const chart = new TimelineChart(plot, { width: width - 2 * MARGIN, height }, PIXELS);
  chart.draw(bars);
  context.drawImage(plot, MARGIN, HEAD, width - 2 * MARGIN, height);
  chart.destroy();
  return canvas;
}

/** Saves the picture under this name. */
export function savePicture(canvas: HTMLCanvasElement, name: string): void {
  canvas.toBlob((blob) => {
    if (!blob) return;
    const link = document.createElement('a');
    const address = URL.createObjectURL(blob);
    link.href = address;
    link.download = name;
    link.click();
    // Not at once: the browser may not have begun to read it.
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }, 'image/png');
}

function sheet(width: number, height: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas');
  canvas.width = width * PIXELS;
  canvas.height = height * PIXELS;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws no pictures');
  context.scale(PIXELS, PIXELS);
  context.fillStyle = currentTheme().page;
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'alphabetic';
  return { canvas, context };
}

function heading(context: CanvasRenderingContext2D, width: number, { title, about }: Caption): void {
  const theme = currentTheme();
  const room = width - 2 * MARGIN;
  write(context, title, MARGIN, 34, { font: `600 16px ${theme.font}`, color: theme.ink, room });
  write(context, about, MARGIN, 53, { font: `12px ${theme.font}`, color: theme.text, room });
  let x = MARGIN;
  for (const outcome of OUTCOMES) {
    swatch(context, x, 66, 14, outcome);
    const name = text(`outcome.${outcome}`);
    write(context, name, x + 20, 73, { font: `12px ${theme.font}`, color: theme.text, room });
    x += 20 + context.measureText(name).width + 20;
  }
}

interface Lettering {
  readonly font: string;
  readonly color: string;
  /** The width that there is, in pixels: longer text ends in an ellipsis. */
  readonly room: number;
}

function write(context: CanvasRenderingContext2D, words: string, x: number, y: number, how: Lettering): void {
  context.font = how.font;
  context.fillStyle = how.color;
  context.fillText(fitted(context, words, how.room), x, y);
}

function fitted(context: CanvasRenderingContext2D, words: string, room: number): string {
  if (context.measureText(words).width <= room) return words;
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${words.slice(0, middle)}…`).width <= room) low = middle;
    else high = middle - 1;
  }
  return `${words.slice(0, low)}…`;
}

function line(
  context: CanvasRenderingContext2D,
  width: number,
  y: number,
  label: string,
  figure: string,
  isSoft = false,
): void {
  const theme = currentTheme();
  const font = `13px ${theme.font}`;
  context.font = font;
  const taken = context.measureText(figure).width;
  write(context, figure, width - MARGIN - taken, y + 14, { font, color: theme.text, room: width });
  const room = width - 2 * MARGIN - taken - 12;
  write(context, label, MARGIN, y + 14, { font, color: isSoft ? theme.text : theme.ink, room });
}

function bar(context: CanvasRenderingContext2D, y: number, length: number, outcomes: OutcomeCounts): void {
  const sum = outcomes.reduce((a, b) => a + b, 0);
  let x = MARGIN;
  OUTCOMES.forEach((outcome, i) => {
    const part = sum === 0 ? 0 : (length * (outcomes[i] ?? 0)) / sum;
    swatch(context, x, y, part, outcome);
    x += part;
  });
}

/** A stretch of an outcome's colour: of errors, dashed. */
function swatch(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  length: number,
  outcome: (typeof OUTCOMES)[number],
): void {
  context.fillStyle = currentTheme().outcome[outcome];
  if (outcome !== 'error') {
    context.fillRect(x, y, length, 5);
    return;
  }
  for (let at = 0; at < length; at += 4) context.fillRect(x + at, y, Math.min(3, length - at), 5);
}
