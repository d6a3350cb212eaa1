import { afterEach, describe, expect, test } from 'vitest';
import { relativeTime } from '#public/text/shown-time.js';
import { currentZone, dateTime, showZone, zoneLabel } from '#public/text/zone.js';

const NOON = Date.UTC(2025, 2, 6, 12, 0, 0);

afterEach(() => void showZone('UTC'));

describe('times', () => {
  test.each([
    ['UTC', '2025-03-06 12:00:00', 'UTC'],
    ['Asia/Tokyo', '2025-03-06 21:00:00', 'UTC+09:00'],
    ['Asia/Kathmandu', '2025-03-06 17:45:00', 'UTC+05:45'],
    ['America/St_Johns', '2025-03-06 08:30:00', 'UTC−03:30'],
    ['Pacific/Kiritimati', '2025-03-07 02:00:00', 'UTC+14:00'],
  ])('are shown in the zone that was chosen: %s', (zone, shown, label) => {
    expect(showZone(zone)).toBe(true);
    expect(dateTime(NOON)).toBe(shown);
    expect(zoneLabel(NOON)).toBe(label);
  });

  test('follow summer time to the second', () => {
    showZone('Europe/Berlin');
    const change = Date.UTC(2025, 2, 30, 1);
    expect(dateTime(change - 1000)).toBe('2025-03-30 01:59:59');
    expect(dateTime(change)).toBe('2025-03-30 03:00:00');
    expect([zoneLabel(change - 1), zoneLabel(change)]).toEqual(['UTC+01:00', 'UTC+02:00']);
  });

  test('keep their milliseconds where they have some', () => {
    showZone('Asia/Tokyo');
    expect(dateTime(NOON + 5)).toBe('2025-03-06 21:00:00.005');
  });

  test('stay as they are where the browser does not know the zone', () => {
    showZone('Asia/Tokyo');
    for (const name of ['Mars/Olympus', '', '__proto__', 'a'.repeat(1000)]) expect(showZone(name)).toBe(false);
    expect(currentZone()).toBe('Asia/Tokyo');
  });
});

test.each([
  [0, 'now'],
  [-5_000, '5 seconds ago'],
  [-119_000, '1 minute ago'],
  [-86_400_000, 'yesterday'],
  [-40 * 86_400_000, 'last month'],
  [-3 * 366 * 86_400_000, '3 years ago'],
  [7_200_000, 'in 2 hours'],
])('a time is also told from now: %s ms', (away, words) => {
  expect(relativeTime(NOON + away, NOON)).toBe(words);
});
