/** No event, one event, and more than a browser can scroll through. */
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openReport } from '../support/browser.js';
import { buildReport } from './build-report.js';
import { plainLog } from './events.js';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => browser.close());

test('a report without events says so and leads to what was read', async () => {
  const file = await buildReport({ 'a.json': '{"Records":[]}' });
  const { page, faults } = await openReport(browser, pathToFileURL(file).href);
  await page.getByText('There are no events in this report').waitFor();
  await page.locator('#empty button').click();
  await expect.poll(() => page.locator('#coverage').innerText()).toContain('1 read');
  expect(faults).toEqual([]);
});

test('a report of one event is a whole report', async () => {
  const file = await buildReport({ 'a.json': plainLog(1) });
  const { page, faults } = await openReport(browser, pathToFileURL(file).href);
  await expect.poll(() => page.locator('#count').textContent()).toBe('1 event');
  await page.locator('[role=gridcell][data-column=eventName]').click();
  await page.locator('#detail').getByText('"i-0123456789abcdef0"').waitFor();
  await page.locator('#query').fill('alice');
  await page.getByRole('button', { name: 'Clear all filters' }).waitFor();
  await expect.poll(() => page.locator('#count').textContent()).toBe('1 event');
  expect(faults).toEqual([]);
});

test('with more rows than a browser can scroll through, the last one is still reached', async () => {
  // 24 px × 340,000 rows are more than the 8,000,000 px that the table may be high.
  const events = 340_000;
  const lines = Array.from({ length: events }, (_, i) => {
    const time = new Date(Date.UTC(2025, 2, 3) + i * 1000).toISOString();
    return `{"eventTime":"${time}","eventName":"Event${String(i % 50)}","eventID":"${String(i)}"}`;
  });
  const file = await buildReport({ 'a.jsonl': lines.join('\n') });
  const { page, faults } = await openReport(browser, pathToFileURL(file).href);
  const grid = page.locator('#grid');
  await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(events + 1));
  await grid.evaluate((element) => (element.scrollTop = element.scrollHeight));
  const last = page.locator(`[role=row][aria-rowindex="${String(events + 1)}"]`);
  await last.waitFor();
  await expect.poll(() => last.locator('[data-column=eventTime]').textContent()).toBe('2025-03-03 00:00:00');
  const [row, box] = await Promise.all([last.boundingBox(), grid.boundingBox()]);
  expect((row?.y ?? 0) + (row?.height ?? 0)).toBeLessThanOrEqual((box?.y ?? 0) + (box?.height ?? 0));
  await grid.focus();
  await page.keyboard.press('Control+Home');
  for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowDown');
  // Keys move by whole rows, though a pixel of the scroll bar is more than a row.
  const active = page.locator('.cell.is-active');
  await expect
    .poll(() => active.evaluate((cell) => cell.closest('[role=row]')?.getAttribute('aria-rowindex')))
    .toBe('42');
  const [cell] = await Promise.all([active.boundingBox()]);
  expect((cell?.y ?? 0) + (cell?.height ?? 0)).toBeLessThanOrEqual((box?.y ?? 0) + (box?.height ?? 0) + 1);
  expect(faults).toEqual([]);
});
