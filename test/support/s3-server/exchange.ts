/** One request on its way through the server, and its answer. */
import type { IncomingHttpHeaders } from 'node:http';
import type { RequestBody } from './body.js';
import { S3Error } from './errors.js';
import type { AccessKey } from './signature.js';
import type { Bucket, ObjectOptions, StoredObject } from './store.js';
import type { Target } from './target.js';

export interface Denial {
  readonly action: string;
  readonly bucket: string | undefined;
  readonly keyPrefix: string;
}

/** What all requests share. */
export interface ServerState {
  readonly buckets: Map<string, Bucket>;
  readonly accessKeys: Map<string, AccessKey>;
  readonly denials: Set<Denial>;
  /** Where buckets are made that name no region. */
  readonly region: string;
  /** What new buckets made by a request get: AWS's defaults since April 2023, or those of before. */
  readonly newBuckets: 'blocked' | 'open';
}

export interface Exchange {
  readonly state: ServerState;
  readonly target: Target;
  readonly headers: IncomingHttpHeaders;
  readonly body: RequestBody;
  /** Undefined for a stranger. */
  readonly caller: AccessKey | undefined;
  readonly sourceIp: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export function header(exchange: Exchange, name: string): string | undefined {
  const value = exchange.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

/** The bucket that the request is about. */
export function bucketOf({ state, target }: Exchange): Bucket {
  const bucket = state.buckets.get(target.bucket);
  if (!bucket) throw new S3Error('NoSuchBucket', { elements: { BucketName: target.bucket } });
  return bucket;
}

export function noSuchKey(key: string): S3Error {
  return new S3Error('NoSuchKey', { elements: { Key: key } });
}

/** Headers that are kept with an object and sent back with it. */
const KEPT =
  /^(content-type|content-encoding|content-disposition|content-language|cache-control|expires|x-amz-meta-.+)$/;

/** What the upload's headers say of the object. */
export function objectOptions(exchange: Exchange): ObjectOptions {
  const kept = Object.keys(exchange.headers)
    .filter((name) => KEPT.test(name))
    .map((name): [string, string] => [name, header(exchange, name) ?? '']);
  // aws-chunked is how the body travelled, not what it is.
  const headers = Object.fromEntries(
    kept
      .map(([name, value]): [string, string] =>
        name === 'content-encoding'
          ? [name, value.replace(/\s*aws-chunked\s*,?\s*|,\s*aws-chunked\s*$/, '')]
          : [name, value],
      )
      .filter(([, value]) => value !== ''),
  );
  return {
    headers,
    storageClass: header(exchange, 'x-amz-storage-class') ?? 'STANDARD',
    publicRead: header(exchange, 'x-amz-acl') === 'public-read',
  };
}

/** Headers that describe a stored object, without its body. */
export function objectHeaders(object: StoredObject): Record<string, string> {
  return {
    'content-type': 'binary/octet-stream',
    ...object.headers,
    etag: object.etag,
    'last-modified': object.lastModified.toUTCString(),
    'accept-ranges': 'bytes',
    ...(object.storageClass === 'STANDARD' ? {} : { 'x-amz-storage-class': object.storageClass }),
  };
}
