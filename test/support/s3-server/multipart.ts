/** Multipart uploads: the object is there when the upload is completed, and not before. */
import { randomBytes } from 'node:crypto';
import { S3Error } from './errors.js';
import { bucketOf, objectOptions, type Answer, type Exchange } from './exchange.js';
import { checkAcl, checkWriteConditions } from './objects.js';
import { crc32Base64, makeObject, md5, type Bucket, type MultipartUpload, type UploadPart } from './store.js';
import { childText, parseXml, xmlDocument } from './xml.js';

const MIN_PART_BYTES = 5 * 1024 * 1024;
const MAX_PARTS = 10_000;

export function createMultipartUpload(exchange: Exchange): Answer {
  const bucket = bucketOf(exchange);
  checkAcl(exchange, bucket);
  const { key } = exchange.target;
  const { headers = {}, storageClass = 'STANDARD' } = objectOptions(exchange);
  const id = randomBytes(24).toString('base64url');
  bucket.uploads.set(id, { id, key, headers, storageClass, parts: new Map() });
  const body = xmlDocument('InitiateMultipartUploadResult', [
    ['Bucket', bucket.name],
    ['Key', key],
    ['UploadId', id],
  ]);
  return { status: 200, headers: { 'x-amz-checksum-algorithm': 'CRC32' }, body };
}

export function uploadPart(exchange: Exchange): Answer {
  const upload = uploadOf(exchange, bucketOf(exchange));
  const number = Number(exchange.target.query.get('partNumber'));
  if (!(number >= 1 && number <= MAX_PARTS)) throw new S3Error('InvalidArgument');
  const { bytes, crc32 } = exchange.body;
  const etag = `"${md5(bytes).toString('hex')}"`;
  upload.parts.set(number, { body: bytes, etag });
  return { status: 200, headers: { etag, ...(crc32 === undefined ? {} : { 'x-amz-checksum-crc32': crc32 }) } };
}

export function completeMultipartUpload(exchange: Exchange): Answer {
  const bucket = bucketOf(exchange);
  const upload = uploadOf(exchange, bucket);
  const parts = listedParts(exchange, upload);
  checkWriteConditions(exchange, bucket.get(upload.key));
  const whole = makeObject(upload.key, Buffer.concat(parts.map(({ body }) => body)), upload);
  const etag = `"${md5(Buffer.concat(parts.map(({ body }) => md5(body)))).toString('hex')}-${parts.length}"`;
  const checksums = Buffer.concat(parts.map(({ body }) => Buffer.from(crc32Base64(body), 'base64')));
  const crc32 = `${crc32Base64(checksums)}-${parts.length}`;
  bucket.put({ ...whole, etag, crc32, crc32Type: 'COMPOSITE' });
  bucket.uploads.delete(upload.id);
  const body = xmlDocument('CompleteMultipartUploadResult', [
    ['Location', `http://${exchange.headers.host ?? ''}/${bucket.name}/${upload.key}`],
    ['Bucket', bucket.name],
    ['Key', upload.key],
    ['ETag', etag],
    ['ChecksumCRC32', crc32],
    ['ChecksumType', 'COMPOSITE'],
  ]);
  return { status: 200, body };
}

export function abortMultipartUpload(exchange: Exchange): Answer {
  const bucket = bucketOf(exchange);
  bucket.uploads.delete(uploadOf(exchange, bucket).id);
  return { status: 204 };
}

function uploadOf({ target }: Exchange, bucket: Bucket): MultipartUpload {
  const upload = bucket.uploads.get(target.query.get('uploadId') ?? '');
  if (upload?.key !== target.key) throw new S3Error('NoSuchUpload');
  return upload;
}

function listedParts(exchange: Exchange, upload: MultipartUpload): readonly UploadPart[] {
  const root = parseXml(exchange.body.bytes);
  if (root.name !== 'CompleteMultipartUpload' || root.children.length === 0) throw new S3Error('MalformedXML');
  let previous = 0;
  return root.children.map((element, index) => {
    const number = Number(childText(element, 'PartNumber'));
    if (number <= previous) throw new S3Error('InvalidPartOrder');
    previous = number;
    const part = upload.parts.get(number);
    const etag = childText(element, 'ETag')?.replaceAll('"', '');
    if (part?.etag !== `"${etag ?? ''}"`) throw new S3Error('InvalidPart');
    if (index < root.children.length - 1 && part.body.length < MIN_PART_BYTES) throw new S3Error('EntityTooSmall');
    return part;
  });
}
