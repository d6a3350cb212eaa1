/** Dated copies of a report: what is kept and listed, what goes, and that nothing else ever does. */
import { gunzipSync } from 'node:zlib';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Access, PublishConfig, S3Config } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import type { Published } from '#scripts/publish/port.js';
import { openS3Publisher } from '#scripts/publish/s3/s3.js';
import { unpublish } from '#scripts/publish/s3/unpublish.js';
import { S3Server } from '../support/s3-server/server.js';
import { describeOnEachS3, useCredentials } from '../support/s3-targets.js';

const ENCRYPTED: Access = { kind: 'encrypted' };
const NIGHTS = ['2026-11-21T02:00:59Z', '2026-11-22T02:00:00Z', '2026-11-23T02:00:30Z'];

interface Night {
  readonly at: string;
  readonly copies?: number;
  readonly access?: Access;
}

function configOf(bucket: string, { at, copies = 2, access = ENCRYPTED }: Night): PublishConfig {
  const flags = { force: false, yes: true, dryRun: false, deleteOldVersions: false };
  return { bucket, prefix: 'team/', ...flags, access, keep: { copies, at: Date.parse(at) } };
}

/** @param page what the report's page says */
async function publish(config: PublishConfig, s3: S3Config, page: string): Promise<Published & { plan: string }> {
  const publisher = await openS3Publisher(config, s3);
  try {
    const plan = await publisher.plan(undefined);
    const published = await publisher.publish(plan, [
      { name: 'index.html', read: () => [page] },
      { name: 'manifest.json', read: () => [`{"page":"${page}"}`] },
    ]);
    return { ...published, plan: plan.lines.join('\n') };
  } finally {
    publisher.close();
  }
}

describeOnEachS3('The history of a report', (s3) => {
  useCredentials(s3);
  const place = (): S3Config => ({ profile: undefined, region: undefined, endpointUrl: s3().endpoint });
  let bucket: string;

  beforeEach(async () => {
    bucket = s3().newName();
    await s3()
      .client()
      .send(new CreateBucketCommand({ Bucket: bucket }));
  });

  async function keys(): Promise<string[]> {
    const { Contents = [] } = await s3()
      .client()
      .send(new ListObjectsV2Command({ Bucket: bucket }));
    return Contents.map(({ Key = '' }) => Key);
  }

  async function visit(path: string): Promise<string> {
    const { status, body } = await s3().visit(`${bucket}.s3-website.localhost`, `/${path}`);
    return status === 200 ? gunzipSync(body).toString() : String(status);
  }

  test('keeps the newest copies, lists them for its readers, and leaves everything else alone', async () => {
    const client = s3().client();
    // A folder that is called like a copy, of somebody else, and one that is not.
    const theirs = ['team/2020-01-01T00-00Z/index.html', 'team/2026-notes/index.html', 'team/plan.txt'];
    for (const Key of theirs) await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'mine' }));
    let published: (Published & { plan: string }) | undefined;
    for (const at of NIGHTS) published = await publish(configOf(bucket, { at }), place(), `night ${at}`);

    const copies = ['team/2026-11-22T02-00Z/', 'team/2026-11-23T02-00Z/', 'team/', 'team/latest/'];
    const ours = copies.flatMap((folder) => [`${folder}index.html`, `${folder}manifest.json`]);
    expect(await keys()).toEqual([...ours, ...theirs, 'team/culprit-published.json'].sort());
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: theirs[0] }));
    expect(await Body?.transformToString()).toBe('mine');
    expect(published?.plan).toContain('Deletes the old copy team/2026-11-21T02-00Z/.');

    expect(new URL(published?.url ?? '').pathname).toBe('/team/latest/');
    expect(await visit('team/latest/')).toBe(`night ${NIGHTS[2] ?? ''}`);
    expect(published?.notes.find((note) => note.startsWith('Past'))).toMatch(/^Past reports: http:.*:\d+\/team\/$/);
    const list = await visit('team/');
    const links = [...list.matchAll(/href="([^":]+)"/g)].map(([, link = '']) => link);
    expect(links).toEqual(['latest/index.html', '2026-11-23T02-00Z/index.html', '2026-11-22T02-00Z/index.html']);
    expect(list).toContain('2026-11-22 02:00 UTC');
    expect(await visit(`team/${links[2] ?? ''}`)).toBe(`night ${NIGHTS[1] ?? ''}`);
    // Only what Culprit published is for these readers.
    expect(await visit('team/2026-notes/')).toBe('403');
    expect(await visit('team/plan.txt')).toBe('403');
  });

  test('is taken back with the report', async () => {
    const client = s3().client();
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'team/plan.txt', Body: 'mine' }));
    for (const at of NIGHTS) await publish(configOf(bucket, { at }), place(), at);
    const target = { bucket, prefix: 'team/', deleteOldVersions: false };
    await unpublish(target, place(), () => Promise.resolve(true));
    expect(await keys()).toEqual(['team/plan.txt']);
  });

  test('does not show to these readers what was published for others', async () => {
    const [at = '', next = ''] = NIGHTS;
    await publish(configOf(bucket, { at, access: { kind: 'private' } }), place(), 'for few');
    await expect(publish(configOf(bucket, { at: next }), place(), 'for all')).rejects.toThrow(
      new CulpritError(
        'publish',
        `s3://${bucket}/team/2026-11-21T02-00Z/ was published with --access private, and --access applies to all copies. Publish to another prefix, or unpublish the earlier reports first (npm run report -- unpublish).`,
      ),
    );
    expect(await visit('team/latest/')).not.toContain('for');
  });
});

describe('The history of a report, where something is not allowed', () => {
  let server: S3Server;
  let s3: S3Config;
  const [first = '', second = ''] = NIGHTS;

  beforeAll(async () => {
    server = await S3Server.start();
    s3 = { profile: undefined, region: undefined, endpointUrl: server.endpoint };
  });
  afterAll(() => server.close());
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', server.credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', server.credentials.secretAccessKey);
    server.createBucket('team', { publicAccessBlock: null });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    server.calmDown();
  });

  test('without s3:ListBucket it is refused before anything is uploaded', async () => {
    server.onRequest = ({ operation }) =>
      operation === 'ListObjectsV2' ? { kind: 'error', code: 'AccessDenied' } : undefined;
    await expect(publish(configOf('team', { at: first }), s3, 'page')).rejects.toThrow(
      /^S3 refuses s3:ListBucket on arn:aws:s3:::team\. Allow it/,
    );
    expect(server.bucket('team').size).toBe(0);
  });

  test('without s3:DeleteObject the new report is there, and the old one too, which is said', async () => {
    server.deny('s3:DeleteObject');
    await publish(configOf('team', { at: first, copies: 1 }), s3, 'one');
    const { notes } = await publish(configOf('team', { at: second, copies: 1 }), s3, 'two');
    expect(notes.find((note) => note.startsWith('Older copies'))).toMatch(
      /^Older copies still exist\. S3 refuses s3:DeleteObject on arn:aws:s3:::team\/team\/2026-11-21T02-00Z\/manifest\.json/,
    );
    expect(gunzipSync(server.bucket('team').get('team/latest/index.html')?.body ?? '').toString()).toBe('two');
    expect(server.bucket('team').get('team/2026-11-21T02-00Z/index.html')).toBeDefined();
    // Its page is still there, so the next run finds it.
    server.calmDown();
    await publish(configOf('team', { at: second, copies: 1 }), s3, 'three');
    expect(server.bucket('team').get('team/2026-11-21T02-00Z/index.html')).toBeUndefined();
  });

  const latest = () => server.bucket('team').get('team/latest/index.html');
  const published = () => gunzipSync(latest()?.body ?? '').toString();

  test('the file is sent once, and S3 copies it to latest/ with all that belongs to it', async () => {
    await publish(configOf('team', { at: first }), s3, 'one');
    const operations: string[] = [];
    server.onRequest = ({ operation = '', key }) => {
      if (/Copy|PutObject/.test(operation)) operations.push(`${operation} ${key}`);
      return undefined;
    };
    await publish(configOf('team', { at: second }), s3, 'two');
    expect(operations).toEqual([
      'PutObject team/2026-11-22T02-00Z/manifest.json',
      'PutObject team/2026-11-22T02-00Z/index.html',
      'CopyObject team/latest/manifest.json',
      'CopyObject team/latest/index.html',
      'CopyObject team/manifest.json',
      'PutObject team/index.html',
    ]);
    expect(published()).toBe('two');
    expect(latest()?.headers).toEqual(server.bucket('team').get('team/2026-11-22T02-00Z/index.html')?.headers);
  });

  test.each([
    ['cannot copy', { kind: 'error', code: 'NotImplemented' }],
    ['copies something else', undefined],
  ] as const)('where S3 %s, the file is sent again', async (_, answer) => {
    await publish(configOf('team', { at: first }), s3, 'one');
    server.onRequest = ({ operation }) => {
      if (operation !== 'CopyObject') return undefined;
      const copy = 'team/2026-11-22T02-00Z/index.html';
      const headers = { 'x-amz-meta-culprit': '0.1.0', 'x-amz-meta-culprit-access': 'encrypted' };
      if (answer === undefined) server.putObject('team', copy, 'not what was sent', { headers });
      return answer;
    };
    await publish(configOf('team', { at: second }), s3, 'two');
    expect(published()).toBe('two');
  });

  test('a dry run names what would be uploaded and removed, and changes nothing', async () => {
    await publish(configOf('team', { at: first, copies: 1 }), s3, 'one');
    const before = server.bucket('team').sortedKeys();
    const publisher = await openS3Publisher(configOf('team', { at: second, copies: 1 }), s3);
    const plan = (await publisher.plan(undefined)).lines.join('\n');
    publisher.close();
    expect(plan).toContain('team/2026-11-22T02-00Z/index.html');
    expect(plan).toContain('Deletes the old copy team/2026-11-21T02-00Z/');
    expect(server.bucket('team').sortedKeys()).toBe(before);
  });
});
