/** The charts as their reader uses them: by pointer, by keys, by touch. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { logFile, record } from '../support/records.js';
import { plainLog } from './events.js';
import { oneReport } from './one-report.js';

/** Besides the plain events, one each by ten people, a day later. */
const CROWD = Array.from({ length: 10 }, (_, i) =>
  record(90_000 + i, { userIdentity: { type: 'IAMUser', userName: `visitor-${String(i)}` } }),
);

const { open } = oneReport({ 'a.json': plainLog(600), 'b.json': logFile(...CROWD) });

const query = (page: Page) => page.locator('#query').inputValue();
const slider = (page: Page) => page.locator('#timeline [role=slider]');
const dialog = (page: Page) => page.locator('#chart-dialog');
const range = (page: Page) => page.locator('.charts-range').textContent();

/** How many pixels of a canvas have exactly the colour of an outcome. */
const pixels = (page: Page, canvas: string, outcome: 'change' | 'read' | 'error') =>
  page.locator(canvas).evaluate((element: HTMLCanvasElement, name) => {
    const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (!probe || element.width === 0) return 0;
    Object.assign(probe.canvas, { width: element.width, height: element.height });
    probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    probe.fillRect(0, 0, 1, 1);
    const wanted = new Uint32Array(probe.getImageData(0, 0, 1, 1).data.buffer)[0];
    probe.clearRect(0, 0, 1, 1);
    probe.drawImage(element, 0, 0);
    const data = new Uint32Array(probe.getImageData(0, 0, element.width, element.height).data.buffer);
    return data.reduce((sum, pixel) => sum + (pixel === wanted ? 1 : 0), 0);
  }, outcome);

test('the timeline draws each outcome in its colour, follows the filter, and the theme', async () => {
  const { page, faults } = await open();
  const drawn = (outcome: 'change' | 'read' | 'error') => pixels(page, '#timeline canvas', outcome);
  for (const outcome of ['change', 'read', 'error'] as const)
    await expect.poll(() => drawn(outcome)).toBeGreaterThan(5);
  await page.locator('.outcome[data-outcome=error]').click();
  await expect.poll(() => drawn('read')).toBe(0);
  await expect.poll(() => drawn('error')).toBeGreaterThan(5);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => drawn('error')).toBeGreaterThan(5);
  expect(faults).toEqual([]);
});

test('one event among hundreds is seen in the timeline', async () => {
  const { page } = await open();
  const crowd = () => pixels(page, '#timeline canvas', 'change');
  await expect.poll(crowd).toBeGreaterThan(5);
  await page.locator('#query').fill('who:bob|who:visitor-3');
  await expect.poll(() => page.locator('#count').textContent()).toContain('201');
  const both = await crowd();
  await page.locator('#query').fill('who:bob');
  await expect.poll(() => page.locator('#count').textContent()).toContain('200');
  await expect.poll(crowd).toBeLessThan(both);
});

test('dragging over the timeline chooses a range, which it then shows in narrower bars, and leads out of again', async () => {
  const { page, faults } = await open();
  await expect.poll(() => range(page)).toBe('10 min per bar');
  const box = await slider(page).boundingBox();
  const [left, top] = [box?.x ?? 0, (box?.y ?? 0) + 30];
  await page.mouse.move(left + 46, top);
  await page.mouse.down();
  await page.mouse.move(left + 50, top);
  await page.mouse.up();
  await expect.poll(() => query(page)).toBe('time:>=2025-03-03 time:<2025-03-03T00:10');
  await expect.poll(() => range(page)).toBe('2025-03-03 00:00 – 00:10 · 5 sec per bar');
  await page.getByRole('button', { name: 'Zoom out' }).click();
  await expect.poll(() => query(page)).toContain('time:<2025-03-03T00:20');
  await page.getByRole('button', { name: 'All time' }).click();
  await expect.poll(() => query(page)).toBe('');
  await expect.poll(() => range(page)).toBe('10 min per bar');
  expect(faults).toEqual([]);
});

test('the timeline is read and filtered by keys', async () => {
  const { page } = await open();
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect
    .poll(() => slider(page).getAttribute('aria-valuetext'))
    .toBe('2025-03-03 00:00 – 00:10: 180 changed, 360 read, 60 denied or failed');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await expect.poll(() => query(page)).toBe('time:>=2025-03-03 time:<2025-03-03T00:20');
  await page.keyboard.press('-');
  await expect.poll(() => query(page)).toContain('time:<2025-03-03T00:40');
});

test('a list is one stop of the Tab key; arrows move in it and beside it, and Ctrl+Enter adds', async () => {
  const { page } = await open();
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  const who = page.locator('.facet[data-column=behind] .facet-button');
  await who.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused).toBe('bob 200');
  await page.keyboard.press('Enter');
  await expect.poll(() => query(page)).toBe('behind:bob');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => query(page)).toBe('behind:bob|behind:alice');
  await page.keyboard.press('ArrowRight');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('.facet')?.getAttribute('data-column')))
    .toBe('eventName');
  await expect.poll(() => page.locator('.facet [tabindex="0"]').count()).toBe(await page.locator('.facet').count());
});

test('the others open the list of all values, which is searched, filters by several, is copied and saved', async () => {
  const { page, faults } = await open();
  await page.locator('.facet[data-column=behind] .facet-others').click();
  await expect.poll(() => dialog(page).getByRole('heading').textContent()).toBe('Person behind: 13 values');
  await dialog(page).getByRole('searchbox').fill('VISITOR-7');
  const rows = dialog(page).locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(1);
  await rows.getByRole('button').click();
  await expect.poll(() => query(page)).toBe('behind:visitor-7');
  await dialog(page).getByRole('searchbox').fill('');
  await rows.filter({ hasText: 'carol' }).getByRole('button').click();
  await expect.poll(() => query(page)).toBe('behind:visitor-7|behind:carol');
  await expect.poll(() => rows.first().locator('td').allTextContents()).toEqual(['180', '0', '20', '200', '32.8%']);
  const saved = page.waitForEvent('download');
  await dialog(page).getByRole('button', { name: 'Save as PNG' }).click();
  const picture = await saved;
  expect(picture.suggestedFilename()).toBe('culprit-behind.png');
  expect([...readFileSync(await picture.path()).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  await dialog(page).getByRole('button', { name: 'Copy table' }).click();
  await dialog(page).getByText('Copied').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#query').focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+V');
  await expect.poll(() => query(page)).toContain('visitor-7');
  expect(faults).toEqual([]);
});

test('the list of all values draws the first of them as bars, which filter too', async () => {
  const { page, faults } = await open();
  await page.locator('.facet[data-column=behind] .facet-head').click();
  const chart = dialog(page).getByRole('img', { name: 'Person behind: 13 values: a bar chart' });
  await expect.poll(() => pixels(page, '#chart-dialog canvas', 'change')).toBeGreaterThan(1000);
  const box = await chart.boundingBox();
  // Below the key to the colours, the first bar.
  await chart.click({ position: { x: (box?.width ?? 0) / 2, y: 46 } });
  await expect.poll(() => query(page)).toBe('behind:alice');
  await dialog(page).getByRole('searchbox').fill('no such value');
  await expect.poll(() => chart.isVisible()).toBe(false);
  await dialog(page).getByRole('searchbox').fill('visitor');
  await expect.poll(() => pixels(page, '#chart-dialog canvas', 'change')).toBeGreaterThan(1000);
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Events over time as a table' }).click();
  await expect.poll(() => pixels(page, '#chart-dialog canvas', 'change')).toBeGreaterThan(300);
  await dialog(page)
    .getByRole('img')
    .click({ position: { x: 60, y: 150 } });
  await expect.poll(() => query(page)).toMatch(/^behind:alice time:>=2025-03-03T00:\d\d /);
  expect(faults).toEqual([]);
});

test.each([390, 700, 1440])('the key to the colours has its words whole at %i pixels', async (width) => {
  const { page } = await open('', { viewport: { width, height: 844 } });
  for (const name of ['changed', 'read', 'denied or failed']) {
    const word = page.locator('.outcome-name', { hasText: name });
    await expect.poll(() => word.isVisible()).toBe(true);
    const box = await word.boundingBox();
    expect((box?.x ?? width) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
  }
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
});

test('the timeline has its table and its picture, too', async () => {
  const { page, faults } = await open();
  await page.getByRole('button', { name: 'Events over time as a table' }).click();
  const cells = dialog(page).locator('tbody tr').first().locator('td');
  await expect.poll(() => cells.allTextContents()).toEqual(['180', '360', '60', '600', '98.4%']);
  const saved = page.waitForEvent('download');
  await dialog(page).getByRole('button', { name: 'Save as PNG' }).click();
  expect((await saved).suggestedFilename()).toBe('culprit-timeline.png');
  expect(faults).toEqual([]);
});

test('numbers become shares, and the log scale lengthens what is rare', async () => {
  const { page } = await open();
  const who = page.locator('.facet[data-column=behind]');
  const visitor = who.locator('.facet-button', { hasText: 'visitor-0' });
  const length = () =>
    visitor
      .locator('.bar')
      .evaluateAll((bars) => bars.reduce((sum, bar) => sum + bar.getBoundingClientRect().width, 0));
  await expect.poll(length).toBeGreaterThan(0);
  const before = await length();
  await page.getByRole('button', { name: 'Percent' }).click();
  await expect.poll(() => who.locator('.facet-count').first().textContent()).toBe('32.8%');
  await page.getByRole('button', { name: 'Log scale' }).click();
  await expect.poll(length).toBeGreaterThan(before * 5);
});

test('where the charts do not fit side by side, they stand in two rows, and nothing scrolls sideways', async () => {
  const { page } = await open('', { viewport: { width: 1180, height: 800 } });
  for (const width of [1180, 1000, 800, 700, 641]) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => page.locator('.facets').evaluate((list) => list.scrollWidth - list.clientWidth)).toBe(0);
    await expect.poll(() => page.locator('.facet:visible').count()).toBe(7);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});

test('where it is narrow, there is one chart at a time, with rows that a finger hits', async () => {
  const { page } = await open('', { viewport: { width: 390, height: 844 }, hasTouch: true });
  const tabs = page.getByRole('group', { name: 'Chart' });
  await expect.poll(() => page.locator('.facet:visible').count()).toBe(0);
  await tabs.getByRole('button', { name: 'Person behind' }).tap();
  await tabs.getByRole('button', { name: 'Identity type' }).tap();
  await expect.poll(() => page.locator('.facet:visible').count()).toBe(1);
  const row = page.locator('.facet:visible .facet-button', { hasText: 'IAMUser' });
  await expect.poll(() => row.boundingBox().then((box) => box?.height)).toBeGreaterThanOrEqual(40);
  await row.tap();
  await expect.poll(() => query(page)).toBe('type:IAMUser');
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await tabs.getByRole('button', { name: 'Identity type', expanded: true }).tap();
  await expect.poll(() => page.locator('.facet:visible').count()).toBe(0);
});
