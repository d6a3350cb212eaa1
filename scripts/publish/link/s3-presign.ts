/** Presigned links: they open a private object without signing in, until they expire. */
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { LinkLife } from '../plan/readers.js';

/** A presigned link. It is signed locally, without a request to S3. */
export async function presignedLink(client: S3Client, bucket: string, key: string, seconds: number): Promise<string> {
  return getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: seconds });
}

/**
 * How long a link that is signed now works: never longer than the temporary credentials that sign it.
 * Source: Amazon S3 user guide, "Download and upload objects with presigned URLs".
 */
export async function linkLife(client: S3Client, seconds: number, now: number): Promise<LinkLife> {
  const { sessionToken, expiration } = await client.config.credentials();
  const end = now + seconds * 1000;
  if (sessionToken === undefined) return { until: minute(end), endsWithCredentials: false };
  if (expiration === undefined) return { until: undefined, endsWithCredentials: true };
  const isShorter = expiration.getTime() < end;
  return { until: minute(isShorter ? expiration.getTime() : end), endsWithCredentials: isShorter };
}

/** `2026-11-24 10:00 UTC` */
function minute(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
