/** Parses a stored digest: its content, and the data that is signed. Pure. */
import { proveStored, sha256 } from './file-proof.js';

/** The content of a digest (AWS CloudTrail user guide, "CloudTrail digest file structure"). */
export interface DigestDocument {
  readonly bucket: string;
  readonly key: string;
  /** When the listed logs were delivered, in ms since 1970 UTC; the end is exclusive. */
  readonly start: number;
  readonly end: number;
  /** `end` as written, because this text is signed. */
  readonly endText: string;
  readonly fingerprint: string;
  readonly algorithm: string | undefined;
  /** The previous digest; undefined if the chain starts here. */
  readonly previous: PreviousDigest | undefined;
  readonly previousSignature: string | null;
  readonly logs: readonly ListedLog[];
  /** Hexadecimal SHA-256 of the decompressed digest. */
  readonly sha256: string;
}

interface PreviousDigest {
  readonly bucket: string;
  readonly key: string;
  /** Hexadecimal SHA-256; undefined if the digest does not contain it. */
  readonly hash: string | undefined;
}

interface ListedLog {
  readonly bucket: string;
  readonly key: string;
  /** Hexadecimal SHA-256 of the decompressed log. */
  readonly hash: string;
}

type DigestFault = 'digest-damaged' | 'digest-trailing';

/** Digests are small; a file that decompresses to more than this is not a digest. */
const MOST_BYTES = 1 << 28;

/** The document, or why the file is not a digest. */
export function parseDigest(stored: Uint8Array): DigestDocument | DigestFault {
  const { proof, bytes } = proveStored(stored, MOST_BYTES);
  if (proof?.form === 'trailing') return 'digest-trailing';
  if (bytes === undefined) return 'digest-damaged';
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return 'digest-damaged';
  }
  return (typeof json === 'object' && json !== null && documentOf(json as Fields, bytes)) || 'digest-damaged';
}

type Fields = Readonly<Record<string, unknown>>;

function documentOf(fields: Fields, bytes: Uint8Array): DigestDocument | undefined {
  const [bucket, key, startText, endText, fingerprint] = [
    'digestS3Bucket',
    'digestS3Object',
    'digestStartTime',
    'digestEndTime',
    'digestPublicKeyFingerprint',
  ].map((name) => text(fields[name]));
  const previousSignature = fields['previousDigestSignature'];
  const isSigned = previousSignature === null || typeof previousSignature === 'string';
  const logs = logsOf(fields['logFiles']);
  if (bucket === undefined || key === undefined || fingerprint === undefined || !isSigned || logs === undefined) {
    return undefined;
  }
  const [start, end] = [Date.parse(startText ?? ''), Date.parse(endText ?? '')];
  if (endText === undefined || !(start <= end)) return undefined;
  return {
    bucket,
    key,
    start,
    end,
    endText,
    fingerprint,
    algorithm: text(fields['digestSignatureAlgorithm']),
    previous: previousOf(fields),
    previousSignature,
    logs,
    sha256: sha256(bytes),
  };
}

function previousOf(fields: Fields): PreviousDigest | undefined {
  const bucket = text(fields['previousDigestS3Bucket']);
  const key = text(fields['previousDigestS3Object']);
  if (bucket === undefined || key === undefined) return undefined;
  return { bucket, key, hash: text(fields['previousDigestHashValue'])?.toLowerCase() };
}

/** Undefined if an entry cannot be checked. */
function logsOf(list: unknown): readonly ListedLog[] | undefined {
  if (list === null || list === undefined) return [];
  if (!Array.isArray(list)) return undefined;
  const logs: ListedLog[] = [];
  for (const entry of list as unknown[]) {
    if (typeof entry !== 'object' || entry === null) return undefined;
    const { s3Bucket, s3Object, hashValue, hashAlgorithm } = entry as Fields;
    const [bucket, key, hash] = [text(s3Bucket), text(s3Object), text(hashValue)];
    if (bucket === undefined || key === undefined || hash === undefined || hashAlgorithm !== 'SHA-256')
      return undefined;
    logs.push({ bucket, key, hash: hash.toLowerCase() });
  }
  return logs;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
