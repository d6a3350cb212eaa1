/** Reading logs from S3: what is listed, what is read, and what is said when it cannot be. */
import { createHash } from 'node:crypto';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { S3Config } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import type { ListedFile } from '#scripts/source/port.js';
import { openS3Source, type S3SourceOptions } from '#scripts/source/s3/s3.js';
import { listingOf } from '../support/listing.js';
import { S3Server, type Fault, type LoggedRequest } from '../support/s3-server/server.js';
import { describeOnEachS3, useCredentials, type TestS3 } from '../support/s3-targets.js';

const DAY = 'us-east-1/2026/03/09';
const ACCOUNT_TRAIL = `AWSLogs/111122223333/CloudTrail/${DAY}/111122223333_CloudTrail_us-east-1_20260309T0005Z_aaaaaaaaaaaaaaaa.json.gz`;
const ORGANIZATION_TRAIL = `AWSLogs/o-abcde12345/444455556666/CloudTrail/${DAY}/444455556666_CloudTrail_us-east-1_20260309T0005Z_bbbbbbbbbbbbbbbb.json.gz`;

/** Every kind of thing that shares a trail's bucket. */
const BUCKET: Readonly<Record<string, ListedFile['kind']>> = {
  [ACCOUNT_TRAIL]: 'events',
  [ORGANIZATION_TRAIL]: 'events',
  [`AWSLogs/111122223333/CloudTrail-Digest/${DAY}/digest.json.gz`]: 'digest',
  [`AWSLogs/111122223333/CloudTrail-Insight/${DAY}/insight.json.gz`]: 'insight',
  [`AWSLogs/111122223333/CloudTrail-NetworkActivity/${DAY}/network.json.gz`]: 'network-activity',
  [`AWSLogs/111122223333/CloudTrail-Aggregated/${DAY}/aggregated.json.gz`]: 'aggregated',
  [`AWSLogs/111122223333/Config/${DAY}/config.json.gz`]: 'other-service',
  'README.pdf': 'other',
  'old AWSLogs/für alle + 100%/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/08/spaces.json.gz': 'events',
};

const EVERYTHING = { since: undefined, until: undefined, accounts: [], regions: [] };

async function openAndList(
  input: string,
  s3: S3Config,
  filter: Partial<S3SourceOptions['filter']> = {},
): Promise<Awaited<ReturnType<typeof listingOf>>> {
  const source = await openS3Source(input, { s3, filter: { ...EVERYTHING, ...filter }, note() {} });
  try {
    return await listingOf(source);
  } finally {
    source.close();
  }
}

function configOf(s3: TestS3): S3Config {
  return { profile: undefined, region: undefined, endpointUrl: s3.endpoint };
}

describeOnEachS3('Logs from S3', (s3) => {
  let bucket: string;
  useCredentials(s3);

  beforeAll(async () => {
    const client = s3().client();
    bucket = s3().newName();
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    for (const key of Object.keys(BUCKET))
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: key }));
    // Made by the console to show an empty folder.
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'AWSLogs/', Body: Buffer.alloc(0) }));
  });

  const list = (input: string, filter: Partial<S3SourceOptions['filter']> = {}) =>
    openAndList(input, configOf(s3()), filter);
  const keys = (files: readonly ListedFile[]) => files.map(({ name }) => name.slice(`s3://${bucket}/`.length)).sort();

  it('finds the trails of a bucket wherever they are, and names what else is there without listing it', async () => {
    const { files, folders } = await list(`s3://${bucket}`);
    expect(keys(files)).toEqual(
      Object.keys(BUCKET)
        .filter((key) => /CloudTrail\/|README/.test(key))
        .sort(),
    );
    for (const { name, bytes, kind } of files) {
      const key = name.slice(`s3://${bucket}/`.length);
      expect([kind, bytes]).toEqual([BUCKET[key], Buffer.byteLength(key)]);
    }
    expect(Object.fromEntries(folders.map(({ folder, kind }) => [folder, kind]))).toEqual({
      [`s3://${bucket}/AWSLogs/111122223333/CloudTrail-Digest/`]: 'digest',
      [`s3://${bucket}/AWSLogs/111122223333/CloudTrail-Insight/`]: 'insight',
      [`s3://${bucket}/AWSLogs/111122223333/CloudTrail-NetworkActivity/`]: 'network-activity',
      [`s3://${bucket}/AWSLogs/111122223333/CloudTrail-Aggregated/`]: 'aggregated',
      [`s3://${bucket}/AWSLogs/111122223333/Config/`]: 'other-service',
    });
  });

  it.each([
    ['AWSLogs', 2],
    ['AWSLogs/', 2],
    ['AWSLogs/o-abcde12345', 1],
    ['AWSLogs/111122223333/CloudTrail', 1],
    ['AWSLogs/111122223333/CloudTrail/us-east-1/2026', 1],
    ['old AWSLogs', 1],
    ['old AWSLogs/für alle + 100%/AWSLogs/', 1],
    [ACCOUNT_TRAIL, 1],
    ['nothing', 0],
  ])('takes %j for a folder, or an object, of that name', async (prefix, count) => {
    const { files } = await list(`s3://${bucket}/${prefix}`);
    expect(files).toHaveLength(count);
    expect(keys(files).every((key) => key.startsWith(prefix))).toBe(true);
  });

  it('treats a prefix that is not a folder as the beginning of a name', async () => {
    expect(keys((await list(`s3://${bucket}/AWSLogs/1111`)).files)).toHaveLength(6);
  });

  it('lists the days on which wanted events may have been delivered: a day late, never early', async () => {
    const logs = async (since: string | undefined, until: string | undefined): Promise<string[]> => {
      const time = (text: string | undefined): number | undefined => (text === undefined ? text : Date.parse(text));
      const { files } = await list(`s3://${bucket}`, { since: time(since), until: time(until) });
      return keys(files).filter((key) => key.startsWith('AWSLogs') || key.startsWith('old'));
    };
    const [eighth, ...ninth] = Object.keys(BUCKET)
      .filter((key) => key.includes('/CloudTrail/'))
      .sort((a, b) => (a.includes('/08/') ? -1 : b.includes('/08/') ? 1 : 0));
    expect(await logs('2026-03-09T12:00:00Z', undefined)).toEqual(ninth);
    expect(await logs('2026-03-10T00:00:00Z', undefined)).toEqual([]);
    expect(await logs(undefined, '2026-03-08T00:00:00Z')).toEqual([eighth]);
    expect(await logs(undefined, '2026-03-08T00:00:01Z')).toEqual([...ninth, eighth]);
    expect(await logs(undefined, '2026-03-07T00:00:00Z')).toEqual([]);
  });

  it('leaves out accounts and regions that are not asked for, without listing them', async () => {
    const byAccount = await list(`s3://${bucket}/AWSLogs`, { accounts: ['444455556666'] });
    expect(keys(byAccount.files)).toEqual([ORGANIZATION_TRAIL]);
    expect(byAccount.folders).toEqual([{ folder: `s3://${bucket}/AWSLogs/111122223333/`, kind: 'other-account' }]);
    const byRegion = await list(`s3://${bucket}/old AWSLogs`, { regions: ['us-east-1'] });
    expect(byRegion.files).toEqual([]);
    expect(byRegion.folders.map(({ kind }) => kind)).toEqual(['other-region']);
  });

  it('lists 2,500 objects over pages, and reads them all at once', async () => {
    const client = s3().client();
    const many = s3().newName();
    await client.send(new CreateBucketCommand({ Bucket: many }));
    const written = Array.from({ length: 2500 }, (_, index) => `AWSLogs/${index}.json`);
    const waiting = [...written];
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
          await client.send(new PutObjectCommand({ Bucket: many, Key: key, Body: key }));
        }
      }),
    );
    const notes: string[] = [];
    const note = (sentence: string) => void notes.push(sentence);
    const source = await openS3Source(`s3://${many}/AWSLogs/`, { s3: configOf(s3()), filter: EVERYTHING, note });
    const { files } = await listingOf(source);
    const bodies = await Promise.all(
      files.map(async (file) => new TextDecoder().decode((await source.read(file)).stored)),
    );
    source.close();
    expect(bodies.sort()).toEqual(written.sort());
    expect(notes.at(-1)).toBe(`s3://${many}/AWSLogs/: 2500 objects in 3 list calls.`);
  });

  it('reads an object byte for byte, also one of several megabytes or none', async () => {
    const client = s3().client();
    const body = Buffer.alloc(6_000_001, 'log');
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'read/large.json', Body: body }));
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'read/none.json', Body: Buffer.alloc(0) }));
    const source = await openS3Source(`s3://${bucket}/read`, { s3: configOf(s3()), filter: EVERYTHING, note() {} });
    const read: Record<string, string> = {};
    for (const file of (await listingOf(source)).files) read[file.name] = sha256((await source.read(file)).stored);
    source.close();
    expect(read).toEqual({
      [`s3://${bucket}/read/large.json`]: sha256(body),
      [`s3://${bucket}/read/none.json`]: sha256(Buffer.alloc(0)),
    });
  });

  it('reads an object that was written again since it was listed, and says which version it read', async () => {
    const client = s3().client();
    const own = s3().newName();
    const listed = 'as it was when it was listed';
    // Of another length, and of the same.
    const now = { longer: `${listed}, and more`, same: listed.toUpperCase(), untouched: listed };
    await client.send(new CreateBucketCommand({ Bucket: own }));
    const put = (key: string, Body: string) => client.send(new PutObjectCommand({ Bucket: own, Key: key, Body }));
    for (const key of Object.keys(now)) await put(key, listed);
    const notes: string[] = [];
    const note = (sentence: string) => void notes.push(sentence);
    const source = await openS3Source(`s3://${own}`, { s3: configOf(s3()), filter: EVERYTHING, note });
    const before = await listingOf(source);
    for (const [key, content] of Object.entries(now)) if (content !== listed) await put(key, content);
    const after = await listingOf(source);
    for (const [i, file] of before.files.entries()) {
      const { stored, version } = await source.read(file);
      expect(Buffer.from(stored).toString()).toBe(Object.values(now)[i]);
      expect(version).toBe(after.files[i]?.version);
    }
    source.close();
    expect(notes.filter((sentence) => sentence.includes('changed after it was listed'))).toEqual(
      ['longer', 'same'].map((key) => `s3://${own}/${key} changed after it was listed; its current version is read.`),
    );
  });

  it('lists digests where they are wanted, and gives them with their metadata', async () => {
    const client = s3().client();
    const own = s3().newName();
    const key = `AWSLogs/111122223333/CloudTrail-Digest/${DAY}/digest.json.gz`;
    const Metadata = { signature: 'ab12', 'signature-algorithm': 'SHA256withRSA' };
    await client.send(new CreateBucketCommand({ Bucket: own }));
    await client.send(new PutObjectCommand({ Bucket: own, Key: key, Body: 'a digest', Metadata }));
    const options = { s3: configOf(s3()), filter: EVERYTHING, withDigests: true, note() {} };
    const source = await openS3Source(`s3://${own}`, options);
    const { files } = await listingOf(source);
    expect(files).toMatchObject([{ name: `s3://${own}/${key}`, kind: 'digest' }]);
    const digest = await source.digests?.read(files[0] as ListedFile);
    source.close();
    expect(Buffer.from(digest?.stored ?? []).toString()).toBe('a digest');
    expect(digest?.metadata).toMatchObject(Metadata);
  });

  it('says that there is no such bucket', async () => {
    await expect(list('s3://there-is-no-such-bucket-here')).rejects.toThrow(
      new CulpritError(
        'source',
        `The bucket "there-is-no-such-bucket-here" does not exist at ${s3().endpoint}. Check its name, or use --endpoint-url if it is elsewhere.`,
      ),
    );
  });

  it('says that the secret key is wrong', async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong');
    await expect(list(`s3://${bucket}`)).rejects.toThrow(/rejects the signature: the secret key does not belong/);
  });

  it('says that the access key is unknown', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'UNKNOWN');
    await expect(list(`s3://${bucket}`)).rejects.toThrow(/does not know the access key. It was deleted/);
  });
});

describe('Logs from S3, when things go wrong', () => {
  let server: S3Server;
  let s3: S3Config;
  const body = 'x'.repeat(200_000);

  beforeAll(async () => {
    server = await S3Server.start();
    s3 = { profile: undefined, region: undefined, endpointUrl: server.endpoint };
    server.createBucket('trail');
    server.putObject('trail', 'log.json', body);
  });
  afterAll(() => server.close());
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', server.credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', server.credentials.secretAccessKey);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    server.calmDown();
  });

  const list = (bucket = 'trail') => openAndList(`s3://${bucket}`, s3);

  async function read(key: string, bytes?: number): Promise<string> {
    const source = await openS3Source('s3://trail', { s3, filter: EVERYTHING, note() {} });
    try {
      const file = (await listingOf(source)).files.find(({ name }) => name === `s3://trail/${key}`);
      if (file === undefined) throw new Error(`the test put no ${key}`);
      return Buffer.from((await source.read({ ...file, bytes: bytes ?? file.bytes })).stored).toString();
    } finally {
      source.close();
    }
  }

  /** Injects a fault into the first `times` requests of an operation. */
  function fail(operation: string, fault: Fault, times: number): void {
    let left = times;
    server.onRequest = (request: LoggedRequest) => (request.operation === operation && left-- > 0 ? fault : undefined);
  }

  const count = (operation: string) => server.requests.filter((request) => request.operation === operation).length;

  it.each<[string, Fault]>([
    ['an internal error', { kind: 'error', code: 'InternalError' }],
    ['being told to slow down', { kind: 'error', code: 'SlowDown' }],
    ['a connection that is reset', { kind: 'reset' }],
    ['a connection that is cut midway', { kind: 'cut', bytes: 70_000 }],
    ['a connection that is cut before the first byte', { kind: 'cut', bytes: 0 }],
    ['a body that is one byte short', { kind: 'short' }],
    ['a byte that was changed on the way', { kind: 'corrupt' }],
  ])('reads an object in spite of %s, twice', async (_, fault) => {
    fail('GetObject', fault, 2);
    expect(await read('log.json')).toBe(body);
    expect(count('GetObject')).toBe(3);
  });

  it.each<[string, Fault]>([
    ['an internal error', { kind: 'error', code: 'InternalError' }],
    ['a connection that is reset', { kind: 'reset' }],
    ['a connection that is cut midway', { kind: 'cut', bytes: 50 }],
  ])('lists in spite of %s, twice', async (_, fault) => {
    fail('ListObjectsV2', fault, 2);
    expect((await list()).files).toHaveLength(1);
  });

  it('gives an object up when its body ends early every time, and says how far it came', async () => {
    fail('GetObject', { kind: 'cut', bytes: 70_000 }, Infinity);
    await expect(read('log.json')).rejects.toThrow();
    expect(count('GetObject')).toBe(5);
  });

  it('gives an object up whose length is not what was listed', async () => {
    await expect(read('log.json', 7)).rejects.toThrow('S3 sent 200000 bytes, but listed 7');
  });

  it('leaves no connection hanging after bodies that went wrong', async () => {
    const source = await openS3Source('s3://trail', { s3, filter: EVERYTHING, note() {} });
    const file = { name: 's3://trail/log.json', bytes: 7, kind: 'events' } as const;
    // More than there are connections: the last ones wait for ever if the first do not give theirs back.
    const failures = await Promise.allSettled(Array.from({ length: 200 }, () => source.read(file)));
    expect(failures.every(({ status }) => status === 'rejected')).toBe(true);
    expect(Buffer.from((await source.read({ ...file, bytes: body.length })).stored).toString()).toBe(body);
    source.close();
  });

  it('says in a few words why an object cannot be read', async () => {
    const denial = server.deny('s3:GetObject', 'trail', 'log');
    await expect(read('log.json')).rejects.toThrow('access denied: allow s3:GetObject on it');
    denial.allowAgain();
    server.putObject('trail', 'cold.json', 'cold', { storageClass: 'DEEP_ARCHIVE' });
    await expect(read('cold.json')).rejects.toThrow(
      'archived in Glacier; restore it ("aws s3api restore-object"), then run again',
    );
    server.onRequest = ({ operation }) => {
      if (operation === 'GetObject') server.bucket('trail').delete('cold.json');
      return undefined;
    };
    await expect(read('cold.json')).rejects.toThrow('deleted after it was listed');
    fail('GetObject', { kind: 'error', code: 'ExpiredToken' }, 1);
    await expect(read('log.json')).rejects.toThrow('the AWS credentials have expired');
    const message = 'The ciphertext refers to a KMS key that you may not use';
    fail('GetObject', { kind: 'error', code: 'AccessDenied', message }, 1);
    await expect(read('log.json')).rejects.toThrow('access denied: allow kms:Decrypt on the key that encrypts it');
  });

  it('says which permission is missing to list, and on what', async () => {
    server.deny('s3:ListBucket');
    await expect(list()).rejects.toThrow(
      new CulpritError(
        'source',
        'S3 refuses to list the bucket "trail". Allow s3:ListBucket on arn:aws:s3:::trail (and s3:GetObject on arn:aws:s3:::trail/*) for these credentials, or choose others with --profile, or add --request-payer requester if the bucket has Requester Pays.',
      ),
    );
  });

  it('says that credentials have expired', async () => {
    server.addAccessKey({
      accessKeyId: 'ASIAEXPIRED',
      secretAccessKey: 's',
      sessionToken: 't',
      expired: true,
      account: '111122223333',
      user: 'gone',
    });
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'ASIAEXPIRED');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
    vi.stubEnv('AWS_SESSION_TOKEN', 't');
    await expect(list()).rejects.toThrow(/^The AWS credentials have expired\. Sign in again/);
  });

  it('says that there are no credentials, and what to do', async () => {
    // A profile that is asked for is put there, for the SDK's inner clients.
    vi.stubEnv('AWS_PROFILE', undefined);
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', 'no-such-file');
    vi.stubEnv('AWS_CONFIG_FILE', 'no-such-file');
    await expect(list()).rejects.toThrow(/^No AWS credentials were found. Run "aws configure"/);
    const named = openAndList('s3://trail', { ...s3, profile: 'audit' });
    await expect(named).rejects.toThrow(/^Profile "audit" does not exist\./);
  });

  it('says that the endpoint cannot be reached', async () => {
    const nowhere = openAndList('s3://trail', { ...s3, endpointUrl: 'http://127.0.0.1:1' });
    await expect(nowhere).rejects.toThrow(
      /^S3 at http:\/\/127\.0\.0\.1:1 cannot be reached \(connect ECONNREFUSED 127\.0\.0\.1:1\). Check the network/,
    );
  });

  it('says that an endpoint is not a URL', async () => {
    const wrong = openAndList('s3://trail', { ...s3, endpointUrl: 'localhost:9000' });
    await expect(wrong).rejects.toThrow('Invalid endpoint "localhost:9000"');
  });

  it('takes the endpoint from AWS_ENDPOINT_URL_S3, as the AWS CLI does', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_S3', server.endpoint);
    expect((await openAndList('s3://trail', { ...s3, endpointUrl: undefined })).files).toHaveLength(1);
  });

  it('finds a bucket in whatever region it is, with many reads at once', async () => {
    server.createBucket('elsewhere', { region: 'ap-southeast-4' });
    for (let index = 0; index < 100; index++) server.putObject('elsewhere', `${index}.json`, 'here');
    const notes: string[] = [];
    const note = (sentence: string) => void notes.push(sentence);
    const source = await openS3Source('s3://elsewhere', {
      s3: { ...s3, region: 'eu-west-1' },
      filter: EVERYTHING,
      note,
    });
    const { files } = await listingOf(source);
    const bodies = await Promise.all(files.map((file) => source.read(file)));
    source.close();
    expect(bodies).toHaveLength(100);
    const redirected = server.requests.filter(({ status }) => status === 301);
    expect(redirected.map(({ operation }) => operation)).toEqual(['HeadBucket']);
  });

  it('reads where only listing below a prefix is allowed, so that the bucket itself answers 403', async () => {
    server.onRequest = ({ operation }) =>
      operation === 'HeadBucket' ? { kind: 'error', code: 'AccessDenied' } : undefined;
    expect((await list()).files).toHaveLength(1);
  });

  it('sends nothing but what it is for: one HEAD of the bucket, then lists and reads', async () => {
    await read('log.json');
    expect(server.requests.map(({ operation }) => operation)).toEqual(['HeadBucket', 'ListObjectsV2', 'GetObject']);
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
