/** Asks S3 who can read what lies in a bucket. */
import { GetBucketPolicyStatusCommand, GetPublicAccessBlockCommand, type S3Client } from '@aws-sdk/client-s3';
import type { BucketExposure } from './readers.js';

/** The bucket's exposure by its own settings. What may not be asked is `unknown`; never throws for that. */
export async function exposureOf(client: S3Client, bucket: string): Promise<BucketExposure> {
  const [policy, block] = await Promise.all([policyOf(client, bucket), blockOf(client, bucket)]);
  return { policy, ...block };
}

async function policyOf(client: S3Client, bucket: string): Promise<BucketExposure['policy']> {
  try {
    const { PolicyStatus } = await client.send(new GetBucketPolicyStatusCommand({ Bucket: bucket }));
    if (PolicyStatus?.IsPublic === undefined) return 'unknown';
    return PolicyStatus.IsPublic ? 'public' : 'not-public';
  } catch (error) {
    return (error as Error).name === 'NoSuchBucketPolicy' ? 'none' : 'unknown';
  }
}

type Block = Pick<BucketExposure, 'blocksPublicPolicy' | 'restrictsPublicBuckets'>;

async function blockOf(client: S3Client, bucket: string): Promise<Block> {
  try {
    const { PublicAccessBlockConfiguration: block } = await client.send(
      new GetPublicAccessBlockCommand({ Bucket: bucket }),
    );
    return {
      blocksPublicPolicy: block?.BlockPublicPolicy ?? false,
      restrictsPublicBuckets: block?.RestrictPublicBuckets ?? false,
    };
  } catch (error) {
    const off = (error as Error).name === 'NoSuchPublicAccessBlockConfiguration';
    return { blocksPublicPolicy: off ? false : 'unknown', restrictsPublicBuckets: off ? false : 'unknown' };
  }
}
