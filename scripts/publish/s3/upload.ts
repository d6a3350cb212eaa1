/** Uploads one object, in parts if it is large, and checks the result. */
import { createHash, type Hash } from 'node:crypto';
import { pipeline, Readable, Transform } from 'node:stream';
import { createGzip } from 'node:zlib';
import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { PlannedObject } from '../plan/plan.js';

/** The most parts of an upload in memory, each of PART_BYTES, whatever the report's size. */
export const PARTS_AT_ONCE = 3;
const PART_BYTES = 5 * 1024 * 1024;

/** The object's content from its beginning. If it throws, the existing object stays unchanged. */
export type ReadObject = () => Iterable<string> | AsyncIterable<string | Uint8Array>;

interface UploadOrder {
  readonly bucket: string;
  readonly object: PlannedObject;
  readonly read: ReadObject;
  readonly metadata: Readonly<Record<string, string>>;
  /** `*`: only if the key does not exist. */
  readonly ifNoneMatch: '*' | undefined;
  /** Receives the number of bytes of this object that were uploaded. */
  readonly onProgress: (bytes: number) => void;
}

/** What was sent. */
export interface Receipt {
  readonly bytes: number;
  readonly sha256: string;
  /** The ETags that S3 gives these bytes, as one object and in parts, if it does not encrypt with a KMS key. */
  readonly etags: readonly string[];
}

/**
 * Uploads an object. Until it is complete, the existing object at its key stays; a failed upload leaves no parts.
 * Throws the SDK's errors, and those of the file.
 */
export async function uploadObject(client: S3Client, order: UploadOrder): Promise<Receipt> {
  const { bucket, object, read, metadata, ifNoneMatch, onProgress } = order;
  const tally = new Tally();
  // An error before `tally` is the upload's own error.
  const body = pipeline(Readable.from(read()), createGzip(), tally, () => undefined);
  const upload = new Upload({
    client,
    partSize: PART_BYTES,
    queueSize: PARTS_AT_ONCE,
    params: {
      Bucket: bucket,
      Key: object.key,
      Body: body,
      ContentType: object.contentType,
      ContentEncoding: object.contentEncoding,
      CacheControl: object.cacheControl,
      Metadata: { ...metadata },
      ...(ifNoneMatch === undefined ? {} : { IfNoneMatch: ifNoneMatch }),
    },
  });
  upload.on('httpUploadProgress', ({ loaded }) => onProgress(loaded ?? 0));
  try {
    await upload.done();
  } finally {
    body.destroy();
  }
  return tally.receipt();
}

/**
 * Whether S3 has what was sent: compares the length and the checksum, and reads the whole object if its ETag is not
 * conclusive. Throws the SDK's errors, also if reading is denied.
 */
export async function isAsSent(client: S3Client, bucket: string, key: string, sent: Receipt): Promise<boolean> {
  const { ContentLength, ETag } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  if (ContentLength !== sent.bytes) return false;
  if (ETag !== undefined && sent.etags.includes(ETag.replaceAll('"', ''))) return true;
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const hash = createHash('sha256');
  for await (const chunk of Body as Readable) hash.update(chunk as Buffer);
  return hash.digest('hex') === sent.sha256;
}

/** Passes bytes through and computes their checksums. */
class Tally extends Transform {
  private bytes = 0;
  private readonly sha256 = createHash('sha256');
  private readonly whole = createHash('md5');
  private part: Hash = createHash('md5');
  private partBytes = 0;
  private readonly parts: Buffer[] = [];

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.bytes += chunk.length;
    this.sha256.update(chunk);
    this.whole.update(chunk);
    for (let from = 0; from < chunk.length;) {
      // A part ends only when more bytes follow.
      if (this.partBytes === PART_BYTES) this.endPart();
      const to = Math.min(chunk.length, from + PART_BYTES - this.partBytes);
      this.part.update(chunk.subarray(from, to));
      this.partBytes += to - from;
      from = to;
    }
    done(null, chunk);
  }

  /** Call it once, after the last byte. */
  receipt(): Receipt {
    this.endPart();
    const ofParts = createHash('md5').update(Buffer.concat(this.parts)).digest('hex');
    return {
      bytes: this.bytes,
      sha256: this.sha256.digest('hex'),
      etags: [this.whole.digest('hex'), `${ofParts}-${String(this.parts.length)}`],
    };
  }

  private endPart(): void {
    this.parts.push(this.part.digest());
    this.part = createHash('md5');
    this.partBytes = 0;
  }
}
