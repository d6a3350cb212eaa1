/** The frame: time zone, language, theme, and what they are remembered by. */
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openReport } from '../support/browser.js';
import { buildReport } from './build-report.js';
import { plainLog } from './events.js';

let browser: Browser;
let url: string;

beforeAll(async () => {
  const [launched, file] = await Promise.all([launchBrowser(), buildReport({ 'a.json': plainLog(60) })]);
  browser = launched;
  url = pathToFileURL(file).href;
});

afterAll(async () => browser.close());

const firstTime = (page: Page) => page.locator('[role=gridcell][data-column=eventTime]').first();

test('times are in UTC, in the reader’s zone or in any other, which a link carries', async () => {
  const { page, faults } = await openReport(browser, url, { timezoneId: 'Asia/Tokyo' });
  await expect.poll(() => firstTime(page).textContent()).toBe('2025-03-03 00:00:59');
  await page.keyboard.press('t');
  await expect.poll(() => firstTime(page).textContent()).toBe('2025-03-03 09:00:59');
  await expect.poll(() => page.locator('#zone-note').isVisible()).toBe(true);
  await page.locator('#zone').selectOption('America/New_York');
  await expect.poll(() => firstTime(page).textContent()).toBe('2025-03-02 19:00:59');
  await expect.poll(() => page.locator('#summary').textContent()).toContain('Mar 2, 2025');
  await firstTime(page).hover();
  await expect
    .poll(() => firstTime(page).getAttribute('title'))
    .toMatch(/^2025-03-02 19:00:59 UTC−05:00 = 2025-03-03T00:00:59\.000Z · .+$/);
  await firstTime(page).click();
  await expect.poll(() => page.locator('#detail time').first().textContent()).toBe('2025-03-02 19:00:59 UTC−05:00');
  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  await expect.poll(() => firstTime(page).textContent()).toBe('2025-03-03 00:00:59');
  await expect.poll(() => page.evaluate(() => location.hash)).not.toContain('America');
  await page.goBack();
  await expect.poll(() => page.evaluate(() => location.hash)).toContain('zone=America/New_York');
  await page.goBack();
  await expect.poll(() => page.evaluate(() => location.hash)).toContain('zone=America/New_York');
  await expect.poll(() => firstTime(page).textContent()).toBe('2025-03-02 19:00:59');
  expect(faults).toEqual([]);
});

test('language and theme follow the browser until others are chosen, and are remembered', async () => {
  const { page, faults } = await openReport(browser, `${url}#v1&q=alice`, { locale: 'ja-JP', colorScheme: 'dark' });
  const root = page.locator('html');
  expect(await root.getAttribute('lang')).toBe('ja');
  expect(await root.getAttribute('data-theme')).toBe('dark');
  await page.locator('#theme').click();
  expect(await root.getAttribute('data-theme')).toBe('light');
  await page.locator('#language').click();
  await page.locator('#theme[aria-label="Dark colours"]').waitFor();
  expect(await root.getAttribute('data-theme')).toBe('light');
  await expect.poll(() => page.locator('#query').inputValue()).toBe('alice');
  expect(faults).toEqual([]);
});

test('a browser that keeps nothing still switches, and has the language in its address', async () => {
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('no', 'SecurityError');
      },
    });
  });
  await page.goto(url);
  await page.locator('#theme').click();
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
  await page.locator('#language').click();
  await page.locator('html[lang=ja]').waitFor();
  expect(await page.evaluate(() => location.hash)).toBe('#v1&lang=ja');
  await context.close();
});

test('a browser without what the page needs is told so, in words', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => Reflect.deleteProperty(window, 'DecompressionStream'));
  await page.goto(url);
  await expect.poll(() => page.locator('#too-old').innerText()).toContain('too old');
  await expect.poll(() => page.locator('#page').isVisible()).toBe(false);
  await context.close();
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const silent = await plain.newPage();
  await silent.goto(url);
  expect(await silent.locator('noscript').innerText()).toContain('needs JavaScript');
  await plain.close();
});

test('what the report covers is a map by account, region and day, with the run that made it', async () => {
  const { page, faults } = await openReport(browser, url);
  await page.locator('#badge').click();
  const row = page.locator('.map tbody tr');
  expect(await row.count()).toBe(1);
  expect(await row.locator('th').textContent()).toMatch(/^\d{12} \S+$/);
  expect(await row.locator('.map-cell').textContent()).toBe('2025-03-03: 60 events, 00:00 – 00:00');
  const facts = page.locator('#coverage .facts');
  expect(await facts.textContent()).toContain('npm run report');
  expect(await facts.locator('time').last().textContent()).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
  expect(faults).toEqual([]);
});

test('on paper it is light, says what was searched for, and lists the first events', async () => {
  const { page, faults } = await openReport(browser, `${url}#v1&q=who:alice`, { colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('light');
  const paper = page.locator('#print');
  expect(await paper.innerText()).toContain('Searched for: who:alice');
  expect(await paper.locator('tbody tr').count()).toBe(20);
  expect(await paper.locator('tbody tr').first().innerText()).toMatch(/^2025-03-03 00:00:57\s+changed\s+alice\s/);
  await expect.poll(() => page.locator('#grid').isVisible()).toBe(false);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
  expect(await paper.innerText()).toBe('');
  expect(faults).toEqual([]);
});
