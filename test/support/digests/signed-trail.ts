/** A trail with logs and signed digests, as CloudTrail would deliver it, made with keys of our own. */
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { logFile, record } from '../records.js';

/** An object of the trail's bucket. */
interface TrailObject {
  body: Buffer;
  /** User metadata. */
  metadata: Record<string, string>;
}

/** By key. */
type TrailObjects = Map<string, TrailObject>;

/** A key as CloudTrail has it. */
export interface SigningKey {
  readonly fingerprint: string;
  readonly privateKey: KeyObject;
  /** DER of PKCS #1 in base64, as ListPublicKeys gives it. */
  readonly value: string;
}

export function newSigningKey(fingerprint: string): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    fingerprint,
    privateKey,
    value: publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64'),
  };
}

/** What `aws cloudtrail list-public-keys` prints, but for the form of times. */
export function publicKeyList(...keys: readonly SigningKey[]): string {
  return JSON.stringify({
    PublicKeyList: keys.map(({ fingerprint, value }) => ({
      Value: value,
      ValidityStartTime: 1735689600,
      ValidityEndTime: 1767225600,
      Fingerprint: fingerprint,
    })),
  });
}

interface TrailOptions {
  readonly key: SigningKey;
  readonly bucket?: string;
  readonly account?: string;
  readonly region?: string;
  readonly homeRegion?: string;
  readonly trail?: string;
  /** Before AWSLogs/, with its slash. */
  readonly prefix?: string;
  /** Behind AWSLogs/, with its slash; '' for the trail of one account. */
  readonly organization?: string;
  /** The beginning of the first digest's time. */
  readonly start?: string;
  readonly hours?: number;
  /** Logs in each hour. */
  readonly logs?: number;
}

const HOUR = 3_600_000;

export class SignedTrail {
  readonly objects: TrailObjects = new Map();
  /** Keys of logs and of digests, oldest first. */
  readonly logs: string[] = [];
  readonly digests: string[] = [];
  readonly bucket: string;
  private readonly options: Required<TrailOptions>;
  private count = 0;

  /** A trail whose first digest begins its chain, and is followed by one for each hour. */
  constructor(options: TrailOptions) {
    this.options = {
      bucket: 'trail-bucket',
      account: '111122223333',
      region: 'eu-west-1',
      homeRegion: 'eu-west-1',
      trail: 'main',
      prefix: '',
      organization: '',
      start: '2025-03-03T00:00:00Z',
      hours: 6,
      logs: 2,
      ...options,
    };
    this.bucket = this.options.bucket;
    for (let hour = 0; hour < this.options.hours; hour++) this.addHour(hour);
  }

  /** Adds an hour's logs and its digest, which follows the newest one. @returns the digest's key */
  addHour(hour: number): string {
    const start = Date.parse(this.options.start) + hour * HOUR;
    const logs = Array.from({ length: this.options.logs }, (_, i) => {
      const minute = Math.floor(((i + 1) * 60) / (this.options.logs + 2));
      return this.addLog(start + minute * 60_000);
    });
    return this.addDigest(start, logs, this.digests.at(-1));
  }

  /** Adds a log that no digest lists yet. @param delivered ms since 1970 UTC @returns its key */
  addLog(delivered: number): string {
    const { account, region, prefix, organization } = this.options;
    const n = ++this.count;
    const stamp = compact(delivered).replace(/\d\dZ$/, 'Z');
    const unique = `Aa${String(n).padStart(14, '0')}`;
    const key = `${prefix}AWSLogs/${organization}${account}/CloudTrail/${region}/${dayOf(delivered)}/${account}_CloudTrail_${region}_${stamp}_${unique}.json.gz`;
    const body = gzipSync(
      logFile(record(n, { eventTime: iso(delivered - 300_000), awsRegion: region, recipientAccountId: account })),
    );
    this.objects.set(key, { body, metadata: {} });
    this.logs.push(key);
    return key;
  }

  /** Adds a digest of an hour. @param previous the digest that it follows @returns its key */
  addDigest(start: number, logs: readonly string[], previous: string | undefined, changes: DigestChanges = {}): string {
    const { account, region, homeRegion, trail, prefix, organization, bucket } = this.options;
    const end = start + HOUR;
    const suffix = changes.isBackfill ? '_backfill' : '';
    const key = `${prefix}AWSLogs/${organization}${account}/CloudTrail-Digest/${region}/${dayOf(end)}/${account}_CloudTrail-Digest_${region}_${trail}_${homeRegion}_${compact(end)}${suffix}.json.gz`;
    const before = previous === undefined ? undefined : this.object(previous);
    this.sign(
      key,
      {
        awsAccountId: account,
        digestStartTime: iso(start),
        digestEndTime: iso(end),
        digestS3Bucket: bucket,
        digestS3Object: key,
        digestPublicKeyFingerprint: this.options.key.fingerprint,
        digestSignatureAlgorithm: 'SHA256withRSA',
        newestEventTime: logs.length === 0 ? null : iso(end - 600_000),
        oldestEventTime: logs.length === 0 ? null : iso(start),
        previousDigestS3Bucket: before ? bucket : null,
        previousDigestS3Object: previous ?? null,
        previousDigestHashValue: before ? sha256(gunzipSync(before.body)) : null,
        previousDigestHashAlgorithm: before ? 'SHA-256' : null,
        previousDigestSignature: before?.metadata['signature'] ?? null,
        logFiles: logs.map((log) => ({
          s3Bucket: bucket,
          s3Object: log,
          hashValue: sha256(gunzipSync(this.object(log).body)),
          hashAlgorithm: 'SHA-256',
          newestEventTime: iso(end - 600_000),
          oldestEventTime: iso(start),
        })),
        ...changes.fields,
      },
      changes.key ?? this.options.key,
    );
    if (changes.isBackfill) this.object(key).metadata['backfill-generation-timestamp'] = iso(end + 24 * HOUR);
    else this.digests.push(key);
    return key;
  }

  /** Stores a digest with its signature. */
  sign(key: string, digest: DigestFields, { privateKey }: SigningKey): void {
    const json = Buffer.from(JSON.stringify(digest));
    const toSign = [
      digest['digestEndTime'],
      `${String(digest['digestS3Bucket'])}/${String(digest['digestS3Object'])}`,
      sha256(json),
      digest['previousDigestSignature'] ?? 'null',
    ].join('\n');
    const signature = sign('RSA-SHA256', Buffer.from(toSign), privateKey).toString('hex');
    this.objects.set(key, { body: gzipSync(json), metadata: { signature, 'signature-algorithm': 'SHA256withRSA' } });
  }

  /** A digest's fields. */
  fieldsOf(key: string): DigestFields {
    return JSON.parse(gunzipSync(this.object(key).body).toString()) as DigestFields;
  }

  /** What a digest that follows this one says of it. */
  linkTo(i: number): { readonly sha256: string; readonly signature: string | undefined } {
    const { body, metadata } = this.object(this.digests[i] ?? '');
    return { sha256: sha256(gunzipSync(body)), signature: metadata['signature'] };
  }

  object(key: string): TrailObject {
    const object = this.objects.get(key);
    if (object === undefined) throw new Error(`there is no ${key}`);
    return object;
  }
}

type DigestFields = Readonly<Record<string, unknown>>;

interface DigestChanges {
  readonly isBackfill?: boolean;
  /** Instead of what they should be. */
  readonly fields?: DigestFields;
  readonly key?: SigningKey;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function iso(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** 20250303T120000Z */
function compact(time: number): string {
  return iso(time).replace(/[-:]/g, '');
}

function dayOf(time: number): string {
  return iso(time).slice(0, 10).replaceAll('-', '/');
}
