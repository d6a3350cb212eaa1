/** The page for everybody: by finger, enlarged, in colours of the reader's own, in a narrow window, and on paper. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { logFile, record } from '../support/records.js';
import { plainLog } from './events.js';
import { oneReport } from './one-report.js';

/** Longer than a column on paper, with and without places where a line may end. */
const LONG = [
  record(90_000, {
    eventName: 'DeletePublicAccessBlockConfiguration',
    errorCode: 'Client.InvalidRouteTableID.NotFound',
    sourceIPAddress: '2001:db8:1111:2222:3333:4444:5555:6666',
    requestParameters: { bucketName: `a${'0123456789abcdef'.repeat(3)}` },
  }),
];

const { open } = oneReport({ 'a.json': plainLog(660), 'b.json': logFile(...LONG) });

/** What a finger or a pointer must hit, and is less than 24 px wide or high; a box to tick has its label around it. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a[href], input, select, summary, [role=option]')].flatMap(
      (target) => {
        const { width, height } = (target.closest('label') ?? target).getBoundingClientRect();
        if (width === 0 || height === 0 || (width >= 24 && height >= 24)) return [];
        return [`${target.id || target.className || target.tagName} ${String(width)} × ${String(height)}`];
      },
    ),
  );

const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** The rows of the table that are whole in the window. */
const rowsInSight = (page: Page): Promise<number> =>
  page.locator('.grid-body [role=row]').evaluateAll(
    (rows) =>
      rows.filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        const edge = document.querySelector('.grid-head')?.getBoundingClientRect().bottom ?? 0;
        return top >= edge - 1 && bottom <= innerHeight;
      }).length,
  );

describe.each([
  ['wide', { viewport: { width: 1440, height: 900 } }],
  ['a tablet', { viewport: { width: 700, height: 1000 }, hasTouch: true }],
  ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
])('%s', (_, options) => {
  test('everything to press is at least 24 px wide and high', async () => {
    const { page } = await open('', options);
    expect(await page.locator('button:visible').count()).toBeGreaterThan(15);
    expect(await smallTargets(page), 'start').toEqual([]);
    await page.locator('#question').fill('alice');
    await page.locator('#question').press('Enter');
    await page.locator('#answer-result[aria-busy=false] .evidence').first().waitFor();
    expect(await smallTargets(page), 'answer').toEqual([]);
    await page.locator('#answer-result > .icon-button').click();
    await page.locator('[role=gridcell]').first().click();
    await page.locator('#detail .json').first().waitFor();
    expect(await smallTargets(page), 'details').toEqual([]);
    await page.locator('#detail').getByRole('button', { name: 'Close' }).click();
    for (const column of ['eventTime', 'actor']) {
      const head = page.locator(`[role=columnheader][data-column=${column}]`);
      await head.hover();
      await head.locator('.head-menu').click();
      await expect.poll(() => page.getByText('Counting…').count()).toBe(0);
      expect(await smallTargets(page), `menu of ${column}`).toEqual([]);
      await page.keyboard.press('Escape');
    }
    for (const name of ['Columns', 'Export']) {
      await page.locator('.table-corner').getByRole('button', { name }).click();
      expect(await smallTargets(page), name).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await page.locator('#badge').click();
    expect(await smallTargets(page), 'coverage').toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('#help-button').click();
    expect(await smallTargets(page), 'help').toEqual([]);
  });

  test('the heads of the columns are whole words', async () => {
    const { page } = await open('', options);
    const cut = await page
      .locator('.sort-label')
      .evaluateAll((labels) =>
        labels.filter((label) => label.scrollWidth > label.clientWidth).map((l) => l.textContent),
      );
    expect(cut).toEqual([]);
  });
});

test('the table has text of 13 px in rows of 24 px', async () => {
  const { page } = await open();
  const [first, second] = await Promise.all(
    [0, 1].map((i) => page.locator('.grid-body [role=row]').nth(i).boundingBox()),
  );
  expect(first?.height).toBe(24);
  expect(Math.abs((second?.y ?? 0) - (first?.y ?? 0)) % 24).toBe(0);
  const sizes = await page
    .locator('[role=gridcell]')
    .evaluateAll((cells) => [...new Set(cells.map((cell) => getComputedStyle(cell).fontSize))]);
  expect(sizes).toEqual(['13px']);
});

test.each(['light', 'dark'] as const)(
  'a bar stands behind its words, which can be read on it (%s)',
  async (colorScheme) => {
    const { page } = await open('#v1&q=behind:alice', { colorScheme });
    await expect.poll(() => page.locator('.facet-button[aria-pressed=true]:visible').count()).toBe(1);
    const bars = await page.locator('.facet-button:visible').evaluateAll((buttons) => {
      const context = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
      const luminance = (color: string): number => {
        context.fillStyle = color;
        context.fillRect(0, 0, 1, 1);
        const [r = 0, g = 0, b = 0] = [...context.getImageData(0, 0, 1, 1).data]
          .map((part) => part / 255)
          .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const root = getComputedStyle(document.documentElement);
      const pale = ['change', 'read', 'error'].map((name) => luminance(root.getPropertyValue(`--${name}-soft`).trim()));
      return buttons.map((button) => {
        const bar = button.querySelector('.bars') as HTMLElement;
        const words = [...button.querySelectorAll('.facet-value, .facet-count')];
        const range = document.createRange();
        range.selectNodeContents(words[0] as Element);
        const box = range.getBoundingClientRect();
        const contrasts = words.flatMap((word) => {
          const ink = luminance(getComputedStyle(word).color);
          return pale.map((ground) => (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05));
        });
        return {
          layer: getComputedStyle(bar).zIndex,
          // The foot is 2 px high.
          room: bar.getBoundingClientRect().bottom - 2 - box.bottom,
          height: button.getBoundingClientRect().height,
          contrast: Math.min(...contrasts),
        };
      });
    });
    expect(bars.length).toBeGreaterThan(10);
    for (const { layer, room, height, contrast } of bars) {
      expect(layer).toBe('-1');
      expect(room).toBeGreaterThanOrEqual(0);
      expect(height).toBeGreaterThanOrEqual(24);
      expect(contrast).toBeGreaterThanOrEqual(4.5);
    }
  },
);

test.each([
  ['1440 × 900 at 200 %', 720, 450],
  ['1280 × 720 at 200 %', 640, 360],
  ['1440 × 900 at 125 %', 1152, 720],
  ['a phone on its side', 844, 390],
])('there are rows to see: %s', async (_, width, height) => {
  const { page } = await open('', { viewport: { width, height } });
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  if (width > 640) expect(await rowsInSight(page)).toBeGreaterThanOrEqual(3);
  // And where the page scrolls, the table comes to have the whole window.
  await page.locator('.results').evaluate((results) => results.scrollIntoView());
  await expect.poll(() => rowsInSight(page)).toBeGreaterThanOrEqual(5);
});

test.each([320, 280, 260, 240])('nothing is wider than a window of %i px', async (width) => {
  const { page } = await open('', { viewport: { width, height: 653 } });
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  const outside = await page
    .locator('.head button, .head .zone, .brand, .answer button')
    .evaluateAll((parts) =>
      parts
        .filter((part) => part.getBoundingClientRect().right > innerWidth)
        .map((part) => part.outerHTML.slice(0, 80)),
    );
  expect(outside).toEqual([]);
});

test('in a list, the head scrolls to the column that keys lead to', async () => {
  const { page } = await open('', { viewport: { width: 240, height: 653 } });
  await page.locator('#grid').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('End');
  const last = page.locator('.grid-head-cell').last();
  await expect.poll(() => last.evaluate((cell) => cell.classList.contains('is-active'))).toBe(true);
  const [cell, corner] = await Promise.all([last.boundingBox(), page.locator('.table-corner').boundingBox()]);
  expect((cell?.x ?? 0) + (cell?.width ?? 0)).toBeLessThanOrEqual((corner?.x ?? 0) + 1);
});

test('in a low window, the menu of a column has its values and a box to search in', async () => {
  const { page } = await open('', { viewport: { width: 720, height: 360 } });
  const head = page.locator('[role=columnheader][data-column=actor]');
  await head.hover();
  await head.locator('.head-menu').click();
  const value = page.locator('.popover .value').first();
  await value.waitFor();
  const [input, list] = await Promise.all([
    page.locator('.popover .text-input').boundingBox(),
    page.locator('.popover .values').boundingBox(),
  ]);
  expect(input?.height).toBe(32);
  expect(list?.height).toBeGreaterThanOrEqual(78);
  expect((list?.y ?? 0) + 78).toBeLessThanOrEqual(360);
});

test.each(['light', 'dark'] as const)(
  'in colours of the reader’s own, marks, bars and edges stay (%s)',
  async (scheme) => {
    const { page, faults } = await open('', { colorScheme: scheme, forcedColors: 'active' });
    const style = (selector: string, property: string): Promise<string> =>
      page
        .locator(selector)
        .first()
        .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    const ground = await style('body', 'background-color');
    expect(await style('.outcome .mark.is-change', 'background-color')).not.toBe(ground);
    expect(await style('.outcome .mark.is-error', 'background-color')).not.toBe(ground);
    expect(await style('.facet-button .bar.is-read', 'background-image')).toContain('gradient');
    for (const part of ['.preset', '.chip', '.outcome', '.badge'])
      expect(await style(part, 'border-top-style')).toBe('solid');
    await page.locator('[role=gridcell]').first().click();
    await expect.poll(() => style('.grid-row.is-open', 'outline-style')).toBe('solid');
    await page.locator('.preset').first().click();
    await page.mouse.move(0, 0);
    await page.locator('#query').focus();
    await expect.poll(() => style('.preset[aria-pressed=true]', 'outline-style')).toBe('solid');
    expect(faults).toEqual([]);
  },
);

describe('on paper', () => {
  const printed = async (hash: string): Promise<Page> => {
    // As wide as A4 lies between its margins.
    const { page } = await open(hash, { viewport: { width: 1031, height: 702 } });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.locator('#print tbody tr').first().waitFor();
    return page;
  };

  test('it says how many events the sheets have, and no more', async () => {
    const all = await (await printed('')).locator('#print').innerText();
    expect(all).toContain('Events listed: 661. The first 100 follow.');
    expect(all).not.toMatch(/all events|everything/i);
    const some = await (await printed('#v1&q=who:alice')).locator('#print').innerText();
    expect(some).toContain('Events listed: 661. Of these, 221 match; the first 100 follow.');
    const few = await (await printed('#v1&q=event:DeletePublic*')).locator('#print').innerText();
    expect(few).toContain('Events listed: 661. Of these, 1 match; all of the matching ones follow.');
  });

  test('the key to the colours has its words', async () => {
    const page = await printed('');
    await page.setViewportSize({ width: 703, height: 1000 });
    for (const name of ['changed', 'read', 'denied or failed'])
      await expect.poll(() => page.locator('.outcome-name', { hasText: name }).first().isVisible()).toBe(true);
    const marks = page.locator('.outcome .mark');
    expect(await marks.evaluateAll((all) => all.map((mark) => getComputedStyle(mark).printColorAdjust))).toEqual([
      'exact',
      'exact',
      'exact',
    ]);
  });

  test('no word is broken or cut off', async () => {
    const page = await printed('');
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    // A line ends inside a word where a piece without a place to end it has more than one box.
    const broken = await page.locator('#print td').evaluateAll((cells) =>
      cells.flatMap((cell) =>
        [...cell.childNodes].flatMap((node) => {
          const words = node.textContent ?? '';
          if (node.nodeType !== Node.TEXT_NODE || /[ -]/.test(words)) return [];
          const range = document.createRange();
          range.selectNodeContents(node);
          return range.getClientRects().length > 1 ? [words] : [];
        }),
      ),
    );
    expect(broken).toEqual([]);
    const cut = await page
      .locator('.facet-value:visible')
      .evaluateAll((values) =>
        values.filter((value) => value.scrollWidth > value.clientWidth).map((v) => v.textContent),
      );
    expect(cut).toEqual([]);
  });
});
