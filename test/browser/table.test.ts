/** The table: its heads, its columns, its keys, what it copies. */
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openReport } from '../support/browser.js';
import { buildReport } from './build-report.js';
import { plainLog } from './events.js';

let browser: Browser;
let url: string;

beforeAll(async () => {
  const [launched, file] = await Promise.all([launchBrowser(), buildReport({ 'a.json': plainLog(300) })]);
  browser = launched;
  url = pathToFileURL(file).href;
});

afterAll(async () => browser.close());

const open = async (hash = '') => openReport(browser, url + hash);
const head = (page: Page, column: string) => page.locator(`[role=columnheader][data-column=${column}]`);
const cell = (page: Page, row: number, column: string) =>
  page.locator(`[role=row][aria-rowindex="${String(row + 1)}"] [data-column=${column}][role=gridcell]`);
const query = (page: Page) => page.locator('#query').inputValue();
const count = (page: Page, text: string) => expect.poll(() => page.locator('#count').textContent()).toBe(text);
const menu = (page: Page) => page.locator('dialog.popover');

async function openMenu(page: Page, column: string): Promise<void> {
  await head(page, column).locator('.head-menu').click();
  await menu(page).waitFor();
}

describe('a head’s filter', () => {
  test('ticks values with their counts under the rest of the query, which stand in the search box', async () => {
    const { page, faults } = await open();
    await page.locator('#query').fill('who:alice');
    await count(page, '100 of 300 events');
    await openMenu(page, 'eventName');
    const values = menu(page).locator('.values .value');
    await expect.poll(() => values.allTextContents()).toEqual(['RunInstances90', 'TerminateInstances10']);
    await values.nth(1).click();
    expect(await query(page)).toBe('who:alice event:TerminateInstances');
    await count(page, '10 of 300 events');
    expect(await values.allTextContents()).toEqual(['RunInstances90', 'TerminateInstances10']);
    await values.nth(0).click();
    expect(await query(page)).toBe('who:alice event:TerminateInstances|event:RunInstances');
    await page.keyboard.press('Escape');
    await menu(page).waitFor({ state: 'detached' });
    expect(await head(page, 'eventName').getAttribute('aria-label')).toBe('Event, filtered');
    // What is edited in the box is ticked in the head.
    await page.locator('#query').fill('event:Get*|event:TerminateInstances');
    await openMenu(page, 'eventName');
    await menu(page).getByText('GetBucketLocation').waitFor();
    const ticked = await values.evaluateAll((all) =>
      all.filter((one) => one.querySelector('input')?.checked).map((one) => one.getAttribute('title')),
    );
    expect(ticked.sort()).toEqual(['Get*', 'GetBucketLocation', 'TerminateInstances']);
    await menu(page).getByRole('button', { name: 'Clear the choice' }).click();
    await count(page, '300 events');
    expect(faults).toEqual([]);
  });

  test('finds values by a part of them, and takes all that have it', async () => {
    const { page } = await open();
    await openMenu(page, 'resources');
    const values = menu(page).locator('.values .value');
    await expect.poll(() => values.count()).toBeGreaterThan(50);
    await page.keyboard.type('bucket-3');
    await expect.poll(() => values.count()).toBe(1);
    await page.keyboard.press('Enter');
    expect(await query(page)).toBe('resource:*bucket-3*');
    await expect.poll(() => page.locator('#count').textContent()).toMatch(/^\d\d of 300 events$/);
  });

  test('of time is a range, and of text a part of it', async () => {
    const { page } = await open();
    await openMenu(page, 'eventTime');
    await menu(page).getByLabel('From').fill('2025-03-03T00:02:00');
    await menu(page).getByLabel('Before').fill('2025-03-03T00:03:00');
    await page.keyboard.press('Tab');
    await count(page, '60 of 300 events');
    expect(await query(page)).toBe('time:>=2025-03-03T00:02 time:<2025-03-03T00:03');
    await menu(page).getByRole('button', { name: 'Any time' }).click();
    await count(page, '300 events');
    await page.keyboard.press('Escape');
    await openMenu(page, 'errorMessage');
    await page.keyboard.type('not authorized');
    await count(page, '30 of 300 events');
    expect(await query(page)).toBe('message:"not authorized"');
    await menu(page).getByText('Has none').click();
    await count(page, '270 of 300 events');
    expect(await query(page)).toBe('-message:*');
  });
});

describe('the order', () => {
  test('is by a click on a head, and turns round at the next', async () => {
    const { page } = await open();
    await head(page, 'actor').locator('.sort').click();
    await expect.poll(() => cell(page, 1, 'actor').textContent()).toBe('alice');
    expect(await head(page, 'actor').getAttribute('aria-sort')).toBe('ascending');
    await head(page, 'actor').locator('.sort').click();
    await expect.poll(() => cell(page, 1, 'actor').textContent()).toBe('carol');
    expect(await page.locator('[aria-sort]').count()).toBe(1);
  });

  test('is by several with Shift, shown with numbers', async () => {
    const { page } = await open();
    await head(page, 'eventName').locator('.sort').click();
    await head(page, 'actor')
      .locator('.sort')
      .click({ modifiers: ['Shift'] });
    await head(page, 'eventTime')
      .locator('.sort')
      .click({ modifiers: ['Shift'] });
    await head(page, 'eventTime')
      .locator('.sort')
      .click({ modifiers: ['Shift'] });
    await expect
      .poll(() => page.locator('.sort-mark').allTextContents())
      .toEqual(expect.arrayContaining(['↑1', '↑2', '↑3']));
    await expect.poll(() => cell(page, 1, 'eventTime').textContent()).toBe('2025-03-03 00:00:01');
    expect(await cell(page, 1, 'actor').textContent()).toBe('bob');
    expect(new URL(page.url()).hash).toBe('#v1&sort=event,who,time');
  });
});
