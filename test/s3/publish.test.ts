/** Publishing a report to S3: what is made, what is left alone, and what is said when it is refused. */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  GetBucketWebsiteCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PublishConfig, S3Config } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import type { Published, PublishFile } from '#scripts/publish/port.js';
import { openS3Publisher } from '#scripts/publish/s3/s3.js';
import { S3Server, type Fault } from '../support/s3-server/server.js';
import { describeOnEachS3, useCredentials } from '../support/s3-targets.js';

const PAGE = '<!doctype html><title>Culprit</title><p>who did it: Zoë';
const MANIFEST = '{"formatVersion":1}';

let folder: string;
let files: PublishFile[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'culprit-publish-'));
  files = [
    { name: 'index.html', read: () => createReadStream(path.join(folder, 'index.html')) },
    { name: 'manifest.json', read: () => createReadStream(path.join(folder, 'manifest.json')) },
  ];
  await writeFile(path.join(folder, 'manifest.json'), MANIFEST);
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => writeFile(path.join(folder, 'index.html'), PAGE));

const DEFAULTS = {
  ...{ bucket: '', prefix: '', force: false, yes: true, dryRun: false, deleteOldVersions: false },
  access: { kind: 'encrypted' },
} as const;

async function publish(config: Partial<PublishConfig> & { bucket: string }, s3: S3Config): Promise<Published> {
  const publisher = await openS3Publisher({ ...DEFAULTS, ...config }, s3);
  try {
    return await publisher.publish(await publisher.plan(undefined), files);
  } finally {
    publisher.close();
  }
}

function publicPolicy(bucket: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` }],
  });
}

describeOnEachS3('Publishing to S3', (s3) => {
  let bucket: string;
  useCredentials(s3);
  const config = (): S3Config => ({ profile: undefined, region: undefined, endpointUrl: s3().endpoint });

  beforeEach(async () => {
    bucket = s3().newName();
    await s3()
      .client()
      .send(new CreateBucketCommand({ Bucket: bucket }));
  });

  async function open(url: string) {
    const { hostname, pathname } = new URL(url);
    return s3().visit(hostname, pathname);
  }

  it('gives a link that opens the report, compressed, and says what it changed', async () => {
    await s3()
      .client()
      .send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: publicPolicy(bucket) }));
    const { url, notes } = await publish({ bucket, prefix: 'Team A/culprit/' }, config());
    expect(url).toBe(`http://${bucket}.s3-website.localhost:${new URL(s3().endpoint).port}/Team%20A/culprit/`);
    const page = await open(url);
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-encoding': 'gzip',
      'cache-control': 'no-cache',
    });
    expect(gunzipSync(page.body).toString()).toBe(PAGE);
    const manifest = await open(`${url}manifest.json`);
    expect(manifest.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-encoding': 'gzip',
    });
    expect(gunzipSync(manifest.body).toString()).toBe(MANIFEST);
    expect(notes[0]).toBe(`Turned on static website hosting for "${bucket}" (index document index.html).`);
    expect(notes.at(-1)).toMatch(
      /^Readers: Anyone with the link, which contains the key\. Anyone who finds the address/,
    );
  });

  it('marks what it wrote, and replaces it the next time', async () => {
    await publish({ bucket }, config());
    const head = await s3()
      .client()
      .send(new HeadObjectCommand({ Bucket: bucket, Key: 'index.html' }));
    expect(head.Metadata).toEqual({
      culprit: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      'culprit-access': 'encrypted',
    });
    await writeFile(path.join(folder, 'index.html'), 'the second report');
    const { notes } = await publish({ bucket }, config());
    expect(notes.join('\n')).not.toContain('Turned on');
    const { Body } = await s3()
      .client()
      .send(new GetObjectCommand({ Bucket: bucket, Key: 'index.html' }));
    expect(gunzipSync((await Body?.transformToByteArray()) ?? '').toString()).toBe('the second report');
  });

  it.each(['index.html', 'manifest.json'])('leaves an %s that it did not write, unless forced', async (name) => {
    const client = s3().client();
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: `site/${name}`, Body: 'mine' }));
    await expect(publish({ bucket, prefix: 'site/' }, config())).rejects.toThrow(
      new CulpritError(
        'publish',
        `s3://${bucket}/site/${name} was not written by Culprit. Publish to another prefix, or overwrite it with --force.`,
      ),
    );
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: `site/${name}` }));
    expect(await Body?.transformToString()).toBe('mine');
    await expect(client.send(new GetBucketWebsiteCommand({ Bucket: bucket }))).rejects.toThrow();
    await publish({ bucket, prefix: 'site/', force: true }, config());
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: `site/${name}` }));
    expect(head.Metadata).toHaveProperty('culprit');
  });

  it('leaves the website settings of a bucket as they are, and links to the page itself where these want it', async () => {
    const client = s3().client();
    const WebsiteConfiguration = { IndexDocument: { Suffix: 'home.html' }, ErrorDocument: { Key: 'sorry.html' } };
    await client.send(new PutBucketWebsiteCommand({ Bucket: bucket, WebsiteConfiguration }));
    await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: publicPolicy(bucket) }));
    const { url } = await publish({ bucket, prefix: 'a/' }, config());
    expect(new URL(url).pathname).toBe('/a/index.html');
    expect((await open(url)).status).toBe(200);
    expect(await client.send(new GetBucketWebsiteCommand({ Bucket: bucket }))).toMatchObject(WebsiteConfiguration);
  });

  it('uploads a large report in parts', async () => {
    const large = randomBytes(24 * 1024 * 1024);
    await writeFile(path.join(folder, 'index.html'), large);
    await publish({ bucket }, config());
    const { Body, Metadata } = await s3()
      .client()
      .send(new GetObjectCommand({ Bucket: bucket, Key: 'index.html' }));
    expect(gunzipSync((await Body?.transformToByteArray()) ?? '').equals(large)).toBe(true);
    expect(Metadata).toHaveProperty('culprit');
  });

  it('says that there is no such bucket', async () => {
    await expect(publish({ bucket: 'there-is-no-such-bucket-here' }, config())).rejects.toThrow(
      new CulpritError(
        'publish',
        `The bucket "there-is-no-such-bucket-here" does not exist at ${s3().endpoint}. Check its name, or use --endpoint-url if it is elsewhere.`,
      ),
    );
  });

  it('says that the secret key is wrong', async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong');
    await expect(publish({ bucket }, config())).rejects.toThrow(/rejects the signature/);
  });
});

describe('Publishing to S3, in detail', () => {
  let server: S3Server;
  let s3: S3Config;

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

  const operations = () => server.requests.map(({ operation, key }) => (key ? `${operation ?? ''} ${key}` : operation));
  const writes = () => operations().filter((operation) => /^(Put|Create|Delete|Upload|Complete)/.test(operation ?? ''));

  function fail(operation: string, fault: Fault, key = ''): void {
    let left = fault.kind === 'error' ? Infinity : 1;
    server.onRequest = (request) =>
      request.operation === operation && request.key.endsWith(key) && left-- > 0 ? fault : undefined;
  }

  it('writes the manifest, the page last, and makes the bucket a website when they are there', async () => {
    await publish({ bucket: 'team' }, s3);
    expect(writes()).toEqual([
      'PutObject culprit-published.json',
      'PutObject manifest.json',
      'PutObject index.html',
      'PutBucketPolicy',
      'PutBucketWebsite',
    ]);
  });

  it('changes nothing when it is opened', async () => {
    const publisher = await openS3Publisher({ ...DEFAULTS, bucket: 'team' }, s3);
    publisher.close();
    expect(writes()).toEqual([]);
    expect(operations()).toContain('GetBucketWebsite');
  });

  it('gives the same bytes for the same report', async () => {
    const bodyOf = () => server.bucket('team').get('index.html')?.body;
    await publish({ bucket: 'team' }, s3);
    const first = bodyOf();
    await publish({ bucket: 'team' }, s3);
    expect(first).toBeDefined();
    expect(bodyOf()).toEqual(first);
  });

  it('follows a bucket to its region', async () => {
    server.createBucket('team', { region: 'eu-central-2', publicAccessBlock: null });
    await publish({ bucket: 'team' }, { ...s3, region: 'us-west-2' });
    expect(writes()).toHaveLength(5);
  });

  it.each<[string, Fault]>([
    ['an answer that was lost', { kind: 'lost-answer' }],
    ['a connection that was reset', { kind: 'reset' }],
  ])('publishes in spite of %s', async (_, fault) => {
    fail('PutObject', fault, 'index.html');
    await publish({ bucket: 'team' }, s3);
    expect(gunzipSync(server.bucket('team').get('index.html')?.body ?? '').toString()).toBe(PAGE);
  });

  it('does not overwrite a page that someone writes at the same moment', async () => {
    server.onRequest = ({ operation, key }) => {
      if (operation === 'PutObject' && key === 'index.html' && !server.bucket('team').get(key)) {
        server.putObject('team', key, 'theirs');
      }
      return undefined;
    };
    await expect(publish({ bucket: 'team' }, s3)).rejects.toThrow(
      /^s3:\/\/team\/index\.html was not written by Culprit/,
    );
    expect(server.bucket('team').get('index.html')?.body.toString()).toBe('theirs');
  });

  it('leaves the old report when the upload of a new one fails midway, and no parts of it', async () => {
    await publish({ bucket: 'team' }, s3);
    const old = server.bucket('team').get('index.html');
    await writeFile(path.join(folder, 'index.html'), randomBytes(12 * 1024 * 1024));
    server.onRequest = ({ query }) =>
      query.get('partNumber') === '2' ? { kind: 'error', code: 'AccessDenied' } : undefined;
    await expect(publish({ bucket: 'team' }, s3)).rejects.toThrow(
      /^S3 refuses s3:PutObject on arn:aws:s3:::team\/index/,
    );
    expect(server.bucket('team').get('index.html')).toBe(old);
    expect(server.bucket('team').uploads.size).toBe(0);
  });

  describe('is refused', () => {
    const refusal = (expected: string | RegExp) =>
      expect(publish({ bucket: 'team', prefix: 'r/' }, s3)).rejects.toThrow(
        typeof expected === 'string' ? new CulpritError('publish', expected) : expected,
      );

    it('without permission to upload', async () => {
      server.deny('s3:PutObject');
      await refusal(
        'S3 refuses s3:PutObject on arn:aws:s3:::team/r/culprit-published.json. Allow it for these credentials, or choose others with --profile (their identity: "aws sts get-caller-identity").',
      );
      expect(server.bucket('team').website).toBeUndefined();
    });

    it('without permission to make a website, after the upload', async () => {
      server.deny('s3:PutBucketWebsite');
      await refusal(
        "The report is in s3://team/, but the bucket is not a website, and these credentials may not turn website hosting on. Allow s3:PutBucketWebsite on arn:aws:s3:::team, or turn on static website hosting with index document index.html in the bucket's properties.",
      );
    });

    it('with expired credentials, before anything is written', async () => {
      fail('GetBucketWebsite', { kind: 'error', code: 'ExpiredToken' });
      await refusal(/^The AWS credentials have expired\. Sign in again/);
      expect(writes()).toEqual([]);
    });

    it('where the endpoint cannot be reached', async () => {
      const nowhere = publish({ bucket: 'team' }, { ...s3, endpointUrl: 'http://127.0.0.1:1' });
      await expect(nowhere).rejects.toThrow(/^S3 at http:\/\/127\.0\.0\.1:1 cannot be reached/);
    });

    it('where S3 does not say in which region the bucket is', async () => {
      fail('GetBucketWebsite', { kind: 'error', code: 'PermanentRedirect' });
      await refusal(/^The bucket "team" is not in region us-east-1, and .*\. Name its region with --s3-region/);
    });

    it('by Block Public Access', async () => {
      const message =
        'User: x is not authorized to perform: s3:PutObject because public access is prevented by the BlockPublicAcls setting in S3 Block Public Access.';
      fail('PutObject', { kind: 'error', code: 'AccessDenied', message }, 'manifest.json');
      await refusal(
        'Block Public Access refuses s3:PutObject on arn:aws:s3:::team/r/manifest.json. Share with --access cidr:ADDRESSES, presigned or private, which it allows, or check its settings with "aws s3api get-public-access-block --bucket team".',
      );
    });

    it('where ACLs are disabled and something adds one', async () => {
      fail('PutObject', { kind: 'error', code: 'AccessControlListNotSupported' });
      await refusal(/^The bucket "team" has ACLs disabled and refuses an upload with an ACL/);
    });

    it('without permission for the KMS key', async () => {
      const message = 'User: x is not authorized to perform: kms:GenerateDataKey on resource: y';
      fail('PutObject', { kind: 'error', code: 'AccessDenied', message });
      await refusal(/^S3 may not use the KMS key that encrypts "team". Allow kms:GenerateDataKey/);
    });

    it('while another upload is under way', async () => {
      fail('PutObject', { kind: 'error', code: 'ConditionalRequestConflict' }, 'manifest.json');
      await refusal(/^Something else is writing s3:\/\/team\/r\/manifest\.json at the same time/);
    });

    it('by an error that S3 does not explain', async () => {
      fail('PutObject', { kind: 'error', code: 'InvalidArgument', message: 'Odd' }, 'manifest.json');
      await refusal(
        'S3 failed at s3:PutObject on arn:aws:s3:::team/r/manifest.json (Odd). Try again, with --debug for details.',
      );
    });
  });

  it('publishes with only s3:PutObject where nothing was, and says what it could not see', async () => {
    server.deny('s3:GetObject');
    server.deny('s3:GetBucketWebsite');
    const { url, notes } = await publish({ bucket: 'team' }, s3);
    expect(url).toMatch(/\/index\.html$/);
    expect(notes).toContain(
      'These credentials may not see whether "team" is a website (s3:GetBucketWebsite). The link works only if static website hosting is on.',
    );
    expect(server.bucket('team').website).toBeUndefined();
    // What is there now may not be looked at: whose it is cannot be told.
    await expect(publish({ bucket: 'team' }, s3)).rejects.toThrow(
      /^s3:\/\/team\/manifest\.json exists, and these credentials may not see whether Culprit wrote it. Allow s3:GetObject/,
    );
    await publish({ bucket: 'team', force: true }, s3);
  });

  it('says that a website which redirects everything does not show the report', async () => {
    server.bucket('team').website = {
      indexDocument: undefined,
      errorDocument: undefined,
      redirectAllTo: { hostName: 'www.example.com', protocol: undefined },
    };
    const { notes } = await publish({ bucket: 'team' }, s3);
    expect(notes[0]).toMatch(/^The website of "team" redirects every request to www\.example\.com/);
  });
});
