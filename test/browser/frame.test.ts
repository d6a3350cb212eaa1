/** The frame: time zone, language, theme, and what they are remembered by. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { plainLog } from './events.js';
import { oneReport } from './one-report.js';

const report = oneReport({ 'a.json': plainLog(60) });

const firstTime = (page: Page) => page.locator('[role=gridcell][data-column=eventTime]').first();

test('times are in UTC, in the reader’s zone or in any other, which a link carries', async () => {
  const { page, faults } = await report.open('', { timezoneId: 'Asia/Tokyo' });
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
  // An event is a step of its own once its details are read.
  await expect.poll(() => page.evaluate(() => location.hash)).toContain('event=');
  await page.keyboard.press('Escape');
  await page.locator('#detail').waitFor({ state: 'hidden' });
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
  const { page, faults } = await report.open('#v1&q=alice', { locale: 'ja-JP', colorScheme: 'dark' });
  const root = page.locator('html');
  await expect.poll(() => root.getAttribute('lang')).toBe('ja');
  await expect.poll(() => root.getAttribute('data-theme')).toBe('dark');
  await page.locator('#theme').click();
  await expect.poll(() => root.getAttribute('data-theme')).toBe('light');
  await page.locator('#language').click();
  await page.locator('#theme[aria-label="Dark colours"]').waitFor();
  await expect.poll(() => root.getAttribute('data-theme')).toBe('light');
  await expect.poll(() => page.locator('#query').inputValue()).toBe('alice');
  expect(faults).toEqual([]);
});

test('a browser that keeps nothing still switches, and has the language in its address', async () => {
  const context = await report.browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('no', 'SecurityError');
      },
    });
  });
  await page.goto(report.url);
  await page.locator('#theme').click();
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
  await page.locator('#language').click();
  await page.locator('html[lang=ja]').waitFor();
  await expect.poll(() => page.evaluate(() => location.hash)).toBe('#v1&lang=ja');
  await context.close();
});

test('a browser without what the page needs is told so, in words', async () => {
  const context = await report.browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => Reflect.deleteProperty(window, 'DecompressionStream'));
  await page.goto(report.url);
  await expect.poll(() => page.locator('#too-old').innerText()).toContain('too old');
  await expect.poll(() => page.locator('#page').isVisible()).toBe(false);
  await context.close();
  const plain = await report.browser.newContext({ javaScriptEnabled: false });
  const silent = await plain.newPage();
  await silent.goto(report.url);
  await expect.poll(() => silent.locator('#not-started').innerText()).toContain('It needs JavaScript');
  await plain.close();
});

test('what the report covers is a map by account, region and day, with the run that made it', async () => {
  const { page, faults } = await report.open();
  await page.locator('#badge').click();
  const row = page.locator('.map tbody tr');
  await expect.poll(() => row.count()).toBe(1);
  await expect.poll(() => row.locator('th').textContent()).toMatch(/^\d{12} \S+$/);
  await expect.poll(() => row.locator('.map-cell').textContent()).toBe('2025-03-03: 60 events, 00:00 – 00:00');
  const facts = page.locator('#coverage .facts');
  await expect.poll(() => facts.textContent()).toContain('npm run report');
  await expect.poll(() => facts.locator('time').last().textContent()).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
  expect(faults).toEqual([]);
});

test('on paper it is light, says what was searched for, and lists the first events', async () => {
  const { page, faults } = await report.open('#v1&q=who:alice', { colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('light');
  const paper = page.locator('#print');
  await expect.poll(() => paper.innerText()).toContain('Searched for: who:alice');
  await expect.poll(() => paper.locator('tbody tr').count()).toBe(20);
  await expect
    .poll(() => paper.locator('tbody tr').first().innerText())
    .toMatch(/^2025-03-03 00:00:57\s+changed\s+alice\s/);
  await expect.poll(() => page.locator('#grid').isVisible()).toBe(false);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
  await expect.poll(() => paper.innerText()).toBe('');
  expect(faults).toEqual([]);
});
