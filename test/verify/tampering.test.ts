/** Every way of tampering is found and named, in S3 and in a folder. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Verification } from '#shared/model/verification.js';
import { openFolderSource } from '#scripts/source/folder/folder.js';
import { UnreadableError, type ListedFile, type LogSource, type StoredDigest } from '#scripts/source/port.js';
import { openS3Source, type S3SourceOptions } from '#scripts/source/s3/s3.js';
import { proveStored } from '#scripts/verify/file-proof.js';
import { Verifier } from '#scripts/verify/verifier.js';
import { SignedTrail } from '../support/digests/signed-trail.js';
import { BackfilledTrail, KEY, TAMPERINGS } from '../support/digests/tampering.js';
import { copyTrail, putTrail } from '../support/digests/trail-places.js';
import { S3Server } from '../support/s3-server/server.js';

const EVERYTHING = { since: undefined, until: undefined, accounts: [], regions: [] };
const MOST_BYTES = 1 << 20;

/** Verifies what a source lists, its files read here instead of by workers. */
async function verify(
  source: LogSource,
  lost: (name: string) => void = (name) => expect.unreachable(`${name} was lost`),
  verifier = new Verifier(),
): Promise<Verification> {
  for await (const found of source.list()) {
    if ('folder' in found) {
      if (found.kind instanceof UnreadableError) verifier.addLostFolder(found.folder);
      continue;
    }
    if (found.kind === 'digest') verifier.addDigest(source, found);
    if (found.kind !== 'events') continue;
    const content = await source.read(found);
    const stored = 'stored' in content ? content.stored : readFileSync(content.path);
    verifier.addLog(found.name, proveStored(stored, MOST_BYTES).proof);
  }
  source.close();
  return await verifier.verify({
    sources: [source],
    keys: { from: 'file', keys: [KEY], files: ['keys.json'], configFile: undefined },
    since: undefined,
    until: undefined,
    now: Date.parse('2025-03-04T00:00:00Z'),
    told: () => undefined,
    lost,
  });
}

/** Findings as `code key`, whatever the place; files of folders are told by their names alone. */
function named({ findings }: Verification): string[] {
  return findings.first.map(({ code, name }) => `${code} ${baseName(name)}`).sort();
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/AWSLogs/') + 1).replace(/^.*\/(?=\d{12}_)/, '');
}

/** What the AWS CLI finds too; `compare-with-aws-cli.ts` asks it. */
const KNOWN_TO_THE_CLI = {
  digests: /^digest-(?:damaged|moved|unsigned|signature|key|missing) /,
  logs: /^log-(?:changed|trailing|damaged|missing) /,
};

describe('in S3', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await S3Server.start();
    vi.stubEnv('AWS_ACCESS_KEY_ID', server.credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', server.credentials.secretAccessKey);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server.close();
  });

  async function verifyBucket(
    trail: SignedTrail,
    filter: Partial<S3SourceOptions['filter']> = {},
  ): Promise<Verification> {
    putTrail(server, trail);
    const s3 = { profile: undefined, region: undefined, endpointUrl: server.endpoint };
    return await verify(
      await openS3Source(`s3://${trail.bucket}`, {
        s3,
        filter: { ...EVERYTHING, ...filter },
        withDigests: true,
        note() {},
      }),
    );
  }

  test('an unchanged trail is verified, with every log', async () => {
    const { state, digests, logs, findings } = await verifyBucket(new BackfilledTrail());
    expect({ state, digests, logs, findings }).toEqual({
      state: 'verified',
      digests: { valid: 9, invalid: 0, unproven: 0, missing: 0 },
      logs: { verified: 17, tampered: 0, missing: 0, unproven: 0 },
      findings: { count: 0, first: [] },
    });
  });

  test.each(TAMPERINGS)('$kind', async ({ tamper, found, cli }) => {
    const trail = new BackfilledTrail();
    tamper(trail);
    const verification = await verifyBucket(trail);
    const expected = found(trail).map(([code, key]) => `${code} ${baseName(key)}`);
    expect(named(verification)).toEqual(expected.sort());
    expect(verification.state).toBe('tampered');
    const count = (codes: RegExp): number => expected.filter((finding) => codes.test(finding)).length;
    expect({ digests: count(KNOWN_TO_THE_CLI.digests), logs: count(KNOWN_TO_THE_CLI.logs) }).toEqual(cli);
  });

  test('of an organization, below a prefix, as well', async () => {
    const place = { prefix: 'logs/all/', organization: 'o-abcde12345/', account: '444455556666', region: 'us-east-1' };
    const trail = new SignedTrail({ key: KEY, hours: 3, ...place });
    expect(await verifyBucket(trail)).toMatchObject({ state: 'verified', logs: { verified: 6 } });
  });

  test('of a part of the time, the digests of its logs are listed and nothing else is missed', async () => {
    const trail = new SignedTrail({ key: KEY, hours: 90, logs: 1, start: '2025-03-01T00:00:00Z' });
    const of = (keys: readonly string[], day: string): string[] =>
      keys.filter((key) => key.includes(`/2025/03/${day}/`));
    // Days before and after what is read.
    for (const key of [...of(trail.logs, '01'), ...of(trail.logs, '04')]) trail.objects.delete(key);
    for (const key of of(trail.digests, '01')) trail.objects.delete(key);
    const times = { since: Date.parse('2025-03-02T00:00:00Z'), until: Date.parse('2025-03-02T12:00:00Z') };
    const verification = await verifyBucket(trail, times);
    expect(verification).toMatchObject({ state: 'verified', logs: { verified: 48 } });
    // The last logs of the last day are in a digest of the next day.
    const [next = ''] = of(trail.digests, '04');
    trail.objects.delete(next);
    expect(named(await verifyBucket(trail, times))).toEqual([
      `digest-missing ${baseName(next)}`,
      `log-uncovered ${baseName(of(trail.logs, '03').at(-1) ?? '')}`,
    ]);
  });

  test('a digest in another bucket than it says is named', async () => {
    const trail = new BackfilledTrail();
    const other = Object.assign(new BackfilledTrail(), { bucket: 'copy-bucket' });
    other.objects.clear();
    for (const [key, object] of trail.objects) other.objects.set(key, object);
    expect((await verifyBucket(other)).digests).toMatchObject({ valid: 0, invalid: 9 });
  });
});

describe('a file of a copy that has lost its folders', () => {
  test('counts as a log where it has events, though it is called as a digest', async () => {
    const trail = new BackfilledTrail();
    const name = baseName(trail.digestAt(3));
    const verifier = new Verifier();
    verifier.addLog(name, proveStored(trail.object(trail.logAt(3)).body, MOST_BYTES).proof, { events: 1 });
    verifier.addLog(baseName(trail.digestAt(4)), undefined, { events: 0 });
    const verification = await verifier.verify({
      sources: [],
      keys: { from: 'file', keys: [KEY], files: [], configFile: undefined },
      since: undefined,
      until: undefined,
      now: Date.parse('2025-03-04T00:00:00Z'),
      told: () => undefined,
      lost: () => undefined,
    });
    expect(named(verification)).toEqual([`log-unnamed ${name}`]);
  });
});

test('each file that was read can be asked for, how far it is proven', async () => {
  const trail = new BackfilledTrail();
  const late = trail.addLog(Date.parse('2025-03-03T08:10:00Z'));
  trail.object(trail.logAt(5)).body = trail.object(trail.logAt(6)).body;
  const planted = trail.logAt(6).replace('_Aa', '_Bb');
  trail.objects.set(planted, trail.object(trail.logAt(6)));
  const folder = copyTrail(trail, true);
  const verifier = new Verifier();
  await verify(await openFolderSource(folder), undefined, verifier);
  const standing = (key: string): string => verifier.proofOf(`${path.basename(folder)}/${key}`);
  expect([trail.logAt(4), trail.logAt(5), planted, late].map(standing)).toEqual([
    'proven',
    'refuted',
    'refuted',
    'unproven',
  ]);
  expect(verifier.proofOf('never read')).toBe('unproven');
});

describe('in a folder', () => {
  test('what cannot be read is not called missing', async () => {
    const trail = new BackfilledTrail();
    const source = await openFolderSource(copyTrail(trail, true));
    const lost = trail.digestAt(3);
    const read = async (file: ListedFile): Promise<StoredDigest> => {
      if (file.name.endsWith(baseName(lost))) throw new UnreadableError('denied', 'you may not read it');
      return (await source.digests?.read(file)) as StoredDigest;
    };
    const names: string[] = [];
    const digests = { read, wouldList: () => true };
    const verification = await verify({ ...source, digests }, (name) => names.push(baseName(name)));
    expect(names).toEqual([baseName(lost)]);
    expect(named(verification)).toEqual(
      [`digest-unread ${baseName(lost)}`, ...[6, 7].map((i) => `log-uncovered ${baseName(trail.logAt(i))}`)].sort(),
    );
  });

  test('logs of a folder that cannot be listed are not called missing', async () => {
    const trail = new BackfilledTrail();
    for (const key of trail.logs) trail.objects.delete(key);
    const source = await openFolderSource(copyTrail(trail, true));
    const kind = new UnreadableError('denied', 'permission denied');
    const list = async function* (): ReturnType<LogSource['list']> {
      yield* source.list();
      yield { folder: 'copy/AWSLogs/111122223333/CloudTrail/', kind };
    };
    expect((await verify({ ...source, list })).logs.missing).toBe(0);
    expect((await verify(source)).logs.missing).toBe(17);
  });

  test('a copy with signatures beside its digests is verified', async () => {
    const folder = copyTrail(new BackfilledTrail(), true);
    expect(await verify(await openFolderSource(folder))).toMatchObject({ state: 'verified', logs: { verified: 17 } });
  });

  test('without them, each digest but the newest is proven by the next one', async () => {
    const trail = new BackfilledTrail();
    const verification = await verify(await openFolderSource(copyTrail(trail, false)));
    expect(verification.state).toBe('partly');
    expect(verification.digests).toEqual({ valid: 7, invalid: 0, unproven: 2, missing: 0 });
    const [last, backfill] = [trail.digestAt(7), trail.backfill];
    expect(named(verification)).toEqual(
      [
        `digest-unproven ${baseName(last)}`,
        `digest-unproven ${baseName(backfill)}`,
        ...[trail.logAt(14), trail.logAt(15), trail.backfillLog].map((key) => `log-unproven ${baseName(key)}`),
      ].sort(),
    );
  });

  test.each(TAMPERINGS.filter(({ kind }) => !/signature is taken off|when it was made/.test(kind)))(
    '$kind',
    async ({ tamper, found }) => {
      const trail = new BackfilledTrail();
      tamper(trail);
      const verification = await verify(await openFolderSource(copyTrail(trail, true)));
      const expected = found(trail).map(([code, key]) => `${code} ${baseName(key)}`);
      expect(named(verification)).toEqual(expected.sort());
      expect(verification.state).toBe('tampered');
    },
  );
});
