/**
 * Whatever goes wrong between S3 and us: the right events every time, or exactly the missing files named. Prints a table:
 * `npx vitest run test/s3/faults.test.ts`.
 */
import { gzipSync } from 'node:zlib';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WarningCode } from '#shared/model/manifest.js';
import { openS3Source } from '#scripts/source/s3/s3.js';
import { report, type Finished } from '../support/pipeline-run.js';
import { logFile, record } from '../support/records.js';
import { S3Server, type Fault, type LoggedRequest } from '../support/s3-server/server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const REGIONS = ['eu-west-1', 'us-east-1'];
const PER_REGION = 30;
const EVERYTHING = { since: undefined, until: undefined, accounts: [], regions: [] };

interface Case {
  readonly fault: string;
  /** Asked at each request of the run; `nth` counts those of the same operation, from 1. */
  readonly inject?: (request: LoggedRequest, nth: number) => Fault | undefined;
  readonly prepare?: () => void;
  /** Of the files that are lost; all others must be in the report. */
  readonly lost?: (key: string) => boolean;
  readonly code?: WarningCode;
}

const KEYS = REGIONS.flatMap((region) =>
  Array.from(
    { length: PER_REGION },
    (_, i) => `AWSLogs/111111111111/CloudTrail/${region}/2025/03/03/${String(i).padStart(2, '0')}.json.gz`,
  ),
);
const victim = KEYS[7] as string;
const isGet = ({ operation }: LoggedRequest): boolean => operation === 'GetObject';
const isList = ({ operation }: LoggedRequest): boolean => operation === 'ListObjectsV2';
const some = (fault: Fault) => (request: LoggedRequest, nth: number) =>
  isGet(request) && nth % 5 === 0 ? fault : undefined;
const always = (fault: Fault) => (request: LoggedRequest) =>
  isGet(request) && request.key === victim ? fault : undefined;
const onlyVictim = (key: string): boolean => key === victim;

const CASES: readonly Case[] = [
  { fault: 'nothing' },
  { fault: 'latency', inject: () => ({ kind: 'delay', ms: 10 }) },
  { fault: 'resets', inject: some({ kind: 'reset' }) },
  { fault: 'resets midway', inject: some({ kind: 'cut', bytes: 100 }) },
  { fault: 'truncated bodies, with their length', inject: some({ kind: 'short' }) },
  { fault: 'corrupted bytes', inject: some({ kind: 'corrupt' }) },
  { fault: '500', inject: some({ kind: 'error', code: 'InternalError' }) },
  { fault: '503 SlowDown', inject: some({ kind: 'error', code: 'SlowDown' }) },
  { fault: 'lists cut, reset, refused', inject: listFaults },
  { fault: 'a list page repeated', inject: repeatedPage },
  { fault: 'one object always cut', inject: always({ kind: 'cut', bytes: 9 }), lost: onlyVictim, code: 'unreadable' },
  { fault: 'one object always short', inject: always({ kind: 'short' }), lost: onlyVictim, code: 'unreadable' },
  { fault: 'one object always corrupt', inject: always({ kind: 'corrupt' }), lost: onlyVictim, code: 'unreadable' },
  {
    fault: 'one object always 500',
    inject: always({ kind: 'error', code: 'InternalError' }),
    lost: onlyVictim,
    code: 'unreadable',
  },
  {
    fault: '403 on one object',
    inject: always({ kind: 'error', code: 'AccessDenied' }),
    lost: onlyVictim,
    code: 'denied',
  },
  {
    fault: '403 on a prefix',
    inject: (request) =>
      isList(request) && request.query.get('prefix')?.includes('/us-east-1/') === true
        ? { kind: 'error', code: 'AccessDenied' }
        : undefined,
    lost: (key) => key.includes('/us-east-1/'),
    code: 'denied',
  },
  {
    fault: 'token expired midway',
    inject: (request, nth) => (isGet(request) && nth > 20 ? { kind: 'error', code: 'ExpiredToken' } : undefined),
    code: 'credentials-expired',
  },
  {
    fault: 'bucket in another region, midway',
    inject(_request, nth) {
      if (nth === 10) Object.assign(server.bucket('trail'), { region: 'ap-southeast-4' });
      return undefined;
    },
  },
  {
    fault: 'archived in Glacier',
    prepare: () => server.putObject('trail', victim, content(victim), { storageClass: 'DEEP_ARCHIVE' }),
    lost: onlyVictim,
    code: 'archived',
  },
  {
    fault: 'deleted between list and get',
    inject(request) {
      if (isGet(request)) server.bucket('trail').delete(victim);
      return undefined;
    },
    lost: onlyVictim,
    code: 'deleted',
  },
];

function listFaults(request: LoggedRequest, nth: number): Fault | undefined {
  if (!isList(request)) return undefined;
  if (nth === 2) return { kind: 'cut', bytes: 60 };
  if (nth === 3) return { kind: 'reset' };
  return nth === 5 ? { kind: 'error', code: 'SlowDown' } : undefined;
}

/** Small pages; the second one comes again in place of the third. */
function repeatedPage({ operation, query }: LoggedRequest): undefined {
  if (operation !== 'ListObjectsV2' || query.has('delimiter')) return;
  query.set('max-keys', '5');
  const token = query.get('continuation-token');
  if (token === null) return;
  tokens.push(token);
  if (tokens.length === 2) query.set('continuation-token', tokens[0] ?? '');
}

/** Each file has one event of its own. */
function content(key: string): Buffer {
  return gzipSync(logFile(record(KEYS.indexOf(key), { userAgent: key })));
}

let server: S3Server;
const tokens: string[] = [];
const rows: Record<string, string | number>[] = [];

beforeEach(async () => {
  server = await S3Server.start();
  server.createBucket('trail', { region: 'us-east-1' });
  for (const key of KEYS) server.putObject('trail', key, content(key));
  vi.stubEnv('AWS_ACCESS_KEY_ID', server.credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', server.credentials.secretAccessKey);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});
afterAll(() => console.table(rows));

async function pull(): Promise<Finished> {
  const s3 = { profile: undefined, region: 'us-east-1', endpointUrl: server.endpoint };
  const source = await openS3Source('s3://trail', { s3, filter: EVERYTHING, note() {} });
  try {
    return await report(['in', '--no-cache'], path.join(temporaryFolder(), 'out'), [source]);
  } finally {
    source.close();
  }
}

test.each(CASES)('$fault', async ({ fault, inject, prepare, lost = () => false, code }) => {
  prepare?.();
  const counts = new Map<string | undefined, number>();
  server.onRequest = (request) => {
    const nth = (counts.get(request.operation) ?? 0) + 1;
    counts.set(request.operation, nth);
    return inject?.(request, nth);
  };
  const { manifest, tsv } = await pull();
  const found = KEYS.filter((key) => tsv.includes(`\t${key}\t`));
  const missing = KEYS.filter((key) => !found.includes(key));
  const named = manifest.lost?.first ?? [];
  // Every missing file is named, or the folder that it is in; nothing else is.
  const isNamed = (key: string): boolean => named.some(({ name }) => `s3://trail/${key}`.startsWith(name));
  expect(missing.filter((key) => !isNamed(key))).toEqual([]);
  expect(found.filter(isNamed)).toEqual([]);
  if (code === 'credentials-expired') expect(missing.length).toBeGreaterThan(0);
  else expect(missing).toEqual(KEYS.filter(lost));
  expect(new Set(named.map((of) => of.code))).toEqual(new Set(missing.length === 0 ? [] : [code]));
  expect(manifest.lost === undefined).toBe(missing.length === 0);
  rows.push({
    fault,
    'in the report': found.length,
    missing: missing.length,
    named: named.length,
    code: code ?? '',
    retries: manifest.run.requests?.retries ?? 0,
  });
});
