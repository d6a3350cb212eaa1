/**
 * Publishing in a bucket where somebody reads without signing in, from 127.0.0.1, at every moment. Each page says for whom it
 * is, so that a reader can tell what was not meant for them.
 */
import { gunzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  GetBucketWebsiteCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Access, PublishConfig } from '#scripts/run/config.js';
import type { Published, PublishFile } from '#scripts/publish/port.js';
import { openS3Publisher } from '#scripts/publish/s3/s3.js';
import { unpublish } from '#scripts/publish/s3/unpublish.js';
import { visit } from '../visit.js';

export const PREFIX = 'r/';
export const NIGHTS = [21, 22, 23, 24].map((day) => Date.UTC(2026, 10, day, 2));
/** A page of somebody else that is called like a dated copy. */
export const STRANGERS = `${PREFIX}2020-01-01T00-00Z/index.html`;

export const AUDIENCES = {
  nobody: { kind: 'private' },
  here: { kind: 'cidr', ranges: ['127.0.0.0/8'] },
  'here and elsewhere': { kind: 'cidr', ranges: ['127.0.0.0/8', '203.0.113.0/24'] },
  elsewhere: { kind: 'cidr', ranges: ['203.0.113.0/24'] },
  'an endpoint': { kind: 'vpce', ids: ['vpce-0a1b2c3d'] },
  'whoever has the link': { kind: 'presigned', seconds: 3600 },
  everyone: { kind: 'public' },
  'whoever has the key': { kind: 'encrypted' },
} as const satisfies Record<string, Access>;

export type Audience = keyof typeof AUDIENCES;

/** Whom the reader belongs to. */
const READERS: readonly string[] = ['here', 'here and elsewhere', 'everyone', 'whoever has the key'];

export interface Place {
  /** The S3 itself. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
}

export interface Publication extends Partial<PublishConfig> {
  readonly audience: Audience;
  /** Told apart by what they say. */
  readonly edition?: number;
}

/** Publishes pages that say for whom they are. @param endpoint the S3's, or that of a gate in front of it */
export async function publishFor(
  { bucket }: Pick<Place, 'bucket'>,
  endpoint: string,
  { audience, edition = 1, ...more }: Publication,
): Promise<Published> {
  const flags = { force: false, yes: true, dryRun: false, deleteOldVersions: false };
  const config = { bucket, prefix: PREFIX, ...flags, access: AUDIENCES[audience], ...more };
  const publisher = await openS3Publisher(config, { profile: undefined, region: undefined, endpointUrl: endpoint });
  const text = `for ${audience}; ${String(edition)}`;
  const files: PublishFile[] = [
    { name: 'index.html', read: () => [`<p>${text}</p>`] },
    { name: 'manifest.json', read: () => [`{"is":"${text}"}`] },
  ];
  try {
    return await publisher.publish(await publisher.plan(undefined), files);
  } finally {
    publisher.close();
  }
}

export async function takeBack(
  { bucket }: Pick<Place, 'bucket'>,
  endpoint: string,
  prefix = PREFIX,
): Promise<readonly string[]> {
  const s3 = { profile: undefined, region: undefined, endpointUrl: endpoint };
  return unpublish({ bucket, prefix, deleteOldVersions: false }, s3, () => Promise.resolve(true));
}

export function clientOf({ endpoint, accessKeyId, secretAccessKey }: Place): S3Client {
  const credentials = { accessKeyId, secretAccessKey };
  return new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
}

/** A bucket with a page of somebody else in it that nobody may read. */
export async function makeBucket(place: Place): Promise<void> {
  const client = clientOf(place);
  await client.send(new CreateBucketCommand({ Bucket: place.bucket }));
  await client.send(new PutObjectCommand({ Bucket: place.bucket, Key: STRANGERS, Body: 'for nobody; 0' }));
  client.destroy();
}

/** What the reader gets to see: the text of each key that is open. */
export async function readAll({ endpoint, bucket }: Place, prefix = PREFIX): Promise<Map<string, string>> {
  const folders = ['', 'latest/', ...NIGHTS.map((at) => `${new Date(at).toISOString().slice(0, 13)}-00Z/`)];
  const names = folders.flatMap((folder) => [`${folder}index.html`, `${folder}manifest.json`]);
  const keys = [...names.map((name) => prefix + name), `${prefix}culprit-published.json`, STRANGERS];
  const found = await Promise.all(
    keys.map(async (key): Promise<[string, string][]> => {
      const { status, body } = await visit(endpoint, '127.0.0.1', `/${bucket}/${key}`);
      return status === 200 ? [[key, (body[0] === 0x1f ? gunzipSync(body) : body).toString()]] : [];
    }),
  );
  return new Map(found.flat());
}

/** What the reader sees that was not meant for them, one line each. */
export async function notMeant(place: Place): Promise<string[]> {
  const seen = await readAll(place);
  const lines: string[] = [];
  for (const [key, text] of seen) {
    const audience = /for ([^;]+);/.exec(text)?.[1];
    const isList = key === `${PREFIX}index.html` && text.includes('<h1>Reports');
    if (!isList && !READERS.includes(audience ?? '')) lines.push(`${key} is for ${audience ?? 'nobody we know'}`);
  }
  return lines;
}

export async function policyOf(place: Place): Promise<string | undefined> {
  const client = clientOf(place);
  try {
    return (await client.send(new GetBucketPolicyCommand({ Bucket: place.bucket }))).Policy;
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}

export async function hasWebsite(place: Place): Promise<boolean> {
  const client = clientOf(place);
  try {
    await client.send(new GetBucketWebsiteCommand({ Bucket: place.bucket }));
    return true;
  } catch {
    return false;
  } finally {
    client.destroy();
  }
}

export async function keysOf(place: Place): Promise<string[]> {
  const client = clientOf(place);
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: place.bucket }));
  client.destroy();
  return Contents.map(({ Key = '' }) => Key);
}

/** What is stopped at 20 moments. */
export interface Act {
  readonly name: string;
  /** What is there before. */
  prepare(place: Place): Promise<unknown>;
  run(place: Pick<Place, 'bucket'>, endpoint: string): Promise<unknown>;
  /** What is not as it should be once a run was stopped and the next one has ended; one line each. */
  faults(place: Place): Promise<string[]>;
}

export const ACTS: readonly Act[] = [
  {
    name: 'publish',
    prepare: (place) => publishFor(place, place.endpoint, { audience: 'elsewhere' }),
    run: (place, endpoint) => publishFor(place, endpoint, { audience: 'here', edition: 2 }),
    faults: async (place) => {
      const seen = await readAll(place);
      const shown = seen.get(`${PREFIX}index.html`) ?? 'nothing';
      return shown.includes('for here; 2') ? [] : [`the page is ${shown}`];
    },
  },
  {
    name: 'unpublish',
    prepare: (place) => publishFor(place, place.endpoint, { audience: 'everyone' }),
    run: takeBackAgain,
    faults: async (place) => [
      ...(await keysOf(place)).filter((key) => key !== STRANGERS).map((key) => `${key} is there`),
      ...((await policyOf(place)) === undefined ? [] : ['there is a policy']),
      ...((await hasWebsite(place)) ? ['the website is on'] : []),
    ],
  },
  {
    name: 'rotation',
    prepare: async (place) => {
      for (const at of NIGHTS.slice(0, 2)) await publishFor(place, place.endpoint, rotation(at));
    },
    run: (place, endpoint) => publishFor(place, endpoint, rotation(NIGHTS[2] ?? 0)),
    faults: async (place) => {
      await publishFor(place, place.endpoint, rotation(NIGHTS[3] ?? 0));
      const left = (await keysOf(place)).filter((key) => /\dZ\//.test(key) && key !== STRANGERS);
      const expected = [2, 3].flatMap((night) => {
        const folder = `${PREFIX}${new Date(NIGHTS[night] ?? 0).toISOString().slice(0, 13)}-00Z/`;
        return [`${folder}index.html`, `${folder}manifest.json`];
      });
      const open = await readAll(place);
      const closed = expected.filter((key) => key.endsWith('.html') && !open.has(key));
      return [
        ...(left.join() === expected.join() ? [] : [`the copies are ${left.join(', ')}`]),
        ...closed.map((key) => `${key} is closed`),
      ];
    },
  },
];

function rotation(at: number): Publication {
  return { audience: 'here', edition: new Date(at).getUTCDate(), keep: { copies: 2, at } };
}

/** Taking back what is gone already is refused, which is right. */
async function takeBackAgain(place: Pick<Place, 'bucket'>, endpoint: string): Promise<void> {
  try {
    await takeBack(place, endpoint);
  } catch (error) {
    if (!(error as Error).message.startsWith('There is no report of Culprit')) throw error;
  }
}

/** `count` numbers spread over 1 to `last`. */
export function moments(last: number, count = 20): number[] {
  const spread = Array.from({ length: count }, (_, i) => 1 + Math.round((i * (last - 1)) / (count - 1)));
  return [...new Set(spread)];
}
