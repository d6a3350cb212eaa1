/**
 * Checks a chain of digests: the digests of one account, region and trail, each of which refers to the previous one.
 * Backfill digests, which list late logs, form a chain of their own. Pure.
 */
import type { FindingCode, TAMPERING } from '#shared/model/verification.js';
import { parseDigest, type DigestDocument } from './digest-document.js';
import { isSignedBy, type KeyRing } from './signature.js';
import { addressIn, baseName, copyId, fileId, type DigestName } from './trail-names.js';

/** A digest as found. */
export interface FoundDigest {
  /** The name shown to the user; `s3://BUCKET/KEY` if it is in S3. */
  readonly name: string;
  readonly parsedName: DigestName;
  readonly stored: Uint8Array;
  /** The object's S3 metadata: `signature`, `signature-algorithm`, `backfill-generation-timestamp`. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface CheckedDigest {
  readonly name: string;
  readonly parsedName: DigestName;
  readonly document: DigestDocument | undefined;
  /** `unproven`: no fault was found, but the signature or the key is missing. */
  readonly state: 'valid' | 'invalid' | 'unproven';
}

type Report = (code: FindingCode, name: string) => void;

interface ChainRules {
  readonly keys: KeyRing;
  /** Whether a digest at this address would have been found. */
  readonly isExpected: (bucket: string, key: string) => boolean;
  readonly report: Report;
}

const HOUR = 3_600_000;
/** A digest covers about an hour, some a little more. */
const LONG = 1.5 * HOUR;
const ALGORITHM = 'SHA256withRSA';

/** Checks each digest of a chain by itself and against the next one; returns them oldest first. */
export function checkChain(digests: readonly FoundDigest[], rules: ChainRules): CheckedDigest[] {
  const newestFirst = [...digests].sort((a, b) => b.parsedName.end - a.parsedName.end || (a.name < b.name ? -1 : 1));
  /** Digests by the id of the previous digest that they name. */
  const followers = new Map<string, CheckedDigest & { readonly document: DigestDocument }>();
  const checked: CheckedDigest[] = [];
  for (const digest of newestFirst) {
    const follower = followers.get(fileId(digest.name));
    const of = checkDigest(digest, follower, rules);
    checked.push(of);
    const { document } = of;
    if (document?.previous !== undefined && of.state !== 'invalid') {
      followers.set(idNear(digest.name, document.previous), { ...of, document });
    }
  }
  reportMissing(checked, rules);
  return checked.reverse();
}

/** The id of a digest that another one names, in the same place: in S3, or in a folder of copies. */
function idNear(name: string, { bucket, key }: { readonly bucket: string; readonly key: string }): string {
  return addressIn(name) === undefined ? copyId(key) : `s3://${bucket}/${key}`;
}

function checkDigest(
  digest: FoundDigest,
  follower: (CheckedDigest & { readonly document: DigestDocument }) | undefined,
  { keys, report }: ChainRules,
): CheckedDigest {
  const { name, parsedName } = digest;
  const parsed = parseDigest(digest.stored);
  if (typeof parsed === 'string') {
    report(parsed, name);
    return { name, parsedName, document: undefined, state: 'invalid' };
  }
  // A copy may have lost its signature; the next digest also contains it.
  const isCopy = addressIn(name) === undefined;
  const signature = digest.metadata['signature'] ?? (isCopy ? follower?.document.previousSignature : undefined);
  const fault =
    faultOf(digest, parsed, isCopy) ?? signatureFault(parsed, signature ?? undefined, keys, parsedName.region, isCopy);
  const broken =
    fault === undefined || fault === 'digest-unproven' ? linkFault(parsed, signature, follower) : undefined;
  const code = broken ?? fault;
  if (code !== undefined) report(code, name);
  const state = code === undefined ? 'valid' : code === 'digest-unproven' ? 'unproven' : 'invalid';
  return { name, parsedName, document: parsed, state };
}

/** What is wrong with the digest itself, apart from its signature. */
function faultOf(
  { name, parsedName, metadata }: FoundDigest,
  { bucket, key, algorithm }: DigestDocument,
  isCopy: boolean,
): keyof typeof TAMPERING | undefined {
  const isAtHome = isCopy ? copyId(name) === copyId(key) : name === `s3://${bucket}/${key}`;
  if (!isAtHome) return 'digest-moved';
  const told = metadata['signature-algorithm'];
  if (!isCopy && (metadata['signature'] === undefined || told === undefined)) return 'digest-unsigned';
  if (!isCopy && parsedName.isBackfill && metadata['backfill-generation-timestamp'] === undefined) {
    return 'digest-unsigned';
  }
  const names = [told, algorithm].filter((of) => of !== undefined);
  return names.every((of) => of === ALGORITHM) ? undefined : 'digest-algorithm';
}

function signatureFault(
  document: DigestDocument,
  signature: string | undefined,
  keys: KeyRing,
  region: string,
  isCopy: boolean,
): FindingCode | undefined {
  const key = keys.get(document.fingerprint);
  if (key === undefined) return keys.isKnown(region) ? 'digest-key' : 'digest-unproven';
  if (signature === undefined) return isCopy ? 'digest-unproven' : 'digest-unsigned';
  return isSignedBy(document, signature, key) ? undefined : 'digest-signature';
}

/** Whether the next digest refers to this one as it should. */
function linkFault(
  { sha256 }: DigestDocument,
  signature: string | null | undefined,
  follower: { readonly document: DigestDocument } | undefined,
): 'chain-hash' | 'chain-signature' | undefined {
  if (follower === undefined) return undefined;
  const { previous, previousSignature } = follower.document;
  if (previous?.hash !== undefined && previous.hash !== sha256) return 'chain-hash';
  const isOther = typeof signature === 'string' && previousSignature?.toLowerCase() !== signature.toLowerCase();
  return isOther ? 'chain-signature' : undefined;
}

/** Reports digests that are named but missing, time between digests that none covers, and chains that restart. */
function reportMissing(newestFirst: readonly CheckedDigest[], { isExpected, report }: ChainRules): void {
  const found = new Set(newestFirst.map(({ name }) => fileId(name)));
  const named = new Set<string>();
  newestFirst.forEach(({ name, parsedName, document, state }, i) => {
    if (document === undefined || state === 'invalid') return;
    const older = newestFirst.slice(i + 1).find((of) => of.parsedName.end < parsedName.end)?.parsedName;
    const { previous, start } = document;
    if (previous === undefined) {
      if (older !== undefined && older.end < start && !parsedName.isBackfill) {
        report('digests-gap', spanName(parsedName, older.end, start));
      }
      return;
    }
    const id = idNear(name, previous);
    if (found.has(id) || named.has(id) || !isExpected(previous.bucket, previous.key)) return;
    named.add(id);
    report('digest-missing', addressIn(name) === undefined ? baseName(previous.key) : id);
    if (older !== undefined && start - older.end > LONG && !parsedName.isBackfill) {
      report('digests-removed', spanName(parsedName, older.end, start));
    }
  });
}

/** A time range of a chain, for the user. */
export function spanName({ account, region, trail }: DigestName, from: number, to: number): string {
  return `${account} ${region} ${trail} ${isoTime(from)}/${isoTime(to)}`;
}

export function isoTime(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
