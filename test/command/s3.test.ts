/** The whole way: logs in a bucket, the command, the link. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { logFile, record } from '../support/records.js';
import { S3Server } from '../support/s3-server/server.js';
import { describeOnEachS3, type TestS3 } from '../support/s3-targets.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { runReport, type Finished } from './run-report.js';

const TRAIL = 'AWSLogs/111111111111/CloudTrail/eu-west-1/2025/03/03';

async function newBucket(s3: TestS3, objects: Readonly<Record<string, Uint8Array>> = {}): Promise<string> {
  const bucket = s3.newName();
  await s3.client().send(new CreateBucketCommand({ Bucket: bucket }));
  for (const [key, body] of Object.entries(objects)) {
    await s3.client().send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }
  return bucket;
}

/** A bucket as a trail fills it: 3 events in two files, and a digest. */
function newTrail(s3: TestS3): Promise<string> {
  return newBucket(s3, {
    [`${TRAIL}/111111111111_CloudTrail_eu-west-1_20250303T0005Z_a.json.gz`]: gzipSync(logFile(record(1), record(2))),
    [`${TRAIL}/111111111111_CloudTrail_eu-west-1_20250303T0010Z_b.json.gz`]: gzipSync(logFile(record(3))),
    [`${TRAIL.replace('CloudTrail', 'CloudTrail-Digest')}/digest.json.gz`]: gzipSync('{}'),
  });
}

async function allowEverybody(s3: TestS3, bucket: string): Promise<void> {
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await s3.client().send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
}

function runOn(
  s3: Pick<TestS3, 'endpoint' | 'accessKeyId' | 'secretAccessKey'>,
  cwd: string,
  ...args: readonly string[]
): Promise<Finished> {
  const env = { AWS_ACCESS_KEY_ID: s3.accessKeyId, AWS_SECRET_ACCESS_KEY: s3.secretAccessKey };
  return runReport([...args, '--endpoint-url', s3.endpoint], { cwd, env });
}

describeOnEachS3('The command on S3', (s3) => {
  it('reads a trail, writes the report, and publishes it where the link says', async () => {
    const trail = await newTrail(s3());
    const site = await newBucket(s3());
    await allowEverybody(s3(), site);
    const cwd = temporaryFolder();
    const place = `s3://${site}/monday`;
    const access = ['--access', 'public', '--i-understand-this-is-public', '--yes'];
    const { code, stdout } = await runOn(s3(), cwd, `s3://${trail}`, '--publish', place, ...access);
    expect(code).toBe(0);
    expect(stdout).toContain('3 events · ');
    expect(stdout).toContain(`To be published:\n  Where     ${place}/ (`);
    expect(stdout).toMatch(/ {2}Readers {3}Anyone in the world, without signing in/);
    expect(stdout).toMatch(/ {2}Contents {2}3 events · \d+ (person|people) · 1 account · 2025-/);
    expect(stdout).toMatch(/1 folder: CloudTrail digests \(s3:\/\/.*CloudTrail-Digest\/\)/);

    const link = new URL(stdout.trimEnd().split('\n').at(-1) ?? '');
    const page = await s3().visit(link.hostname, link.pathname);
    expect(page.status).toBe(200);
    expect(gunzipSync(page.body)).toEqual(readFileSync(path.join(cwd, 'out', 'index.html')));
  });

  it('a redacted report is published without the table that says who is who, and without a name', async () => {
    const trail = await newTrail(s3());
    const site = await newBucket(s3());
    const cwd = temporaryFolder();
    const { code, stdout } = await runOn(s3(), cwd, `s3://${trail}`, '--redact', '--publish', `s3://${site}`, '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('out/redaction-key.tsv');
    expect(existsSync(path.join(cwd, 'out', 'redaction-key.tsv'))).toBe(true);
    const { Contents = [] } = await s3()
      .client()
      .send(new ListObjectsV2Command({ Bucket: site }));
    expect(Contents.length).toBeGreaterThan(0);
    expect(Contents.filter(({ Key }) => Key?.includes('redaction-key'))).toEqual([]);
    const { Body } = await s3()
      .client()
      .send(new GetObjectCommand({ Bucket: site, Key: 'manifest.json' }));
    const manifest = gunzipSync(await (Body as { transformToByteArray(): Promise<Uint8Array> }).transformToByteArray());
    for (const original of ['111111111111', trail, site]) expect(manifest.toString()).not.toContain(original);
  });

  it('--json and --quiet give what scripts need of a published report', async () => {
    const trail = await newTrail(s3());
    const site = await newBucket(s3());
    const cwd = temporaryFolder();
    const json = await runOn(s3(), cwd, `s3://${trail}/AWSLogs`, '--publish', `s3://${site}`, '--yes', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ events: 3, files: { listed: 2, read: 2, ignored: 0 } });
    const quiet = await runOn(s3(), cwd, `s3://${trail}/AWSLogs`, '--publish', `s3://${site}`, '--yes', '--quiet');
    expect(quiet).toMatchObject({ code: 0, stderr: '' });
    expect(quiet.stdout).toMatch(/^http:\/\/\S+#key=\S+\n$/);
  });

  it('in a pipe nothing is published without --yes, and the run says so before it reads anything', async () => {
    const site = await newBucket(s3());
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await runOn(s3(), cwd, 's3://nowhere-at-all', '--publish', `s3://${site}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*not possible in a pipe. Add --yes .* or --dry-run .*\.\n$/);
    expect(existsSync(path.join(cwd, 'out'))).toBe(false);
  });

  it('--dry-run makes the report, shows what publishing would do, and changes nothing', async () => {
    const site = await newBucket(s3());
    const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)) });
    const access = 'cidr:203.0.113.0/24';
    const { code, stdout } = await runOn(
      s3(),
      cwd,
      'logs',
      '--publish',
      `s3://${site}/a`,
      '--access',
      access,
      '--dry-run',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('  Readers   Anyone at 203.0.113.0/24, without signing in.\n');
    expect(stdout).toMatch(/ {14}\+ {3}"Condition": \{\n/);
    expect(stdout).toContain('Nothing was changed (--dry-run).\n');
    expect(existsSync(path.join(cwd, 'out', 'index.html'))).toBe(true);
    const { KeyCount } = await s3()
      .client()
      .send(new ListObjectsV2Command({ Bucket: site }));
    expect(KeyCount).toBe(0);
  });

  it('unpublish takes a report back, when it may', async () => {
    const site = await newBucket(s3());
    const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)) });
    const place = `s3://${site}/a`;
    expect((await runOn(s3(), cwd, 'logs', '--publish', place, '--yes')).code).toBe(0);
    expect((await runOn(s3(), cwd, 'unpublish', place)).code).toBe(2);
    const dry = await runOn(s3(), cwd, 'unpublish', place, '--dry-run');
    expect(dry.stdout).toContain('  Deletes   a/index.html\n');
    const { code, stdout } = await runOn(s3(), cwd, 'unpublish', place, '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain(`Unpublished ${place}/.\n`);
    const { KeyCount } = await s3()
      .client()
      .send(new ListObjectsV2Command({ Bucket: site }));
    expect(KeyCount).toBe(0);
    expect(await runOn(s3(), cwd, 'unpublish', place, '--yes')).toMatchObject({ code: 5 });
    expect(await runOn(s3(), cwd, 'unpublish', '--yes')).toMatchObject({ code: 2 });
  });

  it('a bucket that does not exist ends with 3, one to publish to with 5 before anything is read', async () => {
    const cwd = temporaryFolder();
    const missing = s3().newName();
    const source = await runOn(s3(), cwd, `s3://${missing}`);
    expect(source.code).toBe(3);
    expect(source.stderr).toMatch(new RegExp(`error: .*${missing}`));
    const publish = await runOn(s3(), cwd, `s3://${await newTrail(s3())}`, '--publish', `s3://${missing}`, '--yes');
    expect(publish.code).toBe(5);
    expect(publish.stderr).toMatch(new RegExp(`^error: .*${missing}`));
    expect(existsSync(path.join(cwd, 'out'))).toBe(false);
  });
});

it('a report that was written but may not be uploaded ends with 5, and says where it is', async () => {
  const server = await S3Server.start();
  onTestFinished(() => server.close());
  server.createBucket('site');
  server.deny('s3:PutObject');
  const cwd = temporaryFolder({ 'logs/a.json': logFile(record(1)) });
  const s3 = { endpoint: server.endpoint, ...server.credentials };
  const { code, stderr } = await runOn(s3, cwd, 'logs', '--publish', 's3://site', '--access', 'private', '--yes');
  expect(code).toBe(5);
  expect(stderr).toMatch(/\nerror: .*s3:PutObject.* The report itself is in out\.\n$/);
  expect(existsSync(path.join(cwd, 'out', 'index.html'))).toBe(true);
});
