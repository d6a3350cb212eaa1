/** What is asked of a person at a terminal. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AwsAccount, trailOf } from '../support/aws-account.js';
import { logFile, record } from '../support/records.js';
import { S3Server } from '../support/s3-server/server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { runAtTerminal } from './run-process.js';
import { runReport, runWithKeyboard } from './run-report.js';

const ENTER = '\r';
const DOWN = '\u001B[B';
const KEY =
  'AWSLogs/111122223333/CloudTrail/eu-west-1/2025/03/03/111122223333_CloudTrail_eu-west-1_20250303T0005Z_a.json.gz';

/** An account with two trails and a bucket `site`. */
async function newAccount(): Promise<{
  account: AwsAccount;
  server: S3Server;
  env: Readonly<Record<string, string>>;
}> {
  const server = await S3Server.start({ newBuckets: 'open' });
  onTestFinished(() => server.close());
  for (const bucket of ['trail', 'other', 'site']) server.createBucket(bucket);
  server.putObject('other', KEY, gzipSync(logFile(record(1), record(2))));
  const trails = [
    trailOf('trail'),
    trailOf('other', { Name: 'second', TrailARN: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/second' }),
  ];
  const account = await AwsAccount.start({ trails });
  onTestFinished(() => account.close());
  const { accessKeyId, secretAccessKey } = server.credentials;
  const env = { ...account.env, AWS_ENDPOINT_URL_S3: server.endpoint };
  return { account, server, env: { ...env, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } };
}

test('without INPUT the user picks a trail, which this run and the next one read', async () => {
  const { env } = await newAccount();
  const cwd = temporaryFolder();
  const run = runAtTerminal(['--no-cache'], cwd, env);
  await expect.poll(run.shown, { timeout: 60_000 }).toContain('Which trail do you want to read?');
  await expect.poll(run.shown).toContain('s3://other');
  run.type(DOWN);
  run.type(ENTER);
  expect(await run.ended, run.shown()).toBe(0);
  expect(run.shown()).toContain('2 events');
  expect(JSON.parse(readFileSync(path.join(cwd, 'culprit.config.json'), 'utf8'))).toEqual({ inputs: ['s3://other'] });
  const { code, stdout } = await runReport(['--no-cache'], { cwd, env });
  expect(code, stdout).toBe(0);
  expect(stdout).toContain('2 events');
});

test('a report is published when its reader says yes to what is shown, and not when they say no', async () => {
  const { server, env } = await newAccount();
  const cwd = temporaryFolder();
  const logs = path.join(import.meta.dirname, '..', '..', 'scripts', 'sample');
  const publish = [logs, '--publish', 's3://site/team', '--access', 'private'];
  for (const isWanted of [false, true]) {
    const run = runWithKeyboard(publish, { cwd, env });
    await expect.poll(run.shown, { timeout: 60_000 }).toContain('Publish this report?');
    run.type(isWanted ? 'y' : 'n');
    await run.ended;
    expect(server.bucket('site').get('team/index.html') !== undefined, run.shown()).toBe(isWanted);
  }
  expect(existsSync(path.join(cwd, 'out', 'index.html'))).toBe(true);
});

describe('a profile that needs the code of an MFA device', () => {
  const DEVICE = 'arn:aws:iam::111122223333:mfa/dana';
  const QUESTION = `MFA code from ${DEVICE} for profile "audit":`;
  const WANTED = ['s3://trail', '--publish', 's3://site/team', '--access', 'private', '--yes', '--profile', 'audit'];

  /** A folder with such a profile, and what a run needs to find it and S3. */
  async function withDevice(): Promise<{
    account: AwsAccount;
    server: S3Server;
    cwd: string;
    env: Record<string, string>;
  }> {
    const { account, server, env } = await newAccount();
    account.state.mfaCode = '123456';
    server.putObject('trail', KEY, gzipSync(logFile(record(1))));
    const cwd = temporaryFolder({
      credentials: '[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = s\n',
      config: `[profile audit]\nrole_arn = arn:aws:iam::111122223333:role/Audit\nsource_profile = base\nmfa_serial = ${DEVICE}\n`,
    });
    const files = {
      AWS_CONFIG_FILE: path.join(cwd, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: path.join(cwd, 'credentials'),
    };
    return { account, server, cwd, env: { ...env, ...files } };
  }

  const times = (text: string, part: string): number => text.split(part).length - 1;

  test('is asked for once per run, and again if it is not a code', async () => {
    const { account, server, cwd, env } = await withDevice();
    const run = runWithKeyboard(WANTED, { cwd, env });
    await expect.poll(run.shown).toContain(QUESTION);
    run.type('12345');
    run.type(ENTER);
    await expect.poll(run.shown).toContain('A code has six digits.');
    run.type('6');
    run.type(ENTER);
    expect(await run.ended, run.shown()).toBe(0);
    // The source and the publisher have clients of their own; a device shows a code for one of them.
    expect(account.actions.filter((action) => action === 'AssumeRole')).toHaveLength(1);
    expect(server.bucket('site').get('team/index.html')).toBeDefined();
  });

  test('gives no credentials for a wrong one, and the run ends', async () => {
    const { cwd, env } = await withDevice();
    const run = runWithKeyboard(WANTED, { cwd, env });
    await expect.poll(run.shown).toContain(QUESTION);
    run.type('654321');
    run.type(ENTER);
    expect(await run.ended, run.shown()).toBe(3);
    expect(run.shown()).toContain('MultiFactorAuthentication failed with invalid MFA one time pass code.');
    expect(times(run.shown(), 'error:')).toBe(1);
  });

  test('is not used without one: who presses Ctrl-C, or reads in a pipe, is told', async () => {
    const { account, cwd, env } = await withDevice();
    const run = runWithKeyboard(WANTED, { cwd, env });
    await expect.poll(run.shown).toContain(QUESTION);
    run.type('\u0003');
    expect(await run.ended, run.shown()).toBe(3);
    expect(run.shown()).toContain(`Profile "audit" needs a code from the MFA device ${DEVICE}, but none was entered.`);
    const piped = await runReport(WANTED, { cwd, env });
    expect(piped.code).toBe(3);
    expect(piped.stderr).toContain('which cannot be entered here. Run the command in a terminal');
    expect(account.actions).toEqual([]);
  });
});
