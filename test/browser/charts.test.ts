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

test('dragging over the timeline chooses a range, which it then shows in narrower bars, and leads out of again', async () => {
  const { page, faults } = await open();
  await expect.poll(() => range(page)).toBe('10 minutes per bar');
  const box = await slider(page).boundingBox();
  const [left, top] = [box?.x ?? 0, (box?.y ?? 0) + 30];
  await page.mouse.move(left + 46, top);
  await page.mouse.down();
  await page.mouse.move(left + 50, top);
  await page.mouse.up();
  await expect.poll(() => query(page)).toBe('time:>=2025-03-03 time:<2025-03-03T00:10');
  await expect.poll(() => range(page)).toBe('2025-03-03 00:00 – 00:10 · 5 seconds per bar');
  await page.getByRole('button', { name: 'Zoom out' }).click();
  await expect.poll(() => query(page)).toContain('time:<2025-03-03T00:20');
  await page.getByRole('button', { name: 'All time' }).click();
  await expect.poll(() => query(page)).toBe('');
  await expect.poll(() => range(page)).toBe('10 minutes per bar');
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
  const who = page.locator('.facet[data-column=actor] .facet-button');
  await who.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused).toBe('bob 200');
  await page.keyboard.press('Enter');
  await expect.poll(() => query(page)).toBe('who:bob');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => query(page)).toBe('who:bob|who:alice');
  await page.keyboard.press('ArrowRight');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('.facet')?.getAttribute('data-column')))
    .toBe('eventName');
  await expect.poll(() => page.locator('.facet [tabindex="0"]').count()).toBe(await page.locator('.facet').count());
});

test('the others open the list of all values, which is searched, filters by several, is copied and saved', async () => {
  const { page, faults } = await open();
  await page.locator('.facet[data-column=actor] .facet-others').click();
  await expect.poll(() => dialog(page).getByRole('heading').textContent()).toBe('Who: 13 values');
  await dialog(page).getByRole('searchbox').fill('VISITOR-7');
  const rows = dialog(page).locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(1);
  await rows.getByRole('button').click();
  await expect.poll(() => query(page)).toBe('who:visitor-7');
  await dialog(page).getByRole('searchbox').fill('');
  await rows.filter({ hasText: 'carol' }).getByRole('button').click();
  await expect.poll(() => query(page)).toBe('who:visitor-7|who:carol');
  await expect.poll(() => rows.first().locator('td').allTextContents()).toEqual(['180', '0', '20', '200', '32.8%']);
  const saved = page.waitForEvent('download');
  await dialog(page).getByRole('button', { name: 'Save as PNG' }).click();
  const picture = await saved;
  expect(picture.suggestedFilename()).toBe('culprit-actor.png');
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
  const who = page.locator('.facet[data-column=actor]');
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
  await tabs.getByRole('button', { name: 'Who' }).tap();
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
