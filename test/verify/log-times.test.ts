/** What is expected of a part of the time, and what is said of time and logs that no digest tells of. */
import { describe, expect, test } from 'vitest';
import type { Verification } from '#shared/model/verification.js';
import { proveStored } from '#scripts/verify/file-proof.js';
import { LogProofs } from '#scripts/verify/log-proofs.js';
import { KeyRing } from '#scripts/verify/signature.js';
import { parseDigestName } from '#scripts/verify/trail-names.js';
import { verifyTrail, type TrailEvidence } from '#scripts/verify/verify-trail.js';
import { newSigningKey, SignedTrail } from '../support/digests/signed-trail.js';
import { KEY } from '../support/digests/tampering.js';

const START = Date.parse('2025-03-03T00:00:00Z');
const HOUR = 3_600_000;
const minutes = (n: number): number => START + n * 60_000;

/** Verifies what lies in trails' buckets. */
function verify(trails: readonly SignedTrail[], changes: Partial<TrailEvidence> = {}): Omit<Verification, 'keys'> {
  const logs = new LogProofs();
  const digests = trails.flatMap(({ objects, bucket }) =>
    [...objects].flatMap(([key, { body, metadata }]) => {
      const name = `s3://${bucket}/${key}`;
      const parsedName = parseDigestName(name);
      if (parsedName === undefined) logs.add(name, proveStored(body, 1 << 20).proof);
      return parsedName === undefined ? [] : [{ name, parsedName, stored: body, metadata }];
    }),
  );
  return verifyTrail({
    digests,
    unreadDigests: [],
    logs,
    isExpected: () => true,
    keys: new KeyRing([KEY]),
    since: undefined,
    until: undefined,
    now: START + 24 * HOUR,
    ...changes,
  });
}

function found(verification: Omit<Verification, 'keys'>): string[] {
  return verification.findings.first.map(({ code, name }) => `${code} ${name}`);
}

describe('a log in no digest', () => {
  test.each([
    ['log-unlisted', 200],
    ['log-unlisted', 299],
    // The hour after it is the newest: its digest may be the next one.
    ['log-pending', 301],
    ['log-pending', 400],
    ['log-uncovered', 600],
    ['log-uncovered', -1],
  ])('is %s when it was delivered after %i of 360 minutes', (code, minute) => {
    const trail = new SignedTrail({ key: KEY, hours: 6 });
    const key = trail.addLog(minutes(minute));
    expect(found(verify([trail]))).toEqual([`${code} s3://${trail.bucket}/${key}`]);
  });

  test('lies in the folder of its day, also below a prefix that is called as that of the logs', () => {
    const trail = new SignedTrail({ key: KEY, hours: 6, prefix: 'CloudTrail/' });
    const key = trail.addLog(minutes(365));
    expect(found(verify([trail]))).toEqual([`log-pending s3://${trail.bucket}/${key}`]);
  });

  test('outside of the folders of logs is not proven, whatever its name', () => {
    const trail = new SignedTrail({ key: KEY, hours: 6 });
    const log = trail.object(trail.logs[0] ?? '');
    const names = { 'AWSLogs/evil.json.gz': 'log-unnamed', 'x_CloudTrail_y.json': 'log-unnamed' };
    for (const name of Object.keys(names)) trail.objects.set(name, log);
    trail.objects.set('111122223333_CloudTrail_eu-west-1_20250230T0000Z_Aa00000000000001.json.gz', log);
    expect(found(verify([trail])).map((finding) => finding.replace(/ .*\//, ' '))).toEqual([
      'log-name 111122223333_CloudTrail_eu-west-1_20250230T0000Z_Aa00000000000001.json.gz',
      'log-unnamed evil.json.gz',
      'log-unnamed x_CloudTrail_y.json',
    ]);
  });

  test('of another region has no digests', () => {
    const trail = new SignedTrail({ key: KEY, hours: 6 });
    const other = new SignedTrail({ key: KEY, hours: 0, region: 'us-east-1' });
    other.addLog(minutes(30));
    expect(verify([trail, other]).findings.first).toMatchObject([{ code: 'log-uncovered' }]);
  });

  test('does not make a trail tampered with whose newest hour it is', () => {
    const trail = new SignedTrail({ key: KEY, hours: 6 });
    trail.addLog(minutes(365));
    expect(verify([trail]).state).toBe('partly');
  });
});

describe('time without digests', () => {
  test('is a gap where a chain restarts', () => {
    const trail = new SignedTrail({ key: KEY, hours: 2 });
    trail.addDigest(START + 5 * HOUR, [], undefined);
    const verification = verify([trail]);
    expect(found(verification)).toEqual([
      'digests-gap 111122223333 eu-west-1 main 2025-03-03T02:00:00Z/2025-03-03T05:00:00Z',
    ]);
    expect(verification.state).toBe('partly');
    expect(verification.periods.map(({ state, from, to }) => [state, from.slice(11, 13), to.slice(11, 13)])).toEqual([
      ['verified', '00', '02'],
      ['gap', '02', '05'],
      ['verified', '05', '06'],
    ]);
  });

  test('is a gap where other regions go on, or more was asked for', () => {
    const trail = new SignedTrail({ key: KEY, hours: 8 });
    const other = new SignedTrail({ key: KEY, hours: 4, region: 'us-east-1' });
    expect(found(verify([trail, other]))).toEqual([
      'digests-gap 111122223333 us-east-1 main 2025-03-03T04:00:00Z/2025-03-03T08:00:00Z',
    ]);
    expect(found(verify([trail], { since: START - HOUR, until: START + 12 * HOUR }))).toEqual([
      'digests-gap 111122223333 eu-west-1 main 2025-03-02T23:00:00Z/2025-03-03T00:00:00Z',
      'digests-gap 111122223333 eu-west-1 main 2025-03-03T08:00:00Z/2025-03-03T12:00:00Z',
    ]);
  });
});

test('an hour without logs has a digest and no finding', () => {
  expect(verify([new SignedTrail({ key: KEY, hours: 4, logs: 0 })])).toMatchObject({
    state: 'verified',
    digests: { valid: 4 },
    logs: { verified: 0 },
  });
});

test('what was not to be listed is not missing', () => {
  const trail = new SignedTrail({ key: KEY, hours: 4 });
  for (const key of [...trail.logs.slice(0, 4), ...trail.digests.slice(0, 2)]) trail.objects.delete(key);
  const isExpected = (_: string, key: string): boolean => /T0[2-9]\d\dZ_|T0[34]0000Z/.test(key);
  expect(verify([trail], { isExpected })).toMatchObject({ state: 'verified', logs: { verified: 4 } });
});

test('where the keys of one region are not known, its digests are not called forged', () => {
  const trail = new SignedTrail({ key: KEY, hours: 2 });
  const other = new SignedTrail({ key: newSigningKey('ffff'), hours: 2, region: 'us-east-1' });
  const some = verify([trail, other], { keys: new KeyRing([KEY], new Set(['us-east-1'])) });
  expect(some).toMatchObject({
    state: 'partly',
    digests: { valid: 2, unproven: 2 },
    logs: { verified: 4, unproven: 4 },
  });
  expect(verify([trail, other]).digests).toMatchObject({ valid: 2, invalid: 2 });
});

test('a log that is too large to be read is not proven, and not called damaged', () => {
  const trail = new SignedTrail({ key: KEY, hours: 1 });
  const { body } = trail.object(trail.logs[0] ?? '');
  expect(proveStored(body, 100)).toEqual({ proof: undefined, bytes: undefined });
});

test('without any key nothing is verified, and a log that differs is found all the same', () => {
  const trail = new SignedTrail({ key: KEY, hours: 2 });
  const keys = new KeyRing([]);
  expect(verify([trail], { keys })).toMatchObject({ state: 'unverified', logs: { verified: 0, unproven: 4 } });
  const [first = '', second = ''] = trail.logs;
  trail.object(first).body = trail.object(second).body;
  expect(verify([trail], { keys })).toMatchObject({ state: 'tampered', logs: { tampered: 1, unproven: 3 } });
});
