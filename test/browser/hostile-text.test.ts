/** Log text is chosen by anyone who can call AWS: in every field, and in every place that shows it, it stays text. */
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openReport } from '../support/browser.js';
import { buildReport } from './build-report.js';
import { buildTroubledReport } from './build-troubled-report.js';
import { HOSTILE, hostileLog } from './events.js';

let browser: Browser;
let file: string;

beforeAll(async () => {
  [browser, file] = await Promise.all([launchBrowser(), buildReport({ 'a.json': hostileLog() })]);
});

afterAll(async () => browser.close());

test('the table, the charts and the details show hostile text as it is', async () => {
  const { page, faults } = await openReport(browser, pathToFileURL(file).href);
  const scripts = await page.locator('script').count();
  await expect
    .poll(() => page.locator('.facet[data-column=eventName] .facet-value').allTextContents())
    .toEqual(expect.arrayContaining(HOSTILE.slice(0, 3)));
  await page.locator('.facet[data-column=eventName] .facet-head').click();
  const listed = await page.locator('#chart-dialog .facet-value').allTextContents();
  expect(listed.sort()).toEqual([...HOSTILE].sort());
  const saved = page.waitForEvent('download');
  await page.locator('#chart-dialog').getByRole('button', { name: 'Save as PNG' }).click();
  expect((await saved).suggestedFilename()).toBe('culprit-eventName.png');
  await page.keyboard.press('Escape');
  for (const [i, text] of HOSTILE.entries()) {
    // The newest event comes first.
    const row = page.locator(`[role=row][aria-rowindex="${String(HOSTILE.length - i + 1)}"]`);
    for (const column of ['actor', 'eventName', 'eventSource', 'sourceIPAddress', 'awsRegion', 'errorCode']) {
      await expect.poll(() => row.locator(`[data-column=${column}]`).textContent()).toContain(text);
    }
  }
  for (const [i, text] of HOSTILE.entries()) {
    const row = page.locator(`[role=row][aria-rowindex="${String(HOSTILE.length - i + 1)}"]`);
    await row.locator('[data-column=eventName]').click();
    await page.locator('#detail .json').first().waitFor();
    await expect.poll(() => page.locator('.detail-title').textContent()).toBe(text);
    const json = (await page.locator('#detail .json').first().textContent()) ?? '';
    expect(JSON.parse(json)).toEqual({ [text]: [text] });
    await expect.poll(() => page.locator('#detail dd.is-mono').first().textContent()).toBe(text);
    await expect.poll(() => page.locator('.pivot-value').first().textContent()).toBe(text);
    await page.locator('.raw-fields > summary').click();
    expect(JSON.parse((await page.locator('.raw-fields .json').textContent()) ?? '')).toMatchObject({
      eventName: text,
    });
  }
  await page.locator('#detail').getByRole('button', { name: 'Close' }).click();
  await page.locator('[role=columnheader][data-column=eventName] .head-menu').click();
  await expect
    .poll(() => page.locator('.popover .value-name').allTextContents())
    .toEqual(expect.arrayContaining(HOSTILE));
  await page.keyboard.press('Escape');
  await page.locator('[role=gridcell][data-column=eventName]').first().click({ button: 'right' });
  await expect.poll(() => page.locator('.menu').textContent()).toContain('Only {{constructor.constructor(');
  await page.keyboard.press('Escape');
  await page.locator('#badge').click();
  const places = await page.locator('.map tbody th').allTextContents();
  for (const text of HOSTILE) expect(places.some((place) => place.includes(text))).toBe(true);
  // The blocks go when they are decoded; nothing else came or went.
  expect(await page.locator('script:not([id^=culprit-block])').count()).toBeLessThanOrEqual(scripts);
  await expect.poll(() => page.locator('#page img, #page iframe, #page [onerror], dialog img').count()).toBe(0);
  expect(faults).toEqual([]);
});

test('names of files and folders that could not be read, or are not verified, are shown as they are', async () => {
  const texts = HOSTILE.filter((text) => !text.includes('/'));
  const troubled = await buildTroubledReport(texts);
  const { page, faults } = await openReport(browser, pathToFileURL(troubled).href);
  await page.locator('#proof-badge').click();
  await page.locator('#proof').waitFor();
  const covered = (await page.locator('#coverage').textContent()) ?? '';
  for (const text of texts) {
    for (const what of ['not in a digest', 'may not be read', 'archived']) expect(covered).toContain(`${what} ${text}`);
    // In the finding and among the times.
    expect(covered).toContain(`_eu-west-1_${text}_eu-west-1_`);
    expect(covered).toContain(`· ${text} ·`);
  }
  // Of what is not read for its kind, one example is named.
  expect(texts.some((text) => covered.includes(`${text}/`))).toBe(true);
  await expect.poll(() => page.locator('#page img, #page iframe, #page [onerror], dialog img').count()).toBe(0);
  expect(faults).toEqual([]);
});

test('a click on hostile text finds exactly its event, by a query that can be read back', async () => {
  const { page, faults } = await openReport(browser, pathToFileURL(file).href);
  for (const text of HOSTILE) {
    await page.locator('#query').fill('');
    await expect.poll(() => page.locator('#count').textContent()).toBe(`${String(HOSTILE.length)} events`);
    const row = page.locator('[role=row]', {
      has: page.locator(`[data-column=eventName]`, { hasText: text.split(/[\u2028\u2029]/)[0] as string }),
    });
    await row.first().locator('[data-column=eventName]').click();
    await expect.poll(() => page.locator('.detail-title').textContent()).toBe(text);
    await page.locator('#detail .raw-fields').waitFor();
    await page.locator('#detail').getByRole('button', { name: text }).first().click();
    await expect.poll(() => page.locator('#count').textContent()).toBe(`1 of ${String(HOSTILE.length)} events`);
    await expect.poll(() => page.locator('#query-fault').textContent()).toBe('');
  }
  expect(faults).toEqual([]);
});

test('names complete and answers are given with hostile text as it is', async () => {
  const { page, faults } = await openReport(browser, pathToFileURL(file).href);
  for (const text of HOSTILE) {
    const shown = text.replace(/\s+/g, ' ').trim();
    // A box of one line takes line separators out, and so does not find these names; the others it does.
    await page.locator('#question').fill(text);
    if ((await page.locator('#question').inputValue()) === text) {
      await page.locator('#suggestions [role=option]').first().waitFor();
      const names = await page.locator('.suggestion-name').allTextContents();
      expect(names.some((name) => name.replace(/\s+/g, ' ').includes(shown))).toBe(true);
    }
    await page.keyboard.press('Enter');
    await page.locator('#answer-result[aria-busy=false] .verdict').first().waitFor();
    const answer = (await page.locator('#answer-result').textContent()) ?? '';
    expect(answer.replace(/\s+/g, ' ')).toContain(shown);
  }
  await expect.poll(() => page.locator('#page img, #page iframe, #page [onerror]').count()).toBe(0);
  expect(faults).toEqual([]);
});
