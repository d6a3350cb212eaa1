/**
 * axe finds nothing wrong in any state of the page: each is opened once, looked at by all rules, and by those about looks
 * light and dark, wide and narrow. Of a state that differs from another by what has opened, the looks are those of that.
 */
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openPage, openReport } from '../support/browser.js';
import { S3Server } from '../support/s3-server/server.js';
import { logFile, record } from '../support/records.js';
import { targetOfServer } from '../support/s3-targets.js';
import { buildReport } from './build-report.js';
import { buildTroubledReport } from './build-troubled-report.js';
import { incidentLog, plainLog } from './events.js';
import { PublicBucket } from './publish-report.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let file: string;
let troubled: string;
let folder: string;
let server: S3Server;
let bucket: PublicBucket;
let sealedLink: string;
/** Of the link: the key. */
let hash: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'culprit-sealed-'));
  const logs = path.join(folder, 'logs.json');
  writeFileSync(logs, plainLog(60));
  writeFileSync(path.join(folder, 'passphrase'), 'marble otter velvet hill', { mode: 0o600 });
  server = await S3Server.start({ newBuckets: 'open' });
  bucket = await PublicBucket.make(targetOfServer(server));
  sealedLink = await bucket.publish('team', logs, ['--keep', '2']);
  hash = new URL(sealedLink).hash;
  await bucket.publish('asking', logs, ['--passphrase-file', path.join(folder, 'passphrase')]);
  [browser, file, troubled] = await Promise.all([
    launchBrowser(),
    buildReport({ 'a.json': plainLog(60), 'b.json': '{"Records":[' }),
    buildTroubledReport(['one', 'two']),
  ]);
});

afterAll(async () => {
  await browser.close();
  await bucket.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

type Rules = 'all' | 'looks';

/** @param part what is looked at, by a selector that finds something; without it, everything */
async function axe(page: Page, rules: Rules, part: string | undefined): Promise<string[]> {
  const { violations } = await page.evaluate(
    async ([runOnly, include]) => {
      // A theme is there once it is painted.
      await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
      const { axe } = window as unknown as { axe: { run: (where: object, options: object) => Promise<AxeResults> } };
      return axe.run(include === undefined ? document : { include }, runOnly === undefined ? {} : { runOnly });
    },
    [rules === 'all' ? undefined : ['color-contrast', 'target-size', 'scrollable-region-focusable'], part] as const,
  );
  const theme = await page.evaluate(() => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${theme} ${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`),
  );
}

/**
 * What axe finds in a light page by the rules, and in a dark one by those that a theme can change.
 * @param part what looks otherwise than in a state before
 */
async function violations(page: Page, rules: Rules, part?: string): Promise<string[]> {
  const light = await axe(page, rules, rules === 'all' ? undefined : part);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await axe(page, 'looks', part);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark];
}

/** What axe finds in a wide page by all rules, and in a narrow one by those that a width can change. */
async function violationsAtAnyWidth(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 1440, height: 844 });
  const wide = await violations(page, 'all');
  await page.setViewportSize({ width: 390, height: 844 });
  return [...wide, ...(await violations(page, 'looks'))];
}

describe('axe finds nothing', () => {
  test('where not every event is listed, secrets were masked and names redacted', async () => {
    const secret = logFile(record(59, { requestParameters: { password: 'hunter-12345678' } }));
    const some = await buildReport({ 'a.json': plainLog(59), 'b.json': secret }, ['--max-rows', '50', '--redact']);
    const { page } = await openReport(browser, pathToFileURL(some).href);
    await page.evaluate(AXE);
    await page.getByText('This page lists 50 of 60 events.').waitFor();
    expect(await violationsAtAnyWidth(page)).toEqual([]);
    await page.locator('#badge').click();
    await page.locator('#coverage').getByText('1 masked').waitFor();
    await page.locator('#coverage').getByText('replacing account IDs').waitFor();
    expect(await violationsAtAnyWidth(page), 'coverage').toEqual([]);
  });

  test('where something stands out', async () => {
    const incident = await buildReport({ 'a.json': incidentLog(30) });
    const { page } = await openReport(browser, pathToFileURL(incident).href);
    await page.evaluate(AXE);
    await page.locator('#briefing').waitFor();
    expect(await violationsAtAnyWidth(page)).toEqual([]);
    await page.locator('.briefing-foot button').click();
    await page.locator('.findings').waitFor();
    expect(await violationsAtAnyWidth(page), 'findings').toEqual([]);
  });

  test('where the report is encrypted', async () => {
    const options = { locale: 'ja-JP' };
    const { page: asking } = await openPage(browser, bucket.url('asking/'), options);
    await asking.evaluate(AXE);
    await asking.locator('#unlock').waitFor();
    expect(await violationsAtAnyWidth(asking), 'passphrase').toEqual([]);
    const { page } = await openPage(browser, bucket.url('team/latest/'), options);
    await page.evaluate(AXE);
    await page.locator('#unlock').waitFor();
    expect(await violationsAtAnyWidth(page), 'key').toEqual([]);
    await page.locator('#unlock-secret').fill('no key');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#unlock-fault').textContent()).not.toBe('');
    expect(await violationsAtAnyWidth(page), 'wrong key').toEqual([]);
    await page.locator('#unlock-secret').fill(sealedLink);
    await page.keyboard.press('Enter');
    await page.locator('.progress.is-done').waitFor({ state: 'attached' });
    await page.locator('#copy-link').click();
    await page.locator('.link-question').waitFor();
    expect(await violationsAtAnyWidth(page), 'question about a link').toEqual([]);
    const damaged = (await bucket.read('team/latest/index.html')).replace(/"manifest":"..../, '"manifest":"AAAA');
    const { page: refused } = await openPage(browser, (await bucket.put('x.html', damaged)) + hash, options);
    await refused.evaluate(AXE);
    await refused.locator('.is-damaged').waitFor();
    expect(await violationsAtAnyWidth(refused), 'damaged').toEqual([]);
    const { page: history } = await openPage(browser, bucket.url('team/'), options);
    await history.evaluate(AXE);
    expect(await violationsAtAnyWidth(history), 'past reports').toEqual([]);
  });

  test('where files could not be read, and logs were tampered with', async () => {
    const { page } = await openReport(browser, pathToFileURL(troubled).href);
    await page.evaluate(AXE);
    await page.locator('#proof-badge').click();
    await expect
      .poll(() => page.locator('#proof').evaluate((heading) => heading === document.activeElement))
      .toBe(true);
    for (const summary of await page.locator('#coverage summary').all()) await summary.click();
    await expect.poll(() => page.locator('#coverage details:not([open])').count()).toBe(0);
    expect(await violationsAtAnyWidth(page)).toEqual([]);
  });

  test.each([
    ['wide', 1440, 900],
    ['narrow', 390, 844],
  ])(
    'where everything is opened and asked, %s',
    async (_, width, height) => {
      const { page } = await openReport(browser, pathToFileURL(file).href, { viewport: { width, height } });
      const found = (part?: string): Promise<string[]> => violations(page, width === 1440 ? 'all' : 'looks', part);
      // The page's policy lets no script in but its own; the browser's debugger may.
      await page.evaluate(AXE);
      expect(await found(), 'start').toEqual([]);
      await page.locator('#question').fill('alice');
      await page.locator('#suggestions [role=option]').first().waitFor();
      expect(await found('#answer'), 'suggestions').toEqual([]);
      for (const question of ['alice', 'i-0123456789abcdef0', 'nothing of the kind']) {
        await page.locator('#question').fill(question);
        await page.keyboard.press('Enter');
        await page.locator('#answer-result[aria-busy=false] .verdict').first().waitFor();
        expect(await found('#answer'), `answer on ${question}`).toEqual([]);
      }
      await page.keyboard.press('Escape');
      if (width < 640) await page.locator('.facet-tab').first().click();
      await page.locator('.facet-button').first().click();
      await expect.poll(() => page.locator('#count').textContent()).toContain(' of ');
      await expect
        .poll(() => page.locator('.count').evaluate((count) => count.scrollWidth - count.clientWidth))
        .toBe(0);
      expect(await found(), 'filtered').toEqual([]);
      await page.locator('.facet-head:visible').first().click();
      expect(await found('dialog[open]'), 'all values of a chart').toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Log scale' }).click();
      await page.locator('#timeline [role=slider]').press('Enter');
      await page.locator('.is-zoomed').waitFor();
      expect(await found(), 'a range of time').toEqual([]);
      await page.getByRole('button', { name: 'All time' }).click();
      await page.locator('[role=gridcell]').first().click();
      await page.locator('#detail .json').first().waitFor();
      await page.locator('.raw-fields > summary').click();
      expect(await found('#detail'), 'details').toEqual([]);
      await page.locator('#detail').getByRole('button', { name: 'Close' }).click();
      for (const column of ['eventTime', 'actor']) {
        await page.locator(`[role=columnheader][data-column=${column}] .head-menu`).click();
        await page.locator('.popover').waitFor();
        await expect.poll(() => page.getByText('Counting…').count()).toBe(0);
        expect(await found('.popover'), `menu of ${column}`).toEqual([]);
        await page.keyboard.press('Escape');
      }
      await page.getByRole('button', { name: 'Columns' }).click();
      expect(await found('.popover'), 'columns').toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('[role=gridcell]').first().click({ button: 'right' });
      expect(await found('.popover'), 'menu of a cell').toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Export…' }).click();
      expect(await found('dialog[open]'), 'export').toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('#badge').click();
      expect(await found('dialog[open]'), 'coverage').toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('#help-button').click();
      expect(await found('dialog[open]'), 'help').toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('#query').fill('');
      await page.locator('#query').pressSequentially('event:');
      await page.locator('#query-options').waitFor();
      await page.keyboard.press('ArrowDown');
      expect(await found('#query-options'), 'values listed').toEqual([]);
      await page.keyboard.press('Escape');
      expect(await found(), 'fault').toEqual([]);
      await page.locator('[data-preset=denied]').click();
      expect(await found(), 'preset on').toEqual([]);
      await page.locator('#query').fill('nobody "');
      await page.locator('#query').fill('nobody');
      await page.getByText('No event matches').waitFor();
      expect(await found(), 'nothing found').toEqual([]);
    },
    480_000,
  );
});
