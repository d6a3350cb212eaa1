/** What is copied from the table is the value, whole, and nothing that a spreadsheet would run. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { WatchedPage } from '../support/browser.js';
import { logFile, record } from '../support/records.js';
import { plainLog } from './events.js';
import { oneReport } from './one-report.js';

const NAMES = ['\ufeffmarked', '=1+1', '\u3000=1+1', '＝1+1', ' @sum', 'two\tcells', 'plain'];
const CELLS = ['\ufeffmarked', "'=1+1", "'\u3000=1+1", "'＝1+1", "' @sum", 'two\\tcells', 'plain'];

const OLDER = 3000;

const report = oneReport({
  'a.json': plainLog(OLDER),
  'b.json': logFile(
    ...NAMES.map((name, i) => record(OLDER + i, { eventName: name, errorCode: name, errorMessage: name })),
  ),
});

declare global {
  interface Window {
    copied?: string[];
  }
}

async function open(): Promise<WatchedPage> {
  const opened = await report.open('#v1&columns=time,event,message');
  await opened.page.evaluate(() => {
    window.copied = [];
    navigator.clipboard.writeText = (text) => {
      window.copied?.push(text);
      return Promise.resolve();
    };
  });
  return opened;
}

const copied = (page: Page) => page.evaluate(() => window.copied?.at(-1));

/** The cell of the n-th of the names; the newest is above. */
const cell = (page: Page, n: number, column: string): Locator =>
  page.locator(`[role=row][aria-rowindex="${String(NAMES.length - n + 1)}"] [data-column=${column}]`);

test.each(['eventName', 'errorMessage'])('a copied cell of %s is the cell of events.tsv', async (column) => {
  const { page, faults } = await open();
  for (const [n, expected] of CELLS.entries()) {
    await cell(page, n, column).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy the cell' }).click();
    await expect.poll(() => copied(page)).toBe(expected);
  }
  expect(faults).toEqual([]);
});

test('a cell whose text is still to be read is copied whole', async () => {
  const { page, faults } = await open();
  await page.locator('#grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.evaluate(() => {
    const grid = document.getElementById('grid');
    const press = (key: string): void => {
      grid?.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true }));
    };
    press('End');
    press('c');
  });
  await expect.poll(() => copied(page)).toBe('User is not authorized to perform "this"');
  expect(faults).toEqual([]);
});

test('a value that begins with a byte order mark keeps it: in the search, in JSON Lines and as a whole row', async () => {
  const { page, faults } = await open();
  await cell(page, 0, 'eventName').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Only/ }).click();
  await expect.poll(() => page.locator('#count').textContent()).toMatch(/^1 of/);
  expect(await page.locator('#query').inputValue()).toBe('event:"\ufeffmarked"');
  await page.locator('[role=row][aria-rowindex="2"] [data-column=eventName]').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'JSON' }).click();
  await expect.poll(() => copied(page)).toContain('"eventName":"\ufeffmarked"');
  for (const query of ['"\ufeffmarked"', 'message:"\ufeffmarked"', 'error:"\ufeffmarked"', 'message:/\\ufeffm/']) {
    await page.locator('#query').fill(query);
    await expect.poll(() => page.locator('#count').textContent()).toMatch(/^1 of/);
  }
  await page.locator('#grid').focus();
  await page.keyboard.press('e');
  await page.getByText('JSON Lines').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save file' }).click(),
  ]);
  const line = JSON.parse(readFileSync(await download.path(), 'utf8')) as Record<string, unknown>;
  expect(line).toMatchObject({ eventName: '\ufeffmarked', errorCode: '\ufeffmarked', errorMessage: '\ufeffmarked' });
  expect(faults).toEqual([]);
});
