/** Who can read what was published: each --access on each S3, seen by somebody outside. */
import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketWebsiteCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, expect, it } from 'vitest';
import type { Access, PublishConfig, S3Config } from '#scripts/run/config.js';
import type { Published, PublishFile } from '#scripts/publish/port.js';
import { openS3Publisher } from '#scripts/publish/s3/s3.js';
import { unpublish } from '#scripts/publish/s3/unpublish.js';
import { describeOnEachS3, useCredentials } from '../support/s3-targets.js';

const HERE: Access = { kind: 'cidr', ranges: ['127.0.0.0/8'] };
const ELSEWHERE: Access = { kind: 'cidr', ranges: ['203.0.113.0/24', '2001:db8::/32'] };

const FILES: readonly PublishFile[] = [
  { name: 'index.html', read: () => ['<!doctype html><title>Culprit</title>'] },
  { name: 'manifest.json', read: () => ['{"formatVersion":1}'] },
];

describeOnEachS3('Access to a published report', (s3) => {
  let bucket: string;
  useCredentials(s3);
  beforeEach(async () => {
    bucket = s3().newName();
    await s3()
      .client()
      .send(new CreateBucketCommand({ Bucket: bucket }));
  });

  const config = (): S3Config => ({ profile: undefined, region: undefined, endpointUrl: s3().endpoint });

  async function publish(access: Access, more: Partial<PublishConfig> = {}): Promise<Published> {
    const target = { bucket, prefix: 'team/', force: false, yes: true, dryRun: false, deleteOldVersions: false };
    const publisher = await openS3Publisher({ ...target, access, ...more }, config());
    try {
      return await publisher.publish(await publisher.plan(undefined), FILES);
    } finally {
      publisher.close();
    }
  }

  const takeBack = (prefix = 'team/', deleteOldVersions = false) =>
    unpublish({ bucket, prefix, deleteOldVersions }, config(), () => Promise.resolve(true));

  /** What somebody gets who signs nothing. */
  async function open(url: string, headers: Record<string, string> = {}): Promise<number> {
    const { hostname, pathname, search } = new URL(url);
    return (await s3().visit(hostname, pathname + search, { headers })).status;
  }

  async function policy(): Promise<string | undefined> {
    try {
      return (
        await s3()
          .client()
          .send(new GetBucketPolicyCommand({ Bucket: bucket }))
      ).Policy;
    } catch {
      return undefined;
    }
  }

  async function isPublic(): Promise<boolean | undefined> {
    const { PolicyStatus } = await s3()
      .client()
      .send(new GetBucketPolicyStatusCommand({ Bucket: bucket }));
    return PolicyStatus?.IsPublic;
  }

  async function keys(): Promise<(string | undefined)[]> {
    const { Contents = [] } = await s3()
      .client()
      .send(new ListObjectsV2Command({ Bucket: bucket }));
    return Contents.map(({ Key }) => Key);
  }

  const hasWebsite = () =>
    s3()
      .client()
      .send(new GetBucketWebsiteCommand({ Bucket: bucket }))
      .then(
        () => true,
        () => false,
      );

  /** As of a new bucket; of ACLs Ceph would refuse every upload. */
  async function blockPublicAccess(): Promise<void> {
    const isAws = s3().kind !== 'ceph';
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: isAws,
      IgnorePublicAcls: isAws,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    await s3()
      .client()
      .send(new PutPublicAccessBlockCommand({ Bucket: bucket, PublicAccessBlockConfiguration }));
  }

  it('cidr: lets in those addresses and nobody else, with Block Public Access on', async () => {
    await blockPublicAccess();
    const { url } = await publish(HERE);
    expect(new URL(url).pathname).toBe(`/${bucket}/team/index.html`);
    expect(await open(url)).toBe(200);
    expect(await isPublic()).toBe(false);
    expect(await hasWebsite()).toBe(false);
    await publish(ELSEWHERE);
    expect(await open(url)).toBe(403);
    expect(await isPublic()).toBe(false);
  });

  it('cidr: shows the page, not what lies beside it', async () => {
    const Body = 'a secret of somebody else';
    await s3()
      .client()
      .send(new PutObjectCommand({ Bucket: bucket, Key: 'team/other.txt', Body }));
    const { url } = await publish(HERE);
    expect(await open(url)).toBe(200);
    expect(await open(url.replace('index.html', 'other.txt'))).toBe(403);
    expect(await open(url.replace('index.html', 'culprit-published.json'))).toBe(403);
  });

  it.each<[string, Access, Record<string, string>]>([
    ['vpce', { kind: 'vpce', ids: ['vpce-0a1b2c3d4e5f67890'] }, { 'test-source-vpce': 'vpce-0a1b2c3d4e5f67890' }],
    [
      'vpc',
      { kind: 'vpc', ids: ['vpc-0a1b2c3d'] },
      { 'test-source-vpce': 'vpce-11111111', 'test-source-vpc': 'vpc-0a1b2c3d' },
    ],
  ])('%s: lets in nobody from the internet, and is not public', async (_, access, headers) => {
    await blockPublicAccess();
    const { url } = await publish(access);
    expect(await open(url)).toBe(403);
    expect(await isPublic()).toBe(false);
    // Ceph has no VPCs: who comes through one is let in by the in-process server only.
    expect(await open(url, headers)).toBe(s3().kind === 'ceph' ? 403 : 200);
    expect(await open(url, { ...headers, 'test-source-vpce': 'vpce-22222222', 'test-source-vpc': 'vpc-2' })).toBe(403);
  });

  it('presigned: opens with the link, not without its signature, and changes nothing', async () => {
    await blockPublicAccess();
    const { url, notes } = await publish({ kind: 'presigned', seconds: 3600 });
    expect(await open(url)).toBe(200);
    expect(await open(url.replace(/\?.*/, ''))).toBe(403);
    expect(
      await open(url.replace(/(X-Amz-Signature=)(.)/, (_, name: string, c: string) => name + (c === '0' ? '1' : '0'))),
    ).toBe(403);
    expect(notes.at(-1)).toMatch(/^Readers: Anyone with the link, until \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/);
    expect(await policy()).toBeUndefined();
    expect(await keys()).toEqual(['team/index.html', 'team/manifest.json']);
    expect(await hasWebsite()).toBe(false);
  });

  it('private: no anonymous reader can open it, and nothing changes', async () => {
    const { url } = await publish({ kind: 'private' });
    expect(await open(url)).toBe(403);
    expect(await policy()).toBeUndefined();
    expect(await keys()).toEqual(['team/index.html', 'team/manifest.json']);
    expect(await hasWebsite()).toBe(false);
  });

  it.each<Access>([{ kind: 'public' }, { kind: 'encrypted' }])(
    '$kind: anyone can load the page at the website, and S3 calls it public as we do',
    async (access) => {
      const { url, notes } = await publish(access);
      expect(url).toMatch(/^http:.*s3-website/);
      expect(await open(url)).toBe(200);
      expect(await isPublic()).toBe(true);
      expect(notes.at(-1)).toMatch(
        /^Readers: (Anyone in the world|Anyone with the link, which contains the key\. Anyone)/,
      );
      await takeBack();
      expect(await open(url)).not.toBe(200);
      expect(await policy()).toBeUndefined();
      expect(await keys()).toEqual([]);
      expect(await hasWebsite()).toBe(false);
    },
  );

  it('statements of others stay byte for byte as they are, and so does the policy after unpublish', async () => {
    const first = `{ "Sid" : "Logs\\u0020team",\n\t"Effect":"Allow", "Principal":{"AWS":"${s3().reader.arn}"},"Action":["s3:GetObject"], "Resource":"arn:aws:s3:::${bucket}/logs/*" }`;
    const second = `{"Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"arn:aws:s3:::${bucket}"}`;
    const before = `{"Version":"2012-10-17",  "Statement" : [ ${first} ,\n ${second}\n ] }\n`;
    await s3()
      .client()
      .send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: before }));
    for (const access of [ELSEWHERE, HERE]) {
      await publish(access);
      expect(await policy()).toContain(first);
      expect(await policy()).toContain(second);
      expect((JSON.parse((await policy()) ?? '') as { Statement: unknown[] }).Statement).toHaveLength(3);
    }
    await publish(HERE, { prefix: 'other/' });
    await takeBack();
    await takeBack('other/');
    expect(await policy()).toBe(before);
    expect(await keys()).toEqual([]);
  });

  it('takes its own statement back when the report becomes private', async () => {
    const { url } = await publish(HERE);
    expect(await open(url)).toBe(200);
    await publish({ kind: 'private' });
    expect(await open(url)).toBe(403);
    expect(await policy()).toBeUndefined();
  });

  it('leaves the website settings that were there, and other people’s objects, when it takes a report back', async () => {
    const client = s3().client();
    await publish({ kind: 'public' }, { prefix: 'one/' });
    await publish({ kind: 'public' }, { prefix: 'two/' });
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'one/index.html', Body: 'mine now' }));
    await takeBack('one/');
    expect(await keys()).toEqual([
      'one/index.html',
      'two/culprit-published.json',
      'two/index.html',
      'two/manifest.json',
    ]);
    expect(await hasWebsite()).toBe(true);
    await expect(takeBack('one/')).rejects.toThrow(`There is no report of Culprit in s3://${bucket}/one/`);
  });

  it('believes no record that is longer than Culprit’s', async () => {
    await publish({ kind: 'public' });
    const Body = JSON.stringify({ formatVersion: 1, madeWebsite: true, more: 'x'.repeat(5000) });
    await s3()
      .client()
      .send(new PutObjectCommand({ Bucket: bucket, Key: 'team/culprit-published.json', Body }));
    await takeBack();
    expect(await hasWebsite()).toBe(true);
  });

  it('takes dated copies back too, and folders that are called like one only where Culprit wrote into them', async () => {
    const Key = 'team/2025-01-01T00-00Z/index.html';
    await s3()
      .client()
      .send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'mine' }));
    for (const day of [1, 2])
      await publish({ kind: 'encrypted' }, { keep: { copies: 5, at: Date.UTC(2026, 10, day) } });
    expect(await keys()).toContain('team/2026-11-01T00-00Z/index.html');
    await takeBack();
    expect(await keys()).toEqual([Key]);
    expect(await policy()).toBeUndefined();
  });

  it('deletes the older versions of a report, and only those, where the bucket keeps versions', async () => {
    const client = s3().client();
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
    const mine = await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'team/index.html', Body: 'mine' }));
    await publish({ kind: 'private' }, { force: true });
    await publish({ kind: 'private' });
    const { notes } = await publish({ kind: 'private' }, { deleteOldVersions: true });
    expect(notes).toContain('Deleted 4 older versions of earlier reports.');
    const old = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: 'team/index.html', VersionId: mine.VersionId }),
    );
    expect(await old.Body?.transformToString()).toBe('mine');
    const [, said = ''] = await takeBack();
    expect(said).toMatch(
      /^The bucket ".*" has versioning on, so deleted objects stay readable .* "aws s3api list-object-versions/,
    );
    expect(await takeBack('team/', true)).toContain('Deleted 2 older versions of it.');
  });
});
