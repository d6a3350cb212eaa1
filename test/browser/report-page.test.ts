/** The report as its reader uses it: in a browser, built by the command. */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openReport, OTHER_HOST } from '../support/browser.js';
import { S3Server } from '../support/s3-server/server.js';
import { buildReport } from './build-report.js';
import { plainLog } from './events.js';

const EVENTS = 600;
const DENIED = 60;

let browser: Browser;
let file: string;
let server: S3Server;
let website: string;

beforeAll(async () => {
  [browser, file] = await Promise.all([launchBrowser(), buildReport({ 'a.json': plainLog(EVENTS) })]);
  server = await S3Server.start();
  // As `publish/s3/s3.ts` leaves it there: gzip-ed, on the website of a bucket that anyone may read.
  const bucket = server.createBucket('report', { publicAccessBlock: null, ownership: 'ObjectWriter' });
  bucket.website = { indexDocument: 'index.html', errorDocument: undefined, redirectAllTo: undefined };
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' };
  server.putObject('report', 'index.html', gzipSync(readFileSync(file)), { headers, publicRead: true });
  website = `http://${OTHER_HOST}:${String(server.port)}/`;
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

const rows = (page: Page) => page.locator('#grid [role=row][aria-rowindex]');
const cell = (page: Page, row: number, column: string) =>
  page.locator(`[role=row][aria-rowindex="${String(row + 1)}"] [data-column=${column}][role=gridcell]`);
const count = (page: Page) => page.locator('#count').textContent();
const rowCount = (page: Page) => page.locator('#grid').getAttribute('aria-rowcount');
const bar = (page: Page, column: string, value: string) =>
  page.locator(`.facet[data-column=${column}] button`, { hasText: value });

async function counts(page: Page, text: string): Promise<void> {
  await expect.poll(() => count(page)).toBe(text);
}

describe.each([
  ['from a folder', () => pathToFileURL(file).href, true],
  ['from the website of a bucket, without a secure context', () => website, false],
])('%s', (_, address, isSecure) => {
  test('it shows what the report covers, the newest event first, and asks for nothing', async () => {
    const { page, faults } = await openReport(browser, address());
    await expect.poll(() => page.evaluate(() => isSecureContext)).toBe(isSecure);
    await expect
      .poll(() => page.locator('#summary').textContent())
      .toBe('1 account · 1 region · Mar 3, 2025 · 600 events');
    await expect.poll(() => page.locator('#badge').textContent()).toBe('Complete');
    await counts(page, '600 events');
    await expect.poll(() => rowCount(page)).toBe('601');
    await expect
      .poll(() => page.locator('#grid').getAttribute('aria-colcount'))
      .toBe(String(await page.locator('[role=columnheader]').count()));
    await expect.poll(() => cell(page, 1, 'eventTime').textContent()).toBe('2025-03-03 00:09:59');
    await expect
      .poll(() => page.locator('.facet[data-column=behind] .facet-button:visible').allTextContents())
      .toEqual(['alice 200', 'bob 200', 'carol 200']);
    await expect.poll(() => page.locator('.outcome-count').allTextContents()).toEqual(['180', '360', '60']);
    await page.waitForTimeout(300);
    expect(faults).toEqual([]);
  });

  test('an event is copied as JSON', async () => {
    const { page } = await openReport(browser, address());
    await cell(page, 1, 'eventName').click();
    await page.getByText('bucketName').waitFor();
    await page.getByRole('button', { name: 'Copy as JSON' }).click();
    await page.getByText('Copied').waitFor();
    await page.locator('#query').focus();
    await page.keyboard.press('Control+V');
    await expect
      .poll(() => page.locator('#query').inputValue())
      .toContain('"requestParameters": {"bucketName":"bucket-4"}');
  });
});

describe('filtering', () => {
  async function open() {
    return openReport(browser, pathToFileURL(file).href);
  }

  test('a click on a bar filters, with Ctrl it adds, a second click takes away, and the box shows it all', async () => {
    const { page, faults } = await open();
    await bar(page, 'behind', 'alice').click();
    await counts(page, '200 of 600 events');
    await expect.poll(() => page.locator('#query').inputValue()).toBe('behind:alice');
    await bar(page, 'behind', 'bob').click({ modifiers: ['Control'] });
    await counts(page, '400 of 600 events');
    await expect.poll(() => page.locator('#query').inputValue()).toBe('behind:alice|behind:bob');
    await bar(page, 'eventName', 'TerminateInstances').click();
    await counts(page, '40 of 600 events');
    await expect.poll(() => bar(page, 'behind', 'alice').getAttribute('aria-pressed')).toBe('true');
    await bar(page, 'eventName', 'TerminateInstances').click();
    await counts(page, '400 of 600 events');
    await bar(page, 'behind', 'bob').click({ modifiers: ['Control'] });
    await bar(page, 'behind', 'alice').click();
    await counts(page, '600 events');
    await expect.poll(() => page.locator('#query').inputValue()).toBe('');
    expect(faults).toEqual([]);
  });

  test('charts follow the filter, each showing what its own choice leaves out', async () => {
    const { page } = await open();
    await page.locator('[data-outcome=error]').click();
    await counts(page, `${String(DENIED)} of 600 events`);
    await expect.poll(() => page.locator('.outcome-count').allTextContents()).toEqual(['180', '360', '60']);
    await expect
      .poll(() => page.locator('.facet[data-column=behind] .facet-count:visible').allTextContents())
      .toEqual(['20', '20', '20']);
    await expect
      .poll(() => page.locator('#timeline [role=slider]').getAttribute('aria-label'))
      .toContain('2025-03-03 00:00:00 to 2025-03-03 00:10:00: 0 changed, 0 read, 60 denied or failed.');
  });

  test('a click in the timeline chooses a range of time', async () => {
    const { page } = await open();
    const canvas = page.locator('#timeline [role=slider]');
    const box = await canvas.boundingBox();
    await canvas.click({ position: { x: (box?.width ?? 0) / 2, y: 30 } });
    await expect
      .poll(() => page.locator('#query').inputValue())
      .toMatch(/^time:>=2025-03-03T00:0\d:?\S* time:<2025-03-03T00:0/);
    await expect.poll(() => count(page)).toMatch(/^\d+ of 600 events$/);
  });

  test('what the pointer is on in the timeline is told below it, over no bar', async () => {
    const { page, faults } = await open();
    const canvas = page.locator('#timeline [role=slider]');
    const box = await canvas.boundingBox();
    await canvas.hover({ position: { x: (box?.width ?? 0) / 2, y: 30 } });
    const tip = page.locator('.timeline-tip');
    await tip.getByText('2025-03-03 00:0').waitFor();
    await expect.poll(() => tip.innerText()).toMatch(/\d changed\n.*\d read\n.*\d denied or failed/);
    await expect
      .poll(() => tip.boundingBox().then((below) => below?.y))
      .toBeGreaterThanOrEqual((box?.y ?? 0) + (box?.height ?? 0));
    await page.locator('#query').hover();
    await tip.waitFor({ state: 'hidden' });
    expect(faults).toEqual([]);
  });
});

describe('a query', () => {
  let page: Page;
  beforeAll(async () => {
    page = await (await browser.newContext({ locale: 'en-US' })).newPage();
    await page.goto(pathToFileURL(file).href);
  });
  afterAll(() => page.context().close());

  const isDenied = (i: number) => i % 10 === 0;
  const isRun = (i: number) => i % 3 === 0 && !isDenied(i);
  const isRead = (i: number) => !isDenied(i) && !isRun(i);
  const isAlice = (i: number) => i % 3 === 0;

  test.each<[string, (i: number) => boolean]>([
    ['alice', isAlice],
    ['bucket-3', (i) => isRead(i) && i % 7 === 3],
    ['ALICE runinst', isRun],
    ['"not authorized to perform \\"this\\""', isDenied],
    ['"\\"bucketName\\":\\"bucket-3\\""', (i) => isRead(i) && i % 7 === 3],
    ['event:run*', isRun],
    ['event:run', () => false],
    ['service:s3', isRead],
    ['-service:s3 -who:alice', (i) => isDenied(i) && !isAlice(i)],
    ['error:*', isDenied],
    ['-error:*', (i) => !isDenied(i)],
    ['request:bucket-1 who:bob|who:carol', (i) => isRead(i) && i % 7 === 1],
    ['time:>=2025-03-03T00:09', (i) => i >= 540],
    ['00:03', (i) => i >= 180 && i < 240],
    ['resource:bucket-?', isRead],
    ['response:*', isRun],
    ['message:"is not authorized" -who:bob', (i) => isDenied(i) && i % 3 !== 1],
    ['(who:alice event:run*)|error:accessdenied', (i) => isRun(i) || isDenied(i)],
    ['arn:aws:iam::111111111111:user/bob', (i) => i % 3 === 1],
  ])('%s finds what it should', async (query, matches) => {
    // Not the count of the query before.
    await page.locator('#query').fill('');
    await counts(page, '600 events');
    await page.locator('#query').fill(query);
    const expected = Array.from({ length: EVENTS }, (_, i) => i).filter(matches).length;
    await counts(page, `${String(expected)} of 600 events`);
  });

  test('that is wrong says where, and keeps the last good result', async () => {
    await page.locator('#query').fill('');
    await counts(page, '600 events');
    await page.locator('#query').fill('who:alice');
    await counts(page, '200 of 600 events');
    await page.locator('#query').fill('who:alice "run');
    await expect.poll(() => page.locator('#query-fault').textContent()).toContain('character 11');
    await expect.poll(() => count(page)).toBe('200 of 600 events');
    await expect.poll(() => page.locator('#query').getAttribute('aria-invalid')).toBe('true');
  });

  test('that nothing matches says so and offers the way back', async () => {
    const { page, faults } = await openReport(browser, pathToFileURL(file).href);
    await page.locator('#query').fill('nobody');
    await page.getByText('No event matches').waitFor();
    await page.locator('#empty button').click();
    await counts(page, '600 events');
    await expect.poll(() => page.locator('#empty').isHidden()).toBe(true);
    expect(faults).toEqual([]);
  });
});

describe('the table', () => {
  test('is walked by keys, from the search box to the last event', async () => {
    const { page } = await openReport(browser, pathToFileURL(file).href);
    const active = () =>
      page.evaluate(() =>
        document
          .getElementById(document.getElementById('grid')?.getAttribute('aria-activedescendant') ?? '')
          ?.closest('[role=row]')
          ?.getAttribute('aria-rowindex'),
      );
    await page.locator('#query').fill('alice');
    await counts(page, '200 of 600 events');
    await page.keyboard.press('Escape');
    await counts(page, '600 events');
    await page.keyboard.press('ArrowDown');
    await expect.poll(active).toBe('2');
    await page.keyboard.press('ArrowDown');
    await expect.poll(active).toBe('3');
    await page.keyboard.press('Control+End');
    await expect.poll(active).toBe('601');
    await expect.poll(() => cell(page, 600, 'requestParameters').count()).toBe(1);
    await page.keyboard.press('PageUp');
    await expect.poll(() => active().then(Number)).toBeLessThan(595);
    await page.keyboard.press('Control+Home');
    await expect.poll(active).toBe('2');
    await page.keyboard.press('End');
    await expect.poll(() => page.locator('#grid').evaluate((grid) => grid.scrollLeft)).toBeGreaterThan(0);
  });

  test('reaches its last row by scrolling, and keeps elements for the rows in view only', async () => {
    const { page } = await openReport(browser, pathToFileURL(file).href);
    await page.locator('#grid').evaluate((grid) => (grid.scrollTop = grid.scrollHeight));
    await cell(page, 600, 'eventTime').waitFor();
    await expect.poll(() => cell(page, 600, 'eventTime').textContent()).toBe('2025-03-03 00:00:00');
    const [last, grid] = await Promise.all([
      cell(page, 600, 'eventTime').boundingBox(),
      page.locator('#grid').boundingBox(),
    ]);
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual((grid?.y ?? 0) + (grid?.height ?? 0));
    await expect.poll(() => rows(page).count()).toBeLessThan(60);
  });

  test('opens an event by Enter, steps to its neighbours, and Escape gives the table its focus back', async () => {
    const { page } = await openReport(browser, pathToFileURL(file).href);
    await page.locator('#query').fill('event:RunInstances');
    await counts(page, '180 of 600 events');
    await page.locator('#grid').focus();
    await page.keyboard.press('Enter');
    const detail = page.locator('#detail');
    await detail.getByText('"i-00000000000000255"').waitFor();
    await expect.poll(() => detail.locator('.detail-position').textContent()).toBe('1 of 180');
    await page.keyboard.press(']');
    await expect.poll(() => detail.locator('.detail-position').textContent()).toBe('2 of 180');
    await page.keyboard.press('[');
    await expect.poll(() => detail.locator('.detail-position').textContent()).toBe('1 of 180');
    await detail.getByRole('button', { name: 'Next event' }).click();
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('grid');
  });

  test('a value in the details filters by it', async () => {
    const { page } = await openReport(browser, pathToFileURL(file).href);
    await cell(page, 1, 'eventName').click();
    // The details are drawn anew when all of them are read.
    await page.locator('#detail .raw-fields').waitFor();
    await page.locator('#detail').getByRole('button', { name: 's3.amazonaws.com' }).click();
    await counts(page, '360 of 600 events');
  });
});

test('where it is narrow, an event is two lines and its details take the screen', async () => {
  const { page, faults } = await openReport(browser, pathToFileURL(file).href, {
    viewport: { width: 390, height: 844 },
  });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const box = await page.locator('[role=row][aria-rowindex="2"]').boundingBox();
  expect(box?.height).toBe(52);
  await cell(page, 1, 'eventName').click();
  await expect.poll(() => page.locator('#detail').boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 844 });
  expect(faults).toEqual([]);
});

test('it speaks Japanese to a Japanese browser', async () => {
  const { page } = await openReport(browser, pathToFileURL(file).href, { locale: 'ja-JP' });
  await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('ja');
  await counts(page, '600 件');
  await expect
    .poll(() => page.locator('[role=columnheader][data-column=actor] .sort-label').textContent())
    .toBe('実行者');
});

test('a copy that was cut off says that it is damaged', async () => {
  const cut = `${file}.cut.html`;
  writeFileSync(cut, readFileSync(file, 'utf8').slice(0, -4000));
  const page = await (await browser.newContext()).newPage();
  await page.goto(pathToFileURL(cut).href);
  await page.getByText(/could not be read: .* The file may be damaged/).waitFor();
});

test('a browser that lacks what is needed is told so', async () => {
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(() => Object.defineProperty(window, 'DecompressionStream', { value: undefined }));
  await page.goto(pathToFileURL(file).href);
  await expect.poll(() => page.locator('body').innerText()).toContain('This browser is too old for this report');
});
