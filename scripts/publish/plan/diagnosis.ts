/** What stands between a report and its readers, each in one sentence with one command. Pure. */
import { partitionOf } from '#scripts/run/partition.js';
import type { PublishConfig } from '#scripts/run/config.js';
import type { BucketFacts } from './bucket-facts.js';
import { shellQuoted } from '#scripts/run/shell-quoted.js';

const OPEN_TO_POLICIES =
  'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=false,RestrictPublicBuckets=false';

/** Whose Block Public Access it is that refuses a policy or keeps visitors out; undefined where none does. */
export type BlockLevel = 'bucket' | 'account' | 'organization' | 'unknown';

/** The level that stands in the way of a public policy, as far as the settings tell; undefined where none does. */
export function blockLevelOf({ block, accountBlock }: BucketFacts): 'bucket' | 'account' | undefined {
  if (block !== 'unknown' && (block.refusesPolicies || block.restrictsBuckets)) return 'bucket';
  if (accountBlock !== 'unknown' && (accountBlock.refusesPolicies || accountBlock.restrictsBuckets)) return 'account';
  return undefined;
}

/** The level that refused although the settings were asked before: what they do not say must be the organization's. */
export function refusingLevelOf(facts: BucketFacts): BlockLevel {
  const level = blockLevelOf(facts);
  if (level !== undefined) return level;
  return facts.block === 'unknown' || facts.accountBlock === 'unknown' ? 'unknown' : 'organization';
}

/** Block Public Access keeps visitors out, and by what to let them in. */
export function blockedSentence(level: BlockLevel, { bucket, account = 'ACCOUNT' }: BucketFacts): string {
  const instead = 'share with --access cidr:ADDRESSES, presigned or private, which it lets through';
  switch (level) {
    case 'bucket':
      return `Block Public Access of the bucket "${bucket}" keeps strangers out, and this access needs them let in: ${instead}, or open the bucket with "aws s3api put-public-access-block --bucket ${bucket} --public-access-block-configuration ${OPEN_TO_POLICIES}".`;
    case 'account':
      return `Block Public Access of the account ${account} keeps strangers out of all its buckets, and this access needs them let in: ${instead}, or ask the account's owner for "aws s3control put-public-access-block --account-id ${account} --public-access-block-configuration ${OPEN_TO_POLICIES}".`;
    case 'organization':
      return `Block Public Access keeps strangers out by a policy of the organization, since neither the bucket "${bucket}" nor the account does: ${instead}, or ask the organization's owner to look at "aws organizations list-policies --filter S3_POLICY".`;
    case 'unknown':
      return `Block Public Access keeps strangers out, and these credentials may not see whether it is that of the bucket "${bucket}" or of the account: ${instead}, or look with "aws s3api get-public-access-block --bucket ${bucket}".`;
  }
}

/** Visitors who do not sign in cannot be shown what a KMS key encrypts. */
export function kmsVisitorsSentence(bucket: string): string {
  return `The bucket "${bucket}" encrypts with a KMS key, and S3 decrypts for nobody who does not sign in: share with --access presigned or private, or publish to a bucket with S3's own encryption (see "aws s3api get-bucket-encryption --bucket ${bucket}").`;
}

/** The policy of others already lets in more people than were asked for. */
export function alreadyOpenSentence(bucket: string, key: string, access: string): string {
  return `The policy of "${bucket}" already lets anyone read s3://${bucket}/${key}, so --access ${access} would promise too much: publish encrypted (--access encrypted), to another bucket, or mend the policy (see "aws s3api get-bucket-policy --bucket ${bucket} --output text").`;
}

/** We may not read the policy that would have to be changed. */
export function unseenPolicySentence(bucket: string, region: string): string {
  return `These credentials may not read the policy of "${bucket}", and one that cannot be read is not changed: allow s3:GetBucketPolicy on arn:${partitionOf(region)}:s3:::${bucket}, or share with --access presigned or private, which need no policy (see who you are with "aws sts get-caller-identity").`;
}

export function policyTooLargeSentence(bucket: string, bytes: number): string {
  return `The policy of "${bucket}" would have ${String(bytes)} bytes with the statement for this report, and S3 takes 20,480: name fewer addresses, keep fewer copies, or publish to another bucket (see "aws s3api get-bucket-policy --bucket ${bucket} --output text").`;
}

/** Somebody else has changed whom the policy lets read this report. */
export function policyChangedSentence(bucket: string): string {
  return `The policy of "${bucket}" was changed while this ran, and lets in others to this report than it did: repeat the command (see "aws s3api get-bucket-policy --bucket ${bucket} --output text").`;
}

/** Others change the policy again and again. */
export function contestedPolicySentence(bucket: string): string {
  return `The policy of "${bucket}" was changed by somebody else each time this run had changed it: repeat the command when they have finished (see "aws s3api get-bucket-policy --bucket ${bucket} --output text").`;
}

/** S3 calls the policy public, though the statement for this report is not. */
export function stillPublicSentence(bucket: string): string {
  return `S3 calls the policy of "${bucket}" public because of another statement in it: that one does not let anyone read this report, but see what it does with "aws s3api get-bucket-policy --bucket ${bucket} --output text".`;
}

/** Sentences about what holds, but should be known before anything is uploaded. */
export function cautionSentences(
  facts: BucketFacts,
  { prefix, access, deleteOldVersions }: Pick<PublishConfig, 'prefix' | 'access' | 'deleteOldVersions'>,
): string[] {
  const { bucket, keepsVersions, lock, endpoint } = facts;
  const cautions: string[] = [];
  const inner = access.kind === 'cidr' && endpoint === undefined ? access.ranges.filter(isPrivateRange) : [];
  if (inner.length > 0) {
    cautions.push(
      `S3 sees the address that a network shows to the internet, never a private one such as ${inner.join(', ')}: name that address (see yours with "curl https://checkip.amazonaws.com"), or share with --access vpce:ID.`,
    );
  }
  if (keepsVersions === true) {
    cautions.push(
      deleteOldVersions
        ? `The bucket "${bucket}" keeps versions: those of earlier reports here are deleted after the upload.`
        : `The bucket "${bucket}" keeps versions, so earlier reports stay readable to whoever may s3:GetObjectVersion: --delete-old-versions deletes those of this report (see them with "aws s3api list-object-versions --bucket ${bucket} --prefix ${shellQuoted(prefix)}").`,
    );
  }
  if (lock !== undefined) {
    cautions.push(
      `Object Lock (${lock}) keeps what is uploaded to "${bucket}" from being deleted until then, by unpublish too: take another bucket if that is not meant (see "aws s3api get-object-lock-configuration --bucket ${bucket}").`,
    );
  }
  return cautions;
}

/** Why the HTTPS address of a bucket whose name has dots is another one. */
export function dotsSentence(bucket: string): string {
  return `The name "${bucket}" has dots, which S3's certificate does not cover as part of a host name, so the HTTPS address names the bucket in its path (try it with "curl -I ADDRESS").`;
}

/** A public statement of somebody else's stands in the way of ours. */
export function othersPublicSentence(bucket: string): string {
  return `The policy of "${bucket}" has a public statement of somebody else's, and Block Public Access then keeps all visitors out, yours too: publish to another bucket, or have that statement limited (see "aws s3api get-bucket-policy --bucket ${bucket} --output text").`;
}

/** Ranges that are never seen on the internet: RFC 1918, RFC 6598, RFC 4193. */
function isPrivateRange(range: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:)/.test(
    range,
  );
}
