/** What S3 says of refusals that no permission would change, and buckets whose requester pays. */
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { S3Config } from '#scripts/run/config.js';
import { openS3Source } from '#scripts/source/s3/s3.js';
import { refusalSentence } from '#scripts/publish/s3/refusals.js';
import { noTrailLines } from '#scripts/cli/doctor/findings.js';
import { listingOf } from '../support/listing.js';
import { logFile, record } from '../support/records.js';
import { S3Server } from '../support/s3-server/server.js';

const FILTER = { since: undefined, until: undefined, accounts: [], regions: [] };
let server: S3Server;

beforeEach(async () => {
  server = await S3Server.start({ region: 'eu-west-1' });
  server.createBucket('logs');
  server.putObject('logs', 'a.json.gz', gzipSync(logFile(record(1))));
  vi.stubEnv('AWS_ACCESS_KEY_ID', server.credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', server.credentials.secretAccessKey);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

async function read(changes: Partial<S3Config> = {}): Promise<Uint8Array> {
  const s3 = { profile: undefined, region: 'eu-west-1', endpointUrl: server.endpoint, ...changes };
  const source = await openS3Source('s3://logs', { s3, filter: FILTER, note() {} });
  try {
    const [file] = (await listingOf(source)).files;
    return (await source.read(file as NonNullable<typeof file>)).stored;
  } finally {
    source.close();
  }
}

it('pays for requests where it is told to, and says how where it was not', async () => {
  server.onRequest = ({ method, headers }) =>
    method === 'GET' && headers['x-amz-request-payer'] !== 'requester'
      ? { kind: 'error', code: 'AccessDenied', message: 'Access Denied' }
      : undefined;
  await expect(read()).rejects.toThrow('or add --request-payer requester if the bucket has Requester Pays.');
  expect((await read({ paysForRequests: true })).length).toBeGreaterThan(0);
});

it.each(['a service control policy', 'a VPC endpoint policy', 'a resource-based policy'])(
  'tells an explicit deny in %s in the words of S3, of lists and of objects',
  async (where) => {
    const words = `User: arn:aws:iam::111122223333:user/d is not authorized to perform: s3:X with an explicit deny in ${where}`;
    server.onRequest = ({ method }) =>
      method === 'GET' ? { kind: 'error', code: 'AccessDenied', message: words } : undefined;
    await expect(read()).rejects.toThrow(
      `S3 refuses to list the bucket "logs" (${words}). An explicit deny overrides permissions`,
    );
    server.onRequest = ({ operation }) =>
      operation === 'GetObject' ? { kind: 'error', code: 'AccessDenied', message: words } : undefined;
    await expect(read()).rejects.toThrow(`access denied (${words}). An explicit deny overrides permissions`);
    const failure = { kind: 'denied', detail: words } as const;
    const sentence = refusalSentence(failure, { action: 's3:PutObject', bucket: 'b', key: 'k' }, 'eu-west-1');
    expect(sentence).toContain(words);
  },
);

it('names resources in the partition of the region', () => {
  const failure = { kind: 'denied', detail: '' } as const;
  const attempt = { action: 's3:PutObject', bucket: 'b', key: 'k' } as const;
  expect(refusalSentence(failure, attempt, 'cn-north-1')).toContain('arn:aws-cn:s3:::b/k');
  expect(refusalSentence(failure, attempt, 'us-gov-west-1')).toContain('arn:aws-us-gov:s3:::b/k');
  expect(refusalSentence(failure, attempt, 'eu-west-1')).toContain('arn:aws:s3:::b/k');
  const lines = noTrailLines('111122223333', 'cn-north-1').join();
  expect(lines).toContain('arn:aws-cn:s3:::');
  expect(lines).not.toContain('arn:aws:');
});

it('names the regions of GovCloud and China where S3 does not know the key', async () => {
  server.onRequest = ({ method }) => (method === 'GET' ? { kind: 'error', code: 'InvalidAccessKeyId' } : undefined);
  await expect(read()).rejects.toThrow('keys of GovCloud and China need --s3-region us-gov-west-1 or cn-north-1');
  await expect(read({ region: 'us-gov-west-1' })).rejects.toThrow('does not know the access key');
});
