/**
 * A report goes through mail programs and lies on websites that its maker does not know: where it cannot be shown, it says
 * so, and what it says is true.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { plainLog } from './events.js';
import { oneReport } from './one-report.js';

const report = oneReport({ 'a.json': plainLog(300).replaceAll('bob', 'Bøb 東京') });

interface Served {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly pauseAt?: number;
}

/** How each visit is served, by its number, which is its path. */
const served: Served[] = [];
let server: Server;
let whole: Buffer;

beforeAll(async () => {
  whole = readFileSync(fileURLToPath(report.url));
  server = createServer((request, response) => {
    const visited = served[Number(request.url?.slice(1))];
    if (visited === undefined) {
      response.writeHead(404).end();
      return;
    }
    const { body, headers, pauseAt = 0 } = visited;
    response.writeHead(200, { 'content-type': 'text/html', ...headers });
    response.write(body.subarray(0, pauseAt));
    setTimeout(() => response.end(body.subarray(pauseAt)), pauseAt > 0 ? 700 : 0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => server.close());

/** A window that tells everything it shows. */
async function newWindow(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await report.browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  await page.addInitScript(() => {
    // Whether the sentence for pages that cannot start was ever to be seen.
    const look = (): void => {
      const sentence = document.getElementById('not-started');
      if (sentence?.checkVisibility({ visibilityProperty: true })) document.documentElement.dataset['flashed'] = 'yes';
      requestAnimationFrame(look);
    };
    look();
  });
  return page;
}

/** The address of the file as it is served. */
function addressOf(how: Partial<Served>): string {
  const number = served.push({ body: whole, headers: {}, ...how }) - 1;
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/${String(number)}`;
}

/** Opens the file as it is served, for as long as the test runs. */
async function visit(how: Partial<Served>, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await newWindow(options);
  onTestFinished(() => page.context().close());
  await page.goto(addressOf(how));
  return page;
}

const words = (page: Page) => page.evaluate(() => document.body.innerText.trim());
const works = (page: Page) => expect.poll(() => page.locator('#count').textContent()).toMatch(/^300 (?:events|件)$/);

describe('a charset that a server declares', () => {
  test.each(['iso-8859-1', 'windows-1252', 'shift_jis', 'utf-16', 'utf-16be', 'utf-8', 'koi8-r', 'nonsense'])(
    '%s does not keep the report from being read',
    async (charset) => {
      const page = await visit({ headers: { 'content-type': `text/html; charset=${charset}` } }, { locale: 'ja-JP' });
      await works(page);
      await expect.poll(() => page.locator('.facet[data-column=behind]').innerText()).toContain('Bøb 東京');
      await expect.poll(() => page.locator('#question').getAttribute('placeholder')).toMatch(/[ァ-ン]/);
    },
  );

  test('iso-8859-1 does neither where somebody took the byte order mark away', async () => {
    expect([...whole.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(whole.subarray(3).every((byte) => byte < 0x80)).toBe(true);
    const headers = { 'content-type': 'text/html; charset=iso-8859-1' };
    const page = await visit({ body: whole.subarray(3), headers });
    await works(page);
  });
});

describe('a policy of the host', () => {
  test.each([
    ["script-src 'self'", /does not let its scripts run/],
    ["default-src 'none'", /does not let its scripts run/],
    ["default-src 'self'; script-src 'nonce-abc'; style-src 'unsafe-inline'", /does not let its scripts run/],
    ['sandbox', /does not let its scripts run/],
    ["script-src 'unsafe-inline'; style-src 'unsafe-inline'", /does not let it start a worker/],
    ["worker-src 'none'", /does not let it start a worker/],
    ["require-trusted-types-for 'script'; trusted-types 'none'", /does not let it start a worker/],
    ["style-src 'self'", /blocks its styles/],
  ])('%s is named as the reason', async (policy, sentence) => {
    const page = await visit({ headers: { 'content-security-policy': policy } });
    await expect.poll(() => words(page)).toMatch(sentence);
    await expect.poll(() => words(page)).not.toMatch(/undefined|null|damaged/);
  });

  test('that lets scripts run in a sandbox lets the report work', async () => {
    const page = await visit({ headers: { 'content-security-policy': 'sandbox allow-scripts' } });
    await works(page);
  });
});

test('without JavaScript, a sentence says what is needed, in both languages', async () => {
  const page = await visit({}, { javaScriptEnabled: false });
  await page.locator('#not-started').waitFor({ state: 'visible' });
  const said = await page.locator('#not-started').innerText();
  expect(said).toContain('It needs JavaScript');
  expect(said).toContain('JavaScript が必要です');
});

test.each(['after the sentence', 'in the middle of the first script', 'in the middle of the last script'])(
  'the sentence is never seen where the report starts late: what follows comes a second later, %s',
  async (where) => {
    const text = whole.toString('latin1');
    const scripts = [...text.matchAll(/<script[ >]/g)].map(({ index }) => index);
    const first = scripts[0] as number;
    const main = text.lastIndexOf('<script>');
    const pauseAt =
      { 'after the sentence': first, 'in the middle of the first script': first + 400 }[where] ?? main + 9000;
    const page = await visit({ pauseAt });
    await works(page);
    expect(await page.evaluate(() => document.documentElement.dataset['flashed'])).toBeUndefined();
    expect(await page.locator('.notice:visible').count()).toBe(0);
  },
);

describe('a file that was cut off', () => {
  /** One for all: a window takes longer to open than such a file. */
  let page: Page;
  beforeAll(async () => {
    page = await newWindow();
  });
  afterAll(() => page.context().close());

  test.each(Array.from({ length: 20 }, (_, i) => (i + 0.5) / 20))('at %f of its length says so', async (share) => {
    await page.goto(addressOf({ body: whole.subarray(0, Math.floor(whole.length * share)) }));
    await expect.poll(() => words(page)).toMatch(/is damaged|is missing|is not complete/);
    expect(await words(page)).not.toMatch(/undefined|Failed to fetch|Unexpected/);
  });

  test('within its first 8,000 bytes says so from the sentence on', async () => {
    const places = Array.from({ length: 8 }, (_, i) => 1600 + 800 * i);
    for (const at of places) {
      await page.goto(addressOf({ body: whole.subarray(0, at) }));
      await expect.poll(() => words(page)).toMatch(/file is not complete|is damaged/);
    }
  });
});

test('a script that was changed on its way is called damage', async () => {
  const text = whole.toString('latin1');
  const at = text.lastIndexOf('<script>') + 5000;
  const body = Buffer.from(`${text.slice(0, at)} ${text.slice(at)}`, 'latin1');
  const page = await visit({ body });
  await page.locator('#damaged').waitFor({ state: 'visible' });
  expect(await words(page)).toContain('This copy of the report is damaged');
});

test('a damaged block is named, whatever is wrong with it', async () => {
  const text = whole.toString('latin1');
  const blocks = [...text.matchAll(/id="culprit-block-(\d+)">([^<]*)</g)];
  expect(blocks.length).toBeGreaterThan(10);
  for (const damage of [
    (base64: string) => `${base64.slice(0, 20)}!${base64.slice(21)}`,
    (base64: string) => base64.slice(0, Math.ceil(base64.length / 8) * 4),
    (base64: string) => `${base64.slice(0, 24)}${base64[24] === 'A' ? 'B' : 'A'}${base64.slice(25)}`,
    () => '',
  ]) {
    const [block, number, base64] = blocks[3] as unknown as [string, string, string];
    const body = Buffer.from(text.replace(block, block.replace(base64, damage(base64))), 'latin1');
    const page = await visit({ body });
    await expect.poll(() => words(page)).toContain(`block ${number} is damaged`);
    expect(await words(page)).not.toContain('Failed to fetch');
  }
});

test('a description of the data that is wrong gives a reason, and never a fault of the page', async () => {
  const text = whole.toString('latin1');
  const [element, json] = /<script type="application\/json" id="culprit-manifest">([^<]*)</.exec(text) as unknown as [
    string,
    string,
  ];
  type Manifest = Record<string, unknown> & {
    columns: unknown[];
    detail: Record<string, unknown>;
    report: Record<string, unknown>;
  };
  const changes: Record<string, (manifest: Manifest) => void> = {
    'no columns': (manifest) => (manifest.columns = []),
    'a column fewer': (manifest) => manifest.columns.pop(),
    'no counts of values': (manifest) => (manifest['top'] = {}),
    'no detail': (manifest) => delete (manifest as Record<string, unknown>)['detail'],
    'no columns of the detail': (manifest) => (manifest.detail['columns'] = []),
    'no accounts': (manifest) => (manifest.report['accounts'] = []),
    'no time': (manifest) => (manifest.report['timeRange'] = null),
    'other rows': (manifest) => (manifest['rows'] = 299),
    'another version': (manifest) => (manifest['version'] = 99),
    'no JSON': () => undefined,
  };
  const visits = Object.entries(changes).map(async ([name, change]) => {
    const manifest = JSON.parse(json) as Manifest;
    change(manifest);
    const written = name === 'no JSON' ? json.slice(0, -9) : JSON.stringify(manifest);
    const page = await visit({
      body: Buffer.from(
        text.replace(element, () => element.replace(json, () => written)),
        'latin1',
      ),
    });
    return [name, page] as const;
  });
  const pages = await Promise.all(visits);
  const lengthOf = (page: Page) => words(page).then(({ length }) => length);
  for (const [name, page] of pages) await expect.poll(() => lengthOf(page), { message: name }).toBeGreaterThan(60);
  // A fault that comes late has come by then.
  await pages[0]?.[1].waitForTimeout(1500);
  for (const [name, page] of pages) {
    const said = await words(page);
    expect(said, name).not.toMatch(/undefined|Cannot read|is not a function|not iterable|Unexpected/);
  }
});
