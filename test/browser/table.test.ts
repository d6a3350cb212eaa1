/** The table: its heads, its columns, its keys, what it copies. */
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { launchBrowser, openReport } from '../support/browser.js';
import { plainLog } from './events.js';
import { oneReport } from './one-report.js';

const report = oneReport({ 'a.json': plainLog(300) });
const { open } = report;

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
    await expect.poll(() => query(page)).toBe('who:alice event:TerminateInstances');
    await count(page, '10 of 300 events');
    await expect.poll(() => values.allTextContents()).toEqual(['RunInstances90', 'TerminateInstances10']);
    await values.nth(0).click();
    await expect.poll(() => query(page)).toBe('who:alice event:TerminateInstances|event:RunInstances');
    await page.keyboard.press('Escape');
    await menu(page).waitFor({ state: 'detached' });
    await expect.poll(() => head(page, 'eventName').getAttribute('aria-label')).toBe('Event, filtered');
    // What is edited in the box is ticked in the head.
    await page.locator('#query').fill('event:Get*|event:TerminateInstances');
    await openMenu(page, 'eventName');
    await menu(page).getByText('GetBucketLocation').waitFor();
    const ticked = () =>
      values.evaluateAll((all) =>
        all
          .filter((one) => one.querySelector('input')?.checked)
          .map((one) => one.getAttribute('title'))
          .sort(),
      );
    await expect.poll(ticked).toEqual(['Get*', 'GetBucketLocation', 'TerminateInstances']);
    await menu(page).getByRole('button', { name: 'Clear selection' }).click();
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
    await expect.poll(() => query(page)).toBe('resource:*bucket-3*');
    await expect.poll(() => page.locator('#count').textContent()).toMatch(/^\d\d of 300 events$/);
  });

  test('of time is a range, and of text a part of it', async () => {
    const { page } = await open();
    await openMenu(page, 'eventTime');
    await menu(page).getByLabel('From').fill('2025-03-03T00:02:00');
    await menu(page).getByLabel('Before').fill('2025-03-03T00:03:00');
    await page.keyboard.press('Tab');
    await count(page, '60 of 300 events');
    await expect.poll(() => query(page)).toBe('time:>=2025-03-03T00:02 time:<2025-03-03T00:03');
    await menu(page).getByRole('button', { name: 'Any time' }).click();
    await count(page, '300 events');
    await page.keyboard.press('Escape');
    await openMenu(page, 'errorMessage');
    await page.keyboard.type('not authorized');
    await count(page, '30 of 300 events');
    await expect.poll(() => query(page)).toBe('message:"not authorized"');
    await menu(page).getByText('Has no value').click();
    await count(page, '270 of 300 events');
    await expect.poll(() => query(page)).toBe('-message:*');
  });
});

describe('the order', () => {
  test('is by a click on a head, and turns round at the next', async () => {
    const { page } = await open();
    await head(page, 'actor').locator('.sort').click();
    await expect.poll(() => cell(page, 1, 'actor').textContent()).toBe('alice');
    await expect.poll(() => head(page, 'actor').getAttribute('aria-sort')).toBe('ascending');
    await head(page, 'actor').locator('.sort').click();
    await expect.poll(() => cell(page, 1, 'actor').textContent()).toBe('carol');
    await expect.poll(() => page.locator('[aria-sort]').count()).toBe(1);
  });

  test('is by text and JSON, too', async () => {
    const { page } = await open();
    await head(page, 'errorMessage').locator('.sort').click();
    await expect.poll(() => cell(page, 1, 'errorMessage').textContent()).toContain('not authorized');
    await head(page, 'requestParameters').locator('.sort').click();
    await expect.poll(() => cell(page, 1, 'requestParameters').textContent()).toContain('bucket-0');
    await head(page, 'requestParameters').locator('.sort').click();
    await expect.poll(() => cell(page, 1, 'requestParameters').textContent()).toContain('instancesSet');
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
    await expect.poll(() => cell(page, 1, 'actor').textContent()).toBe('bob');
    await expect.poll(() => new URL(page.url()).hash).toBe('#v1&sort=event,who,time');
  });
});

describe('columns', () => {
  const names = (page: Page) =>
    page.locator('[role=columnheader]').evaluateAll((heads) => heads.map((one) => one.getAttribute('data-column')));

  test('are shown, moved, pinned and made wider from a head by keyboard, and the address holds it', async () => {
    const { page, faults } = await open('#v1&columns=time,who,event');
    await expect.poll(() => names(page)).toEqual(['eventTime', 'actor', 'eventName']);
    await page.locator('#grid').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => names(page)).toEqual(['eventTime', 'eventName', 'actor']);
    await page.keyboard.press('+');
    await page.keyboard.press('Space');
    await menu(page).getByRole('button', { name: 'Pin' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => names(page)).toEqual(['actor', 'eventTime', 'eventName']);
    await expect.poll(() => new URL(page.url()).hash).toBe('#v1&columns=who:264/time,event');
    await page.getByRole('button', { name: 'Columns' }).click();
    await menu(page).getByLabel('Region', { exact: true }).check();
    await menu(page).getByLabel('Time', { exact: true }).uncheck();
    await expect.poll(() => names(page)).toEqual(['actor', 'eventName', 'awsRegion']);
    await menu(page).getByRole('button', { name: 'Default columns' }).click();
    await expect.poll(() => new URL(page.url()).hash).toBe('');
    expect(faults).toEqual([]);
  });

  test('that are pinned stay where they are when the table is scrolled sideways', async () => {
    const { page } = await open('#v1&columns=who/time,event,from,region,service,agent,arn,request');
    const before = await cell(page, 1, 'actor').boundingBox();
    await page.locator('#grid').evaluate((grid) => (grid.scrollLeft = 900));
    await cell(page, 1, 'requestParameters').waitFor();
    await expect.poll(() => cell(page, 1, 'actor').boundingBox()).toEqual(before);
    await expect.poll(() => head(page, 'actor').boundingBox()).toMatchObject({ x: before?.x });
    await expect.poll(() => cell(page, 1, 'requestParameters').textContent()).toBe('{"bucketName":"bucket-5"}');
  });

  test('are dragged wider by their edge, and by their label to another place', async () => {
    const { page } = await open('#v1&columns=time,who,event');
    const edge = await head(page, 'eventTime').locator('.head-edge').boundingBox();
    await page.mouse.move((edge?.x ?? 0) + 4, (edge?.y ?? 0) + 8);
    await page.mouse.down();
    await page.mouse.move((edge?.x ?? 0) + 54, (edge?.y ?? 0) + 8, { steps: 3 });
    await page.mouse.up();
    await expect.poll(() => new URL(page.url()).hash).toBe('#v1&columns=time:226,who,event');
    await head(page, 'eventName').locator('.sort-label').dragTo(head(page, 'eventTime').locator('.sort-label'));
    await expect.poll(() => names(page)).toEqual(['eventName', 'eventTime', 'actor']);
    await expect.poll(() => page.locator('[aria-sort]').getAttribute('data-column')).toBe('eventTime');
  });
});

test('its scroll bar can be taken hold of from its beginning to its end', async () => {
  const browser = await launchBrowser(true);
  onTestFinished(() => browser.close());
  const { page } = await openReport(browser, report.url);
  const covered = () =>
    page.locator('#grid').evaluate((grid) => {
      const { right, top, height } = grid.getBoundingClientRect();
      const width = right - grid.getBoundingClientRect().left - grid.clientWidth;
      const places = Array.from({ length: 20 }, (_, i) => top + 2 + (i * (height - 4)) / 19);
      const isFree = (y: number) => document.elementFromPoint(right - width / 2, y) === grid;
      return { width, covered: places.filter((y) => !isFree(y)).length };
    });
  await expect.poll(covered).toEqual({ width: expect.any(Number) as number, covered: 0 });
  await expect.poll(() => covered().then(({ width }) => width)).toBeGreaterThan(0);
});

test('rows are selected with Shift and copied as TSV, a cell by itself, a row as JSON', async () => {
  const { page, faults } = await open('#v1&columns=time,who,event');
  const pasted = async (): Promise<string> => {
    await page.locator('.table-note').getByText('copied').waitFor();
    await page.evaluate(() => {
      const area = document.createElement('textarea');
      area.id = 'paste';
      document.body.append(area);
      area.focus();
    });
    await page.keyboard.press('Control+V');
    await expect.poll(() => page.locator('#paste').inputValue()).not.toBe('');
    const text = await page.locator('#paste').inputValue();
    await page.locator('#paste').evaluate((area) => area.remove());
    await page.locator('#grid').focus();
    return text;
  };
  await page.locator('#grid').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+c');
  expect(await pasted()).toBe('carol');
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByText('2 rows selected').waitFor();
  await expect.poll(() => page.locator('[role=row][aria-selected=true]').count()).toBe(2);
  await page.keyboard.press('Control+c');
  expect(await pasted()).toBe(
    'eventTime\tactor\teventName\n2025-03-03T00:04:59Z\tcarol\tGetBucketLocation\n' +
      '2025-03-03T00:04:58Z\tbob\tGetBucketLocation\n',
  );
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('[role=row][aria-selected=true]').count()).toBe(0);
  await cell(page, 4, 'eventName').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy the row as JSON' }).click();
  expect(JSON.parse(await pasted())).toMatchObject({ actor: 'carol', requestParameters: { bucketName: 'bucket-2' } });
  await cell(page, 4, 'eventName').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Without GetBucketLocation' }).click();
  await expect.poll(() => query(page)).toBe('-event:GetBucketLocation');
  expect(faults).toEqual([]);
});

describe('the details', () => {
  test('lead to all events that have something in common, and stay open', async () => {
    const { page, faults } = await open('#v1&q=event:RunInstances');
    await cell(page, 3, 'eventName').click();
    await page.locator('#detail .raw-fields').waitFor();
    await page.locator('#detail').getByRole('button', { name: 'User alice' }).click();
    await expect.poll(() => query(page)).toBe('who:alice');
    await count(page, '100 of 300 events');
    await expect.poll(() => page.locator('.detail-position').textContent()).toMatch(/^\d+ of 100$/);
    await page
      .locator('#detail')
      .getByRole('button', { name: '5 minutes around this' })
      .click({ modifiers: ['Control'] });
    await expect.poll(() => query(page)).toMatch(/^who:alice time:>=2025-03-0\dT[\d:]+ time:<2025-03-03T00:[\d:]+$/);
    await expect.poll(() => page.locator('.grid-row.is-open').count()).toBe(1);
    expect(faults).toEqual([]);
  });

  test('fold their JSON, which stays whole', async () => {
    const { page } = await open('#v1&q=event:RunInstances');
    await cell(page, 3, 'eventName').click();
    const json = page.locator('#detail .json', { hasText: 'instancesSet' }).last();
    await json.waitFor();
    const leaf = json.getByText('"instanceId"');
    await json.locator('summary').nth(1).click();
    await leaf.waitFor({ state: 'hidden' });
    await page.keyboard.press('ArrowRight');
    await leaf.waitFor();
    await page.locator('#detail').getByRole('button', { name: 'Fold', exact: true }).last().click();
    await leaf.waitFor({ state: 'hidden' });
    expect(JSON.parse((await json.textContent()) ?? '')).toHaveProperty('instancesSet.items');
    await page.locator('.raw-fields > summary').click();
    await page.locator('.raw-fields').getByText('"eventVersion"').waitFor();
  });
});
