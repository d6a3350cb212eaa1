/** The query box as its reader uses it: completing, erring, using presets, looking things up. */
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openReport } from '../support/browser.js';
import { logFile, record } from '../support/records.js';
import { buildReport } from './build-report.js';
import { HOSTILE, hostileLog, plainLog } from './events.js';

let browser: Browser;
let file: string;

/** Letters that no state of a matcher has seen before, a different row of them each time. */
function noise(seed: number): string {
  let state = seed + 1;
  return Array.from({ length: 900 }, () => ((state = (state * 48_271) % 2_147_483_647) & 64 ? 'a' : 'b')).join('');
}

beforeAll(async () => {
  const special = logFile(
    record(1000, {
      eventName: 'DeleteVpc',
      sourceIPAddress: '203.0.113.9, 10.0.0.1',
      errorCode: 'Client.DryRunOperation',
    }),
    record(1001, { eventName: 'DeleteSubnet', sourceIPAddress: '2001:DB8:0:0::7' }),
    ...Array.from({ length: 400 }, (_, i) =>
      record(2000 + i, { eventName: 'GetNoise', readOnly: true, userAgent: noise(i) }),
    ),
  );
  [browser, file] = await Promise.all([
    launchBrowser(),
    buildReport({ 'a.json': plainLog(600), 'b.json': special, 'c.json': hostileLog() }),
  ]);
});

afterAll(async () => browser.close());

const open = async (): ReturnType<typeof openReport> => openReport(browser, pathToFileURL(file).href);
const value = (page: Page): Promise<string> => page.locator('#query').inputValue();
const shown = (page: Page) =>
  expect.poll(() =>
    page
      .locator('#count')
      .textContent()
      .then((all) => all?.split(' ')[0]),
  );
const options = (page: Page): Promise<string[]> => page.locator('#query-options [role=option]').allTextContents();
const preset = (page: Page, name: string) => page.locator(`[data-preset=${name}]`);

test('a name and its value are completed by keys, the values with their counts', async () => {
  const { page, faults } = await open();
  const box = page.locator('#query');
  await box.focus();
  await page.keyboard.insertText('outcome:error er');
  await expect.poll(async () => (await options(page))[0]).toBe('error:Error');
  await expect.poll(() => box.getAttribute('aria-expanded')).toBe('true');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => box.getAttribute('aria-activedescendant')).toBe('query-options-0');
  await expect.poll(() => page.locator('#query-options-0').getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Enter');
  await expect.poll(() => options(page)).toContain('AccessDenied60');
  await expect.poll(() => value(page)).toBe('outcome:error error:');
  // At once: letter by letter, each may bring a list of its own, which takes the place of the one that the keys are in.
  await page.keyboard.insertText('access');
  await expect.poll(() => options(page)).toEqual(['AccessDenied60']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect.poll(() => value(page)).toBe('outcome:error error:AccessDenied ');
  await shown(page).toBe('60');
  await expect.poll(() => box.getAttribute('aria-expanded')).toBe('false');
  expect(faults).toEqual([]);
});

test('Escape closes the list first, and then clears the box', async () => {
  const { page } = await open();
  await page.locator('#query').pressSequentially('who:');
  await page.locator('#query-options').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('#query-options').isHidden()).toBe(true);
  await expect.poll(() => value(page)).toBe('who:');
  await page.keyboard.press('Escape');
  await expect.poll(() => value(page)).toBe('');
});

test('a touch chooses a value, and hostile ones are listed and asked for as they are', async () => {
  const { page, faults } = await openReport(browser, pathToFileURL(file).href, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  await page.locator('#query').pressSequentially('event:');
  await page.locator('#query-options').waitFor();
  // The box lists what it has and asks again with every letter: what counts is the list that remains.
  for (const text of HOSTILE)
    await expect.poll(async () => (await options(page)).some((o) => o.startsWith(text))).toBe(true);
  const option = page.locator('#query-options [role=option]', { hasText: HOSTILE[0] as string });
  await expect.poll(() => option.boundingBox().then((box) => box?.height)).toBeGreaterThanOrEqual(40);
  await option.tap();
  await shown(page).toBe('1');
  await expect.poll(() => page.locator('#query-options img, #query-options script').count()).toBe(0);
  await page.locator('#help-button').tap();
  await expect.poll(() => page.locator('#help img, #help script').count()).toBe(0);
  expect(faults).toEqual([]);
});

test('each kind of term finds what it should', async () => {
  const { page, faults } = await open();
  for (const [query, count] of [
    ['/Delete(Vpc|Subnet)/', '2'],
    ['event:/^delete(vpc)$/', '1'],
    ['ip:203.0.113.0/24', '1'],
    ['ip:2001:db8::/32', '1'],
    ['event:Delete* -outcome:error', '1'],
    ['event:Delete* outcome:failed', '1'],
    ['outcome:denied', '60'],
    ['event:DeleteVpc|event:GetNoise -readonly', '1'],
    ['"bucket-3" /bucket-\\d/', '51'],
    ['time:2000..2001', '0'],
  ] as const) {
    await page.locator('#query').fill(query);
    await shown(page).toBe(count);
    await expect.poll(() => page.locator('#searching').textContent()).toBe('');
    expect(`${query}: ${(await page.locator('#count').textContent()) ?? ''}`).toContain(`${query}: ${count} of `);
  }
  expect(faults).toEqual([]);
});

test('a fault is shown at its character', async () => {
  const { page } = await open();
  await page.locator('#query').fill('who:alice time:>=2025..2026');
  await expect.poll(() => page.locator('#query-fault').textContent()).toContain('Not a time (character 18)');
  await expect.poll(() => page.locator('#query-fault mark').textContent()).toBe('2');
});

test('an expression that takes too long is given up, and the last result stays', async () => {
  const { page, faults } = await open();
  await page.locator('#query').fill('outcome:denied');
  await shown(page).toBe('60');
  await page.locator('#query').fill('agent:/(a|b)*a(a|b){400}c/');
  await expect.poll(() => page.locator('#query-fault').textContent()).toContain('takes too long');
  await shown(page).toBe('60');
  await page.locator('#query').fill('who:bob');
  await shown(page).toBe('200');
  expect(faults).toEqual([]);
});

test('presets write into the box, follow what is written there, and combine', async () => {
  const { page, faults } = await open();
  const pressed = () =>
    Promise.all(['deletions', 'denied'].map((name) => preset(page, name).getAttribute('aria-pressed')));
  await preset(page, 'deletions').click();
  await shown(page).toBe('1');
  await expect.poll(() => value(page)).toMatch(/^event:\/.*\/ outcome:change$/);
  await preset(page, 'denied').click();
  await shown(page).toBe('60');
  await expect.poll(pressed).toEqual(['true', 'true']);
  await page.locator('#query').fill('outcome:denied');
  await shown(page).toBe('60');
  await expect.poll(pressed).toEqual(['false', 'true']);
  await preset(page, 'denied').click();
  await expect.poll(() => value(page)).toBe('');
  expect(faults).toEqual([]);
});

test('an example of the reference is tried, and a column’s name begins a term', async () => {
  const { page, faults } = await open();
  await page.locator('#grid').focus();
  await page.keyboard.press('?');
  await page.locator('#help').getByRole('button', { name: 'error:*', exact: true }).click();
  await expect.poll(() => page.locator('#help').isVisible()).toBe(false);
  await expect.poll(() => value(page)).toBe('error:*');
  await page.locator('#help-button').click();
  await page.locator('#help .fields').getByRole('button', { name: 'region', exact: true }).click();
  await expect.poll(() => value(page)).toBe('error:* region:');
  await page.locator('#query-options').waitFor();
  expect(faults).toEqual([]);
});
