/** What an access needs of a bucket: which statement of its policy changes, whether it becomes a website. Pure. */
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
  /** Undefined where the bucket has none. */
  readonly before: string | undefined;
  /** Undefined where it is deleted, because no statement is left. */
  readonly after: string | undefined;
  readonly removed: PolicyStatement | undefined;
  readonly added: PolicyStatement | undefined;
}

export interface AccessPlan {
  /** Undefined where the policy stays as it is. */
  readonly policy: PolicyChange | undefined;
  /** The statement for this report that was there. */
  readonly own: OwnStatement | undefined;
  /** What is left of it while files are uploaded: for those alone who may read the old report and the new one. */
  readonly meanwhile: OwnStatement | undefined;
  /** The statement that is there in the end. */
  readonly wanted: OwnStatement | undefined;
  readonly makesWebsite: boolean;
  /** Whom statements of others let read the page. */
  readonly others: 'everyone' | 'some' | 'nobody' | 'unknown';
}

/**
 * @param keys what the readers are to read: the page first
 * Throws a `CulpritError` of kind `publish` where the bucket does not allow what is asked for.
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
  refuseWhatPromisesTooMuch(facts, access, own, page, others);
  const change = policyChange(facts, prefix, own, wanted);
  const level = blockLevelOf(facts);
  // Without a change too: visitors are kept out of a bucket whose policy is public.
  if (isWebsite && level !== undefined && (wanted !== undefined || others === 'everyone')) {
    throw new CulpritError('publish', blockedSentence(level, facts));
  }
  return { policy: change, own, meanwhile: narrowed(own, access), wanted, makesWebsite, others };
}

/** The statement that has to be in the policy; undefined for none. */
function neededStatement(
  facts: BucketFacts,
  access: Access,
  sid: string,
  keys: readonly string[],
  others: AccessPlan['others'],
): OwnStatement | undefined {
  // Whom the policy of others lets in may download an encrypted page; nobody else has to.
  if (access.kind === 'encrypted' && others !== 'nobody') return undefined;
  if (access.kind === 'public' && others === 'everyone') return undefined;
  const resources = keys.map((key) => objectArn(facts.region, facts.bucket, key));
  const statement = statementFor(access, sid, resources);
  if (statement !== undefined && facts.policy === 'unknown') {
    throw new CulpritError('publish', unseenPolicySentence(facts.bucket, facts.region));
  }
  return statement;
}

function refuseWhatPromisesTooMuch(
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
  // A policy that is public by somebody else's statement takes no change, and lets in no visitor of ours.
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

/** Throws where S3 would refuse the policy for its size. */
export function refuseTooLarge(bucket: string, policy = ''): void {
  const bytes = new TextEncoder().encode(policy).length;
  if (bytes > MOST_POLICY_BYTES) throw new CulpritError('publish', policyTooLargeSentence(bucket, bytes));
}

/** Lines that show the change, `+` and `-` before what is added and taken out. */
export function differenceLines({ removed, added }: PolicyChange): string[] {
  const marked = (mark: string, statement: PolicyStatement | undefined): string[] =>
    statement === undefined
      ? []
      : JSON.stringify(statement, undefined, 2)
          .split('\n')
          .map((line) => `${mark} ${line}`);
  return [...marked('-', removed), ...marked('+', added)];
}
