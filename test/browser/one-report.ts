/** A report that all tests of a file look at, and the browser in which they do. */
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser, openReport, type WatchedPage } from '../support/browser.js';
import { buildReport } from './build-report.js';

interface OneReport {
  readonly browser: Browser;
  /** The page's address, without a view. */
  readonly url: string;
  /** Opens the page, with the view of a hash, for as long as the test runs. */
  readonly open: (hash?: string, options?: BrowserContextOptions) => Promise<WatchedPage>;
}

/** Builds the report before the tests and starts a browser; what it gives is there when they run. */
export function oneReport(logs: Readonly<Record<string, string>>): OneReport {
  let started: { readonly browser: Browser; readonly url: string } | undefined;
  const running = () => {
    if (!started) throw new Error('the tests have not begun');
    return started;
  };
  beforeAll(async () => {
    const [browser, file] = await Promise.all([launchBrowser(), buildReport(logs)]);
    started = { browser, url: pathToFileURL(file).href };
  });
  afterAll(async () => started?.browser.close());
  return {
    get browser() {
      return running().browser;
    },
    get url() {
      return running().url;
    },
    open: (hash = '', options = {}) => openReport(running().browser, running().url + hash, options),
  };
}
