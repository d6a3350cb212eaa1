/** What the server holds: buckets, their settings and their objects. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { BucketPolicy } from './policy.js';

export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

/** What every bucket made since April 2023 has. */
export const EVERYTHING_BLOCKED: PublicAccessBlock = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

export type ObjectOwnership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

export interface WebsiteConfiguration {
  readonly indexDocument: string | undefined;
  readonly errorDocument: string | undefined;
  readonly redirectAllTo: { readonly hostName: string; readonly protocol: string | undefined } | undefined;
}

export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  /** With its quotes. */
  readonly etag: string;
  readonly lastModified: Date;
  /** Headers given at upload and sent back with the object: Content-Type, Cache-Control, x-amz-meta-… */
  readonly headers: Readonly<Record<string, string>>;
  readonly storageClass: string;
  /** The whole object's CRC32, or a composite one of a multipart upload; base64. */
  readonly crc32: string;
  readonly crc32Type: 'FULL_OBJECT' | 'COMPOSITE';
  readonly publicRead: boolean;
}

export interface UploadPart {
  readonly body: Buffer;
  readonly etag: string;
}

export interface MultipartUpload {
  readonly id: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly parts: Map<number, UploadPart>;
}

export class Bucket {
  policy: BucketPolicy | undefined;
  website: WebsiteConfiguration | undefined;
  readonly uploads = new Map<string, MultipartUpload>();
  private readonly objects = new Map<string, StoredObject>();
  private sorted: readonly SortedKey[] | undefined;

  constructor(
    readonly name: string,
    readonly region: string,
    readonly ownerAccount: string,
    public publicAccessBlock: PublicAccessBlock | undefined,
    public ownership: ObjectOwnership | undefined,
  ) {}

  get(key: string): StoredObject | undefined {
    return this.objects.get(key);
  }

  put(object: StoredObject): void {
    if (!this.objects.has(object.key)) this.sorted = undefined;
    this.objects.set(object.key, object);
  }

  delete(key: string): void {
    if (this.objects.delete(key)) this.sorted = undefined;
  }

  get size(): number {
    return this.objects.size;
  }

  /** All keys in S3's order, which is that of their UTF-8 bytes. */
  sortedKeys(): readonly SortedKey[] {
    this.sorted ??= [...this.objects.keys()]
      .map((key) => ({ key, bytes: Buffer.from(key) }))
      .sort((a, b) => a.bytes.compare(b.bytes));
    return this.sorted;
  }
}

export interface SortedKey {
  readonly key: string;
  readonly bytes: Buffer;
}

export interface ObjectOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly storageClass?: string;
  readonly publicRead?: boolean;
}

/** An object as a single PUT makes it. */
export function makeObject(key: string, body: Buffer, options: ObjectOptions = {}): StoredObject {
  return {
    key,
    body,
    etag: `"${md5(body).toString('hex')}"`,
    lastModified: wholeSeconds(new Date()),
    headers: options.headers ?? {},
    storageClass: options.storageClass ?? 'STANDARD',
    crc32: crc32Base64(body),
    crc32Type: 'FULL_OBJECT',
    publicRead: options.publicRead ?? false,
  };
}

export function md5(body: Buffer): Buffer {
  return createHash('md5').update(body).digest();
}

export function crc32Base64(body: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}

/** Last-Modified has no fractions, and conditions compare with it. */
export function wholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
