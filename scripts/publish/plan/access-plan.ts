/** Plans what an access changes on a bucket: which policy statement, and whether the bucket becomes a website. Pure. */
import type { Access } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import {
  MOST_POLICY_BYTES,
  narrowed,
  objectArn,
  ownStatement,
  policyWith,
  sameStatement,
  saysMadeWebsite,
  sidOf,
  statementFor,
  visitorsOf,
  websiteSidOf,
  type OwnStatement,
} from './access-policy.js';
import type { BucketFacts } from './bucket-facts.js';
import {
  alreadyOpenSentence,
  blockedSentence,
  blockLevelOf,
  kmsVisitorsSentence,
  othersPublicSentence,
  policyTooLargeSentence,
  unseenPolicySentence,
} from './diagnosis.js';
import { INDEX_DOCUMENT } from './plan.js';
import type { PolicyStatement } from './policy-text.js';

export interface PolicyChange {
  /** Undefined if the bucket has no policy. */
  readonly before: string | undefined;
  /** Undefined if the policy is deleted because no statement remains. */
  readonly after: string | undefined;
  readonly removed: PolicyStatement | undefined;
  readonly added: PolicyStatement | undefined;
}

export interface AccessPlan {
  /** Undefined if the policy does not change. */
  readonly policy: PolicyChange | undefined;
  /** The existing statement for this report. */
  readonly own: OwnStatement | undefined;
  /** What remains of it during the upload: only readers of both the old report and the new one keep access. */
  readonly meanwhile: OwnStatement | undefined;
  /** The statement after publishing. */
  readonly wanted: OwnStatement | undefined;
  readonly makesWebsite: boolean;
  /** Who may read the page through the statements of others. */
  readonly others: 'everyone' | 'some' | 'nobody' | 'unknown';
}

/**
 * Throws a `CulpritError` of kind `publish` if the bucket does not allow this access.
 * @param keys the keys that the readers may read, the page first
 */
export function planAccess(facts: BucketFacts, access: Access, prefix: string, keys: readonly string[]): AccessPlan {
  const { bucket, policy, website } = facts;
  const isWebsite = access.kind === 'encrypted' || access.kind === 'public';
  const own = typeof policy === 'object' ? ownStatement(policy.text, prefix) : undefined;
  const makesWebsite = isWebsite && website === 'none';
  const page = keys[0] ?? prefix + INDEX_DOCUMENT;
  const others =
    policy === 'none'
      ? 'nobody'
      : policy === 'unknown'
        ? 'unknown'
        : visitorsOf(policy.text, objectArn(facts.region, bucket, page), sidOf(prefix));
  const madeWebsite = makesWebsite || (website !== 'none' && own !== undefined && saysMadeWebsite(own));
  const sid = madeWebsite ? websiteSidOf(prefix) : sidOf(prefix);
  const wanted = neededStatement(facts, access, sid, keys, others);
  if (access.kind !== 'private' && access.kind !== 'presigned' && facts.usesKms === true) {
    throw new CulpritError('publish', kmsVisitorsSentence(bucket));
  }
  refuseMisleadingAccess(facts, access, own, page, others);
  const change = policyChange(facts, prefix, own, wanted);
  const level = blockLevelOf(facts);
  // Needed without a change too: Block Public Access keeps anonymous readers out of a bucket whose policy is public.
  if (isWebsite && level !== undefined && (wanted !== undefined || others === 'everyone')) {
    throw new CulpritError('publish', blockedSentence(level, facts));
  }
  return { policy: change, own, meanwhile: narrowed(own, access), wanted, makesWebsite, others };
}

/** The statement that the policy must contain; undefined for none. */
function neededStatement(
  facts: BucketFacts,
  access: Access,
  sid: string,
  keys: readonly string[],
  others: AccessPlan['others'],
): OwnStatement | undefined {
  // An encrypted page may be downloaded by everyone whom other statements let in; no further statement is needed.
  if (access.kind === 'encrypted' && others !== 'nobody') return undefined;
  if (access.kind === 'public' && others === 'everyone') return undefined;
  const resources = keys.map((key) => objectArn(facts.region, facts.bucket, key));
  const statement = statementFor(access, sid, resources);
  if (statement !== undefined && facts.policy === 'unknown') {
    throw new CulpritError('publish', unseenPolicySentence(facts.bucket, facts.region));
  }
  return statement;
}

function refuseMisleadingAccess(
  facts: BucketFacts,
  access: Access,
  own: PolicyStatement | undefined,
  page: string,
  others: AccessPlan['others'],
): void {
  if (access.kind === 'encrypted' || access.kind === 'public') return;
  const { bucket, policyStatus, block } = facts;
  const isRestricted = block !== 'unknown' && block.restrictsBuckets;
  const isOpen = others === 'everyone' || (others === 'unknown' && policyStatus === 'public');
  if (isOpen && !isRestricted) {
    throw new CulpritError('publish', alreadyOpenSentence(bucket, page, access.kind));
  }
  // If a statement of others makes the policy public, it cannot be changed, and anonymous readers get no access.
  const needsPolicy = access.kind !== 'private' && access.kind !== 'presigned';
  const isBlocked = blockLevelOf(facts) !== undefined;
  const isOwnPublic = own !== undefined && own.Condition === undefined;
  const isPublicByOthers = others === 'everyone' || (policyStatus === 'public' && !isOwnPublic);
  if (needsPolicy && isBlocked && isPublicByOthers) throw new CulpritError('publish', othersPublicSentence(bucket));
}

function policyChange(
  { bucket, policy }: BucketFacts,
  prefix: string,
  own: PolicyStatement | undefined,
  wanted: OwnStatement | undefined,
): PolicyChange | undefined {
  if (policy === 'unknown' || own === wanted) return undefined;
  if (own !== undefined && wanted !== undefined && sameStatement(own, wanted)) return undefined;
  const before = policy === 'none' ? undefined : policy.text;
  const after = policyWith(before, prefix, wanted);
  refuseTooLarge(bucket, after);
  return { before, after, removed: own, added: wanted };
}

/** Throws if the policy would be larger than S3 allows. */
export function refuseTooLarge(bucket: string, policy = ''): void {
  const bytes = new TextEncoder().encode(policy).length;
  if (bytes > MOST_POLICY_BYTES) throw new CulpritError('publish', policyTooLargeSentence(bucket, bytes));
}

/** Lines that show the change: `+` before added text, `-` before removed text. */
export function differenceLines({ removed, added }: PolicyChange): string[] {
  const marked = (mark: string, statement: PolicyStatement | undefined): string[] =>
    statement === undefined
      ? []
      : JSON.stringify(statement, undefined, 2)
          .split('\n')
          .map((line) => `${mark} ${line}`);
  return [...marked('-', removed), ...marked('+', added)];
}
