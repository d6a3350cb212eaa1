/** A bucket's website settings: reads them, creates them, and says what they mean for the link. */
import { GetBucketWebsiteCommand, PutBucketWebsiteCommand, type S3Client } from '@aws-sdk/client-s3';
import { failureOf } from '#scripts/aws/failure.js';
import type { Website } from '../plan/bucket-facts.js';
import { INDEX_DOCUMENT } from '../plan/plan.js';

/** The bucket's website settings. Throws the SDK's error, unless only this one permission is missing. */
export async function readWebsite(client: S3Client, bucket: string): Promise<Website> {
  try {
    const website = await client.send(new GetBucketWebsiteCommand({ Bucket: bucket }));
    return {
      indexDocument: website.IndexDocument?.Suffix,
      redirectsTo: website.RedirectAllRequestsTo?.HostName,
      isOnlyIndex:
        website.ErrorDocument === undefined &&
        website.RedirectAllRequestsTo === undefined &&
        (website.RoutingRules ?? []).length === 0,
    };
  } catch (error) {
    if ((error as Error).name === 'NoSuchWebsiteConfiguration') return 'none';
    if (failureOf(error).kind === 'denied') return 'unknown';
    throw error;
  }
}

/** Turns static website hosting on. */
export async function makeWebsite(client: S3Client, bucket: string): Promise<void> {
  const WebsiteConfiguration = { IndexDocument: { Suffix: INDEX_DOCUMENT } };
  await client.send(new PutBucketWebsiteCommand({ Bucket: bucket, WebsiteConfiguration }));
}

/** The page that the website will show for a folder after publishing; undefined if unknown. */
export function indexDocumentOf(website: Website): string | undefined {
  if (website === 'none') return INDEX_DOCUMENT;
  return website === 'unknown' ? undefined : website.indexDocument;
}
