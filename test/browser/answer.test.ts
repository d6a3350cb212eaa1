/** “What happened to…?” as its reader uses it: questions with one right answer, each asked in the box. */
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logOf } from '../support/answer/log-of-stories.js';
import { INSTANCE, PLANTED, QUESTIONS } from '../support/answer/planted.js';
import { ACCOUNT } from '../support/answer/telling.js';
import { launchBrowser, openReport, type WatchedPage } from '../support/browser.js';
import { sampleFiles } from '../support/make-sample.js';
import { buildReport } from './build-report.js';

let browser: Browser;
let planted: string;
let sample: string;

beforeAll(async () => {
  const samples = Object.fromEntries(sampleFiles().map(({ key, text }) => [key.replace(/\.gz$/, ''), text]));
  [browser, planted, sample] = await Promise.all([
    launchBrowser(),
    buildReport(logOf(PLANTED, ACCOUNT)),
    buildReport(samples),
  ]);
});

afterAll(async () => browser.close());

async function opened(file: string, options = {}): Promise<WatchedPage> {
  return openReport(browser, pathToFileURL(file).href, options);
}

/** The final answer's text, on one line. */
async function answerTo(page: Page, question: string): Promise<string> {
  await page.locator('#question').fill(question);
  await page.keyboard.press('Enter');
  return answered(page);
}

async function answered(page: Page): Promise<string> {
  await page.locator('#answer-result[aria-busy=false] .verdict').first().waitFor();
  const texts = await page.locator('#answer-result p, #answer-result li').allInnerTexts();
  return texts.join(' ').replace(/\s+/g, ' ');
}

describe('the box answers', () => {
  let page: Page;

  beforeAll(async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
    page = await context.newPage();
    await page.goto(pathToFileURL(planted).href);
    await page.locator('.progress.is-done').waitFor({ state: 'attached' });
    return () => context.close();
  });

  test.each(QUESTIONS)('$asks: $ask', async ({ ask, says, never }) => {
    const answer = await answerTo(page, ask);
    for (const sentence of says) expect(answer).toMatch(sentence);
    if (never) expect(answer).not.toMatch(never);
  });
});

test('a new user’s first question, on the bundled sample, is answered: alice did it, bob only tried', async () => {
  const { page, faults } = await opened(sample);
  await page.keyboard.press('w');
  // At once: letter by letter, each may bring a list of its own, which takes the place of the one that the keys are in.
  await page.keyboard.insertText('i-0a1b2c3d');
  await expect
    .poll(async () => (await page.locator('#suggestions [role=option]').allTextContents())[0])
    .toContain('i-0a1b2c3d4e5f67890');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const answer = await answered(page);
  expect(answer).toMatch(
    /^i-0a1b2c3d4e5f67890 was terminated by alice@example\.com \(role PowerUserAccess\) on 2025-03-04 14:32:11 from 203\.0\.113\.24 with the console\. bob@example\.com \(role SupportReadOnly\) tried TerminateInstances 4 minutes earlier \(2025-03-04 14:28:07\) and was denied/,
  );
  await expect
    .poll(() => page.locator('.history-did').allTextContents())
    .toEqual(['created', 'denied', 'changed', 'terminated']);
  expect(faults).toEqual([]);
});

test('names complete by kind with counts; keys and clicks choose one, Escape closes', async () => {
  const { page, faults } = await opened(planted);
  const box = page.locator('#question');
  const options = page.locator('#suggestions').getByRole('option');
  await box.fill('MALL');
  await expect
    .poll(() => options.allTextContents())
    .toEqual([
      expect.stringContaining('assumed-role/OpsBreakGlass/mallory') as string,
      'mallory28',
      'ASIAMALLORYXXEXAMPLE28',
    ]);
  await expect
    .poll(() => page.locator('.suggestion-kind').allTextContents())
    .toEqual(['ARNs', 'Users and roles', 'Access keys']);
  await expect.poll(() => box.getAttribute('aria-expanded')).toBe('true');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => box.getAttribute('aria-activedescendant')).toBe('suggestion-2');
  await expect.poll(() => options.nth(2).getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Escape');
  await expect.poll(() => options.count()).toBe(0);
  await box.fill('mallo');
  await options.filter({ hasText: 'mallory28' }).click();
  expect(await answered(page)).toMatch(/mallory appears in 28 events/);
  await page.keyboard.press('Escape');
  await page.locator('#answer-result').waitFor({ state: 'hidden' });
  await expect.poll(() => box.inputValue()).toBe('');
  expect(faults).toEqual([]);
});

test('a click on evidence opens its event, and shows all events that the answer is about', async () => {
  const { page, faults } = await opened(planted);
  await answerTo(page, INSTANCE);
  await page.locator('.verdict .evidence').first().click();
  await expect.poll(() => page.locator('.detail-title').textContent()).toBe('TerminateInstances');
  await expect.poll(() => page.locator('#query').inputValue()).toBe(`"${INSTANCE}"`);
  await expect.poll(() => page.locator('#count').textContent()).toMatch(/^5 of /);
  expect(faults).toEqual([]);
});

test('a link holds the question, and going back closes the answer', async () => {
  const { page, faults } = await opened(planted);
  await answerTo(page, 'dave.ops');
  await expect.poll(() => page.url()).toContain('about=dave.ops');
  await page.goBack();
  await page.locator('#answer-result').waitFor({ state: 'hidden' });
  await page.goForward();
  expect(await answered(page)).toMatch(/^dave\.ops appears in 3 events, .*: 3 changes, 0 reads, 0 denied or failed\./);
  expect(faults).toEqual([]);
});

test('what is not there is said with what the report covers, what may be meant, and what else to check', async () => {
  const { page, faults } = await opened(planted);
  const answer = await answerTo(page, 'i-0deadbeefcafe0009');
  expect(answer).toMatch(
    /^This report has nothing on “i-0deadbeefcafe0009”\. The report covers 111122223333 in eu-west-1, 2025/,
  );
  expect(answer).toMatch(/Culprit read every file that it found/);
  expect(answer).toMatch(/its operating system shuts down/);
  await page.getByRole('button', { name: INSTANCE }).click();
  await expect
    .poll(() => page.locator('.verdict').first().textContent())
    .toMatch(/was terminated by svc-legacy-backup/);
  await answerTo(page, 'nobody');
  await page.getByRole('button', { name: 'What this report covers' }).click();
  await page.locator('#coverage[open]').waitFor();
  expect(faults).toEqual([]);
});

test('a sentence is answered from the calls that it asks for; what of it is understood is said, and leads to events', async () => {
  const { page, faults } = await opened(planted);
  const answer = await answerTo(page, 'who terminated an instance');
  expect(answer).toMatch(/was terminated by/);
  expect(answer).toContain('Understood: “terminated” “instance”.');
  expect(answer).not.toMatch(/This report has nothing/);
  await page
    .getByRole('button', { name: /^Show events: .*Terminate/ })
    .first()
    .click();
  await expect.poll(() => page.locator('#count').textContent()).toMatch(/^2 of /);
  await answerTo(page, `who stopped ${INSTANCE}?`);
  await expect
    .poll(() => page.locator('.verdict').first().textContent())
    .toMatch(/was terminated by svc-legacy-backup/);
  expect(faults).toEqual([]);
});

test('of what stands out each kind is shown at first, and a button shows the rest', async () => {
  const { page, faults } = await opened(planted);
  await answerTo(page, 'mallory');
  const items = page.locator('.stand-outs > li');
  const first = await items.count();
  const more = page.locator('.answer-list').getByRole('button', { name: /^Show \d+ more$/ });
  for (const button of await more.all()) await button.click();
  expect(await items.count()).toBeGreaterThanOrEqual(first);
  await answerTo(page, 'prod/crown-jewels/1');
  await expect
    .poll(() => page.locator('.answer-list').first().textContent())
    .toMatch(/^Who accessed it.*mallory.*content read/);
  expect(faults).toEqual([]);
});

test('it answers in Japanese, and on a narrow screen nothing is wider than it', async () => {
  const { page, faults } = await opened(planted, { locale: 'ja-JP', viewport: { width: 390, height: 844 } });
  expect(await answerTo(page, INSTANCE)).toMatch(
    /^2025-03-03 10:14:00、svc-legacy-backup\(ロール OpsBreakGlass、セッション mallory\) が i-0deadbeefcafe0001 を終了しました/,
  );
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(faults).toEqual([]);
});
