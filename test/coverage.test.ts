/** What a run says it covers: files by their names, events by themselves, by account, region and day. */
import { expect, test } from 'vitest';
import type { Coverage } from '#shared/model/coverage.js';
import { report } from './support/pipeline-run.js';
import { logFile, record } from './support/records.js';
import { temporaryFolder } from './support/temporary-folder.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A log as CloudTrail delivers it: a file's path, and events of its place. */
function delivery(account: string, region: string, day: string, events: number): [path: string, content: string] {
  const records = Array.from({ length: events }, (_, i) =>
    record(i, {
      eventID: `${account}-${region}-${day}-${String(i)}`,
      eventTime: `${day}T0${String(i)}:30:00Z`,
      awsRegion: region,
      recipientAccountId: account,
    }),
  );
  const folder = `logs/AWSLogs/${account}/CloudTrail/${region}/${day.replaceAll('-', '/')}`;
  const name = `${account}_CloudTrail_${region}_${day.replaceAll('-', '')}T0935Z_${'x'.repeat(16)}.json`;
  return [`${folder}/${name}`, logFile(...records)];
}

async function coverageOf(files: readonly (readonly [string, string])[], args: string[] = []): Promise<Coverage> {
  const folder = temporaryFolder(Object.fromEntries(files));
  const { manifest } = await report([`${folder}/logs`, ...args], `${folder}/out`);
  return manifest.coverage;
}

const A = '111122223333';
const B = '444455556666';

test('each account and region has its files and events by day, the first and the last event, and its gaps', async () => {
  const [damaged] = delivery(B, 'eu-west-1', '2025-03-05', 0);
  const coverage = await coverageOf([
    delivery(A, 'us-east-1', '2025-03-03', 2),
    delivery(A, 'us-east-1', '2025-03-04', 1),
    delivery(A, 'us-east-1', '2025-03-07', 1),
    delivery(B, 'eu-west-1', '2025-03-03', 1),
    [damaged, '{"Records":['],
    ['logs/elsewhere.json', logFile(record(0, { recipientAccountId: B, awsRegion: 'eu-west-1' }))],
  ]);
  const day = Date.UTC(2025, 2, 3) / DAY;
  expect(coverage).toEqual({
    daysPerCell: 1,
    places: [
      {
        account: A,
        region: 'us-east-1',
        day: [day, day + 1, day + 4],
        files: [1, 1, 1],
        failed: [0, 0, 0],
        events: [2, 1, 1],
        first: [1800, 1800, 1800],
        last: [5400, 1800, 1800],
        gaps: [['2025-03-05', '2025-03-06']],
      },
      {
        account: B,
        region: 'eu-west-1',
        day: [day, day + 2],
        files: [1, 1],
        failed: [0, 1],
        events: [2, 0],
        first: [0, -1],
        last: [1800, -1],
        gaps: [['2025-03-04', '2025-03-04']],
      },
    ],
    morePlaces: 0,
    unplacedFiles: 1,
    gapDays: 3,
  });
});

test('a region where little happens has days without files, and no gaps', async () => {
  const coverage = await coverageOf(
    ['2025-03-03', '2025-03-09', '2025-03-20'].map((of) => delivery(A, 'us-west-2', of, 1)),
  );
  expect(coverage).toMatchObject({ gapDays: 0, places: [{ gaps: [] }] });
});

test('events that options left out are not in it, the files that held them are', async () => {
  const coverage = await coverageOf(
    [delivery(A, 'us-east-1', '2025-03-03', 2), delivery(B, 'us-east-1', '2025-03-03', 2)],
    ['--account', A],
  );
  expect(coverage.places.map(({ account, files, events }) => [account, files, events])).toEqual([
    [A, [1], [2]],
    [B, [1], [0]],
  ]);
});
