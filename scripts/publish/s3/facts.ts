/** Reads a bucket's settings. Changes nothing. */
import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { BucketConnection } from '#scripts/aws/client.js';
import type { BucketFacts, PublicAccessBlock, Website } from '../plan/bucket-facts.js';

type PolicyFacts = Pick<BucketFacts, 'policy' | 'policyStatus'>;

/** The bucket's settings. A setting that cannot be read is `unknown`, not an error. */
export async function factsOf(connection: BucketConnection, website: Website): Promise<BucketFacts> {
  const { client, bucket, region, endpoint } = connection;
  const [policy, block, usesKms, keepsVersions, lock] = await Promise.all([
    policyFacts(client, bucket),
    blockOf(client, bucket),
    usesKmsOf(client, bucket),
    keepsVersionsOf(client, bucket),
    lockOf(client, bucket),
  ]);
  const account = { accountBlock: 'unknown', account: undefined } as const;
  return { bucket, region, endpoint, website, ...policy, block, ...account, usesKms, keepsVersions, lock };
}

async function policyFacts(client: S3Client, bucket: string): Promise<PolicyFacts> {
  const [policy, policyStatus] = await Promise.all([policyOf(client, bucket), statusOf(client, bucket)]);
  return { policy: policyStatus === 'none' ? 'none' : policy, policyStatus: policy === 'none' ? 'none' : policyStatus };
}

/** The current policy. */
export async function policyOf(client: S3Client, bucket: string): Promise<BucketFacts['policy']> {
  try {
    const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    return Policy === undefined || Policy === '' ? 'none' : { text: Policy };
  } catch (error) {
    return nameOf(error) === 'NoSuchBucketPolicy' ? 'none' : 'unknown';
  }
}

/** S3's classification of the current policy. */
export async function statusOf(client: S3Client, bucket: string): Promise<BucketFacts['policyStatus']> {
  try {
    const { PolicyStatus } = await client.send(new GetBucketPolicyStatusCommand({ Bucket: bucket }));
    if (PolicyStatus?.IsPublic === undefined) return 'unknown';
    return PolicyStatus.IsPublic ? 'public' : 'not-public';
  } catch (error) {
    return nameOf(error) === 'NoSuchBucketPolicy' ? 'none' : 'unknown';
  }
}

async function blockOf(client: S3Client, bucket: string): Promise<PublicAccessBlock | 'unknown'> {
  try {
    const { PublicAccessBlockConfiguration: block } = await client.send(
      new GetPublicAccessBlockCommand({ Bucket: bucket }),
    );
    return {
      refusesPolicies: block?.BlockPublicPolicy ?? false,
      restrictsBuckets: block?.RestrictPublicBuckets ?? false,
    };
  } catch (error) {
    const isOff = nameOf(error) === 'NoSuchPublicAccessBlockConfiguration';
    return isOff ? { refusesPolicies: false, restrictsBuckets: false } : 'unknown';
  }
}

async function usesKmsOf(client: S3Client, bucket: string): Promise<boolean | 'unknown'> {
  try {
    const { ServerSideEncryptionConfiguration: encryption } = await client.send(
      new GetBucketEncryptionCommand({ Bucket: bucket }),
    );
    const algorithms = encryption?.Rules?.map((rule) => rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm) ?? [];
    return algorithms.some((algorithm) => algorithm?.startsWith('aws:kms') === true);
  } catch (error) {
    return nameOf(error) === 'ServerSideEncryptionConfigurationNotFoundError' ? false : 'unknown';
  }
}

/** If versioning is suspended, older versions still exist. */
export async function keepsVersionsOf(client: S3Client, bucket: string): Promise<boolean | 'unknown'> {
  try {
    return (await client.send(new GetBucketVersioningCommand({ Bucket: bucket }))).Status !== undefined;
  } catch {
    return 'unknown';
  }
}

/** Also undefined if it cannot be read. */
async function lockOf(client: S3Client, bucket: string): Promise<string | undefined> {
  try {
    const { ObjectLockConfiguration: lock } = await client.send(
      new GetObjectLockConfigurationCommand({ Bucket: bucket }),
    );
    const retention = lock?.Rule?.DefaultRetention;
    if (retention?.Mode === undefined) return undefined;
    const { Mode, Days, Years } = retention;
    return `${Mode}, ${Years === undefined ? `${String(Days)} days` : `${String(Years)} years`}`;
  } catch {
    return undefined;
  }
}

function nameOf(error: unknown): string {
  return (error as Error).name;
}
