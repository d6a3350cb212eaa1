/** The S3s that tests run against: the in-process server, and Ceph's gateway where there is one. */
import { randomBytes } from 'node:crypto';
import { Agent } from 'node:http';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, vi } from 'vitest';
import { S3Server } from './s3-server/server.js';
import { visit, type Visit, type VisitOptions } from './visit.js';

/** One S3 to test against. */
export interface TestS3 {
  readonly kind: 'in-process' | 'ceph';
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Somebody else, who may do only what a bucket's policy allows. */
  readonly reader: { readonly arn: string; readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The in-process server, for what only it can do; undefined for Ceph. */
  readonly server: S3Server | undefined;
  /** The real SDK's client, speaking to this S3. */
  client(options?: S3ClientConfig): S3Client;
  /** A plain request without credentials, addressed by Host header. */
  visit(host: string, path: string, options?: VisitOptions): Promise<Visit>;
  /** A bucket name that no other test has. */
  newName(): string;
}

// The SDK warns on Node 20 that its support will end.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
const SILENT_LOGGER = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

const { CULPRIT_CEPH_ENDPOINT, CULPRIT_CEPH_ACCESS_KEY, CULPRIT_CEPH_SECRET_KEY, CI } = process.env;
const { CULPRIT_CEPH_READER_ACCESS_KEY = '', CULPRIT_CEPH_READER_SECRET_KEY = '' } = process.env;

/** Names that end in .localhost are this machine's, but not every resolver knows. */
export const LOOPBACK_AGENT = new Agent({
  lookup: (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
});

/**
 * The same tests against each S3. Without Ceph they are skipped there, and say so; where `CI` is set that fails instead.
 * `CULPRIT_S3=in-process` leaves Ceph out: what differs between versions of Node does not differ between S3s.
 */
export function describeOnEachS3(title: string, tests: (s3: () => TestS3) => void): void {
  describe(`${title}: in-process server`, () => {
    let s3: TestS3 | undefined;
    beforeAll(async () => {
      s3 = targetOfServer(await S3Server.start({ newBuckets: 'open' }));
    });
    afterAll(() => s3?.server?.close());
    tests(() => started(s3));
  });

  if (process.env['CULPRIT_S3'] === 'in-process') return;
  const hasCeph = CULPRIT_CEPH_ENDPOINT !== undefined;
  const skipped = hasCeph ? '' : ' (skipped: no CULPRIT_CEPH_ENDPOINT; see test/support/ceph.sh)';
  describe.skipIf(!hasCeph && CI === undefined)(`${title}: Ceph${skipped}`, () => {
    let s3: TestS3 | undefined;
    beforeAll(() => {
      if (!CULPRIT_CEPH_ENDPOINT || !CULPRIT_CEPH_ACCESS_KEY || !CULPRIT_CEPH_SECRET_KEY) {
        throw new Error('CI runs these against Ceph too: start it with test/support/ceph.sh');
      }
      s3 = testS3({
        kind: 'ceph',
        endpoint: CULPRIT_CEPH_ENDPOINT,
        accessKeyId: CULPRIT_CEPH_ACCESS_KEY,
        secretAccessKey: CULPRIT_CEPH_SECRET_KEY,
        reader: {
          arn: 'arn:aws:iam:::user/reader',
          accessKeyId: CULPRIT_CEPH_READER_ACCESS_KEY,
          secretAccessKey: CULPRIT_CEPH_READER_SECRET_KEY,
        },
        server: undefined,
      });
    });
    tests(() => started(s3));
  });
}

/** Puts the S3's credentials into the environment, where the SDK's own chain finds them, for each test. */
export function useCredentials(s3: () => TestS3): void {
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', s3().accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', s3().secretAccessKey);
  });
  afterEach(() => void vi.unstubAllEnvs());
}

/** An in-process server that the test started itself, for what only it can do. */
export function targetOfServer(server: S3Server): TestS3 {
  const { accessKeyId, secretAccessKey } = server.credentials;
  const reader = { accessKeyId: 'AKIDEXAMPLEREADER01', secretAccessKey: 'secret-of-the-reader' };
  server.addAccessKey({ ...reader, account: '444455556666', user: 'reader' });
  const arn = 'arn:aws:iam::444455556666:user/reader';
  const { endpoint } = server;
  return testS3({ kind: 'in-process', endpoint, accessKeyId, secretAccessKey, reader: { ...reader, arn }, server });
}

function started(s3: TestS3 | undefined): TestS3 {
  if (!s3) throw new Error('the S3 to test against has not started');
  return s3;
}

function testS3(
  place: Pick<TestS3, 'kind' | 'endpoint' | 'accessKeyId' | 'secretAccessKey' | 'reader' | 'server'>,
): TestS3 {
  const { endpoint, accessKeyId, secretAccessKey } = place;
  return {
    ...place,
    client: (options = {}) =>
      new S3Client({
        region: 'us-east-1',
        endpoint,
        forcePathStyle: true,
        logger: SILENT_LOGGER,
        credentials: { accessKeyId, secretAccessKey },
        ...options,
      }),
    visit: (host, path, options = {}) => visit(endpoint, host, path, options),
    newName: () => `culprit-${randomBytes(6).toString('hex')}`,
  };
}
