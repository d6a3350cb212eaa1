/** What stands out is read before anything else, leads to its events, and all findings can be looked through and taken along. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ATTACKER, incidentLog } from './events.js';
import { oneReport } from './one-report.js';

const report = oneReport({ 'a.json': incidentLog(60) });

test('the sentences stand first, name the person as text, and lead to their events', async () => {
  const { page, faults } = await report.open();
  const lines = page.locator('#briefing li');
  await expect
    .poll(() => lines.first().locator('p').textContent())
    .toContain(`${ATTACKER} stopped the logging of the trail main.`);
  expect(await lines.first().locator('.briefing-kind').textContent()).toContain('High');
  expect(await lines.nth(1).locator('p').textContent()).toMatch(/2025-03-03 01:00:02 UTC over 10 min · 2 events/);
  await lines.nth(1).getByRole('button', { name: 'Show events' }).click();
  await expect.poll(() => page.locator('#count').textContent()).toMatch(/^2 of 64/);
  expect(await page.locator('#query').inputValue()).toContain('event:ModifySnapshotAttribute');
  await expect.poll(() => page.locator('[role=gridcell]').allTextContents()).toContain('snap-0123456789abcdef0');
  expect(faults).toEqual([]);
});

test('times follow the zone, and the words the language', async () => {
  const { page } = await report.open('', { locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
  const line = page.locator('#briefing li').first();
  await expect.poll(() => line.textContent()).toContain(`${ATTACKER} が証跡 main のログ記録を停止しました。`);
  expect(await line.textContent()).toContain('2025-03-03 01:00:00 UTC');
  await page.keyboard.press('t');
  await expect.poll(() => line.textContent()).toContain('2025-03-03 10:00:00 UTC+09:00');
});

test('the sentences can be put away and brought back', async () => {
  const { page } = await report.open();
  const list = page.locator('#briefing-lines');
  await page.locator('#briefing').getByRole('button', { name: 'Hide', exact: true }).click();
  await list.waitFor({ state: 'hidden' });
  await page.locator('#briefing').getByRole('button', { name: 'Show', exact: true }).click();
  await list.waitFor({ state: 'visible' });
});

test('all findings are grouped, filtered, exported and shown', async () => {
  const { page } = await report.open();
  await page.locator('.briefing-foot button').click();
  const dialog = page.getByRole('dialog', { name: 'Findings' });
  const titles = dialog.locator('li strong');
  await expect.poll(() => titles.count()).toBeGreaterThan(3);
  await dialog.getByRole('combobox').selectOption('person');
  await expect.poll(() => dialog.locator('h3').allTextContents()).toContain(ATTACKER);
  await dialog.getByRole('searchbox').fill('snap-0fedcba9876543210 exposure');
  await expect.poll(() => dialog.locator('h3').allTextContents()).toEqual([ATTACKER]);
  const contents: string[] = [];
  for (const name of ['TSV', 'JSON', 'Timesketch JSONL']) {
    const saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name, exact: true }).click();
    contents.push(readFileSync(await (await saved).path(), 'utf8'));
  }
  const [tsv = '', json = '', lines = ''] = contents;
  const shown = await titles.count();
  expect(tsv.split('\n')[0]).toBe(
    'level\tkind\trule\ttitle\ttechniques\tcount\tfirst\tlast\tpeople\ttargets\taccounts\tquery',
  );
  expect(tsv.trimEnd().split('\n')).toHaveLength(shown + 1);
  const { findings } = JSON.parse(json) as { findings: Record<string, unknown>[] };
  expect(findings).toHaveLength(shown);
  expect(findings[0]).toMatchObject({ people: [ATTACKER], techniques: expect.any(Array) as unknown });
  const events = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events).toHaveLength(shown);
  for (const event of events)
    expect(event).toMatchObject({
      datetime: expect.stringMatching(/Z$/) as unknown,
      timestamp_desc: 'First event of a finding',
    });
  await dialog.getByRole('button', { name: 'Show events' }).first().click();
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => page.locator('#count').textContent()).toContain(' of 64');
});
