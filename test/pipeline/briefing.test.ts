/** What a report says first, from logs through the whole pipeline. */
import { gunzipSync } from 'node:zlib';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { EmbeddedBriefing, ListedFinding, SentencePart } from '#shared/model/briefing.js';
import { parseQuery } from '#shared/query/parse.js';
import '../support/one-worker.js';
import { embeddedReport } from '../support/embedded-report.js';
import { iamUser } from '../support/identities.js';
import { report } from '../support/pipeline-run.js';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const OWN = '111111111111';
const OTHER = '444455556666';

/** Calls of a log, by whom; a second lies between them. */
type Line = readonly [who: string, service: string, name: string, request: unknown, fields?: Record<string, unknown>];

async function briefingOf(lines: readonly Line[], options: readonly string[] = []): Promise<EmbeddedBriefing> {
  const records = lines.map(([who, service, eventName, requestParameters, fields], i) =>
    record(i, {
      userIdentity: iamUser(OWN, who, `AKIA${who.toUpperCase().padEnd(8, 'X')}EXAMPLE`),
      eventSource: `${service}.amazonaws.com`,
      eventName,
      requestParameters,
      ...fields,
    }),
  );
  const folder = temporaryFolder({ 'logs/a.json': logFile(...records) });
  const { page } = await report([path.join(folder, 'logs'), ...options], path.join(folder, 'out'));
  return embeddedReport(page).manifest.briefing;
}

function said(parts: readonly SentencePart[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part[1])).join('');
}

function english({ lines }: EmbeddedBriefing): readonly string[] {
  return lines.map(({ kind, en }) => `${kind}: ${said(en)}`);
}

const INCIDENT: readonly Line[] = [
  [
    'alice',
    'iam',
    'CreateAccessKey',
    { userName: 'backup' },
    { responseElements: { accessKey: { accessKeyId: 'AKIABACKUPXXXEXAMPLE', userName: 'backup' } } },
  ],
  [
    'mallory',
    'iam',
    'AttachUserPolicy',
    { userName: 'backup', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  ],
  [
    'mallory',
    'rds',
    'ModifyDBSnapshotAttribute',
    { dBSnapshotIdentifier: 'orders-1', attributeName: 'restore', valuesToAdd: [OTHER] },
  ],
  [
    'mallory',
    'rds',
    'ModifyDBSnapshotAttribute',
    { dBSnapshotIdentifier: 'orders-2', attributeName: 'restore', valuesToAdd: [OTHER] },
  ],
  ['mallory', 'cloudtrail', 'StopLogging', { name: 'main' }],
  ['eve', 'cloudtrail', 'StopLogging', { name: 'main' }, { errorCode: 'AccessDenied', errorMessage: 'no' }],
];

test('an incident is told by person and kind, what stops the log first, and what failed not at all', async () => {
  const briefing = await briefingOf(INCIDENT);
  expect(english(briefing).slice(0, 4)).toEqual([
    'logging: mallory stopped the logging of the trail main.',
    `exposure: mallory shared the RDS snapshots orders-1 and orders-2 with account ${OTHER}.`,
    'privilege: mallory gave backup the right to do everything (AdministratorAccess).',
    'credentials: alice created access keys for backup.',
  ]);
  const [stopped, shared] = briefing.lines;
  expect(said(stopped?.ja ?? [])).toBe('mallory が証跡 main のログ記録を停止しました。');
  expect(shared).toMatchObject({
    level: 'high',
    count: 2,
    first: Date.UTC(2025, 2, 3, 0, 0, 2),
    last: Date.UTC(2025, 2, 3, 0, 0, 3),
  });
  expect(shared?.query).toBe(
    'behind:mallory event:ModifyDBSnapshotAttribute time:>=2025-03-03T00:00:02 time:<2025-03-03T00:00:03.001',
  );
  for (const { query } of briefing.lines) expect(parseQuery(query)).toHaveProperty('query');
  const listed = JSON.parse(gunzipSync(Buffer.from(briefing.findings, 'base64')).toString()) as ListedFinding[];
  expect(listed).toHaveLength(briefing.listed);
  expect(listed.find(({ people }) => people.includes('alice'))).toMatchObject({ count: 1, targets: ['backup'] });
  for (const { query } of listed) expect(parseQuery(query)).toHaveProperty('query');
});

test('what somebody made and took away again is no destruction, and says so of a trail', async () => {
  const tables = Array.from({ length: 30 }, (_, i): readonly Line[] => [
    ['dora', 'dynamodb', 'CreateTable', { tableName: `t-${String(i)}` }],
    ['dora', 'dynamodb', 'DeleteTable', { tableName: `t-${String(i)}` }],
  ]).flat();
  const briefing = await briefingOf([
    ...tables,
    ['dora', 'cloudtrail', 'CreateTrail', { name: 'test', s3BucketName: 'logs' }],
    ['dora', 'cloudtrail', 'DeleteTrail', { name: 'test' }],
    ...Array.from({ length: 12 }, (_, i): Line => [
      'eve',
      'dynamodb',
      'DeleteTable',
      { tableName: `old-${String(i)}` },
    ]),
  ]);
  const lines = english(briefing);
  expect(lines).toContain('logging: dora deleted the trail test (made by them shortly before).');
  expect(lines).toContain('destruction: eve deleted the tables old-0, old-1, old-2 and 9 more.');
  expect(lines.filter((line) => line.startsWith('destruction: dora'))).toEqual([]);
});

test('a quiet log says who changed most, what was denied and who signed in', async () => {
  const signIn = { responseElements: { ConsoleLogin: 'Success' }, additionalEventData: { MFAUsed: 'Yes' } };
  const briefing = await briefingOf([
    ['alice', 'ec2', 'CreateTags', { resourcesSet: { items: [{ resourceId: 'i-1' }] } }],
    ['alice', 'ec2', 'CreateTags', { resourcesSet: { items: [{ resourceId: 'i-2' }] } }],
    ['bob', 'ec2', 'CreateTags', { resourcesSet: { items: [{ resourceId: 'i-3' }] } }],
    ['bob', 'ec2', 'DescribeInstances', {}, { readOnly: true, errorCode: 'Client.UnauthorizedOperation' }],
    ['carol', 'signin', 'ConsoleLogin', null, { eventType: 'AwsConsoleSignIn', ...signIn }],
  ]);
  expect(english(briefing)).toEqual([
    'changes: Most changes were made by alice (2), bob (1).',
    'denied: Calls that were denied are by bob (1).',
    'signIns: Signed in to the console: carol (1).',
  ]);
  expect(briefing.rules).toBeGreaterThan(50);
});

test('with --redact the briefing has the pseudonyms that the report has, and no name', async () => {
  const briefing = await briefingOf(INCIDENT, ['--redact']);
  const whole = JSON.stringify(briefing) + gunzipSync(Buffer.from(briefing.findings, 'base64')).toString();
  for (const name of ['mallory', 'alice', OTHER, 'orders-1', 'AKIABACKUP']) expect(whole).not.toContain(name);
  expect(briefing.lines[0]?.kind).toBe('logging');
});
