/** However much a run covers, what it says of it stays small. */
import { expect, test } from 'vitest';
import { DeliveredFiles } from '#scripts/ingest/read/delivered-files.js';
import { describeCoverage } from '#scripts/output/coverage.js';
import type { EventStore } from '#scripts/store/event-store.js';

const NO_EVENTS = {
  rows: 0,
  coded: { awsRegion: { values: { length: 1 } } },
} as unknown as EventStore;

function delivered(accounts: number, regions: number, days: readonly number[]): DeliveredFiles {
  const files = new DeliveredFiles();
  for (let account = 0; account < accounts; account++)
    for (let region = 0; region < regions; region++)
      for (const day of days) {
        const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10).replaceAll('-', '');
        const number = String(account).padStart(12, '0');
        files.add(`${number}_CloudTrail_r-${String(region).padStart(3, '0')}_${date}T0000Z_x.json.gz`, false);
      }
  return files;
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const cells = (of: readonly { readonly day: readonly number[] }[]): number =>
  of.reduce((sum, { day }) => sum + day.length, 0);

test(
  '100 accounts in 20 regions over 400 days are told by the quarter, with their gaps by the day',
  { timeout: 90_000 },
  () => {
    const days = range(400).filter((day) => day !== 37);
    const coverage = describeCoverage(NO_EVENTS, delivered(100, 20, days));
    expect(coverage).toMatchObject({ daysPerCell: 91, morePlaces: 0, gapDays: 2000 });
    expect(coverage.places.length).toBe(2000);
    expect(cells(coverage.places)).toBeLessThanOrEqual(20_000);
    expect(coverage.places[0]?.gaps).toEqual([['2024-02-07', '2024-02-07']]);
    expect(coverage.places[0]?.files.reduce((a, b) => a + b)).toBe(399);
    expect(JSON.stringify(coverage).length).toBeLessThan(1_000_000);
  },
);

test('more places than anybody looks at are counted, not listed', () => {
  const coverage = describeCoverage(NO_EVENTS, delivered(250, 10, [0]));
  expect(coverage).toMatchObject({ daysPerCell: 1, morePlaces: 500 });
  expect(coverage.places.length).toBe(2000);
});

test('a file whose name tells no place and day is in none', () => {
  const files = new DeliveredFiles();
  for (const name of ['a.json', '111122223333_CloudTrail_us-east-1_20251399T0000Z_x.json.gz', '_CloudTrail_'])
    files.add(name, false);
  expect(describeCoverage(NO_EVENTS, files)).toMatchObject({ unplacedFiles: 3, places: [] });
});
