/** A report that was published encrypted, as its readers find it: on a website by a host name, without a secure context. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, inflateRawSync, unzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BLOCK_ELEMENT_PREFIX, RUN_ELEMENT } from '#shared/format/report-format.js';
import { LOCK_ELEMENT } from '#shared/seal/lock.js';
import { launchBrowser, openPage, openReport } from '../support/browser.js';
import { S3Server } from '../support/s3-server/server.js';
import { describeOnEachS3, targetOfServer, type TestS3 } from '../support/s3-targets.js';
import { plainLog } from './events.js';
import { PublicBucket } from './publish-report.js';

const PASSPHRASE = 'marble otter velvet hill';
/** What the log, its file and the command that read it are full of, and the page's own code is not. */
const LOG_WORDS = ['zelenka', 'ledger-3', '444455556666', 'not authorized to perform', 'month-end'];
const LOG = plainLog(300)
  .replaceAll('alice', 'zelenka')
  .replaceAll('bucket-', 'ledger-')
  .replaceAll('111111111111', '444455556666');

let browser: Browser;
let folder: string;
let logs: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'culprit-sealed-'));
  logs = path.join(folder, 'month-end');
  mkdirSync(logs);
  writeFileSync(path.join(logs, 'a.json'), LOG);
  writeFileSync(path.join(folder, 'passphrase'), `${PASSPHRASE}\n`, { mode: 0o600 });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Site {
  readonly bucket: PublicBucket;
  readonly link: string;
  readonly askingLink: string;
}

/** Publishes before the tests; what it gives is there when they run. */
function published(s3: () => TestS3): () => Site {
  let site: Site | undefined;
  beforeAll(async () => {
    const bucket = await PublicBucket.make(s3());
    site = {
      bucket,
      link: await bucket.publish('team', logs, ['--keep', '3', '--key-file', path.join(folder, `${s3().kind}.key`)]),
      askingLink: await bucket.publish('asking', logs, ['--passphrase-file', path.join(folder, 'passphrase')]),
    };
  });
  afterAll(() => site?.bucket.close());
  return () => {
    if (!site) throw new Error('nothing was published');
    return site;
  };
}

const addressOf = (link: string) => link.replace(/#.*$/, '');
const keyOf = (link: string) => /#key=([\w-]{43})$/.exec(link)?.[1] ?? '';
const fragment = (link: string) => new URL(link).hash;
const count = (page: Page, text: string) => expect.poll(() => page.locator('#count').textContent()).toBe(text);

async function expectNoData(page: Page): Promise<void> {
  const content = await page.content();
  expect(LOG_WORDS.filter((word) => content.includes(word))).toEqual([]);
  await expect.poll(() => page.locator('#page:visible').count()).toBe(0);
}

describeOnEachS3('An encrypted report', (s3) => {
  const site = published(s3);

  test('opens by its link, takes the key out of the address, and works as the offline page does', async () => {
    const { page, faults } = await openReport(browser, site().link);
    await expect.poll(() => page.evaluate(() => isSecureContext)).toBe(false);
    expect(page.url()).toBe(addressOf(site().link));
    await count(page, '300 events');
    await page.locator('.facet[data-column=behind] button', { hasText: 'zelenka' }).click();
    await count(page, '100 of 300 events');
    await page.locator('#query').fill('ledger-3');
    await expect.poll(() => page.locator('#count').textContent()).toMatch(/^\d\d of 300 events$/);
    await page.locator('[role=gridcell][data-column=eventName]').first().click();
    await expect.poll(() => page.locator('#detail .json').first().textContent()).toContain('ledger-3');
    await page.locator('#badge').click();
    await expect.poll(() => page.locator('#coverage').textContent()).toContain('month-end');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.url()).toContain('q=ledger-3');
    expect(page.url()).not.toContain('key=');
    expect(faults).toEqual([]);
  });

  test('without its key says so, shows nothing, and opens when the link is pasted', async () => {
    const { page, faults } = await openPage(browser, addressOf(site().link));
    await page.locator('#unlock').waitFor();
    await expect.poll(() => page.locator('#unlock').textContent()).toContain('This report is encrypted');
    await expectNoData(page);
    await page.getByRole('button', { name: 'Open the report' }).click();
    await expect.poll(() => page.getByRole('alert').first().textContent()).toBe('Paste the link or its key first.');
    await page.getByLabel('Link or key').fill(site().link);
    await page.keyboard.press('Enter');
    await count(page, '300 events');
    await expect.poll(() => page.locator('#unlock').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test('with one bit of the key changed says so, shows nothing, and opens when the right link comes', async () => {
    const key = keyOf(site().link);
    const other = `${key.startsWith('A') ? 'B' : 'A'}${key.slice(1)}`;
    const { page, faults } = await openPage(browser, `${addressOf(site().link)}#key=${other}`);
    const fault = page.locator('#unlock-fault');
    await expect.poll(() => fault.textContent()).toContain('This key does not open the report');
    expect(page.url()).toBe(addressOf(site().link));
    await expectNoData(page);
    await page.evaluate((hash) => (location.hash = hash), `key=${key}`);
    await count(page, '300 events');
    expect(page.url()).toBe(addressOf(site().link));
    expect(faults).toEqual([]);
  });

  test('holds no word of the log, in whatever way its bytes are read', async () => {
    // The page that stays here does, so the search finds what is there.
    expect(wordsIn(readFileSync(path.join(folder, 'out', 'index.html'), 'utf8'))).toEqual(LOG_WORDS);
    for (const key of ['team/latest/index.html', 'team/index.html', 'team/manifest.json', 'asking/index.html']) {
      expect(wordsIn(await site().bucket.read(key))).toEqual([]);
    }
  });

  test('is served as text that asks for nothing else, is not kept by caches, and is not for search engines', async () => {
    await site().bucket.publish('plain', logs, ['--access', 'public', '--i-understand-this-is-public']);
    for (const path of ['team/latest/', 'team/', 'asking/', 'plain/']) {
      const { status, headers, body } = await site().bucket.visit(path);
      expect({ status, ...headers }).toMatchObject({
        status: 200,
        'content-type': 'text/html; charset=utf-8',
        'content-encoding': 'gzip',
        'cache-control': 'no-cache',
      });
      expectSelfContained(gunzipSync(body).toString());
    }
  });
});

describe('An encrypted page', () => {
  let s3: TestS3 | undefined;
  beforeAll(async () => {
    s3 = targetOfServer(await S3Server.start({ newBuckets: 'open' }));
  });
  afterAll(() => s3?.server?.close());
  const site = published(() => s3 as TestS3);

  test('is read again in the same tab, in the other language too, and not in another tab', async () => {
    const { page, faults } = await openReport(
      browser,
      `${addressOf(site().link)}#v1&q=who:zelenka&key=${keyOf(site().link)}`,
    );
    await count(page, '100 of 300 events');
    expect(page.url()).toBe(`${addressOf(site().link)}#v1&q=who:zelenka`);
    await page.reload();
    await count(page, '100 of 300 events');
    await page.locator('#language').click();
    await expect.poll(() => page.locator('#count').textContent()).toContain('300 件中');
    expect(faults).toEqual([]);
    const { page: other } = await openPage(browser, page.url());
    await other.locator('#unlock').waitFor();
    await expectNoData(other);
  });

  test.each([
    ['the manifest', (page: string) => changed(page, `id="${LOCK_ELEMENT}">`, '"manifest":"')],
    ['what it says openly', (page: string) => page.replace(`id="${LOCK_ELEMENT}">{`, `id="${LOCK_ELEMENT}">z`)],
    ['a column', (page: string) => changed(page, `id="${BLOCK_ELEMENT_PREFIX}0">`)],
    ['the details', (page: string) => changed(page, `id="${lastBlock(page)}">`)],
    ['the run', (page: string) => changed(page, `id="${RUN_ELEMENT}">`)],
  ])('with one bit of %s changed says so in one sentence and shows nothing', async (_, change) => {
    const altered = await site().bucket.put('altered.html', change(await site().bucket.read('team/latest/index.html')));
    const { page: opened } = await openPage(browser, `${altered}#key=${keyOf(site().link)}`);
    const text = () => opened.locator('body').innerText();
    await expect
      .poll(text)
      .toMatch(
        /^The report does not open\s+The data of this report differs from what was published, so none of it is shown\.[^\n]*$/,
      );
    await expectNoData(opened);
  });

  test('two blocks that changed places do not pass for one another', async () => {
    const page = await site().bucket.read('team/latest/index.html');
    const swapped = page.replaceAll(/culprit-block-([01])"/g, (_, n) => `culprit-block-${n === '0' ? '1' : '0'}"`);
    const altered = await site().bucket.put('swapped.html', swapped);
    const { page: opened } = await openPage(browser, `${altered}#key=${keyOf(site().link)}`);
    await expect
      .poll(() => opened.locator('body').innerText())
      .toMatch(/^The report does not open\s+The data of this report differs from what was published/);
    await expectNoData(opened);
  });

  test('that was cut off says so, wherever', async () => {
    const page = await site().bucket.read('team/latest/index.html');
    const scripts = page.lastIndexOf('<script>', page.indexOf('id="culprit-block-0"'));
    for (const at of [2500, 9000, scripts - 4000, scripts + 9000, page.length * 0.97, page.length - 30]) {
      const address = await site().bucket.put('cut.html', page.slice(0, Math.floor(at)));
      const { page: opened } = await openPage(browser, `${address}#key=${keyOf(site().link)}`);
      await expect
        .poll(() => opened.locator('body').innerText())
        .toMatch(/file is not complete|is damaged|could not be read: \S|The report does not open/);
      await opened.context().close();
    }
  });

  test('a block of another report does not pass for its own, though they have one key', async () => {
    const more = path.join(folder, 'more');
    mkdirSync(more);
    writeFileSync(path.join(more, 'a.json'), LOG.replaceAll('ledger-', 'budget-'));
    const keyFile = path.join(folder, `${s3?.kind ?? ''}.key`);
    const link = await site().bucket.publish('other', more, ['--key-file', keyFile]);
    expect(keyOf(link)).toBe(keyOf(site().link));
    const [page, other] = await Promise.all([
      site().bucket.read('team/latest/index.html'),
      site().bucket.read('other/index.html'),
    ]);
    const block = new RegExp(`(?<=id="${lastBlock(page)}">)[^<]*`);
    const mixed = page.replace(block, block.exec(other)?.[0] ?? '');
    expect(mixed).not.toBe(page);
    const { page: opened } = await openPage(
      browser,
      `${await site().bucket.put('mixed.html', mixed)}${fragment(link)}`,
    );
    await expect.poll(() => opened.locator('body').innerText()).toMatch(/^The report does not open\s/);
    await expectNoData(opened);
  });

  test('is one of the past reports, which a tab that has the key opens', async () => {
    const { page } = await openReport(browser, site().link);
    await count(page, '300 events');
    const context = page.context();
    const requests: string[] = [];
    context.on('request', (request) => requests.push(new URL(request.url()).pathname));
    await page.goto(site().bucket.url('team/'));
    await expect.poll(() => page.locator('li').count()).toBe(2);
    expect(requests).toEqual(['/team/']);
    await page.locator('time').click();
    await count(page, '300 events');
    expect(new URL(page.url()).pathname).toMatch(/^\/team\/\d{4}-\d\d-\d\dT\d\d-\d\dZ\/index\.html$/);
  });

  test('asks for its passphrase, says when it is wrong, and not again in the same tab', async () => {
    expect(site().askingLink).not.toContain('#');
    const { page, faults } = await openPage(browser, site().askingLink);
    const field = page.getByLabel('Passphrase');
    await field.fill('marble otter velvet hall');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#unlock-fault').textContent()).toContain('This passphrase does not open');
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    await expectNoData(page);
    await page.getByLabel('Show what I type').check();
    await expect.poll(() => field.getAttribute('type')).toBe('text');
    await field.fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    await count(page, '300 events');
    await page.reload();
    await count(page, '300 events');
    expect(faults).toEqual([]);
  });

  test.each([
    [
      'the memory is not enough',
      async () => {
        const asking = await site().bucket.read('asking/index.html');
        return site().bucket.put('greedy.html', asking.replace('"N":131072', '"N":1073741824'));
      },
      () => undefined,
    ],
    [
      'no worker can be started',
      () => Promise.resolve(site().askingLink),
      () => {
        globalThis.Worker = function () {
          throw new Error('no workers here');
        } as unknown as typeof Worker;
      },
    ],
  ])('says so where its passphrase cannot be tried because %s, and may be tried again', async (_, link, spoil) => {
    const { page } = await openPage(browser, await link());
    await page.evaluate(spoil);
    const field = page.getByLabel('Passphrase');
    await field.fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('#unlock-fault').textContent())
      .toMatch(/^This browser could not check the passphrase, .* another device\.$/);
    await expect.poll(() => page.getByRole('button', { name: 'Open the report' }).count()).toBe(1);
    expect(await field.inputValue()).toBe(PASSPHRASE);
    expect(await field.getAttribute('aria-invalid')).toBeNull();
    await expectNoData(page);
  });

  test('asks whether a copied link may open it', async () => {
    const { page, faults } = await openReport(browser, site().link);
    await page.locator('#query').fill('who:bob');
    await count(page, '100 of 300 events');
    const copy = async (choice: string): Promise<void> => {
      await page.getByRole('button', { name: 'Copy link to this view' }).click();
      await page.getByRole('dialog').getByRole('button', { name: choice }).click();
    };
    const pasted = async (): Promise<string> => {
      await page.locator('#question').fill('');
      await page.locator('#question').press('ControlOrMeta+v');
      return page.locator('#question').inputValue();
    };
    await copy('Only people who already have the key');
    await expect.poll(pasted).toBe(`${addressOf(site().link)}#v1&q=who:bob`);
    await copy('Anyone with the link');
    await expect.poll(pasted).toBe(`${addressOf(site().link)}#v1&q=who:bob&key=${keyOf(site().link)}`);
    await copy('Cancel');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(faults).toEqual([]);
  });
});

/** Nothing in the page makes a browser ask for anything, and its policy would not let it. */
function expectSelfContained(page: string): void {
  const policy =
    /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(page)?.[1]?.replaceAll('&#39;', "'") ?? '';
  expect(policy).toMatch(/^default-src 'none'; /);
  const sources = new Set(policy.match(/'sha256-[^']+'/g));
  const markup = page.replace(/<(script|style)( [^>]*)?>(.*?)<\/\1>/gs, (_, tag: string, type = '', text: string) => {
    const isInert = tag === 'script' && type !== '';
    if (!isInert) expect([...sources]).toContain(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    return '';
  });
  const addresses = [...markup.matchAll(/ (?:src|href|action|srcset|poster|data)="([^"]*)"/g)].map(([, to = '']) => to);
  // A data: URL is no request, and a link is none until somebody follows it.
  expect(addresses.filter((to) => !/^data:|^(?:latest|[\dTZ-]+)\/index\.html$/.test(to))).toEqual([]);
  expect(markup).toContain('<meta name="referrer" content="no-referrer">');
  expect(markup).toContain('<meta name="robots" content="noindex">');
  expect(markup).not.toMatch(/ style="| on\w+="|<iframe|<object|<embed|<base/);
}

/** The words of the log in a page: in its text, in what its base64 holds, and in what that inflates to. */
function wordsIn(page: string): string[] {
  const blocks = [...page.matchAll(/[\w+/-]{40,}={0,2}/g)].map(([text]) => Buffer.from(text, 'base64'));
  const read = [Buffer.from(page), ...blocks, ...blocks.flatMap(inflated)];
  return LOG_WORDS.filter((word) => read.some((bytes) => bytes.includes(word)));
}

/** The page with one bit of the base64 text changed that follows a mark. */
function changed(page: string, mark: string, then = ''): string {
  const at = page.indexOf(then, page.indexOf(mark) + mark.length) + then.length + 20;
  // Of neighbours in the alphabet, one bit differs.
  const other = { A: 'B', a: 'b', 0: '1' }[page[at] ?? ''] ?? 'A';
  return page.slice(0, at) + other + page.slice(at + 1);
}

function lastBlock(page: string): string {
  return [...page.matchAll(new RegExp(`id="(${BLOCK_ELEMENT_PREFIX}\\d+)"`, 'g'))].at(-1)?.[1] ?? '';
}

/** What the bytes inflate to, from wherever in their first bytes: nothing where they are no such thing. */
function inflated(bytes: Buffer): Buffer[] {
  return [() => unzipSync(bytes), () => inflateRawSync(bytes), () => inflateRawSync(bytes.subarray(10))].flatMap(
    (read) => {
      try {
        return [read()];
      } catch {
        return [];
      }
    },
  );
}
