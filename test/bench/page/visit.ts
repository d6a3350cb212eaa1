/** One visit to a report: opened, filtered, searched, sorted and scrolled as a person would, each answer timed. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Locator, Page } from 'playwright-core';
import type { ClockOrder, ClockTimes, Frames } from './probe.js';
import { rendererMemory } from './renderer-memory.js';

/** Milliseconds, where nothing else is said; by what was asked for where there are several. */
export interface Visit {
  readonly firstPaint: number;
  readonly firstChart: number;
  readonly firstRow: number;
  readonly queries: Readonly<Record<string, number>>;
  readonly clicks: Readonly<Record<string, number>>;
  /** By the text in the box after the keystroke. */
  readonly keystrokes: Readonly<Record<string, ClockTimes>>;
  readonly sorts: Readonly<Record<string, number>>;
  /** What happened to an instance; what only mentions it may be found later. */
  readonly answer: ClockTimes;
  readonly scrolling: Frames;
  readonly blankRows: number;
  /** Bytes. */
  readonly memory: number;
}

/** Queries on category fields: one value, a pattern, several clauses, what most events have, what few have. */
const QUERIES = [
  'service:ec2',
  'event:TerminateInstances',
  'who:*a*',
  'region:us-east-1 -outcome:read',
  'error:*',
  '-error:*',
  'event:Describe* service:ec2',
];
/** Facets that are clicked, at their first value. */
const FACETS = ['behind', 'eventName', 'awsRegion'];
/** What is typed: keys that many events' JSON has, and what only some values hold. */
const TYPED = ['bucket', 'i-0a1'];
/** Everything that follows a filter. */
const FOLLOWING = '#count, #grid, #facets, #outcomes, #timeline';
const SCREEN = { width: 1440, height: 900 };

/** The probe as one script. */
async function probeScript(): Promise<string> {
  const entry = fileURLToPath(new URL('probe.ts', import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife' });
  return outputFiles[0]?.text ?? '';
}

/**
 * Opens the report in a new window, and closes it at the end. `browser` must have no other page open.
 *
 * @param rest how long the page must be quiet to be done with an answer, in milliseconds
 */
export async function visit(browser: Browser, report: string, rest: number): Promise<Visit> {
  const context = await browser.newContext({ viewport: SCREEN, locale: 'en-US' });
  try {
    const page = await context.newPage();
    await page.addInitScript({ content: await probeScript() });
    await page.goto(pathToFileURL(report).href, { waitUntil: 'commit' });
    const opening = await readOpening(page, rest);
    const queries = await timeQueries(page, rest);
    const clicks = await timeClicks(page, rest);
    const keystrokes = await timeKeystrokes(page, rest);
    const answer = await timeAnswer(page, rest);
    const sorts = await timeSorts(page, rest);
    const scrolling = await scroll(page);
    let blankRows = 0;
    for (let i = 1; i <= 10; i++) blankRows += await page.evaluate((share) => window.probe.jump(share), (i * 0.37) % 1);
    return {
      ...opening,
      queries,
      clicks,
      keystrokes,
      sorts,
      answer,
      scrolling,
      blankRows,
      memory: await rendererMemory(browser),
    };
  } finally {
    await context.close();
  }
}

async function readOpening(page: Page, rest: number): Promise<Pick<Visit, 'firstPaint' | 'firstChart' | 'firstRow'>> {
  await page.locator('#grid [role=gridcell]').first().waitFor();
  // Every block has been handed over: nothing of the report is still being read.
  await page.locator('script[type="application/octet-stream"]').first().waitFor({ state: 'detached', timeout: 60_000 });
  await page.waitForTimeout(rest * 5);
  return page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return {
      firstPaint: paint?.startTime ?? NaN,
      firstChart: window.probe.opened.chart,
      firstRow: window.probe.opened.row,
    };
  });
}

async function time(page: Page, order: ClockOrder, act: () => Promise<void>): Promise<ClockTimes> {
  await page.evaluate((given) => window.probe.arm(given), order);
  await act();
  return page.evaluate(() => window.probe.times());
}

const FILTERED = { event: 'input', watched: FOLLOWING, done: '.progress.is-done' } as const;

async function timeQueries(page: Page, rest: number): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const query of QUERIES) {
    await empty(page, rest);
    found[query] = (await time(page, { ...FILTERED, rest }, () => page.keyboard.insertText(query))).last;
  }
  await empty(page, rest);
  return found;
}

/** Empties the search box and leaves the focus in it. */
async function empty(page: Page, rest: number): Promise<void> {
  await page.locator('#query').fill('');
  await page.waitForTimeout(rest * 2);
}

async function timeClicks(page: Page, rest: number): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const facet of FACETS) {
    const button = page.locator(`#facets [data-column=${facet}] li button`).first();
    found[facet] = await timeClick(page, button, FOLLOWING, rest);
    found[`${facet} again`] = await timeClick(page, button, FOLLOWING, rest);
  }
  return found;
}

async function timeClick(page: Page, button: Locator, watched: string, rest: number): Promise<number> {
  // What scrolling to it and hovering it do is over when the clock starts.
  await button.hover();
  await page.waitForTimeout(rest);
  return (await time(page, { ...FILTERED, event: 'click', watched, rest }, () => button.click())).last;
}

async function timeKeystrokes(page: Page, rest: number): Promise<Record<string, ClockTimes>> {
  const found: Record<string, ClockTimes> = {};
  for (const text of TYPED) {
    await empty(page, rest);
    for (let i = 0; i < text.length; i++) {
      const order: ClockOrder = { ...FILTERED, rest, some: '#grid [aria-rowindex="2"]' };
      const times = await time(page, order, () => page.keyboard.type(text.charAt(i)));
      // Where nothing is found at all, the first result is that there is none.
      found[text.slice(0, i + 1)] = { ...times, first: Number.isNaN(times.first) ? times.last : times.first };
    }
  }
  await empty(page, rest);
  return found;
}

async function timeSorts(page: Page, rest: number): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const head of await page.locator('#grid [role=columnheader]').all()) {
    const name = (await head.getAttribute('data-column')) ?? '';
    found[name] = await timeClick(page, head.locator('.sort'), '#grid', rest);
  }
  return found;
}

/** Asks for the instance that the newest termination names. */
async function timeAnswer(page: Page, rest: number): Promise<ClockTimes> {
  await page.locator('#query').fill('event:TerminateInstances resource:i-*');
  await page.waitForTimeout(rest * 3);
  const named = await page.locator('#grid [aria-rowindex="2"] [data-column=resources]').textContent();
  const [instance = ''] = /i-[0-9a-f]+/.exec(named ?? '') ?? [];
  await empty(page, rest);
  await page.locator('#question').fill(instance);
  await page.waitForTimeout(rest * 3);
  const order: ClockOrder = {
    event: 'submit',
    watched: '#answer-result',
    some: '#answer-result .answer-part',
    done: '#answer-result[aria-busy=false]',
    rest,
  };
  const times = await time(page, order, () => page.locator('#question').press('Enter'));
  await page.locator('#question').press('Escape');
  await page.waitForTimeout(rest);
  return times;
}

async function scroll(page: Page): Promise<Frames> {
  const session = await page.context().newCDPSession(page);
  await page.evaluate(() => window.probe.jump(0));
  await page.evaluate(() => window.probe.startFrames());
  await session.send('Input.synthesizeScrollGesture', {
    x: SCREEN.width / 3,
    y: SCREEN.height * 0.8,
    yDistance: -12_000,
    speed: 4000,
    gestureSourceType: 'mouse',
  });
  return page.evaluate(() => window.probe.endFrames());
}
