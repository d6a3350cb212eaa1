/** The reasons why a report is not published, each as a sentence with what to do. Pure. */
import { COMMAND } from '#scripts/run/installation.js';
import { ownWords, type S3Failure } from '#scripts/aws/failure.js';
import { partitionOf } from '#scripts/run/partition.js';
import { shellQuoted } from '#scripts/run/shell-quoted.js';

/** What was being done: the permission that it needs, and the resource. */
export interface Attempt {
  readonly action:
    | 's3:ListBucket'
    | 's3:GetObject'
    | 's3:PutObject'
    | 's3:DeleteObject'
    | 's3:ListBucketVersions'
    | 's3:DeleteObjectVersion'
    | 's3:GetBucketWebsite'
    | 's3:PutBucketWebsite'
    | 's3:DeleteBucketWebsite'
    | 's3:GetBucketPolicy'
    | 's3:PutBucketPolicy'
    | 's3:DeleteBucketPolicy';
  readonly bucket: string;
  /** Absent for operations on the bucket. */
  readonly key?: string;
}

/** The sentence for a refusal that concerns publishing, not the connection. */
export function refusalSentence(failure: S3Failure, attempt: Attempt, region: string | undefined): string {
  const { kind, detail } = failure;
  const { action, bucket, key } = attempt;
  const resource = `arn:${partitionOf(region)}:s3:::${bucket}${key === undefined ? '' : `/${key}`}`;
  switch (kind) {
    case 'denied':
      if (/kms/i.test(detail)) {
        return `S3 may not use the KMS key that encrypts "${bucket}". Allow kms:GenerateDataKey and kms:Decrypt on it for these credentials (which key: "aws s3api get-bucket-encryption --bucket ${bucket}").`;
      }
      if (/object.?lock|worm/i.test(detail)) return lockedSentence(bucket, key ?? '');
      if (action === 's3:PutBucketWebsite') {
        return `The report is in s3://${bucket}/, but the bucket is not a website, and these credentials may not turn website hosting on. Allow s3:PutBucketWebsite on ${resource}, or turn on static website hosting with index document index.html in the bucket's properties.`;
      }
      return (
        ownWords(`S3 refuses ${action} on ${resource}`, failure) ??
        `S3 refuses ${action} on ${resource}. Allow it for these credentials, or choose others with --profile (their identity: "aws sts get-caller-identity").`
      );
    case 'block-public-access':
      return `Block Public Access refuses ${action} on ${resource}. Share with --access cidr:ADDRESSES, presigned or private, which it allows, or check its settings with "aws s3api get-public-access-block --bucket ${bucket}".`;
    case 'acls-disabled':
      return `The bucket "${bucket}" has ACLs disabled and refuses an upload with an ACL. Culprit sends none: remove what adds it (a proxy or gateway), or check "aws s3api get-bucket-ownership-controls --bucket ${bucket}".`;
    case 'changed-meanwhile':
      return `Something else is writing s3://${bucket}/${key ?? ''} at the same time. Repeat the command when it has finished.`;
    default:
      return `S3 failed at ${action} on ${resource} (${detail || kind}). Try again, with --debug for details.`;
  }
}

/** Object Lock keeps the object. */
function lockedSentence(bucket: string, key: string): string {
  return `Object Lock keeps s3://${bucket}/${key} from being deleted or overwritten. Wait until its retention ends (when: "aws s3api get-object-retention --bucket ${bucket} --key ${shellQuoted(key)}"), or publish to another bucket.`;
}

/** The report would replace a page that someone else wrote. */
export function foreignObjectSentence(bucket: string, key: string): string {
  return `s3://${bucket}/${key} was not written by Culprit. Publish to another prefix, or overwrite it with --force.`;
}

/** There is a page, and these credentials cannot see who wrote it. */
export function unseenObjectSentence(bucket: string, key: string, region: string): string {
  return `s3://${bucket}/${key} exists, and these credentials may not see whether Culprit wrote it. Allow s3:GetObject on arn:${partitionOf(region)}:s3:::${bucket}/${key}, publish to another prefix, or overwrite it with --force.`;
}

/** The uploaded object has a different content than what was sent. */
export function notAsSentSentence(bucket: string, key: string): string {
  return `The object at s3://${bucket}/${key} differs from what was uploaded (length or checksum). Repeat the command.`;
}

/** The object was uploaded, but these credentials may not read it. */
export function unreadObjectSentence(bucket: string, key: string): string {
  return `The upload of s3://${bucket}/${key} could not be checked, because these credentials may not read it (s3:GetObject).`;
}

/**
 * A copy of an earlier report would get other readers than it was made for.
 * @param access as in the object's metadata, which anyone who may write into the bucket may have written
 */
export function otherAccessSentence(place: string, access = ''): string {
  const how = /^[a-z]+(?::[\w.:/,-]+)?$/.test(access) ? `with --access ${access}` : 'in another way';
  return `${place} was published ${how}, and --access applies to all copies. Publish to another prefix, or unpublish the earlier reports first (${COMMAND} unpublish).`;
}

/** Another run has put its report there meanwhile. */
export function replacedSentence(place: string): string {
  return `Another run of Culprit published to ${place} at the same time, and its report is there now. Repeat the command when it has finished.`;
}

/** The objects found before giving access are not for the new readers. */
export function otherReadersSentence(place: string): string {
  return `${place} was replaced during this run by something that was not published for these readers, so they got no access. Repeat the command when the other run has finished.`;
}
