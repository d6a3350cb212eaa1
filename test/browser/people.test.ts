/** Who is behind calls, as a reader of the page sees it: the drawn chain, and the sessions. */
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
