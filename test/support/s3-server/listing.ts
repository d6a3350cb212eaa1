/** ListObjectsV2. */
import { S3Error } from './errors.js';
import { bucketOf, type Answer, type Exchange } from './exchange.js';
import type { SortedKey } from './store.js';
import { xmlDocument, type XmlElement } from './xml.js';

const MAX_KEYS = 1000;

/** What a page ends after: a key, or a common prefix whose keys are all skipped. */
interface Entry {
  readonly name: string;
  readonly isPrefix: boolean;
}

export function listObjectsV2(exchange: Exchange): Answer {
  const bucket = bucketOf(exchange);
  const { query } = exchange.target;
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const startAfter = query.get('start-after') ?? '';
  const token = query.get('continuation-token');
  const encoding = query.get('encoding-type');
  const maxKeys = Number(query.get('max-keys') ?? MAX_KEYS);
  if (!Number.isInteger(maxKeys) || maxKeys < 0) throw new S3Error('InvalidArgument');
  if (encoding !== null && encoding !== 'url') throw new S3Error('InvalidArgument');
  const limit = Math.min(maxKeys, MAX_KEYS);

  const after = token === null ? { name: startAfter, isPrefix: false } : readToken(token);
  const { entries, isTruncated } = page(bucket.sortedKeys(), prefix, delimiter, after, limit);
  const write = encoding === 'url' ? encodeKey : (text: string) => text;
  const last = entries.at(-1);
  const content: XmlElement[] = [
    ['Name', bucket.name],
    ['Prefix', write(prefix)],
    ['KeyCount', entries.length],
    ['MaxKeys', limit],
    ['IsTruncated', isTruncated],
    ...optional('Delimiter', write(delimiter)),
    ...optional('EncodingType', encoding ?? ''),
    ...optional('StartAfter', write(startAfter)),
    ...optional('ContinuationToken', token ?? ''),
    ...optional('NextContinuationToken', isTruncated && last ? writeToken(last) : ''),
  ];
  for (const { name, isPrefix } of entries) {
    if (isPrefix) {
      content.push(['CommonPrefixes', [['Prefix', write(name)]]]);
      continue;
    }
    const object = bucket.get(name);
    if (!object) continue;
    content.push([
      'Contents',
      [
        ['Key', write(name)],
        ['LastModified', object.lastModified.toISOString()],
        ['ETag', object.etag],
        ['Size', object.body.length],
        ['StorageClass', object.storageClass],
      ],
    ]);
  }
  return {
    status: 200,
    headers: { 'x-amz-bucket-region': bucket.region },
    body: xmlDocument('ListBucketResult', content),
  };
}

function page(
  keys: readonly SortedKey[],
  prefix: string,
  delimiter: string,
  after: Entry,
  limit: number,
): { readonly entries: readonly Entry[]; readonly isTruncated: boolean } {
  const entries: Entry[] = [];
  if (limit === 0) return { entries, isTruncated: false };
  let common: string | undefined;
  const from = Math.max(firstAtOrAfter(keys, prefix), firstAtOrAfter(keys, after.name));
  for (let index = from; index < keys.length; index++) {
    const key = keys[index]?.key ?? '';
    if (!key.startsWith(prefix)) break;
    if (key === after.name || (after.isPrefix && key.startsWith(after.name))) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const name = end < 0 ? key : key.slice(0, end + delimiter.length);
    if (end >= 0 && name === common) continue;
    if (entries.length === limit) return { entries, isTruncated: true };
    common = end < 0 ? undefined : name;
    entries.push({ name, isPrefix: end >= 0 });
  }
  return { entries, isTruncated: false };
}

function firstAtOrAfter(keys: readonly SortedKey[], text: string): number {
  const bytes = Buffer.from(text);
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const key = keys[middle];
    if (key && key.bytes.compare(bytes) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Tokens are opaque: a client that guesses at them must not get through. */
function writeToken({ name, isPrefix }: Entry): string {
  return Buffer.from(JSON.stringify([name, isPrefix])).toString('base64url');
}

function readToken(token: string): Entry {
  try {
    const [name, isPrefix] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [string, boolean];
    return { name, isPrefix };
  } catch {
    throw new S3Error('InvalidArgument', { message: 'The continuation token provided is incorrect' });
  }
}

function optional(name: string, text: string): readonly XmlElement[] {
  return text === '' ? [] : [[name, text]];
}

/** As S3 encodes keys in listings: a space is `+`, slashes stay. */
function encodeKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/')
    .replace(/[!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
