/** How a bucket is listed: by few calls, completely, and in spite of refusals. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { UnreadableError } from '#scripts/source/port.js';
import { openS3Source, type S3SourceOptions } from '#scripts/source/s3/s3.js';
import { listingOf } from '../support/listing.js';
import { S3Server } from '../support/s3-server/server.js';

const DAY_MS = 86_400_000;
const FIRST = Date.parse('2026-02-01T00:00:00Z');
const ACCOUNTS = Array.from({ length: 5 }, (_, i) => `${String(i + 1)}00000000000`);
const REGIONS = ['us-east-1', 'eu-west-1', 'ap-northeast-1', 'eu-central-1'];
const DAYS = 30;
const PER_DAY = 33;

function dayPath(day: number): string {
  return new Date(FIRST + day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '/');
}

function keysOf(account: string, region: string, day: number, count: number): string[] {
  const compact = dayPath(day).replaceAll('/', '');
  return Array.from({ length: count }, (_, i) => {
    const minute = String(Math.floor((i * 1440) / count));
    const time = `${compact}T${minute.padStart(4, '0')}Z`;
    const unique = `${String(i).padStart(6, '0')}abcdefghij`;
    return `AWSLogs/o-abcde12345/${account}/CloudTrail/${region}/${dayPath(day)}/${account}_CloudTrail_${region}_${time}_${unique}.json.gz`;
  });
}

let server: S3Server;

beforeAll(async () => {
  server = await S3Server.start();
  server.createBucket('org');
  for (const account of ACCOUNTS) {
    for (const region of REGIONS) {
      for (let day = 0; day < DAYS; day++) {
        for (const key of keysOf(account, region, day, PER_DAY)) server.putObject('org', key, 'x');
      }
    }
  }
});
afterAll(() => server.close());
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', server.credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', server.credentials.secretAccessKey);
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.calmDown();
});

async function list(
  input: string,
  filter: Partial<S3SourceOptions['filter']> = {},
): Promise<Awaited<ReturnType<typeof listingOf>> & { calls: number }> {
  const source = await openS3Source(input, {
    s3: { profile: undefined, region: undefined, endpointUrl: server.endpoint },
    filter: { since: undefined, until: undefined, accounts: [], regions: [], ...filter },
    note() {},
  });
  try {
    return { ...(await listingOf(source)), calls: source.requests.lists };
  } finally {
    source.close();
  }
}

function between(from: number, to: number): Pick<S3SourceOptions['filter'], 'since' | 'until'> {
  return { since: FIRST + from * DAY_MS, until: FIRST + to * DAY_MS };
}

describe('An organization of 5 accounts, 4 regions and 30 days', () => {
  it('is listed for one day, and the day after for what came late, by fewer than 60 calls', async () => {
    const { files, calls } = await list('s3://org', between(14, 15));
    expect(calls).toBeLessThan(60);
    expect(files).toHaveLength(ACCOUNTS.length * REGIONS.length * 2 * PER_DAY);
    expect(files.every(({ name }) => name.includes(`/${dayPath(14)}/`) || name.includes(`/${dayPath(15)}/`))).toBe(
      true,
    );
  });

  it('is listed as a whole, each object once, by little more than a call for 1,000 objects', async () => {
    const { files, calls } = await list('s3://org');
    const total = ACCOUNTS.length * REGIONS.length * DAYS * PER_DAY;
    expect(new Set(files.map(({ name }) => name)).size).toBe(total);
    expect(files).toHaveLength(total);
    expect(calls).toBeLessThan(60);
  });

  it('is listed for one account and region by as many calls as that has levels and pages', async () => {
    const { files, calls } = await list('s3://org', { accounts: ['300000000000'], regions: ['eu-west-1'] });
    expect(files).toHaveLength(DAYS * PER_DAY);
    expect(calls).toBe(6);
  });

  it('is read where only what lies below AWSLogs/ may be listed, or only what the options name', async () => {
    const allowed = /^AWSLogs\/o-abcde12345\/200000000000\/CloudTrail\/eu-west-1\//;
    const denied = ({ operation, query }: { operation: string | undefined; query: URLSearchParams }) =>
      operation === 'ListObjectsV2' && !allowed.test(query.get('prefix') ?? '')
        ? ({ kind: 'error', code: 'AccessDenied' } as const)
        : undefined;
    server.onRequest = denied;
    const { files } = await list('s3://org/AWSLogs/o-abcde12345/', {
      accounts: ['200000000000'],
      regions: ['eu-west-1'],
    });
    expect(files).toHaveLength(DAYS * PER_DAY);
    server.onRequest = (request) => (request.query.get('prefix') === '' ? denied(request) : undefined);
    expect((await list('s3://org', between(3, 4))).files).toHaveLength(ACCOUNTS.length * REGIONS.length * 2 * PER_DAY);
  });

  it('is listed in spite of a refusal somewhere, which is named', async () => {
    server.onRequest = ({ query }) =>
      query.get('prefix')?.includes('/400000000000/CloudTrail/us-east-1/')
        ? { kind: 'error', code: 'AccessDenied' }
        : undefined;
    const { files, folders } = await list('s3://org', between(0, 1));
    expect(files).toHaveLength((ACCOUNTS.length * REGIONS.length - 1) * 2 * PER_DAY);
    expect(folders.map(({ folder, kind }) => [folder, kind instanceof UnreadableError && kind.code])).toEqual([
      ['s3://org/AWSLogs/o-abcde12345/400000000000/CloudTrail/us-east-1/', 'denied'],
    ]);
  });
});

describe('A region with many objects', () => {
  beforeAll(() => {
    server.createBucket('busy');
    for (let day = 0; day < 6; day++) {
      for (const key of keysOf('111122223333', 'us-east-1', day, day === 2 ? 3300 : 700)) {
        server.putObject('busy', key, 'x');
      }
    }
  });
  const total = 5 * 700 + 3300;

  it('is listed completely by listings side by side', async () => {
    const { files } = await list('s3://busy/AWSLogs/o-abcde12345/111122223333/CloudTrail/us-east-1/');
    expect(new Set(files.map(({ name }) => name)).size).toBe(total);
    expect(files).toHaveLength(total);
  });

  it('is listed by day, month or year as the input says', async () => {
    const base = 's3://busy/AWSLogs/o-abcde12345/111122223333/CloudTrail/us-east-1';
    expect((await list(`${base}/2026/02/03`)).files).toHaveLength(3300);
    expect((await list(`${base}/2026/02/`)).files).toHaveLength(total);
    expect((await list(`${base}/2026`, between(2, 3))).files).toHaveLength(4000);
    expect((await list(`${base}/2025/`)).files).toHaveLength(0);
  });

  it('gives the files of a day one after another', async () => {
    const { files } = await list('s3://busy');
    const days = files.map(({ name }) => name.slice(0, name.lastIndexOf('/')));
    expect(days.filter((day, i) => day !== days[i - 1])).toHaveLength(new Set(days).size);
  });

  it('is listed once where S3 sends a page twice', async () => {
    const tokens: string[] = [];
    // The second page again in place of the third.
    server.onRequest = ({ query }) => {
      const token = query.get('continuation-token');
      if (token !== null && tokens.push(token) === 2) query.set('continuation-token', tokens[0] ?? '');
      return undefined;
    };
    const { files } = await list('s3://busy/AWSLogs/o-abcde12345/111122223333/CloudTrail/us-east-1/2026/02/03/');
    expect(files).toHaveLength(3300);
    expect(new Set(files.map(({ name }) => name)).size).toBe(3300);
    expect(tokens.length).toBeGreaterThan(2);
  });
});
