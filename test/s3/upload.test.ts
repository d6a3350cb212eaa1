/** The way of a report into a bucket: what is there is looked at, and until the new one is whole, the old one is served. */
import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CulpritError } from '#scripts/run/errors.js';
import type { Published } from '#scripts/publish/port.js';
import { openS3Publisher } from '#scripts/publish/s3/s3.js';
import { S3Server, type LoggedRequest } from '../support/s3-server/server.js';
import { makeObject } from '../support/s3-server/store.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const MARKED = { 'x-amz-meta-culprit': '0.1.0' };
/** Three parts, though gzip-ed. */
const PARTS = 3;
const NEW = { 'index.html': randomBytes(11 * 1024 * 1024), 'manifest.json': Buffer.from('{"is":"new"}') };
const OLD = { 'index.html': Buffer.from('the old page'), 'manifest.json': Buffer.from('{"is":"old"}') };
type Name = keyof typeof NEW;

let server: S3Server;
let folder: string;

beforeAll(async () => {
  server = await S3Server.start();
});
afterAll(() => server.close());
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', server.credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', server.credentials.secretAccessKey);
  server.createBucket('team');
  folder = temporaryFolder(NEW);
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.calmDown();
});

async function publish(onProgress?: (bytes: number) => void): Promise<Published> {
  const target = { bucket: 'team', prefix: '', force: false, access: { kind: 'private' }, yes: true } as const;
  const s3 = { profile: undefined, region: undefined, endpointUrl: server.endpoint };
  const publisher = await openS3Publisher({ ...target, dryRun: false, deleteOldVersions: false }, s3);
  const names = ['index.html', 'manifest.json'] as const;
  try {
    return await publisher.publish(
      await publisher.plan(undefined),
      names.map((name) => ({ name, read: () => createReadStream(path.join(folder, name)) })),
      onProgress,
    );
  } finally {
    publisher.close();
  }
}

const served = (name: Name) => gunzipSync(server.bucket('team').get(name)?.body ?? '');
/** Whatever comes after its upload, S3 has something else at this key. */
function changeAfterwards(key: Name, change: (body: Buffer) => { body: Buffer; etag?: string }): void {
  server.onRequest = ({ operation, key: asked }) => {
    const object = server.bucket('team').get(key);
    if (operation === 'HeadObject' && asked === key && object) {
      const { body, etag } = change(object.body);
      server.bucket('team').put({ ...makeObject(key, body, { headers: MARKED }), ...(etag !== undefined && { etag }) });
    }
    return undefined;
  };
}

test('a large page goes in parts, and says how far it is', async () => {
  const told: number[] = [];
  await publish((bytes) => told.push(bytes));
  const parts = server.requests.filter(({ operation }) => operation === 'UploadPart');
  expect(parts).toHaveLength(PARTS);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.length).toBeGreaterThan(PARTS);
  const sizes = ['index.html', 'manifest.json'].map((name) => server.bucket('team').get(name)?.body.length ?? 0);
  expect(told.at(-1)).toBe((sizes[0] ?? 0) + (sizes[1] ?? 0));
  expect(served('index.html').equals(NEW['index.html'])).toBe(true);
});

describe('what S3 has is compared with what was sent', () => {
  const notAsSent = (key: string) =>
    new CulpritError(
      'publish',
      `The object at s3://team/${key} differs from what was uploaded (length or checksum). Repeat the command.`,
    );

  test('and nothing is read again where its ETag tells', async () => {
    await publish();
    const operations = server.requests.map(({ operation }) => operation);
    expect(operations).not.toContain('GetObject');
    expect(operations.filter((operation) => operation === 'HeadObject').length).toBeGreaterThan(2);
  });

  test('by all of its bytes where the bucket’s key makes the ETag another', async () => {
    changeAfterwards('index.html', (body) => ({ body, etag: '"0123456789abcdef0123456789abcdef"' }));
    await publish();
    expect(server.requests.some(({ operation, key }) => operation === 'GetObject' && key === 'index.html')).toBe(true);
  });

  test.each<[string, Name, (body: Buffer) => { body: Buffer; etag?: string }]>([
    ['a page that is shorter', 'index.html', (body) => ({ body: body.subarray(1) })],
    ['a page with other bytes', 'index.html', (body) => ({ body: Buffer.from(body).fill(7, 100, 200) })],
    ['a manifest with other bytes', 'manifest.json', (body) => ({ body: Buffer.from(body).reverse() })],
  ])('and %s is an error', async (_, key, change) => {
    changeAfterwards(key, change);
    await expect(publish()).rejects.toThrow(notAsSent(key));
  });

  test('and the page is not replaced where already the manifest arrived wrong', async () => {
    for (const name of ['index.html', 'manifest.json'] as const) {
      server.putObject('team', name, gzipSync(OLD[name]), { headers: MARKED });
    }
    changeAfterwards('manifest.json', (body) => ({ body: Buffer.concat([body, body]) }));
    await expect(publish()).rejects.toThrow(notAsSent('manifest.json'));
    expect(served('index.html')).toEqual(OLD['index.html']);
  });

  test('and who may not look is told so', async () => {
    server.deny('s3:GetObject');
    const { notes } = await publish();
    expect(notes).toContain(
      'The upload of s3://team/index.html could not be checked, because these credentials may not read it (s3:GetObject).',
    );
  });
});

describe('killed while publishing, the old report is served whole, or the new one', () => {
  const ROOT = path.join(import.meta.dirname, '..', '..');
  const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const uploads = ({ operation = '' }: LoggedRequest) => /^(?:Put|Upload|Create|Complete)/.test(operation);

  /** Kills at the nth request that writes, whose answer it never sees. */
  async function killAt(nth: number): Promise<void> {
    const script = path.join(ROOT, 'test', 's3', 'publish-child.ts');
    const child = spawn(process.execPath, ['--import', TSX, script, folder, 'team', server.endpoint], {
      stdio: 'inherit',
    });
    let left = nth;
    server.onRequest = (request) => {
      if (uploads(request) && left-- === 0) child.kill('SIGKILL');
      return undefined;
    };
    await new Promise((resolve) => child.on('exit', resolve));
    expect(child.signalCode).toBe('SIGKILL');
  }

  // The manifest, the beginning of the page, two of its parts, its end.
  test.each([0, 1, 2, 3, PARTS + 2])('at write %i', async (nth) => {
    for (const name of ['index.html', 'manifest.json'] as const) {
      server.putObject('team', name, gzipSync(OLD[name]), { headers: MARKED });
    }
    await killAt(nth);
    for (const name of ['index.html', 'manifest.json'] as const) {
      const page = served(name);
      expect(page.equals(OLD[name]) || page.equals(NEW[name])).toBe(true);
    }
    // The page comes last: it is new only where the manifest is.
    if (served('index.html').equals(NEW['index.html'])) expect(served('manifest.json')).toEqual(NEW['manifest.json']);
    server.onRequest = undefined;
    await publish();
    expect(served('index.html').equals(NEW['index.html'])).toBe(true);
  });
});
