/** `--verify` as a person runs it. */
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPack, readPackIndex, writePack } from '#scripts/ingest/cache/pack.js';
import type { ReportManifest } from '#shared/model/manifest.js';
import { AwsAccount } from '../support/aws-account.js';
import { publicKeyList, type SignedTrail } from '../support/digests/signed-trail.js';
import { BackfilledTrail, KEY } from '../support/digests/tampering.js';
import { copyTrail, putTrail } from '../support/digests/trail-places.js';
import { S3Server } from '../support/s3-server/server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tsvRows } from '../support/tsv-rows.js';
import { runReport, type Finished } from './run-report.js';

const KEYS = { 'keys.json': publicKeyList(KEY) };

let server: S3Server;
beforeAll(async () => {
  server = await S3Server.start();
});
afterAll(() => server.close());

function manifestIn(cwd: string): ReportManifest {
  return JSON.parse(readFileSync(path.join(cwd, 'out', 'manifest.json'), 'utf8')) as ReportManifest;
}

function runOnBucket(
  { bucket }: SignedTrail,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const { accessKeyId, secretAccessKey } = server.credentials;
  return runReport([`s3://${bucket}`, '--endpoint-url', server.endpoint, ...args], {
    cwd,
    env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, ...env },
  });
}

test('an unchanged bucket is verified with keys from a file, and a second run reads no log again', async () => {
  const trail = new BackfilledTrail();
  putTrail(server, trail);
  const cwd = temporaryFolder(KEYS);
  const env = { XDG_CACHE_HOME: path.join(cwd, 'cache') };
  // Rows that a run without --verify kept have no hashes.
  expect(await runOnBucket(trail, [], cwd, env)).toMatchObject({ code: 0 });
  for (let run = 0; run < 2; run++) {
    server.calmDown();
    const { code, stdout } = await runOnBucket(trail, ['--public-keys', 'keys.json'], cwd, env);
    expect(stdout).toContain('Verified: 17 logs unchanged since delivery (9 signed digests).');
    expect(code).toBe(0);
    const logs = server.requests.filter(({ operation, key }) => operation === 'GetObject' && !key.includes('Digest'));
    expect(logs).toEqual([]);
  }
  expect(manifestIn(cwd).verification).toEqual({
    state: 'verified',
    digests: { valid: 9, invalid: 0, unproven: 0, missing: 0 },
    logs: { verified: 17, tampered: 0, missing: 0, unproven: 0 },
    keys: { from: 'file', count: 1, files: ['keys.json'] },
    periods: [
      {
        account: '111122223333',
        region: 'eu-west-1',
        trail: 'main',
        from: '2025-03-03T00:00:00Z',
        to: '2025-03-03T08:00:00Z',
        state: 'verified',
        digests: 8,
        logs: 16,
      },
      {
        account: '111122223333',
        region: 'eu-west-1',
        trail: 'main',
        backfill: true,
        from: '2025-03-03T02:00:00Z',
        to: '2025-03-03T03:00:00Z',
        state: 'verified',
        digests: 1,
        logs: 1,
      },
    ],
    findings: { count: 0, first: [] },
    unprovable: ['newest', 'backfill', 'places'],
  });
});

test('of a part of the time only what is wanted is expected', async () => {
  const trail = new BackfilledTrail();
  trail.objects.delete(trail.logAt(0));
  putTrail(server, trail);
  const cwd = temporaryFolder(KEYS);
  const some = ['--verify', '--public-keys', 'keys.json', '--since', '2025-03-04'];
  expect(await runOnBucket(trail, some, cwd)).toMatchObject({ code: 4 });
  const all = await runOnBucket(trail, ['--public-keys', 'keys.json', '--since', '2025-03-03T04:00'], cwd);
  expect(all.stdout).toContain('1 × log is listed in a digest but is missing');
  expect(all.code).toBe(3);
});

test('what was tampered with is named on the terminal, also with --quiet, and ends with 3', async () => {
  const trail = new BackfilledTrail();
  trail.objects.delete(trail.logAt(4));
  putTrail(server, trail);
  const cwd = temporaryFolder(KEYS);
  const { code, stdout } = await runOnBucket(trail, ['--public-keys', 'keys.json', '--allow-partial'], cwd);
  expect(code).toBe(3);
  expect(stdout).toContain(
    `TAMPERED WITH: some files are not as CloudTrail delivered them; 16 of 17 logs verified (9 signed digests).\n` +
      `  1 × log is listed in a digest but is missing\n    s3://${trail.bucket}/${trail.logAt(4)}\n`,
  );
  const quiet = await runOnBucket(trail, ['--public-keys', 'keys.json', '--quiet'], cwd);
  expect(quiet).toMatchObject({ code: 3, stdout: '' });
  expect(quiet.stderr).toContain(trail.logAt(4));
  expect(existsSync(path.join(cwd, 'out', 'index.html'))).toBe(true);
});

test('CloudTrail is asked for the keys of the region; without them nothing is verified, which ends with 3', async () => {
  const trail = new BackfilledTrail();
  putTrail(server, trail);
  const account = await AwsAccount.start({ publicKeys: JSON.parse(publicKeyList(KEY)) as object });
  try {
    const { AWS_ENDPOINT_URL_CLOUDTRAIL = '' } = account.env;
    const env = { AWS_ENDPOINT_URL_CLOUDTRAIL };
    const verified = await runOnBucket(trail, ['--verify'], temporaryFolder(), env);
    expect(verified.stdout).toContain('Verified: 17 logs');
    expect(account.actions).toEqual(['ListPublicKeys']);
    account.state.denied = ['ListPublicKeys'];
    const refused = await runOnBucket(trail, ['--verify'], temporaryFolder(), env);
    expect(refused.stdout).toMatch(
      /Not verified: the signatures of 9 digests could not be checked\.\n {2}CloudTrail in eu-west-1/,
    );
    expect(refused.stdout).toContain('Allow cloudtrail:ListPublicKeys, or use --public-keys');
    expect(refused.code).toBe(3);
  } finally {
    await account.close();
  }
  const elsewhere = await runOnBucket(trail, ['--verify', '--allow-partial'], temporaryFolder());
  expect(elsewhere.stdout).toContain('Use --public-keys.');
  expect(elsewhere.code).toBe(0);
});

test('a folder is verified with the signatures that lie beside its digests', async () => {
  const trail = new BackfilledTrail();
  const cwd = copyTrail(trail, true);
  writeFileSync(path.join(cwd, 'keys.json'), publicKeyList(KEY));
  const good = await runReport(['AWSLogs', '--public-keys', 'keys.json'], { cwd });
  expect(good.stdout).toContain('Verified: 17 logs unchanged since delivery (9 signed digests).');
  expect(good.code).toBe(0);
  rmSync(path.join(cwd, trail.digestAt(3)));
  const bad = await runReport(['AWSLogs', '--public-keys', 'keys.json'], { cwd });
  expect(bad.stdout).toContain('1 × digest is missing, although the next digest refers to it');
  expect(bad.code).toBe(3);
});

test('the result says that a config file names the keys', async () => {
  const trail = new BackfilledTrail();
  putTrail(server, trail);
  const cwd = temporaryFolder({ ...KEYS, 'culprit.config.json': '{"publicKeys": ["keys.json"]}' });
  const { stdout } = await runOnBucket(trail, ['--verify'], cwd);
  expect(stdout).toContain('Verified: 17 logs');
  expect(stdout).toContain(
    'Signatures were checked with 1 public key from keys.json (given by culprit.config.json, not the command line).',
  );
  expect(manifestIn(cwd).verification?.keys).toMatchObject({ files: ['keys.json'], configFile: 'culprit.config.json' });
});

test('a backfill digest that was removed with its log leaves a verdict that says what it cannot prove', async () => {
  const trail = new BackfilledTrail();
  for (const key of [trail.backfill, trail.backfillLog]) trail.objects.delete(key);
  putTrail(server, trail);
  const { stdout } = await runOnBucket(trail, ['--public-keys', 'keys.json'], temporaryFolder(KEYS));
  expect(stdout).toContain('Verified: 16 logs');
  expect(stdout).toContain(
    'Digests cannot prove:\n    that the newest digests were not removed together with their logs\n    that no backfill digest',
  );
});

describe('a cache that someone wrote to', () => {
  const filesIn = (folder: string, ending: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(ending))
      .map((name) => path.join(folder, name))
      .sort();

  /** A bucket's trail, and a folder whose cache holds it. */
  async function cached(trail: BackfilledTrail): Promise<{ cwd: string; run: () => Promise<Finished> }> {
    putTrail(server, trail);
    const cwd = temporaryFolder(KEYS);
    expect(await runOnBucket(trail, ['--cache', 'cache'], cwd)).toMatchObject({ code: 0 });
    return { cwd, run: () => runOnBucket(trail, ['--public-keys', 'keys.json', '--cache', 'cache'], cwd) };
  }

  test('gives a verified report no other events than those of the logs that were hashed', async () => {
    const edited = new BackfilledTrail();
    for (const key of edited.logs) edited.object(key).body = withUser(edited.object(key).body, 'mallo');
    const { cwd: other } = await cached(edited);
    const { cwd, run } = await cached(new BackfilledTrail());
    const [rows = ''] = filesIn(path.join(cwd, 'cache'), '.rows');
    copyFileSync(filesIn(path.join(other, 'cache'), '.rows')[0] ?? '', rows);
    const { stdout, code } = await run();
    expect(stdout).toContain('Verified: 17 logs');
    expect(code).toBe(0);
    const tsv = readFileSync(path.join(cwd, 'out', 'events.tsv'), 'utf8');
    expect(tsv).toContain('alice');
    expect(tsv).not.toContain('mallo');
  });

  test('is named where a log in it is not the one that was delivered', async () => {
    const trail = new BackfilledTrail();
    const { cwd, run } = await cached(trail);
    const [pack = ''] = filesIn(path.join(cwd, 'cache'), '.pack');
    const versions = new Map(readPackIndex(pack)?.map(({ name, version }) => [name, version]));
    const files = [...(await readPack(pack))].map(([name, content]) => ({
      name,
      version: versions.get(name) ?? '',
      content: name === path.basename(trail.logAt(5)) ? ofSameLength(content) : content,
    }));
    rmSync(pack);
    writePack(pack, files);
    const { stdout, code } = await run();
    expect(stdout).toContain(`1 × cached log is not what CloudTrail delivered`);
    expect(stdout).toContain(trail.logAt(5));
    expect(code).toBe(3);
  });
});

function withUser(log: Uint8Array, name: string): Buffer {
  return gzipSync(gunzipSync(log).toString().replace('"userName":"alice"', `"userName":"${name}"`));
}

/** Another log, as long as this one when it is stored. */
function ofSameLength(log: Uint8Array): Buffer {
  for (let n = 10_000; n < 100_000; n++) {
    const other = withUser(log, String(n));
    if (other.length === log.length) return other;
  }
  throw new Error('no name makes a log of this length');
}

test.each([
  ['{}', 'keys.json contains no public key'],
  ['nonsense', 'keys.json is no JSON'],
])('keys that are none (%s) are refused before anything is read', async (content, message) => {
  const cwd = copyTrail(new BackfilledTrail(), true);
  writeFileSync(path.join(cwd, 'keys.json'), content);
  const { code, stderr } = await runReport(['AWSLogs', '--public-keys', 'keys.json'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('Reading');
});

test('a planted record with the ID of a proven event hides nothing: both are there, and the files are told apart', async () => {
  const trail = new BackfilledTrail();
  const [proven = ''] = trail.logs;
  const [original] = (JSON.parse(gunzipSync(trail.object(proven).body).toString()) as { Records: object[] }).Records;
  const planted = proven.replace(/_[^_]*\.json\.gz$/, '_Planted00000000.json.gz');
  const body = gzipSync(JSON.stringify({ Records: [{ ...original, eventName: 'DescribeInstances' }] }));
  trail.objects.set(planted, { body, metadata: {} });
  const cwd = copyTrail(trail, true);
  writeFileSync(path.join(cwd, 'keys.json'), publicKeyList(KEY));
  expect(await runReport(['AWSLogs', '--public-keys', 'keys.json'], { cwd })).toMatchObject({ code: 3 });
  const rows = tsvRows(readFileSync(path.join(cwd, 'out', 'events.tsv'), 'utf8')).filter(
    (row) => row['conflictingCopy'],
  );
  const told: Record<string, string | undefined> = {};
  for (const { eventName = '', conflictingCopy } of rows) told[eventName] = conflictingCopy;
  expect(Object.keys(told).sort()).toEqual(['DescribeInstances', 'TerminateInstances']);
  expect(told['TerminateInstances']).toContain(`${path.basename(proven)} (proven)`);
  expect(told['DescribeInstances']).toMatch(/Planted00000000\.json\.gz \((not proven|tampered with)\)$/);
  const warning = manifestIn(cwd).warnings.find(({ code: of }) => of === 'conflicting-copies');
  expect(warning).toMatchObject({ count: 2 });
  expect(warning?.example.indexOf('Planted')).toBeLessThan(warning?.example.indexOf(path.basename(proven)) ?? -1);
});
