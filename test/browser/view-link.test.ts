/** The view is in the address: links, bookmarks, back and forward. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { plainLog } from './events.js';
import { oneReport } from './one-report.js';

const { open } = oneReport({ 'a.json': plainLog(300) });

const hash = (page: Page) => page.evaluate(() => location.hash);
const count = (page: Page, text: string) => expect.poll(() => page.locator('#count').textContent()).toBe(text);
const detail = (page: Page) => page.locator('#detail');

test('what a reader chooses is in the address, which shows a colleague the same', async () => {
  const { page } = await open();
  await page.locator('.facet[data-column=behind] button', { hasText: 'alice' }).click();
  await page.locator('#head-eventName').click();
  await page.getByRole('button', { name: 'Log scale', exact: true }).click();
  await page.getByRole('button', { name: 'Percent', exact: true }).click();
  await page.getByRole('button', { name: 'By session', exact: true }).click();
  await page.locator('[role=gridcell][data-column=eventName]').nth(2).click();
  await expect
    .poll(() => hash(page))
    .toMatch(/^#v1&q=behind:alice&sort=event&charts=log,share,sessions&event=2025-03-03T00:\d\d:\d\dZ\/\w{8}$/);
  const time = await page.locator('.detail-subtitle').textContent();

  const { page: other, faults } = await open(await hash(page));
  await count(other, '100 of 300 events');
  await expect.poll(() => other.locator('#query').inputValue()).toBe('behind:alice');
  await expect
    .poll(() => other.locator('[data-column=eventName][role=columnheader]').getAttribute('aria-sort'))
    .toBe('ascending');
  for (const name of ['Log scale', 'Percent', 'By session'])
    await expect.poll(() => other.getByRole('button', { name, exact: true }).getAttribute('aria-pressed')).toBe('true');
  await expect.poll(() => other.locator('.facet').first().getAttribute('data-column')).toBe('actor');
  await detail(other).waitFor();
  await expect.poll(() => other.locator('.detail-subtitle').textContent()).toBe(time);
  expect(faults).toEqual([]);
});

test('back and forward go from one deliberate step to another; what is typed replaces what was there', async () => {
  const { page, faults } = await open();
  await page.locator('.facet[data-column=behind] button', { hasText: 'alice' }).click();
  await page.locator('#query').press('End');
  await page.locator('#query').pressSequentially(' outcome:error');
  await count(page, '10 of 300 events');
  await expect.poll(() => hash(page)).toBe('#v1&q=behind:alice+outcome:error');
  await page.locator('[role=gridcell][data-column=eventName]').first().click();
  await expect.poll(() => hash(page)).toContain('&event=');
  await page.goBack();
  await detail(page).waitFor({ state: 'hidden' });
  await expect.poll(() => page.locator('#query').inputValue()).toBe('behind:alice outcome:error');
  await page.goBack();
  await count(page, '300 events');
  await expect.poll(() => page.locator('#query').inputValue()).toBe('');
  await page.goForward();
  await count(page, '10 of 300 events');
  await page.goForward();
  await detail(page).waitFor();
  expect(faults).toEqual([]);
});

test.each([
  ['20,000 characters', 'a'.repeat(20_000), 'The query is too long: it can have at most 8,000 characters.'],
  [
    '20,000 words',
    Array.from({ length: 20_000 }, (_, i) => `w${String(i)}`).join(' '),
    'The query is too long: it can have at most 8,000 characters.',
  ],
  [
    '100 words',
    'ec2 '.repeat(100),
    'Too many words, patterns, text and resource terms (character 201): a query can have at most 50 of these.',
  ],
  ['600 terms', 'ip:1.2.3.4 '.repeat(600), 'Too many search terms (character 5,501): a query can have at most 500.'],
])('%s are one sentence, the last result stays, and a link shows the same', async (_, pasted, sentence) => {
  const { page, faults } = await open('#v1&q=who:alice&sort=event');
  await count(page, '100 of 300 events');
  const box = page.locator('#query');
  const says = (of: Page) =>
    expect.poll(() => of.locator('#query-fault').textContent()).toContain(`${sentence} Still showing the last result.`);
  await box.fill('');
  await count(page, '300 events');
  await box.fill('who:alice');
  await count(page, '100 of 300 events');
  await box.fill(pasted);
  await says(page);
  await count(page, '100 of 300 events');
  await expect.poll(() => box.inputValue()).toBe(pasted);
  await expect.poll(async () => (await hash(page)).length).toBeGreaterThan(300);
  const written = await box.inputValue();

  await page.reload();
  await count(page, '300 events');
  await says(page);
  await expect
    .poll(() => page.locator('[data-column=eventName][role=columnheader]').getAttribute('aria-sort'))
    .toBe('ascending');
  await expect.poll(async () => written.startsWith(await box.inputValue())).toBe(true);

  const { page: other, faults: others } = await open(await hash(page));
  await says(other);
  await other.locator('#query').fill('who:bob');
  await expect.poll(() => other.locator('#query-fault').textContent()).toBe('');
  await expect.poll(() => hash(other)).toBe('#v1&q=who:bob&sort=event');
  expect([...faults, ...others]).toEqual([]);
});

test('a question of 20,000 characters is one sentence, by a link too, and is answered by nothing', async () => {
  const { page, faults } = await open(`#v1&q=who:alice&about=${'i'.repeat(20_000)}`);
  const says = () =>
    expect
      .poll(() => page.locator('#answer-result [role=alert]').textContent())
      .toBe('The question is too long: use at most 2,048 characters.');
  await says();
  await count(page, '100 of 300 events');
  await page.locator('#answer-result button').click();
  await expect.poll(() => hash(page)).toBe('#v1&q=who:alice');
  await page.locator('#question').fill('i'.repeat(20_000));
  await page.locator('#question').press('Enter');
  await says();
  await expect.poll(() => hash(page)).toContain('about=');
  await page.reload();
  await says();
  expect(faults).toEqual([]);
});

test('a reload keeps what was asked or typed just before, though the address did not hold it yet', async () => {
  const { page, faults } = await open('#v1&sort=event');
  await count(page, '300 events');
  await page.locator('#query').pressSequentially('who:alice');
  await page.reload();
  await count(page, '100 of 300 events');
  expect(await page.locator('#query').inputValue()).toBe('who:alice');
  await expect.poll(() => hash(page)).toBe('#v1&q=who:alice&sort=event');
  await page.locator('#question').fill('bob');
  await page.locator('#question').press('Enter');
  await page.reload();
  await expect.poll(() => page.locator('#answer-result .verdict').first().textContent()).toContain('bob');
  await expect.poll(() => hash(page)).toBe('#v1&q=who:alice&about=bob&sort=event');
  await page.goBack();
  await expect.poll(() => hash(page)).toBe('#v1&q=who:alice&sort=event');
  // What was handed over once is not taken again.
  await page.locator('#clear').click();
  await count(page, '300 events');
  await expect.poll(() => hash(page)).toBe('#v1&sort=event');
  await page.reload();
  await count(page, '300 events');
  expect(faults).toEqual([]);
});

test('an address that means nothing here shows everything', async () => {
  const { page, faults } = await open(
    `#v1&sort=requestParameters&event=2025-13-99/%00&columns=%3Cimg%3E&zone=Mars/Olympus&about=%FF&q=%20%20`,
  );
  await count(page, '300 events');
  await expect.poll(() => detail(page).isHidden()).toBe(true);
  expect(faults).toEqual([]);
});
