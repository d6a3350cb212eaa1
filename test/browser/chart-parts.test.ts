/** What the page leaves out of chart.js: nothing that any of its pictures needs. */
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { chartParts } from '#scripts/output/html/chart-parts.js';
import { launchBrowser } from '../support/browser.js';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => browser.close());

async function bundled(plugins: Plugin[]): Promise<string> {
  const entry = fileURLToPath(new URL('drawn-timelines.ts', import.meta.url));
  const options = { bundle: true, write: false, format: 'iife', tsconfigRaw: '{}' } as const;
  const { outputFiles } = await build({ entryPoints: [entry], plugins, ...options });
  return outputFiles[0]?.text ?? '';
}

const COLORS = ':root { --change: #c60; --read: #07a; --error: #b13; --text-soft: #555; --line: #ccc; --sans: serif }';

async function drawnBy(code: string): Promise<string[]> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 400 } });
  // A colour that is none would be that of whatever was drawn before.
  await page.addStyleTag({ content: COLORS });
  await page.addScriptTag({ content: code });
  return page.evaluate(() => window.drawnTimelines());
}

test('the parts of chart.js that a page holds draw what the whole of it draws', async () => {
  const [parts, whole] = await Promise.all([bundled([chartParts]), bundled([])]);
  const drawn = await drawnBy(parts);
  expect(new Set(drawn).size).toBe(9);
  expect(drawn).toEqual(await drawnBy(whole));
  expect(parts.length).toBeLessThan(whole.length);
});
