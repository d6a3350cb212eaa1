/** The values with the most events as bars that lie, each with its name before it and its number behind it. */
import type { Plugin } from 'chart.js';
import { number, percent, text } from '#public/text/language.js';
import { barLength, partsOf, type ChartSettings } from './chart-settings.js';
import { totalOf, type ChartRow } from './chart-rows.js';
import { drawOutcomes, fitted, outcomeChart, type Look, type OutcomeChart } from './outcome-chart.js';
import { currentTheme } from './theme.js';

/** The height of a bar with the gap beside it, in pixels, as all here. */
const ROW = 24;
const BAR = 12;
/** What stands above the bars where the colours are explained. */
const LEGEND = 32;
/** Room for the numbers behind the bars. */
const NUMBERS = 72;
/** The most of the width that names take. */
const NAMES = 0.42;

interface Line {
  readonly name: string;
  readonly figure: string;
  /** Undefined for the line of all other values. */
  readonly row: ChartRow | undefined;
}

export class ValueChart {
  private readonly chart: OutcomeChart;
  private lines: readonly Line[] = [];
  private redraw: (() => void) | undefined;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    look: Look,
  ) {
    const figures: Plugin<'bar'> = {
      id: 'figures',
      afterDatasetsDraw: (chart) => this.drawFigures(chart as OutcomeChart),
    };
    this.chart = outcomeChart(
      canvas,
      {
        ...look,
        onPress: (index) => this.lines[index]?.row?.press(),
        // Names are cut to the room that there is.
        onResize: () => this.redraw?.(),
      },
      { right: NUMBERS },
      {
        indexAxis: 'y',
        interaction: { mode: 'index', axis: 'y', intersect: false },
        datasets: { bar: { barThickness: BAR, inflateAmount: 0, grouped: false } },
        scales: {
          x: { stacked: true, display: false, min: 0, max: 1 },
          y: {
            stacked: true,
            border: { display: false },
            grid: { display: false },
            ticks: {
              autoSkip: false,
              crossAlign: 'far',
              color: () => currentTheme().ink,
              callback: (_, line) => this.lines[line]?.name,
            },
          },
        },
      },
      [figures],
    );
  }

  /** How high a chart of so many rows is, with a line for other values. */
  static height(rows: number): number {
    return LEGEND + (rows + 1) * ROW;
  }

  /** Draws the first rows, and a line for the others. */
  draw(rows: readonly ChartRow[], limit: number, settings: ChartSettings): void {
    this.redraw = () => this.draw(rows, limit, settings);
    const shown = rows.slice(0, limit);
    const others = rows.slice(limit);
    const total = totalOf(rows);
    const largest = Math.max(0, ...shown.map(({ count }) => count));
    const figure = (count: number): string => (settings.numbers === 'share' ? percent(count, total) : number(count));
    const room = this.chart.width * NAMES;
    const lines: Line[] = shown.map((row) => ({
      name: fitted(this.canvas, row.label, room),
      figure: figure(row.count),
      row,
    }));
    if (others.length > 0)
      lines.push({
        name: text('facet.others', { n: others.length }),
        figure: figure(totalOf(others)),
        row: undefined,
      });
    this.lines = lines;
    drawOutcomes(
      this.chart,
      lines.map(({ name }) => name),
      lines.map(({ row }) => (row ? partsOf(barLength(row.count, largest, settings.scale), row.outcomes) : [0, 0, 0])),
    );
  }

  destroy(): void {
    this.chart.destroy();
  }

  private drawFigures({ ctx, chartArea, scales }: OutcomeChart): void {
    const theme = currentTheme();
    ctx.save();
    ctx.font = `12px ${theme.font}`;
    ctx.fillStyle = theme.text;
    ctx.textAlign = 'right';
    ctx.textBaseline = 'middle';
    this.lines.forEach(({ figure }, i) => {
      ctx.fillText(figure, chartArea.right + NUMBERS, scales['y']?.getPixelForValue(i) ?? 0);
    });
    ctx.restore();
  }
}
