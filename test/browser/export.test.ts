/** What is exported is what the filter left, by the rules of `events.tsv`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openReport } from '../support/browser.js';
import { buildReport } from './build-report.js';
import { HOSTILE, hostileLog, plainLog } from './events.js';

let browser: Browser;
let file: string;

beforeAll(async () => {
  [browser, file] = await Promise.all([
    launchBrowser(),
    buildReport({ 'a.json': plainLog(5000), 'b.json': hostileLog() }),
  ]);
});

afterAll(async () => browser.close());

async function saved(page: Page): Promise<{ readonly name: string; readonly content: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save file' }).click(),
  ]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path(), 'utf8') };
}

test('all events as TSV are events.tsv, byte for byte', async () => {
  const { page, faults } = await openReport(browser, pathToFileURL(file).href);
  await page.locator('#grid').focus();
  await page.keyboard.press('e');
  const { name, content } = await saved(page);
  expect(name).toBe('culprit-events.tsv');
  const tsv = readFileSync(path.join(path.dirname(file), 'events.tsv'), 'utf8');
  expect(content.split('\n').length).toBe(5000 + HOSTILE.length + 2);
  expect(content === tsv).toBe(true);
  await page.getByText('culprit-events.tsv is ready').waitFor();
  expect(faults).toEqual([]);
});

test('what is filtered is exported, with the columns of the table, as JSON Lines and as CSV', async () => {
  const { page, faults } = await openReport(
    browser,
    `${pathToFileURL(file).href}#v1&q=who:bob+error:*&columns=time,who,error`,
  );
  await expect.poll(() => page.locator('#count').textContent()).toMatch(/^167 of/);
  await page.getByRole('button', { name: 'Export…' }).click();
  await page.getByText('Export 167 events').waitFor();
  await page.getByText('the 3 columns of the table').click();
  await page.getByText('JSON Lines').click();
  const lines = (await saved(page)).content.trimEnd().split('\n');
  expect(lines).toHaveLength(167);
  expect(JSON.parse(lines[0] as string)).toEqual({
    eventTime: '2025-03-03T00:00:10Z',
    actor: 'bob',
    errorCode: 'AccessDenied',
  });
  await page.getByText('CSV').click();
  const { name, content } = await saved(page);
  expect(name).toBe('culprit-events.csv');
  expect(content.split('\r\n').slice(0, 2)).toEqual([
    '\uFEFFeventTime,actor,errorCode',
    '2025-03-03T00:00:10Z,bob,AccessDenied',
  ]);
  expect(faults).toEqual([]);
});
