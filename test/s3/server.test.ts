/** The in-process server where it does as AWS documents and Ceph does otherwise, or not at all. */
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListObjectsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPublic, parsePolicy } from '../support/s3-server/policy.js';
import { S3Server } from '../support/s3-server/server.js';
import { targetOfServer, type TestS3 } from '../support/s3-targets.js';

describe('The in-process S3 server', () => {
  let server: S3Server;
  let s3: TestS3;
  let client: S3Client;

  beforeAll(async () => {
    server = await S3Server.start();
    s3 = targetOfServer(server);
    client = s3.client({ maxAttempts: 1 });
  });
  afterAll(() => server.close());

  const policy = (bucket: string, more: object = {}) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
        ...more,
      },
    });

  it('makes buckets as AWS does today: everything public blocked, ACLs disabled', async () => {
    await client.send(new CreateBucketCommand({ Bucket: 'today' }));
    const block = await client.send(new GetPublicAccessBlockCommand({ Bucket: 'today' }));
    expect(Object.values(block.PublicAccessBlockConfiguration ?? {})).toEqual([true, true, true, true]);
    const ownership = await client.send(new GetBucketOwnershipControlsCommand({ Bucket: 'today' }));
    expect(ownership.OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    const upload = (ACL: 'public-read' | 'bucket-owner-full-control') =>
      client.send(new PutObjectCommand({ Bucket: 'today', Key: 'x', Body: 'x', ACL }));
    await expect(upload('public-read')).rejects.toMatchObject({
      name: 'AccessControlListNotSupported',
      message: 'The bucket does not allow ACLs',
    });
    await upload('bucket-owner-full-control');
  });

  it('refuses a public policy in the words of AWS', async () => {
    server.createBucket('blocked');
    const put = client.send(new PutBucketPolicyCommand({ Bucket: 'blocked', Policy: policy('blocked') }));
    await expect(put).rejects.toMatchObject({
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::111122223333:user/tester is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::blocked" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
    });
  });

  it('redirects requests in the wrong region to the right one', async () => {
    server.createBucket('far', { region: 'eu-west-3' });
    await expect(client.send(new GetObjectCommand({ Bucket: 'far', Key: 'x' }))).rejects.toMatchObject({
      name: 'PermanentRedirect',
      $metadata: { httpStatusCode: 301 },
      $response: { headers: { 'x-amz-bucket-region': 'eu-west-3' } },
    });
    const near = s3.client({ region: 'eu-west-3' });
    expect((await near.send(new HeadBucketCommand({ Bucket: 'far' }))).BucketRegion).toBe('eu-west-3');
    const location = await near.send(new GetBucketLocationCommand({ Bucket: 'far' }));
    expect(location.LocationConstraint).toBe('eu-west-3');
  });

  it('refuses loudly what it does not know', async () => {
    server.createBucket('known');
    const notImplemented = { name: 'NotImplemented', $metadata: { httpStatusCode: 501 } };
    await expect(client.send(new ListObjectsCommand({ Bucket: 'known' }))).rejects.toMatchObject(notImplemented);
    const copy = new CopyObjectCommand({ Bucket: 'known', Key: 'x', CopySource: 'another/y' });
    await expect(client.send(copy)).rejects.toMatchObject(notImplemented);
    const tagged = new PutObjectCommand({ Bucket: 'known', Key: 'x', Body: 'x', Tagging: 'a=b' });
    await expect(client.send(tagged)).rejects.toMatchObject(notImplemented);
  });

  it('checks a checksum that follows the body', async () => {
    server.createBucket('trailer');
    const put = (change: (text: string) => string) => {
      const changing = s3.client({ maxAttempts: 1 });
      // After the checksum was computed, and before anything is sent.
      changing.middlewareStack.add(
        (next) => async (args) => {
          const request = args.request as { body: Readable };
          const original = request.body;
          request.body = Readable.from(
            (async function* () {
              for await (const chunk of original) yield change((chunk as Buffer).toString('latin1'));
            })(),
          );
          return next(args);
        },
        { step: 'finalizeRequest', priority: 'low' },
      );
      const Body = Readable.from([Buffer.from('0123456789')]);
      return changing.send(new PutObjectCommand({ Bucket: 'trailer', Key: 'x', Body, ContentLength: 10 }));
    };
    await put((text) => text);
    expect(server.bucket('trailer').get('x')?.body.toString()).toBe('0123456789');
    await expect(put((text) => text.replace('0123456789', '0123456780'))).rejects.toMatchObject({ name: 'BadDigest' });
  });

  it('refuses a request that was signed a quarter of an hour ago', async () => {
    server.createBucket('late');
    const late = s3.client({ maxAttempts: 1, systemClockOffset: -16 * 60_000 });
    await expect(late.send(new GetObjectCommand({ Bucket: 'late', Key: 'x' }))).rejects.toMatchObject({
      name: 'RequestTimeTooSkewed',
    });
  });

  it('denies what a test denies, and says which permission is missing', async () => {
    server.createBucket('denied');
    server.putObject('denied', 'a/x', 'x');
    server.putObject('denied', 'b/x', 'x');
    const denial = server.deny('s3:GetObject', 'denied', 'a/');
    const get = (Key: string) => client.send(new GetObjectCommand({ Bucket: 'denied', Key }));
    await expect(get('a/x')).rejects.toMatchObject({
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::111122223333:user/tester is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::denied/a/x" because no identity-based policy allows the s3:GetObject action',
    });
    expect(await (await get('b/x')).Body?.transformToString()).toBe('x');
    denial.allowAgain();
    expect(await (await get('a/x')).Body?.transformToString()).toBe('x');
  });

  describe('serving a website', () => {
    const visit = (path: string) => s3.visit('site.s3-website.localhost', path);

    beforeAll(async () => {
      server.createBucket('site', { publicAccessBlock: null });
      server.putObject('site', 'team/index.html', 'the report');
      server.bucket('site').website = {
        indexDocument: 'index.html',
        errorDocument: undefined,
        redirectAllTo: undefined,
      };
      await client.send(new PutBucketPolicyCommand({ Bucket: 'site', Policy: policy('site') }));
    });

    it('sends a folder without its slash on to the folder', async () => {
      const { status, headers } = await visit('/team');
      expect([status, headers['location']]).toEqual([302, `http://site.s3-website.localhost:${server.port}/team/`]);
    });

    it('tells what is missing only to those who may list', async () => {
      expect((await visit('/missing')).status).toBe(403);
      const both = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::site/*' },
          { Effect: 'Allow', Principal: '*', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::site' },
        ],
      });
      await client.send(new PutBucketPolicyCommand({ Bucket: 'site', Policy: both }));
      expect((await visit('/missing')).status).toBe(404);
      await client.send(new PutBucketPolicyCommand({ Bucket: 'site', Policy: policy('site') }));
    });

    it('shows nothing under RestrictPublicBuckets, whatever the policy says', async () => {
      const bucket = server.bucket('site');
      bucket.publicAccessBlock = {
        BlockPublicAcls: false,
        IgnorePublicAcls: false,
        BlockPublicPolicy: false,
        RestrictPublicBuckets: true,
      };
      expect((await visit('/team/')).status).toBe(403);
      bucket.publicAccessBlock = undefined;
      expect((await visit('/team/')).status).toBe(200);
    });
  });

  it.each([
    ['everybody', {}, true],
    ['a range of addresses', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }, false],
    [
      'a range broader than /8',
      { Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '64.0.0.0/2'] } } },
      true,
    ],
    ['a private range, however broad', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/7' } } }, false],
    ['an IPv6 range broader than /32', { Condition: { IpAddress: { 'aws:SourceIp': '2001::/16' } } }, true],
    ['all but some addresses', { Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }, true],
    ['a VPC endpoint', { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } } }, false],
    ['VPC endpoints by wildcard', { Condition: { StringLike: { 'aws:SourceVpce': 'vpce-*' } } }, true],
    ['one account', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, false],
    ['nobody', { Effect: 'Deny' }, false],
  ])('judges a policy for %s as S3 documents it', (_, more, expected) => {
    expect(isPublic(parsePolicy(policy('judged', more), 'judged'))).toBe(expected);
  });
});
