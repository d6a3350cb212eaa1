/** Runs in a browser: timelines of every kind, drawn by the page's own code, as pictures. */
import type { ChartSettings } from '#public/charts/chart-settings.js';
import { TimelineChart, type TimeBars } from '#public/charts/timeline-chart.js';

declare global {
  interface Window {
    drawnTimelines: () => string[];
  }
}

const START = Date.UTC(2025, 2, 3);
const HOUR = 3_600_000;

function bars(buckets: number, highest: number, settings: Partial<ChartSettings> = {}): TimeBars {
  const counts = (step: number) => Uint32Array.from({ length: buckets }, (_, i) => (i * step) % (highest + 1));
  return {
    grid: { start: START, width: HOUR, buckets },
    counts: [counts(7), counts(31), counts(3)],
    settings: { scale: 'linear', numbers: 'count', ...settings },
  };
}

/** Draws one after the other, as filters, ranges, settings and windows change them; each as a `data:` address. */
window.drawnTimelines = () => {
  const canvas = document.createElement('canvas');
  const chart = new TimelineChart(canvas, { width: 800, height: 96 });
  const pictures: string[] = [];
  const picture = (change: () => void): void => {
    change();
    pictures.push(canvas.toDataURL());
  };
  picture(() => chart.draw(bars(120, 900)));
  picture(() => chart.draw(bars(120, 900, { scale: 'log' })));
  picture(() => chart.draw(bars(120, 900, { numbers: 'share' })));
  picture(() => chart.draw(bars(1, 5)));
  picture(() => chart.resize({ width: 300, height: 88 }));
  picture(() => chart.draw(bars(40, 1_000_000)));
  picture(() => chart.draw(bars(60, 0)));
  picture(() => chart.draw(bars(0, 0)));
  chart.destroy();
  const sharp = document.createElement('canvas');
  new TimelineChart(sharp, { width: 400, height: 200 }, 2).draw(bars(24, 100));
  return [...pictures, sharp.toDataURL()];
};
