/** GetObject, HeadObject, PutObject, CopyObject, DeleteObject. */
import { authorize, mayDo } from './access.js';
import { failed, isNotModified, matchesEtag, rangeOf } from './conditions.js';
import { notImplemented, S3Error } from './errors.js';
import { bucketOf, header, noSuchKey, objectHeaders, objectOptions, type Answer, type Exchange } from './exchange.js';
import { makeObject, type Bucket, type StoredObject } from './store.js';
import { xmlDocument } from './xml.js';

const ARCHIVED = new Set(['GLACIER', 'DEEP_ARCHIVE']);

export function getObject(exchange: Exchange): Answer {
  const object = findObject(exchange);
  if (ARCHIVED.has(object.storageClass)) {
    throw new S3Error('InvalidObjectState', { elements: { StorageClass: object.storageClass } });
  }
  return describe(exchange, object);
}

/** HEAD tells of an archived object as of any other. */
export function headObject(exchange: Exchange): Answer {
  return describe(exchange, findObject(exchange));
}

function describe(exchange: Exchange, object: StoredObject): Answer {
  const headers = objectHeaders(object);
  if (isNotModified(exchange, object)) {
    return { status: 304, headers: { etag: object.etag, 'last-modified': object.lastModified.toUTCString() } };
  }
  const range = rangeOf(exchange, object.body.length);
  if (range) {
    return {
      status: 206,
      headers: { ...headers, 'content-range': `bytes ${range.first}-${range.last}/${object.body.length}` },
      body: object.body.subarray(range.first, range.last + 1),
    };
  }
  const wantsChecksum = header(exchange, 'x-amz-checksum-mode') === 'ENABLED';
  const checksum = { 'x-amz-checksum-crc32': object.crc32, 'x-amz-checksum-type': object.crc32Type };
  return { status: 200, headers: { ...headers, ...(wantsChecksum ? checksum : {}) }, body: object.body };
}

/** Whoever may not list the bucket does not learn that an object is missing. */
function findObject(exchange: Exchange): StoredObject {
  const bucket = bucketOf(exchange);
  const id = exchange.target.query.get('versionId');
  if (id !== null) {
    const version = bucket.versionsOf(exchange.target.key).find((candidate) => candidate.id === id);
    if (!version) throw new S3Error('NoSuchVersion');
    if (!version.object) throw new S3Error('MethodNotAllowed');
    return version.object;
  }
  const object = bucket.get(exchange.target.key);
  if (object) return object;
  if (!mayDo(exchange, 's3:ListBucket', bucket, '')) throw new S3Error('AccessDenied');
  throw noSuchKey(exchange.target.key);
}

export function putObject(exchange: Exchange): Answer {
  const bucket = bucketOf(exchange);
  const { key } = exchange.target;
  // A stream of chunks says beforehand how long it will be, one way or another.
  if (
    header(exchange, 'content-length') === undefined &&
    header(exchange, 'x-amz-decoded-content-length') === undefined
  ) {
    throw new S3Error('MissingContentLength');
  }
  checkAcl(exchange, bucket);
  checkWriteConditions(exchange, bucket.get(key));
  const object = makeObject(key, exchange.body.bytes, objectOptions(exchange));
  bucket.put(object);
  const { crc32 } = exchange.body;
  return {
    status: 200,
    headers: {
      etag: object.etag,
      ...(bucket.versioning === undefined ? {} : { 'x-amz-version-id': bucket.versionsOf(key)[0]?.id ?? 'null' }),
      ...(crc32 === undefined ? {} : { 'x-amz-checksum-crc32': crc32, 'x-amz-checksum-type': 'FULL_OBJECT' }),
    },
  };
}

/** Of an object of the same bucket, with all that is kept with it. A copy is one object, in however many parts it came. */
export function copyObject(exchange: Exchange): Answer {
  const bucket = bucketOf(exchange);
  const [, from, key] =
    /^\/?([^/]+)\/(.+)$/.exec(decodeURIComponent(header(exchange, 'x-amz-copy-source') ?? '')) ?? [];
  if (from !== bucket.name || key === undefined) throw notImplemented('CopyObject from another bucket');
  authorize(exchange, 's3:GetObject', bucket, key);
  const source = bucket.get(key);
  if (!source) throw noSuchKey(key);
  const copy = makeObject(exchange.target.key, source.body, source);
  bucket.put(copy);
  const elements: [string, string][] = [
    ['LastModified', copy.lastModified.toISOString()],
    ['ETag', copy.etag],
  ];
  return { status: 200, body: xmlDocument('CopyObjectResult', elements) };
}

/** Deleting what is not there succeeds. */
export function deleteObject(exchange: Exchange): Answer {
  const bucket = bucketOf(exchange);
  const { key, query } = exchange.target;
  const id = query.get('versionId');
  if (id === null) bucket.delete(key);
  else if (bucket.lock && bucket.versionsOf(key).find((version) => version.id === id)?.object) {
    throw new S3Error('AccessDenied', { message: 'Access Denied because object protected by object lock.' });
  } else bucket.deleteVersion(key, id);
  return { status: 204 };
}

/** Also for the end of a multipart upload, which makes the object. */
export function checkWriteConditions(exchange: Exchange, existing: StoredObject | undefined): void {
  const ifMatch = header(exchange, 'if-match');
  const ifNoneMatch = header(exchange, 'if-none-match');
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== '*') throw notImplemented('If-None-Match other than * for writing');
    if (existing) throw failed('If-None-Match');
  }
  if (ifMatch !== undefined) {
    if (!existing) throw noSuchKey(exchange.target.key);
    if (!matchesEtag(ifMatch, existing)) throw failed('If-Match');
  }
}

/** ACLs are disabled on every bucket that says BucketOwnerEnforced; Block Public Access refuses public ones elsewhere. */
export function checkAcl(exchange: Exchange, bucket: Bucket): void {
  if (Object.keys(exchange.headers).some((name) => name.startsWith('x-amz-grant-')))
    throw notImplemented('x-amz-grant-*');
  const acl = header(exchange, 'x-amz-acl');
  if (acl === undefined) return;
  if (bucket.ownership === 'BucketOwnerEnforced') {
    if (acl !== 'bucket-owner-full-control') throw new S3Error('AccessControlListNotSupported');
    return;
  }
  if (!['private', 'public-read', 'bucket-owner-full-control'].includes(acl)) throw notImplemented(`x-amz-acl: ${acl}`);
  if (acl === 'public-read' && bucket.publicAccessBlock?.BlockPublicAcls === true) throw new S3Error('AccessDenied');
}
