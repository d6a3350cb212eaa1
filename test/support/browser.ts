/** A real browser for tests: one that is installed, else the one that comes as a package. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** A host name that is not localhost, so that a page from it has no secure context. It leads to 127.0.0.1. */
export const OTHER_HOST = 'report.s3-website.example';

export const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--host-resolver-rules=MAP ${OTHER_HOST} 127.0.0.1`,
];

const PROGRAM_FILES = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']];

/** Where Chrome, Chromium and Edge are usually installed. */
function installedBrowsers(): string[] {
  if (process.platform === 'win32') {
    return PROGRAM_FILES.flatMap((folder) =>
      folder === undefined
        ? []
        : [
            path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
            path.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
          ],
    );
  }
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
  return names.flatMap((name) => [`/usr/bin/${name}`, `/usr/local/bin/${name}`, `/snap/bin/${name}`]);
}

export async function executablePath(): Promise<string> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen !== undefined && chosen !== '') return chosen;
  const installed = installedBrowsers().find((file) => existsSync(file));
  if (installed !== undefined) return installed;
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

/** @param hasScrollBars with the scroll bars that a reader's browser shows; without, pictures are the same everywhere */
export async function launchBrowser(hasScrollBars = false): Promise<Browser> {
  const ignoreDefaultArgs = hasScrollBars ? ['--hide-scrollbars'] : [];
  return chromium.launch({ executablePath: await executablePath(), args: FLAGS, ignoreDefaultArgs });
}

export interface WatchedPage {
  readonly page: Page;
  /** What a page must not do: console errors and warnings, script errors, requests beyond itself, policy violations. */
  readonly faults: string[];
}

/** Opens the page, for as long as the test runs, and waits until its first rows and bars, or its reason for having none, are there. */
export async function openReport(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const opened = await openPage(browser, url, options);
  await opened.page.locator('.progress.is-done').waitFor({ state: 'attached' });
  // The bars come after the page's first picture, and may be later than the rows.
  await opened.page.locator('#timeline canvas[style], #empty:not([hidden])').first().waitFor({ state: 'attached' });
  return opened;
}

/** Opens the page, for as long as the test runs. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const file = url.replace(/#.*$/s, '');
  page.on('request', (request) => {
    if (request.url() !== file && !/^(?:blob|data):/.test(request.url())) faults.push(`request: ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`policy violated: ${violatedDirective} ${blockedURI}`);
    });
  });
  await page.goto(url);
  return { page, faults };
}
