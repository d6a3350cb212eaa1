/** `npm run report -- doctor`, and what a run without INPUT offers. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saveInput } from '#scripts/cli/doctor/pick-trail.js';
import { AwsAccount, trailOf } from '../support/aws-account.js';
import { logFile, record } from '../support/records.js';
import { S3Server } from '../support/s3-server/server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { runReport, type Finished } from './run-report.js';

let account: AwsAccount;
let server: S3Server;

beforeEach(async () => {
  account = await AwsAccount.start({ trails: [trailOf('trail')] });
  server = await S3Server.start({ region: 'eu-west-1' });
  server.createBucket('trail');
  const day = new Date().toISOString();
  const folder = `AWSLogs/111122223333/CloudTrail/eu-west-1/${day.slice(0, 10).replaceAll('-', '/')}`;
  const minute = `${day.slice(0, 16).replace(/[-:]/g, '')}Z`;
  server.putObject(
    'trail',
    `${folder}/111122223333_CloudTrail_eu-west-1_${minute}_aaaaaaaaaaaaaaaa.json.gz`,
    gzipSync(logFile(record(1))),
  );
  account.state.status = { IsLogging: true, LatestDeliveryTime: Date.now() / 1000 - 420 };
});
afterEach(async () => {
  await account.close();
  await server.close();
});

async function doctor(...args: string[]): Promise<Finished> {
  return await runReport(['doctor', ...args], { env: { ...account.env, AWS_ENDPOINT_URL_S3: server.endpoint } });
}

test('without problems, the doctor prints a line per check and changes nothing', async () => {
  const { code, stdout, stderr } = await doctor();
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain('ok    credentials  arn:aws:iam::111122223333:user/alice (account 111122223333)');
  expect(stdout).toMatch(/ok\s+trail main\s+s3:\/\/trail\n/);
  expect(stdout).toMatch(/ok\s+logging\s+yes\n/);
  expect(stdout).toMatch(/ok\s+newest log\s+7 minutes ago\n/);
  expect(stdout).toMatch(/ok\s+regions\s+all\n/);
  expect(stdout).toMatch(/ok\s+list\s+allowed\n/);
  expect(stdout).toMatch(/ok\s+get\s+allowed\n/);
  const changed = server.requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD');
  expect(changed).toEqual([]);
  expect(new Set(account.actions)).toEqual(new Set(['GetCallerIdentity', 'DescribeTrails', 'GetTrailStatus']));
});

test('each thing that is not well says what to do', async () => {
  account.state.trails = [
    trailOf('trail', { IsMultiRegionTrail: false, IncludeGlobalServiceEvents: false, LogFileValidationEnabled: false }),
  ];
  account.state.status = { IsLogging: false, LatestDeliveryError: 'AccessDenied' };
  server.deny('s3:GetObject', 'trail');
  const { code, stdout } = await doctor();
  expect(code).toBe(3);
  expect(stdout).toContain('aws cloudtrail start-logging --region eu-west-1 --name main');
  expect(stdout).toContain('S3 refuses the logs (AccessDenied)');
  expect(stdout).toContain('--is-multi-region-trail');
  expect(stdout).toContain('--include-global-service-events');
  expect(stdout).toContain('--enable-log-file-validation');
  expect(stdout).toMatch(/FAIL\s+get\s+access denied: allow s3:GetObject/);
});

test('without a trail it prints how to make one, and what Event history has', async () => {
  account.state.trails = [];
  const { code, stdout } = await doctor();
  expect(code).toBe(0);
  expect(stdout).toContain('aws cloudtrail create-trail --region eu-west-1');
  expect(stdout).toContain('aws cloudtrail lookup-events');
});

test('refusals are sentences', async () => {
  account.state.denied = ['DescribeTrails'];
  expect((await doctor('s3://no-such-bucket')).stdout).toMatch(
    /warn\s+trails\s+User: .*not authorized.*DescribeTrails[\s\S]*FAIL\s+s3:\/\/no-such-bucket\s+The bucket "no-such-bucket" does not exist/,
  );
  account.state.denied = ['GetCallerIdentity'];
  const { code, stdout } = await doctor();
  expect(code).toBe(3);
  expect(stdout).toMatch(/FAIL\s+credentials\s+The AWS credentials have expired/);
});

test('of publishing it says who could read the report, or what is in the way, and changes nothing', async () => {
  server.createBucket('site');
  const publish = ['s3://trail', '--publish', 's3://site'];
  const blocked = await doctor(...publish);
  expect(blocked.code).toBe(3);
  expect(blocked.stdout).toMatch(/FAIL\s+publish\s+Block Public Access of the bucket "site" blocks anonymous visitors/);
  const open = await doctor(...publish, '--access', 'cidr:203.0.113.0/24');
  expect(open.code).toBe(0);
  expect(open.stdout).toMatch(/ok\s+publish\s+Anyone at 203\.0\.113\.0\/24, without signing in\.\n/);
  expect(server.requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
});

test('no INPUT, credentials and a pipe: the sentence names the account’s trail', async () => {
  const { code, stderr } = await runReport([], { env: account.env });
  expect(code).toBe(2);
  expect(stderr).toContain('npm run report -- s3://trail --since 7d');
});

test('no INPUT and no trail that may be seen: the sample', async () => {
  account.state.denied = ['DescribeTrails'];
  const { code, stdout } = await runReport([], { env: account.env });
  expect(code).toBe(0);
  expect(stdout).toContain('this report shows the bundled sample');
});

test('a trail that was picked is added to the config file', () => {
  const cwd = temporaryFolder();
  saveInput(cwd, 's3://trail');
  expect(readdirSync(cwd)).toEqual(['culprit.config.json']);
  const file = path.join(cwd, 'culprit.config.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ inputs: ['s3://trail'] });
  writeFileSync(file, '{"since":"7d"}');
  saveInput(cwd, 's3://other');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ inputs: ['s3://other'], since: '7d' });
});
