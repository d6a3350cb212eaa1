/** What a reader does before the events are read, and while the page works ahead. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openPage, type WatchedPage } from '../support/browser.js';
import { plainLog } from './events.js';
import { oneReport } from './one-report.js';

const EVENTS = 3000;
const report = oneReport({ 'a.json': plainLog(EVENTS) });

declare global {
  interface Window {
    /** Lets the page have what its worker has said, and says from now on. */
    release(): void;
  }
}

/** Opens the page with its worker's answers held back: no event is read before `release` is called. */
async function openUnread(): Promise<WatchedPage> {
  const opened = await openPage(report.browser, 'about:blank');
  await opened.page.addInitScript(() => {
    const held: (() => void)[] = [];
    let isHeld = true;
    window.Worker = class extends Worker {
      override set onmessage(listener: (event: MessageEvent) => void) {
        this.addEventListener('message', (event) => {
          if (isHeld) held.push(() => listener(event));
          else listener(event);
        });
      }
    };
    window.release = () => {
      isHeld = false;
      for (const give of held) give();
    };
  });
  opened.faults.length = 0;
  await opened.page.goto(report.url);
  opened.faults.splice(0);
  return opened;
}

const release = (page: Page) => page.evaluate(() => window.release());
const firstRow = (page: Page) => page.locator('#grid [aria-rowindex="2"]');

describe('before the events are read', () => {
  test('a column’s menu says that it counts, and has the counts as soon as they can be made', async () => {
    const { page, faults } = await openUnread();
    await page.locator('[role=columnheader][data-column=actor] .head-menu').click();
    const menu = page.locator('dialog.popover');
    await expect.poll(() => menu.locator('[role=status]').textContent()).toBe('Counting…');
    await release(page);
    await expect
      .poll(() => menu.locator('.values .value').allTextContents())
      .toEqual(['alice1,000', 'bob1,000', 'carol1,000']);
    expect(faults).toEqual([]);
  });

  test('the menu of the time begins with the report’s first event, not with 1970', async () => {
    const { page } = await openUnread();
    await page.locator('[role=columnheader][data-column=eventTime] .head-menu').click();
    const [from] = await page.locator('dialog.popover input').all();
    expect(await from?.getAttribute('min')).toBe('2025-03-03T00:00:00');
  });

  test.each(['.facet-head', '.facet-others'])('a chart’s %s opens its list, which fills by itself', async (part) => {
    const { page, faults } = await openUnread();
    const chart = page.locator('#facets [data-column=behind]');
    await chart.locator(part).dispatchEvent('click');
    const dialog = page.locator('#chart-dialog');
    await expect.poll(() => dialog.locator('.chart-note').textContent()).toBe('Counting…');
    expect(await dialog.getByRole('button', { name: 'Copy table' }).isDisabled()).toBe(true);
    await release(page);
    await expect.poll(() => dialog.locator('tbody tr').count()).toBe(3);
    expect(await dialog.locator('h2').textContent()).toBe('Person behind: 3 values');
    expect(await dialog.getByRole('button', { name: 'Copy table' }).isDisabled()).toBe(false);
    expect(faults).toEqual([]);
  });

  test('an export waits for the events, and never offers none', async () => {
    const { page, faults } = await openUnread();
    await page.keyboard.press('e');
    const dialog = page.locator('dialog.export');
    expect(await dialog.locator('h2').textContent()).toBe('Counting…');
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await release(page);
    await expect.poll(() => dialog.locator('h2').textContent()).toBe('Export 3,000 events');
    await expect.poll(() => dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(false);
    expect(faults).toEqual([]);
  });
});

describe('while the page works ahead', () => {
  test('a table that is scrolled to its end keeps its own events, wherever it is scrolled next', async () => {
    const { page, faults } = await openPage(report.browser, report.url);
    await firstRow(page).waitFor();
    await page.locator('#grid').evaluate((grid) => (grid.scrollTop = grid.scrollHeight));
    const last = page.locator(`#grid [aria-rowindex="${String(EVENTS + 1)}"]`);
    await last.waitFor();
    // The warm-up begins when nobody has done anything for a while, and takes less than this.
    await page.waitForTimeout(2500);
    expect(await last.locator('[data-column=eventTime]').textContent()).toBe('2025-03-03 00:00:00');
    await page.locator('#grid').evaluate((grid) => (grid.scrollTop = 0));
    await firstRow(page).waitFor();
    const names = () => page.locator('#grid [role=gridcell][data-column=actor]').allTextContents();
    await expect.poll(async () => new Set(await names()).size).toBe(3);
    expect(await page.locator('#failure').isHidden()).toBe(true);
    expect(faults).toEqual([]);
  });

  test('a window that changes its size while the table is scrolled shows every row in view', async () => {
    const { page, faults } = await openPage(report.browser, report.url);
    await firstRow(page).waitFor();
    for (let i = 1; i <= 20; i++) {
      await page.locator('#grid').evaluate((grid, share) => (grid.scrollTop = grid.scrollHeight * share), i / 20);
      await page.setViewportSize({ width: 900 + (i % 5) * 100, height: 500 + (i % 7) * 60 });
      await page.waitForTimeout(60);
    }
    await expect.poll(() => page.locator(`#grid [aria-rowindex="${String(EVENTS + 1)}"]`).count()).toBe(1);
    expect(await page.locator('#grid .grid-row').count()).toBeGreaterThan(5);
    expect(faults).toEqual([]);
  });
});
