/** What docs/permissions.md says that publishing needs is enough, and what it requires is needed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { S3Config } from '#scripts/run/config.js';
import { openS3Publisher } from '#scripts/publish/s3/s3.js';
import { unpublish } from '#scripts/publish/s3/unpublish.js';
import { describeOnEachS3 } from '../support/s3-targets.js';

const PERMISSIONS = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'permissions.md'), 'utf8');

const ACCESS = {
  private: { kind: 'private' },
  presigned: { kind: 'presigned', seconds: 3600 },
  cidr: { kind: 'cidr', ranges: ['203.0.113.0/24'] },
  vpce: { kind: 'vpce', ids: ['vpce-0a1b2c3d'] },
  encrypted: { kind: 'encrypted' },
} as const;

/** The actions under "To publish:", and those that its table adds for `mode`: on the bucket, and on its objects. */
function publishActions(mode: string): { bucket: string[]; objects: string[] } {
  const json = /To publish:\s+```json\n([\s\S]*?)```/.exec(PERMISSIONS)?.[1] ?? '';
  const { Statement } = JSON.parse(json) as { Statement: { Action: string[] }[] };
  const row =
    PERMISSIONS.split('\n').find((line) => line.startsWith('|') && line.split('|')[1]?.includes(`\`${mode}\``)) ?? '';
  const [onBucket = '', onObjects = ''] = (row.split('|')[2] ?? '').split('on objects');
  const named = (text: string): string[] => [...text.matchAll(/`(s3:\w+)`/g)].map(([, action = '']) => action);
  return {
    bucket: [...(Statement[0]?.Action ?? []), ...named(onBucket)],
    objects: [...(Statement[1]?.Action ?? []), ...named(onObjects)],
  };
}

describeOnEachS3('Least privilege of publishing', (s3) => {
  /** What Ceph has no word for it refuses to all but the owner; then that is unknown, as for credentials without it. */
  const UNKNOWN_TO_CEPH = ['s3:GetEncryptionConfiguration', 's3:GetBucketObjectLockConfiguration'];

  const knows = (action: string): boolean => s3().kind !== 'ceph' || !UNKNOWN_TO_CEPH.includes(action);

  async function siteFor(mode: string, without = ''): Promise<string> {
    const bucket = s3().newName();
    await s3()
      .client()
      .send(new CreateBucketCommand({ Bucket: bucket }));
    const actions = publishActions(mode);
    const statement = (list: readonly string[], resource: string) => ({
      Effect: 'Allow',
      Principal: { AWS: [s3().reader.arn] },
      Action: list.filter(
        (action) => action !== without && !(s3().kind === 'ceph' && UNKNOWN_TO_CEPH.includes(action)),
      ),
      Resource: resource,
    });
    const arn = `arn:aws:s3:::${bucket}`;
    const Statement = [statement(actions.bucket, arn), statement(actions.objects, `${arn}/*`)];
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await s3()
      .client()
      .send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
    return bucket;
  }

  const config = (): S3Config => ({ profile: undefined, region: undefined, endpointUrl: s3().endpoint });

  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', s3().reader.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', s3().reader.secretAccessKey);
  });
  afterEach(() => void vi.unstubAllEnvs());

  async function publish(bucket: string, mode: keyof typeof ACCESS): Promise<void> {
    const target = { bucket, prefix: 'r/', force: false, yes: true, dryRun: false, deleteOldVersions: false };
    const publisher = await openS3Publisher({ ...target, access: ACCESS[mode] }, config());
    try {
      await publisher.publish(await publisher.plan(undefined), [
        { name: 'index.html', read: () => ['page'] },
        { name: 'manifest.json', read: () => ['{}'] },
      ]);
    } finally {
      publisher.close();
    }
  }

  it.each(['private', 'presigned', 'cidr', 'vpce', 'encrypted'] as const)(
    '%s needs no more than docs/permissions.md says',
    async (mode) => {
      await publish(await siteFor(mode), mode);
    },
  );

  it('--keep needs no more than docs/permissions.md says', async () => {
    const bucket = await siteFor('--keep');
    const target = { bucket, prefix: 'r/', force: false, yes: true, dryRun: false, deleteOldVersions: false };
    for (const at of ['2026-11-22T02:00:00Z', '2026-11-23T02:00:00Z']) {
      const keep = { copies: 1, at: Date.parse(at) };
      const publisher = await openS3Publisher({ ...target, access: ACCESS.private, keep }, config());
      const { notes } = await publisher.publish(await publisher.plan(undefined), [
        { name: 'index.html', read: () => ['page'] },
        { name: 'manifest.json', read: () => ['{}'] },
      ]);
      publisher.close();
      expect(notes.join('\n')).not.toMatch(/Older copies|Nobody has looked/);
    }
    const { CommonPrefixes = [] } = await s3()
      .client()
      .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'r/', Delimiter: '/' }));
    expect(CommonPrefixes.map(({ Prefix }) => Prefix)).toEqual(['r/2026-11-23T02-00Z/', 'r/latest/']);
  });

  it('unpublish needs no more than docs/permissions.md says', async () => {
    const bucket = await siteFor('cidr');
    await publish(bucket, 'cidr');
    const client = s3().client();
    const { Policy = '' } = await client.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    const { bucket: onBucket, objects } = publishActions('unpublish');
    const wider = Policy.replace(
      /"s3:ListBucket"(?=,)/,
      onBucket
        .filter(knows)
        .map((action) => `"${action}"`)
        .join(),
    ).replace('"s3:PutObject"', objects.map((action) => `"${action}"`).join());
    await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: wider }));
    const target = { bucket, prefix: 'r/', deleteOldVersions: false };
    expect(await unpublish(target, config(), () => Promise.resolve(true))).toEqual([`Unpublished s3://${bucket}/r/.`]);
  });

  it.each([
    ['private', 's3:PutObject'],
    ['cidr', 's3:PutBucketPolicy'],
    ['cidr', 's3:GetBucketPolicy'],
  ] as const)('%s is refused without %s, which is named', async (mode, missing) => {
    await expect(publish(await siteFor(mode, missing), mode)).rejects.toThrow(missing);
  });
});
