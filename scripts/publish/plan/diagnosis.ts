/** Explains what prevents readers from reading a report: one sentence and one command for each cause. Pure. */
import { partitionOf } from '#scripts/run/partition.js';
import type { PublishConfig } from '#scripts/run/config.js';
import type { BucketFacts } from './bucket-facts.js';
import { shellQuoted } from '#scripts/run/shell-quoted.js';

const OPEN_TO_POLICIES =
  'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=false,RestrictPublicBuckets=false';

/** Whose Block Public Access rejects a policy or keeps readers out; undefined if none does. */
type BlockLevel = 'bucket' | 'account' | 'organization' | 'unknown';

/** The level that blocks a public policy, as far as the settings are known; undefined if none does. */
export function blockLevelOf({ block, accountBlock }: BucketFacts): 'bucket' | 'account' | undefined {
  if (block !== 'unknown' && (block.refusesPolicies || block.restrictsBuckets)) return 'bucket';
  if (accountBlock !== 'unknown' && (accountBlock.refusesPolicies || accountBlock.restrictsBuckets)) return 'account';
  return undefined;
}

/** The level that rejected a policy although known settings allow it: then it must be the organization's. */
export function refusingLevelOf(facts: BucketFacts): BlockLevel {
  const level = blockLevelOf(facts);
  if (level !== undefined) return level;
  return facts.block === 'unknown' || facts.accountBlock === 'unknown' ? 'unknown' : 'organization';
}

/** Block Public Access keeps readers out; says how to let them in. */
export function blockedSentence(level: BlockLevel, { bucket, account = 'ACCOUNT' }: BucketFacts): string {
  const instead = 'Share with --access cidr:ADDRESSES, presigned or private, which it allows';
  switch (level) {
    case 'bucket':
      return `Block Public Access of the bucket "${bucket}" blocks anonymous visitors, but this access needs them. ${instead}, or open the bucket with "aws s3api put-public-access-block --bucket ${bucket} --public-access-block-configuration ${OPEN_TO_POLICIES}".`;
    case 'account':
      return `Block Public Access of the account ${account} blocks anonymous visitors of all its buckets, but this access needs them. ${instead}, or ask the account's owner to run "aws s3control put-public-access-block --account-id ${account} --public-access-block-configuration ${OPEN_TO_POLICIES}".`;
    case 'organization':
      return `A policy of the organization blocks anonymous visitors (neither the bucket "${bucket}" nor the account does). ${instead}, or ask the organization's owner to check "aws organizations list-policies --filter S3_POLICY".`;
    case 'unknown':
      return `Block Public Access blocks anonymous visitors, but these credentials may not see whether that is a setting of the bucket "${bucket}" or of the account. ${instead}, or check with "aws s3api get-public-access-block --bucket ${bucket}".`;
  }
}

/** Anonymous readers cannot read objects encrypted with a KMS key. */
export function kmsVisitorsSentence(bucket: string): string {
  return `The bucket "${bucket}" encrypts with a KMS key, and S3 does not decrypt for anonymous visitors. Share with --access presigned or private, or publish to a bucket with S3's own encryption (see "aws s3api get-bucket-encryption --bucket ${bucket}").`;
}

/** Statements of others already let in more readers than requested. */
export function alreadyOpenSentence(bucket: string, key: string, access: string): string {
  return `The policy of "${bucket}" already lets anyone read s3://${bucket}/${key}, so --access ${access} would not limit the readers. Publish encrypted (--access encrypted) or to another bucket, or fix the policy (see "aws s3api get-bucket-policy --bucket ${bucket} --output text").`;
}

/** The policy that must be changed cannot be read. */
export function unseenPolicySentence(bucket: string, region: string): string {
  return `These credentials may not read the policy of "${bucket}", so Culprit does not change it. Allow s3:GetBucketPolicy on arn:${partitionOf(region)}:s3:::${bucket}, or share with --access presigned or private, which need no policy (your identity: "aws sts get-caller-identity").`;
}

export function policyTooLargeSentence(bucket: string, bytes: number): string {
  return `The policy of "${bucket}" would have ${String(bytes)} bytes with the statement for this report; the limit of S3 is 20,480. Name fewer addresses, keep fewer copies, or publish to another bucket (see "aws s3api get-bucket-policy --bucket ${bucket} --output text").`;
}

/** The readers of this report were changed in the policy meanwhile. */
export function policyChangedSentence(bucket: string): string {
  return `The policy of "${bucket}" changed during this run, and now gives other readers access to this report. Repeat the command (see "aws s3api get-bucket-policy --bucket ${bucket} --output text").`;
}

/** The policy keeps being changed by others. */
export function contestedPolicySentence(bucket: string): string {
  return `The policy of "${bucket}" was changed by someone else each time after this run changed it. Repeat the command when they have finished (see "aws s3api get-bucket-policy --bucket ${bucket} --output text").`;
}

/** S3 classifies the policy as public, although the statement for this report is not. */
export function stillPublicSentence(bucket: string): string {
  return `S3 treats the policy of "${bucket}" as public because of another statement in it. That statement does not let anyone read this report; check what it allows with "aws s3api get-bucket-policy --bucket ${bucket} --output text".`;
}

/** Sentences about things that are allowed, but that the user should know before the upload. */
export function cautionSentences(
  facts: BucketFacts,
  { prefix, access, deleteOldVersions }: Pick<PublishConfig, 'prefix' | 'access' | 'deleteOldVersions'>,
): string[] {
  const { bucket, keepsVersions, lock, endpoint } = facts;
  const cautions: string[] = [];
  const inner = access.kind === 'cidr' && endpoint === undefined ? access.ranges.filter(isPrivateRange) : [];
  if (inner.length > 0) {
    cautions.push(
      `S3 sees the public address of a network, never a private one such as ${inner.join(', ')}. Use the public address (yours: "curl https://checkip.amazonaws.com"), or share with --access vpce:ID.`,
    );
  }
  if (keepsVersions === true) {
    cautions.push(
      deleteOldVersions
        ? `The bucket "${bucket}" has versioning on. The versions of earlier reports here are deleted after the upload.`
        : `The bucket "${bucket}" has versioning on, so earlier reports stay readable for everyone with s3:GetObjectVersion. --delete-old-versions deletes the old versions of this report (list them with "aws s3api list-object-versions --bucket ${bucket} --prefix ${shellQuoted(prefix)}").`,
    );
  }
  if (lock !== undefined) {
    cautions.push(
      `Object Lock (${lock}) prevents the deletion of uploads to "${bucket}" until then, also by unpublish. Use another bucket if you do not want that (see "aws s3api get-object-lock-configuration --bucket ${bucket}").`,
    );
  }
  return cautions;
}

/** Why a bucket whose name contains dots has a different HTTPS address. */
export function dotsSentence(bucket: string): string {
  return `The HTTPS address has the bucket "${bucket}" in its path, because the certificate of S3 does not cover host names with dots (test it with "curl -I ADDRESS").`;
}

/** A public statement of others prevents a change of the policy. */
export function othersPublicSentence(bucket: string): string {
  return `The policy of "${bucket}" has a public statement from someone else, and Block Public Access then blocks all anonymous visitors. Publish to another bucket, or have that statement limited (see "aws s3api get-bucket-policy --bucket ${bucket} --output text").`;
}

/** Address ranges that never appear on the internet: RFC 1918, RFC 6598, RFC 4193. */
function isPrivateRange(range: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:)/.test(
    range,
  );
}
