/** Two ways to sit at a browser: Chromium by playwright-core, a stock Firefox by puppeteer-core and WebDriver BiDi. */
import { existsSync } from 'node:fs';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import puppeteer, { type KeyInput, type Page as BidiPage } from 'puppeteer-core';
import { executablePath, FLAGS } from '../support/browser.js';

/** What can be done with one page. Nothing waits until the page is quiet. */
export interface Pilot {
  /** What the page must not do: script errors, rejections, errors and warnings in its console. */
  readonly faults: string[];
  open(url: string): Promise<void>;
  evaluate<T>(run: () => T): Promise<T>;
  /** Runs this code in the page, and gives the value of its expression. */
  run(code: string): Promise<unknown>;
  move(x: number, y: number): Promise<void>;
  press(x: number, y: number, held?: 'Control' | 'Shift'): Promise<void>;
  wheel(by: number): Promise<void>;
  key(key: string, held?: 'Control' | 'Shift'): Promise<void>;
  /** Writes text in place of what is selected, as one input. */
  write(text: string): Promise<void>;
  /** @param zoom CSS pixels are so many times as large */
  resize(width: number, height: number, zoom: number): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  forward(): Promise<void>;
  close(): Promise<void>;
}

/** What tsx wraps functions in, to keep their names; functions that run in the page have it too. */
const NAMES = 'globalThis.__name = (named) => named;';

/** @param init runs in each document before its own scripts */
export async function chromiumPilot(init: () => void): Promise<Pilot> {
  const browser = await chromium.launch({ executablePath: await executablePath(), args: FLAGS });
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    bypassCSP: true,
  });
  const page: Page = await context.newPage();
  await page.addInitScript(NAMES);
  await page.addInitScript(init);
  const session = await context.newCDPSession(page);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.stack ?? error.message}`));
  page.on('crash', () => faults.push('the page crashed'));
  const goes = async (go: Promise<unknown>): Promise<void> => {
    await go.catch(() => undefined);
  };
  return {
    faults,
    open: async (url) => {
      await page.goto(url, { waitUntil: 'commit' });
    },
    evaluate: (run) => page.evaluate(run),
    run: (code) => page.evaluate(code),
    move: (x, y) => page.mouse.move(x, y),
    press: async (x, y, held) => {
      if (held) await page.keyboard.down(held);
      await page.mouse.click(x, y);
      if (held) await page.keyboard.up(held);
    },
    wheel: (by) => page.mouse.wheel(0, by),
    key: (key, held) => page.keyboard.press(held ? `${held}+${key}` : key),
    write: (text) => page.keyboard.insertText(text),
    resize: async (width, height, zoom) => {
      await page.setViewportSize({ width, height });
      await session.send('Emulation.setDeviceMetricsOverride', {
        width,
        height,
        deviceScaleFactor: zoom,
        mobile: false,
      });
    },
    reload: () => goes(page.reload({ waitUntil: 'commit' })),
    back: () => goes(page.goBack({ waitUntil: 'commit', timeout: 30_000 })),
    forward: () => goes(page.goForward({ waitUntil: 'commit', timeout: 30_000 })),
    close: () => browser.close(),
  };
}

/** Where stock Firefox is usually installed. */
const FIREFOXES = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];

/** @param init runs in each document before its own scripts */
export async function firefoxPilot(init: () => void): Promise<Pilot> {
  const program = process.env['FIREFOX_PATH'] ?? FIREFOXES.find((file) => existsSync(file));
  if (program === undefined) throw new Error('no Firefox was found; FIREFOX_PATH says where it is');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    protocol: 'webDriverBiDi',
    executablePath: program,
    headless: true,
    extraPrefsFirefox: { 'intl.accept_languages': 'en-US' },
  });
  const page: BidiPage = await browser.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  await page.evaluateOnNewDocument(NAMES);
  await page.evaluateOnNewDocument(init);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) =>
    faults.push(`script: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  );
  const goes = async (go: Promise<unknown>): Promise<void> => {
    await go.catch(() => undefined);
  };
  const at = { x: 0, y: 0 };
  return {
    faults,
    open: async (url) => {
      await page.goto(url, { waitUntil: [] });
    },
    evaluate: async <T>(run: () => T): Promise<T> => await page.evaluate(run),
    run: (code) => page.evaluate(code),
    move: async (x, y) => {
      Object.assign(at, { x, y });
      await page.mouse.move(x, y);
    },
    press: async (x, y, held) => {
      if (held) await page.keyboard.down(held);
      await page.mouse.click(x, y);
      if (held) await page.keyboard.up(held);
    },
    wheel: (by) => page.mouse.wheel({ deltaY: by }),
    key: async (key, held) => {
      if (held) await page.keyboard.down(held);
      await page.keyboard.press(key as KeyInput);
      if (held) await page.keyboard.up(held);
    },
    // The protocol has keys only. This is deprecated, and the one way to write a text as one input.
    write: async (text) => {
      await page.evaluate(`document.execCommand('insertText', false, ${JSON.stringify(text)})`);
    },
    resize: (width, height, zoom) => page.setViewport({ width, height, deviceScaleFactor: zoom }),
    reload: () => goes(page.reload({ waitUntil: 'domcontentloaded' })),
    back: () => goes(page.goBack({ waitUntil: 'domcontentloaded', timeout: 30_000 })),
    forward: () => goes(page.goForward({ waitUntil: 'domcontentloaded', timeout: 30_000 })),
    close: () => browser.close(),
  };
}
