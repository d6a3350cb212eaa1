/** Addresses in S3, s3://BUCKET[/KEY]: pure, and free of the AWS SDK, so that every command line can be read by it. */

/** S3's rules for names, with the capitals and underscores that the oldest buckets have, and access point aliases. */
const BUCKET = /^[a-z0-9][a-z0-9._-]{0,254}$/i;

export interface BucketPath {
  readonly bucket: string;
  /** What follows the bucket and its slash, as written; '' for the whole bucket. */
  readonly key: string;
}

/** The parts of s3://bucket[/key]; undefined if `text` is no such address. */
export function parseS3(text: string): BucketPath | undefined {
  const match = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(text);
  const bucket = match?.[1];
  return bucket === undefined || !BUCKET.test(bucket) ? undefined : { bucket, key: match?.[2] ?? '' };
}
