/** What the server holds: buckets, their settings and their objects. */
import { createHash, randomUUID } from 'node:crypto';
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

/** One of the states that a versioned object was in. */
interface Version {
  /** `null` for what was there before versions were kept. */
  readonly id: string;
  /** Undefined for the marker that a deletion leaves. */
  readonly object: StoredObject | undefined;
}

interface ObjectLock {
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
  readonly days: number;
}

export class Bucket {
  policy: BucketPolicy | undefined;
  website: WebsiteConfiguration | undefined;
  /** Undefined until versions were kept for the first time. */
  versioning: 'Enabled' | 'Suspended' | undefined;
  /** How new objects are encrypted. */
  encryption: 'AES256' | 'aws:kms' = 'AES256';
  /** Keeps every version from being deleted. */
  lock: ObjectLock | undefined;
  /** By key, the newest first; only of objects that changed while versions were kept. */
  private readonly versions = new Map<string, Version[]>();
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
    this.remember(object.key, object);
    this.objects.set(object.key, object);
  }

  delete(key: string): void {
    this.remember(key, undefined);
    if (this.objects.delete(key)) this.sorted = undefined;
  }

  /** The versions of a key, the newest first. */
  versionsOf(key: string): readonly Version[] {
    const current = this.objects.get(key);
    return this.versions.get(key) ?? (current ? [{ id: 'null', object: current }] : []);
  }

  /** Keys that are or were there, in S3's order. */
  versionedKeys(): readonly string[] {
    return [...new Set([...this.objects.keys(), ...this.versions.keys()])].sort();
  }

  deleteVersion(key: string, id: string): void {
    const left = this.versionsOf(key).filter((version) => version.id !== id);
    this.versions.set(key, left);
    const current = left[0]?.object;
    this.sorted = undefined;
    if (current) this.objects.set(key, current);
    else this.objects.delete(key);
  }

  private remember(key: string, object: StoredObject | undefined): void {
    if (this.versioning !== 'Enabled') return;
    this.versions.set(key, [{ id: randomUUID(), object }, ...this.versionsOf(key)]);
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
function wholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
