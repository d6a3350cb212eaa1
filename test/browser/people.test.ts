/** Who is behind calls, as a reader of the page sees it: the drawn chain, and the sessions. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { BEGIN, BOTO, HOUR, MINUTE, World } from '../support/people/world.js';
import type { WatchedPage } from '../support/browser.js';
import { oneReport } from './one-report.js';

const [PRODUCTION, STAGING] = ['111122223333', '222233334444'];

/** Dana reaches another account over two roles; an instance's credentials are used elsewhere; a session has no beginning. */
function story(): string {
  const world = new World(3);
  const dana = world.user(PRODUCTION, 'dana');
  const jump = world.assume(dana, { at: BEGIN, account: PRODUCTION, role: 'Jump', name: 'a' });
  const deploy = world.assume(jump, { at: BEGIN + MINUTE, account: STAGING, role: 'Deploy', name: 'b' });
  world.work(deploy, BEGIN + 2 * MINUTE, 3, STAGING);
  const lost = { at: BEGIN + HOUR, account: PRODUCTION, role: 'Lost', name: 'nobody' };
  world.work(world.session(lost, { ...dana, address: '198.51.100.9' }), BEGIN + HOUR, 2);
  const id = 'i-0aaaabbbbccccdddd';
  const onInstance = {
    at: BEGIN + 2 * HOUR,
    account: PRODUCTION,
    role: 'web',
    name: id,
    session: { ec2RoleDelivery: '2.0' },
  };
  const web = world.session(onInstance, { ...dana, address: '203.0.113.5', agent: 'amazon-ssm-agent/3.3' });
  world.work(web, BEGIN + 2 * HOUR, 4);
  world.work({ ...web, address: '198.51.100.77', agent: BOTO }, BEGIN + 2 * HOUR + MINUTE, 1);
  return JSON.stringify({ Records: world.records() });
}

const { open } = oneReport({ 'a.json': story() });

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds by all of its rules. */
async function problems(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => {
    return (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run();
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

const query = (page: Page) => page.locator('#query').inputValue();
const steps = (page: Page) => page.locator('.chain > li');
const title = (page: Page) => page.locator('.detail-title').textContent();

/** Opens the newest event that a query finds. */
async function openFirst(query: string, options = {}): Promise<WatchedPage> {
  const watched = await open(`#v1&q=${query}`, options);
  await watched.page.locator('#grid [aria-rowindex="2"] [data-column=eventName]').click();
  await watched.page.locator('.chain').waitFor();
  return watched;
}

describe('the chain behind a call', () => {
  test('leads from the person over each role to the call, and each step opens the event that shows it', async () => {
    const { page, faults } = await openFirst('role:Deploy');
    const called = await title(page);
    await expect
      .poll(() => steps(page).allInnerTexts())
      .toEqual([
        'dana',
        expect.stringMatching(/^Issued this access key · certain · 2025-03-03 00:00:00\s+Jump$/),
        expect.stringMatching(/^Issued this access key · certain · 2025-03-03 00:01:00\s+Deploy \(222233334444\)$/),
        `${called ?? ''} (this call)`,
      ]);
    expect(await page.locator('.chain').getAttribute('aria-label')).toBe('Who is behind this call');
    await steps(page).nth(1).getByRole('button').press('Enter');
    await expect.poll(() => title(page)).toBe('AssumeRole');
    await expect.poll(() => page.locator('.detail-subtitle').textContent()).toContain('2025-03-03 00:00:00');
    // Dana's own call has nobody else behind it.
    await expect.poll(() => page.locator('.chain').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test('filters by the person', async () => {
    const { page } = await openFirst('role:Deploy');
    await steps(page).first().getByRole('button').click();
    await expect.poll(() => query(page)).toBe('role:Deploy behind:dana');
  });

  test('says why nobody is known', async () => {
    const { page } = await openFirst('role:Lost');
    await expect
      .poll(() => steps(page).allInnerTexts())
      .toEqual([
        'The call that issued the session is not in these logs.',
        expect.stringMatching(/^No record of this step\s+Lost$/),
        expect.stringContaining('(this call)'),
      ]);
  });

  test('shows both places of credentials that were used elsewhere, in the reader’s language', async () => {
    const { page, faults } = await openFirst('role:web', { locale: 'ja-JP' });
    await expect.poll(() => steps(page).first().innerText()).toBe('ワークロード i-0aaaabbbbccccdddd（ロール web）');
    const uses = page.locator('.chain-uses > li');
    await expect
      .poll(() => uses.allInnerTexts())
      .toEqual([
        '本来の場所: 203.0.113.5, amazon-ssm-agent, 2025-03-03 02:00:00 – 2025-03-03 02:01:51',
        '別の場所: 198.51.100.77, Boto3, 2025-03-03 02:01:00',
      ]);
    await uses.nth(1).getByRole('button').click();
    await expect.poll(() => page.locator('.detail-subtitle').textContent()).toContain('2025-03-03 02:01:00');
    expect(faults).toEqual([]);
  });
});

describe('the sessions', () => {
  const rows = (page: Page) => page.locator('.sessions-row');
  const list = (page: Page) => page.locator('.sessions-grid');
  const cells = (page: Page, field: string) => page.locator(`.sessions-row [data-field=${field}]`).allTextContents();
  const hash = (page: Page) => page.evaluate(() => location.hash);

  test('take the place of the events, follow the search, and are sorted by any column', async () => {
    const { page, faults } = await open();
    await page.getByRole('button', { name: 'Sessions', exact: true }).click();
    await expect.poll(() => page.locator('.sessions-count').textContent()).toBe('6 sessions');
    await expect.poll(() => hash(page)).toBe('#v1&sessions=-last');
    await expect.poll(async () => (await cells(page, 'role')).slice(0, 3)).toEqual(['web', 'Lost', 'Deploy']);
    expect((await cells(page, 'behind')).slice(0, 3)).toEqual([
      'workload i-0aaaabbbbccccdddd (role web)',
      '(not known)',
      'dana',
    ]);
    await page.getByRole('columnheader', { name: 'Events' }).getByRole('button').click();
    await expect.poll(() => cells(page, 'events')).toEqual(['5', '3', '2', '1', '1', '1']);
    await expect.poll(() => hash(page)).toBe('#v1&sessions=-events');
    expect(await page.getByRole('columnheader', { name: 'Events' }).getAttribute('aria-sort')).toBe('descending');
    await page.locator('#query').fill('behind:dana');
    await expect.poll(() => cells(page, 'events')).toEqual(['3', '1', '1', '1']);
    await page.getByRole('button', { name: 'Back to the events' }).click();
    await expect.poll(() => page.locator('#sessions').isHidden()).toBe(true);
    await expect.poll(() => hash(page)).toBe('#v1&q=behind:dana');
    expect(faults).toEqual([]);
  });

  test('several that are chosen become one chronology with a link of its own', async () => {
    const { page, faults } = await open('#v1&q=event:AssumeRole|role:Deploy|role:Lost&sessions=-last');
    await expect.poll(() => rows(page).count()).toBe(5);
    const [lost, deploy] = [rows(page).filter({ hasText: 'Lost' }), rows(page).filter({ hasText: 'Deploy' })];
    for (const row of [lost, deploy]) await row.click();
    await expect.poll(() => deploy.getAttribute('aria-selected')).toBe('true');
    await page.getByRole('button', { name: 'Show all events of 2 sessions in order' }).click();
    await expect.poll(() => page.locator('#count').textContent()).toBe('5 of 13 events');
    const times = () => page.locator('#grid [role=gridcell][data-column=eventTime]').allTextContents();
    await expect.poll(async () => (await times()).length).toBe(5);
    expect(await times()).toEqual([...(await times())].sort());
    const { page: other } = await open(await hash(page));
    await expect.poll(() => other.locator('#count').textContent()).toBe('5 of 13 events');
    await page.goBack();
    await expect.poll(() => rows(page).count()).toBe(5);
    expect(faults).toEqual([]);
  });

  test('are used by keys alone: arrows move, Space chooses, Enter asks, Escape leads back', async () => {
    const { page, faults } = await open('#v1&sessions=behind');
    await expect.poll(() => rows(page).count()).toBe(6);
    await list(page).focus();
    await page.keyboard.press('End');
    await expect.poll(() => page.locator('#active-session').getAttribute('aria-rowindex')).toBe('7');
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await expect.poll(() => page.locator('#active-session').getAttribute('aria-selected')).toBe('true');
    expect(await list(page).getAttribute('aria-activedescendant')).toBe('active-session');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#question').inputValue()).toBe('dana');
    await expect.poll(() => page.locator('#answer-result').textContent()).toContain('dana');
    await list(page).focus();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('#sessions').isHidden()).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('grid');
    expect(faults).toEqual([]);
  });

  test.each([
    [1440, 'dark'],
    [390, 'light'],
  ] as const)('and the chain are accessible at %i pixels, %s', async (width, colorScheme) => {
    const { page } = await open('#v1&sessions=-last', { viewport: { width, height: 844 }, colorScheme });
    await expect.poll(() => rows(page).count()).toBe(6);
    await rows(page).nth(1).locator('[data-field=events]').click();
    expect(await problems(page)).toEqual([]);
    await page.evaluate(() => (location.hash = '#v1&q=role:web'));
    await page.locator('#grid [aria-rowindex="2"] [data-column=eventName]').click();
    await page.locator('.chain-uses').waitFor();
    expect(await problems(page)).toEqual([]);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
});
