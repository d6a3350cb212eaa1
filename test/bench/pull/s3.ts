/** The S3s that pulling is measured against. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { MadeLog } from '../make-logs.js';

export interface BenchS3 {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  close(): void;
}

const SERVER = fileURLToPath(new URL('many-objects.ts', import.meta.url));
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const UPLOADS_AT_ONCE = 32;

// The SDK warns on Node 20 that its support will end.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** Ceph's gateway, where the environment says there is one. */
export function cephOf(env: NodeJS.ProcessEnv): BenchS3 | undefined {
  const { CULPRIT_CEPH_ENDPOINT: endpoint, CULPRIT_CEPH_ACCESS_KEY, CULPRIT_CEPH_SECRET_KEY } = env;
  if (endpoint === undefined) return undefined;
  const [accessKeyId = '', secretAccessKey = ''] = [CULPRIT_CEPH_ACCESS_KEY, CULPRIT_CEPH_SECRET_KEY];
  return { endpoint, accessKeyId, secretAccessKey, close: () => undefined };
}

/** A process of its own with the tests' S3, whose bucket `trail` has so many objects without events. */
export async function startServer(objects: number): Promise<BenchS3> {
  const child = spawn(process.execPath, ['--import', LOADER, SERVER, String(objects)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { endpoint, accessKeyId, secretAccessKey } = JSON.parse(line) as Omit<BenchS3, 'close'>;
  return { endpoint, accessKeyId, secretAccessKey, close: () => child.stdin.end() };
}

/** What a program needs to use it. */
export function environmentOf(s3: BenchS3, endpoint = s3.endpoint): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: s3.accessKeyId,
    AWS_SECRET_ACCESS_KEY: s3.secretAccessKey,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
  };
}

export async function createBucket(s3: BenchS3, bucket: string): Promise<void> {
  const client = clientOf(s3);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
}

/** Puts logs into a bucket. */
export async function upload(s3: BenchS3, bucket: string, logs: Iterable<MadeLog>): Promise<void> {
  const client = clientOf(s3);
  const left = logs[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      const { key, body } = next.value;
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    }
  };
  await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, work));
  client.destroy();
}

function clientOf({ endpoint, accessKeyId, secretAccessKey }: BenchS3): S3Client {
  const credentials = { accessKeyId, secretAccessKey };
  return new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
}
