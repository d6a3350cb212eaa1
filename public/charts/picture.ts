/** A chart as a picture to keep or to send: with its title, what it was filtered by, and the key to its colours. */
import type { ChartTable } from './chart-rows.js';
import type { ChartSettings } from './chart-settings.js';
import type { Caption } from './outcome-chart.js';
import { TimelineChart } from './timeline-chart.js';
import { ValueChart } from './value-chart.js';

/** Pixels of the picture for each of the page. */
const PIXELS = 2;
/** What stands above and below the chart, in pixels of the page. */
const CAPTION = 104;

/** How many values a picture holds; the row after them is for the others. */
const VALUES = 20;

/** Draws the chart that belongs to the table, and saves it under this name. */
export function savePicture(table: ChartTable, caption: Caption, settings: ChartSettings, name: string): void {
  const canvas = document.createElement('canvas');
  const look = { pixels: PIXELS, caption };
  let chart: TimelineChart | ValueChart;
  if (table.bars) {
    Object.assign(canvas, { width: 1200, height: 260 + CAPTION });
    chart = new TimelineChart(canvas, look);
    chart.draw(table.bars);
  } else {
    const rows = table.rows('');
    Object.assign(canvas, { width: 800, height: ValueChart.height(Math.min(VALUES, rows.length)) + CAPTION });
    chart = new ValueChart(canvas, look);
    chart.draw(rows, VALUES, settings);
  }
  canvas.toBlob((blob) => {
    chart.destroy();
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
