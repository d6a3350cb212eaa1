/**
 * What S3 does, as far as this project and its tests rely on it: the same cases by the real SDK against the in-process
 * server and against Ceph's gateway, so that the stand-in is proved by something that this project did not write.
 */
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketWebsiteCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketWebsiteCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  UploadPartCommand,
  type CompletedPart,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachS3, LOOPBACK_AGENT } from '../support/s3-targets.js';

const MANY = Array.from({ length: 2500 }, (_, index) => `many/${String(index * 7919).padStart(9, '0')}.json.gz`);

describeOnEachS3('S3 contract', (s3) => {
  let client: S3Client;
  let bucket: string;

  beforeAll(async () => {
    client = s3().client();
    bucket = await newBucket();
  });

  async function newBucket(): Promise<string> {
    const name = s3().newName();
    await client.send(new CreateBucketCommand({ Bucket: name }));
    return name;
  }

  async function put(key: string, body: string | Buffer = key, more: Partial<PutObjectCommandInput> = {}) {
    return client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...more }));
  }

  async function get(key: string): Promise<string> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToString()) ?? '';
  }

  describe('listing', () => {
    beforeAll(async () => {
      const keys = [...MANY];
      await Promise.all(
        Array.from({ length: 16 }, async () => {
          for (let key = keys.pop(); key !== undefined; key = keys.pop()) await put(key, 'x');
        }),
      );
    });

    it('gives 2,500 keys in pages of 1,000, in order, each once', async () => {
      const pages: string[][] = [];
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: 'many/' })) {
        pages.push((page.Contents ?? []).map(({ Key }) => Key ?? ''));
      }
      expect(pages.map(({ length }) => length)).toEqual([1000, 1000, 500]);
      expect(pages.flat()).toEqual([...MANY].sort());
    });

    it('starts after a key, and gives no more than max-keys', async () => {
      const sorted = [...MANY].sort();
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: 'many/', StartAfter: sorted[9] ?? '', MaxKeys: 3 }),
      );
      expect(page.Contents?.map(({ Key }) => Key)).toEqual(sorted.slice(10, 13));
      expect(page).toMatchObject({ IsTruncated: true, KeyCount: 3, MaxKeys: 3 });
    });

    it('says size and ETag of each object', async () => {
      const body = Buffer.from('size me');
      await put('described/object', body);
      const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'described/' }));
      expect(page.Contents).toMatchObject([{ Key: 'described/object', Size: 7, ETag: etag(body) }]);
      expect(page.IsTruncated).toBe(false);
      expect(page.NextContinuationToken).toBeUndefined();
    });

    it('gathers what lies below a delimiter into common prefixes, over pages too', async () => {
      for (const key of ['tree/a/1', 'tree/a/2', 'tree/b/1', 'tree/c', 'tree/d/1/2']) await put(key);
      const found: string[] = [];
      for await (const page of paginateListObjectsV2(
        { client, pageSize: 1 },
        { Bucket: bucket, Prefix: 'tree/', Delimiter: '/' },
      )) {
        expect(page.KeyCount).toBe(1);
        found.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => `${Prefix ?? ''}*`));
        found.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
      }
      expect(found).toEqual(['tree/a/*', 'tree/b/*', 'tree/c', 'tree/d/*']);
    });

    it('gives nothing for a prefix that nothing has', async () => {
      const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'nothing/' }));
      expect(page.KeyCount).toBe(0);
      expect(page.Contents ?? []).toEqual([]);
    });

    it('orders keys by their UTF-8 bytes', async () => {
      // In UTF-16, which JavaScript compares by, the last two are the other way round.
      const keys = ['order/Z', 'order/a', 'order/é', 'order/\uFFFD', 'order/\u{1F600}'];
      for (const key of [...keys].reverse()) await put(key);
      const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'order/' }));
      expect(page.Contents?.map(({ Key }) => Key)).toEqual(keys);
    });

    it('encodes keys for XML where it is asked to, so that every key can be read back', async () => {
      const keys = ['odd/\u0001', 'odd/ +', 'odd/%2F&<>"\'', 'odd/é/..//x'];
      for (const key of keys) await put(key);
      const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'odd/', EncodingType: 'url' }));
      expect(page.EncodingType).toBe('url');
      expect(page.Contents?.map(({ Key = '' }) => decodeURIComponent(Key.replaceAll('+', ' ')))).toEqual(keys);
      for (const key of keys) expect(await get(key)).toBe(key);
    });
  });

  describe('objects', () => {
    it('come back as they were put, with their headers and metadata', async () => {
      const body = gzipSync('hello');
      const answer = await put('object', body, {
        ContentType: 'text/html; charset=utf-8',
        ContentEncoding: 'gzip',
        CacheControl: 'no-cache',
        Metadata: { culprit: '1.2.3' },
      });
      expect(answer.ETag).toBe(etag(body));
      const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'object' }));
      expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(body);
      const described = {
        ContentType: 'text/html; charset=utf-8',
        ContentEncoding: 'gzip',
        CacheControl: 'no-cache',
        ContentLength: body.length,
        Metadata: { culprit: '1.2.3' },
        ETag: etag(body),
      };
      expect(got).toMatchObject(described);
      expect(await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'object' }))).toMatchObject(described);
    });

    it('are copied with their headers and metadata, over what is there, in however many parts they came', async () => {
      const ContentEncoding = 'gzip';
      const described = {
        ContentType: 'text/plain',
        ContentEncoding,
        CacheControl: 'no-cache',
        Metadata: { culprit: '1' },
      };
      const Body = randomBytes(6 * 1024 * 1024);
      await new Upload({ client, params: { Bucket: bucket, Key: 'fröm/a b+c', Body, ...described } }).done();
      await put('copied', 'old', { Metadata: { other: '2' } });
      const CopySource = `${bucket}/fr%C3%B6m/a%20b%2Bc`;
      await client.send(new CopyObjectCommand({ Bucket: bucket, Key: 'copied', CopySource }));
      const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'copied' }));
      expect(got).toMatchObject(described);
      expect(Body.equals(Buffer.from((await got.Body?.transformToByteArray()) ?? []))).toBe(true);
      // Of the whole, or, on Ceph, of the parts as before.
      expect([etag(Body), '"-2"']).toContain(got.ETag?.replace(/^"[0-9a-f]{32}(?=-)/, '"'));
    });

    it('may be empty', async () => {
      await put('empty', '');
      expect(await get('empty')).toBe('');
    });

    it('are replaced by a second put, headers and all', async () => {
      await put('replaced', 'one', { Metadata: { first: 'yes' } });
      await put('replaced', 'two');
      const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'replaced' }));
      expect(head.Metadata).toEqual({});
      expect(await get('replaced')).toBe('two');
    });

    it('can be deleted, also when they are not there', async () => {
      await put('deleted');
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'deleted' }));
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'deleted' }));
      expect(await failure(get('deleted'))).toEqual(['NoSuchKey', 404]);
    });

    it('that are missing are NoSuchKey to GET and NotFound to HEAD', async () => {
      expect(await failure(get('missing'))).toEqual(['NoSuchKey', 404]);
      const head = client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'missing' }));
      expect(await failure(head)).toEqual(['NotFound', 404]);
    });

    it.each([
      ['bytes=2-4', '234', 'bytes 2-4/10'],
      ['bytes=7-', '789', 'bytes 7-9/10'],
      ['bytes=-2', '89', 'bytes 8-9/10'],
      ['bytes=5-99', '56789', 'bytes 5-9/10'],
    ])('give the range %s', async (Range, content, contentRange) => {
      await put('ranged', '0123456789');
      const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'ranged', Range }));
      expect(await got.Body?.transformToString()).toBe(content);
      expect(got).toMatchObject({ ContentRange: contentRange, $metadata: { httpStatusCode: 206 } });
    });

    it('refuse a range that begins behind their end', async () => {
      await put('ranged', '0123456789');
      const got = client.send(new GetObjectCommand({ Bucket: bucket, Key: 'ranged', Range: 'bytes=10-' }));
      expect(await failure(got)).toEqual(['InvalidRange', 416]);
    });

    it('are read only if the conditions hold', async () => {
      await put('conditional', 'now');
      const now = etag(Buffer.from('now'));
      const old = etag(Buffer.from('old'));
      const read = (condition: object) =>
        failure(client.send(new GetObjectCommand({ Bucket: bucket, Key: 'conditional', ...condition })));
      expect(await read({ IfMatch: now })).toBeUndefined();
      expect(await read({ IfMatch: old })).toEqual([expect.any(String), 412]);
      expect(await read({ IfNoneMatch: old })).toBeUndefined();
      expect(await read({ IfNoneMatch: now })).toEqual([expect.any(String), 304]);
      expect(await read({ IfModifiedSince: new Date(Date.now() + 3_600_000 * 24) })).toEqual([expect.any(String), 304]);
    });

    it('are written only if the conditions hold', async () => {
      expect(await failure(put('guarded', 'one', { IfNoneMatch: '*' }))).toBeUndefined();
      expect(await failure(put('guarded', 'two', { IfNoneMatch: '*' }))).toEqual(['PreconditionFailed', 412]);
      expect(await failure(put('guarded', 'two', { IfMatch: etag(Buffer.from('else')) }))).toEqual([
        'PreconditionFailed',
        412,
      ]);
      expect(await get('guarded')).toBe('one');
    });

    it('are refused where Content-MD5 does not fit', async () => {
      const md5 = (text: string) => createHash('md5').update(text).digest('base64');
      expect(await failure(put('md5', 'body', { ContentMD5: md5('body') }))).toBeUndefined();
      expect(await failure(put('md5', 'body', { ContentMD5: md5('else') }))).toEqual(['BadDigest', 400]);
    });
  });

  describe('multipart uploads', () => {
    it('of a stream of 12 MB give one object, with its headers', async () => {
      const body = randomBytes(12 * 1024 * 1024);
      await new Upload({
        client,
        params: {
          Bucket: bucket,
          Key: 'large',
          Body: body,
          ContentType: 'text/html; charset=utf-8',
          ContentEncoding: 'gzip',
          Metadata: { culprit: '1' },
        },
      }).done();
      const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'large' }));
      expect(body.equals(Buffer.from((await got.Body?.transformToByteArray()) ?? []))).toBe(true);
      expect(got).toMatchObject({ ContentEncoding: 'gzip', Metadata: { culprit: '1' } });
      expect(got.ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    });

    it('show nothing until they are complete, and nothing after they were aborted', async () => {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'aborted' }));
      const upload = { Bucket: bucket, Key: 'aborted', UploadId };
      await client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: 'part' }));
      expect(await failure(get('aborted'))).toEqual(['NoSuchKey', 404]);
      await client.send(new AbortMultipartUploadCommand(upload));
      const late = client.send(new UploadPartCommand({ ...upload, PartNumber: 2, Body: 'part' }));
      expect(await failure(late)).toEqual(['NoSuchUpload', 404]);
      expect(await failure(get('aborted'))).toEqual(['NoSuchKey', 404]);
    });

    it('are refused with a part that is too small, or that was not sent', async () => {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'small' }));
      const upload = { Bucket: bucket, Key: 'small', UploadId };
      const sent: CompletedPart[] = [];
      for (const PartNumber of [1, 2]) {
        const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body: 'too small' }));
        sent.push({ PartNumber, ETag: ETag ?? '' });
      }
      const complete = (Parts: CompletedPart[]) =>
        failure(client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } })));
      expect(await complete(sent)).toEqual(['EntityTooSmall', 400]);
      expect(await complete([{ PartNumber: 7, ETag: etag(Buffer.from('x')) }])).toEqual(['InvalidPart', 400]);
    });
  });

  describe('signatures', () => {
    it('with a wrong secret are refused', async () => {
      const { accessKeyId } = s3();
      const wrong = s3().client({ credentials: { accessKeyId, secretAccessKey: 'wrong' } });
      expect(await failure(wrong.send(new ListObjectsV2Command({ Bucket: bucket })))).toEqual([
        'SignatureDoesNotMatch',
        403,
      ]);
    });

    it('with an unknown access key are refused', async () => {
      const unknown = s3().client({ credentials: { accessKeyId: 'UNKNOWN', secretAccessKey: 'x' } });
      expect(await failure(unknown.send(new ListObjectsV2Command({ Bucket: bucket })))).toEqual([
        'InvalidAccessKeyId',
        403,
      ]);
    });

    it('hold with the bucket in the host name', async () => {
      await put('virtual host/é+ .txt', 'by name');
      const { port } = new URL(s3().endpoint);
      const byName = s3().client({
        endpoint: `http://s3.localhost:${port}`,
        forcePathStyle: false,
        requestHandler: { httpAgent: LOOPBACK_AGENT },
      });
      const got = await byName.send(new GetObjectCommand({ Bucket: bucket, Key: 'virtual host/é+ .txt' }));
      expect(await got.Body?.transformToString()).toBe('by name');
    });

    it('are needed for a private bucket', async () => {
      await put('private');
      const { status, body } = await s3().visit('127.0.0.1', `/${bucket}/private`);
      expect(status).toBe(403);
      expect(body.toString()).toContain('<Code>AccessDenied</Code>');
    });
  });

  describe('buckets', () => {
    it('are found by HEAD, or not', async () => {
      await client.send(new HeadBucketCommand({ Bucket: bucket }));
      expect(await failure(client.send(new HeadBucketCommand({ Bucket: s3().newName() })))).toEqual(['NotFound', 404]);
    });

    it('that are missing are NoSuchBucket', async () => {
      const missing = s3().newName();
      expect(await failure(client.send(new ListObjectsV2Command({ Bucket: missing })))).toEqual(['NoSuchBucket', 404]);
      const write = client.send(new PutObjectCommand({ Bucket: missing, Key: 'x', Body: 'x' }));
      expect(await failure(write)).toEqual(['NoSuchBucket', 404]);
    });

    it('have a policy that can be put, read back byte for byte, judged and deleted', async () => {
      const Bucket = await newBucket();
      const read = () => client.send(new GetBucketPolicyCommand({ Bucket }));
      expect(await failure(read())).toEqual(['NoSuchBucketPolicy', 404]);
      const Policy = policyFor(Bucket, {});
      await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
      expect((await read()).Policy).toBe(Policy);
      const status = await client.send(new GetBucketPolicyStatusCommand({ Bucket }));
      expect(status.PolicyStatus?.IsPublic).toBe(true);
      await client.send(new DeleteBucketPolicyCommand({ Bucket }));
      expect(await failure(read())).toEqual(['NoSuchBucketPolicy', 404]);
    });

    it('refuse a public policy under BlockPublicPolicy', async () => {
      const Bucket = await newBucket();
      const read = () => client.send(new GetPublicAccessBlockCommand({ Bucket }));
      const PublicAccessBlockConfiguration = {
        BlockPublicAcls: false,
        IgnorePublicAcls: false,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      };
      await client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
      expect((await read()).PublicAccessBlockConfiguration).toEqual(PublicAccessBlockConfiguration);
      const write = () => client.send(new PutBucketPolicyCommand({ Bucket, Policy: policyFor(Bucket, {}) }));
      expect(await failure(write())).toEqual(['AccessDenied', 403]);
      await client.send(new DeletePublicAccessBlockCommand({ Bucket }));
      expect(await failure(write())).toBeUndefined();
    });
  });

  describe('websites', () => {
    let site: string;
    const visit = (path: string, options = {}) => s3().visit(`${site}.s3-website.localhost`, path, options);
    const page = gzipSync('<h1>report</h1>');

    beforeAll(async () => {
      site = await newBucket();
      await client.send(
        new PutObjectCommand({
          Bucket: site,
          Key: 'team/index.html',
          Body: page,
          ContentType: 'text/html; charset=utf-8',
          ContentEncoding: 'gzip',
          CacheControl: 'no-cache',
        }),
      );
      await client.send(new PutObjectCommand({ Bucket: site, Key: 'sorry.html', Body: 'sorry' }));
    });

    it('are there only after they were configured, and can be read back and deleted', async () => {
      const Bucket = await newBucket();
      const read = () => client.send(new GetBucketWebsiteCommand({ Bucket }));
      expect(await failure(read())).toEqual(['NoSuchWebsiteConfiguration', 404]);
      expect((await s3().visit(`${Bucket}.s3-website.localhost`, '/')).status).toBe(404);
      const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: 'sorry.html' } };
      await client.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }));
      expect(await read()).toMatchObject(WebsiteConfiguration);
      await client.send(new DeleteBucketWebsiteCommand({ Bucket }));
      expect(await failure(read())).toEqual(['NoSuchWebsiteConfiguration', 404]);
    });

    describe('of a private bucket', () => {
      beforeAll(async () => {
        const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
        await client.send(new PutBucketWebsiteCommand({ Bucket: site, WebsiteConfiguration }));
      });

      it('show nothing', async () => {
        expect((await visit('/team/')).status).toBe(403);
        expect((await visit('/nothing')).status).toBe(403);
      });
    });

    describe('of a bucket that everybody may read', () => {
      beforeAll(async () => {
        await client.send(new PutBucketPolicyCommand({ Bucket: site, Policy: policyFor(site, {}) }));
      });

      it('show the index document of a folder, with the headers it was put with', async () => {
        const { status, headers, body } = await visit('/team/');
        expect(status).toBe(200);
        expect(headers).toMatchObject({
          'content-type': 'text/html; charset=utf-8',
          'content-encoding': 'gzip',
          'cache-control': 'no-cache',
        });
        expect(gunzipSync(body).toString()).toBe('<h1>report</h1>');
        expect((await visit('/team/index.html')).body.equals(page)).toBe(true);
      });

      it('answer HEAD without a body', async () => {
        const { status, headers, body } = await visit('/team/', { method: 'HEAD' });
        expect([status, headers['content-length'], body.length]).toEqual([200, String(page.length), 0]);
      });

      it('show an error page of S3 for what is missing, or the one of the bucket', async () => {
        expect((await visit('/nothing')).headers['content-type']).toMatch(/^text\/html/);
        await client.send(
          new PutBucketWebsiteCommand({
            Bucket: site,
            WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: 'sorry.html' } },
          }),
        );
        const { status, body } = await visit('/nothing');
        expect(status).toBeGreaterThanOrEqual(403);
        expect(body.toString()).toContain('sorry');
      });
    });

    describe('of a bucket that some addresses may read', () => {
      const policyWith = async (range: string) => {
        const Policy = policyFor(site, { Condition: { IpAddress: { 'aws:SourceIp': [range] } } });
        await client.send(new PutBucketPolicyCommand({ Bucket: site, Policy }));
      };

      it('show it to these', async () => {
        await policyWith('127.0.0.0/8');
        expect((await visit('/team/')).status).toBe(200);
      });

      it('show nothing to others', async () => {
        await policyWith('203.0.113.0/24');
        expect((await visit('/team/index.html')).status).toBe(403);
      });
    });
  });

  /** Where Ceph (16.2) is known to differ from AWS. The stand-in does as AWS does; nothing may rest on either. */
  it.each<Difference>([
    {
      what: 'If-Match with the quoted ETag for writing',
      aws: undefined,
      ceph: ['PreconditionFailed', 412],
      attempt: async () => {
        await put('if-match', 'one');
        return put('if-match', 'two', { IfMatch: etag(Buffer.from('one')) });
      },
    },
    {
      what: 'a policy that is no JSON',
      aws: ['MalformedPolicy', 400],
      ceph: ['InvalidArgument', 400],
      attempt: () => client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: '{not json' })),
    },
    {
      what: 'reading Block Public Access where there is none',
      aws: ['NoSuchPublicAccessBlockConfiguration', 404],
      ceph: undefined,
      attempt: () => client.send(new GetPublicAccessBlockCommand({ Bucket: bucket })),
    },
    {
      what: 'the status of a policy where there is none',
      aws: ['NoSuchBucketPolicy', 404],
      ceph: undefined,
      attempt: () => client.send(new GetBucketPolicyStatusCommand({ Bucket: bucket })),
    },
    {
      what: 'a body that does not fit its CRC32',
      aws: ['BadDigest', 400],
      ceph: undefined,
      attempt: () => put('crc32', 'body', { ChecksumCRC32: 'AAAAAA==' }),
    },
    {
      what: 'a stream of known length with a checksum after it',
      aws: undefined,
      ceph: [expect.any(String), 411],
      attempt: () => put('stream', 'x', { Body: Readable.from([Buffer.from('0123456789')]), ContentLength: 10 }),
    },
    {
      what: "the owner's own upload under BlockPublicAcls",
      aws: undefined,
      ceph: ['AccessDenied', 403],
      attempt: async () => {
        const Bucket = await newBucket();
        const PublicAccessBlockConfiguration = { BlockPublicAcls: true };
        await client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
        return client.send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x' }));
      },
    },
    {
      what: 'ownership controls set after the bucket was made',
      aws: undefined,
      ceph: [expect.any(String), 400],
      attempt: () =>
        client.send(
          new PutBucketOwnershipControlsCommand({
            Bucket: bucket,
            OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
          }),
        ),
    },
  ])('differs from Ceph, or AWS, as is known: $what', async ({ aws, ceph, attempt }) => {
    expect(await failure(attempt())).toEqual(s3().kind === 'ceph' ? ceph : aws);
  });

  it('a presigned link works for everyone who has it until it expires, and not if it was changed', async () => {
    const key = 'für #1/signed.txt';
    await put(key, 'signed');
    const link = (hoursAgo: number) =>
      getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key }), {
        expiresIn: 3600,
        signingDate: new Date(Date.now() - hoursAgo * 3_600_000),
      });
    const open = (url: string) => {
      const { hostname, pathname, search } = new URL(url);
      return s3().visit(hostname, pathname + search);
    };
    const fresh = await link(0);
    expect((await open(fresh)).body.toString()).toBe('signed');
    expect((await open(await link(2))).status).toBe(403);
    expect((await open(fresh.replace('X-Amz-Expires=3600', 'X-Amz-Expires=7200'))).status).toBe(403);
    expect((await open(fresh.replace('signed.txt', 'other.txt'))).status).toBe(403);
  });

  it('keeps versions where it is told to, and deletes one by its ID', async () => {
    const name = await newBucket();
    const version = (body: string) => client.send(new PutObjectCommand({ Bucket: name, Key: 'a', Body: body }));
    await version('before');
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration }));
    const { VersionId: first } = await version('first');
    const { VersionId: second } = await version('second');
    await client.send(new DeleteObjectCommand({ Bucket: name, Key: 'a' }));
    const list = () => client.send(new ListObjectVersionsCommand({ Bucket: name, Prefix: 'a' }));
    const { Versions = [], DeleteMarkers = [] } = await list();
    expect(Versions.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
      [second, false],
      [first, false],
      ['null', false],
    ]);
    expect(DeleteMarkers.map(({ IsLatest }) => IsLatest)).toEqual([true]);
    const body = async (VersionId: string) =>
      (await client.send(new GetObjectCommand({ Bucket: name, Key: 'a', VersionId }))).Body?.transformToString();
    expect(await body('null')).toBe('before');
    await client.send(new DeleteObjectCommand({ Bucket: name, Key: 'a', VersionId: first }));
    await client.send(new DeleteObjectCommand({ Bucket: name, Key: 'a', VersionId: DeleteMarkers[0]?.VersionId }));
    expect((await list()).Versions?.map(({ VersionId }) => VersionId)).toEqual([second, 'null']);
    expect(await (await client.send(new GetObjectCommand({ Bucket: name, Key: 'a' }))).Body?.transformToString()).toBe(
      'second',
    );
  });
});

/** The error (code and status) that each gives; undefined where it succeeds. */
interface Difference {
  readonly what: string;
  readonly aws: readonly [unknown, number] | undefined;
  readonly ceph: readonly [unknown, number] | undefined;
  readonly attempt: () => Promise<unknown>;
}

function policyFor(bucket: string, more: object): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Read',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
        ...more,
      },
    ],
  });
}

function etag(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

/** The code and status of a refusal; undefined if there was none. */
async function failure(promise: Promise<unknown>): Promise<[string, number | undefined] | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    return [name, $metadata?.httpStatusCode];
  }
}
