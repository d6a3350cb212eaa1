/** A page that lists fewer events than it counts. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openReport } from '../support/browser.js';
import { buildReport } from './build-report.js';
import { plainLog } from './events.js';

let browser: Browser;
let file: string;

beforeAll(async () => {
  browser = await launchBrowser();
  // Of 300 events 30 are errors, 90 changes and 180 reads.
  file = await buildReport({ 'a.json': plainLog(300) }, ['--max-rows', '200']);
});

afterAll(async () => browser.close());

test('says what is not listed and where it is, and its charts count it until a search leaves some out', async () => {
  const { page, faults } = await openReport(browser, pathToFileURL(file).href);
  const notice = page.locator('#unlisted');
  await notice.getByText('This page lists 200 of 300 events.').waitFor();
  await expect.poll(() => notice.textContent()).toContain('in events.tsv: 100 reads, from');
  await expect.poll(() => page.locator('#count').textContent()).toBe('200 of 300 events listed');
  await expect.poll(() => page.locator('#badge').textContent()).toContain('100 events not listed');
  await expect.poll(() => page.locator('#grid').getAttribute('aria-rowcount')).toBe('201');
  const event = page.locator('.facet').filter({ hasText: 'GetBucketLocation' });
  await expect.poll(() => event.textContent()).toContain('180');
  await event
    .getByRole('button', { name: /^Event/ })
    .first()
    .click();
  const values = page.locator('#chart-dialog');
  await expect.poll(() => values.locator('tbody tr').first().textContent()).toBe('RunInstances90009045%');
  await values.getByText('These counts include only the listed events.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Events over time as a table' }).click();
  await expect.poll(() => values.locator('.chart-note').textContent()).toMatch(/^\s*\d+ rows?\./);
  await page.keyboard.press('Escape');

  await page.locator('#query').fill('event:GetBucketLocation');
  await expect.poll(() => page.locator('#count').textContent()).toBe('80 of 200 listed events');
  await notice.getByText('These counts include only the listed events.').waitFor();
  await expect.poll(() => event.textContent()).toContain('80');
  await page.locator('#query').fill('outcome:read');
  await expect.poll(() => page.locator('#count').textContent()).toBe('80 of 200 listed events');
  await page.locator('#query').fill('bucket-3');
  await expect.poll(() => page.locator('#count').textContent()).toMatch(/^1\d of 200 listed events$/);
  expect(faults).toEqual([]);
});

test('the manifest counts it too, and events.tsv has every event', () => {
  const folder = path.dirname(file);
  const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as object;
  expect(manifest).toMatchObject({ events: 300, unlisted: { events: 100, reads: 100, changes: 0, errors: 0 } });
  expect(readFileSync(path.join(folder, 'events.tsv'), 'utf8').trimEnd().split('\n')).toHaveLength(301);
});
