/**
 * Parses S3 addresses, s3://BUCKET[/KEY]. Pure, and does not load the AWS SDK, so that every command line can use it.
 */

/** S3's rules for bucket names, plus the capitals and underscores of the oldest buckets, and access point aliases. */
const BUCKET = /^[a-z0-9][a-z0-9._-]{0,254}$/i;

interface BucketPath {
  readonly bucket: string;
  /** The part after the bucket and its slash, as written; '' for the whole bucket. */
  readonly key: string;
}

/** The parts of s3://bucket[/key]; undefined if `text` is no such address. */
export function parseS3(text: string): BucketPath | undefined {
  const point = text.startsWith('s3://arn:') ? ACCESS_POINT.exec(text.slice('s3://'.length))?.[0] : undefined;
  if (point !== undefined) return { bucket: point, key: text.slice(`s3://${point}/`.length) };
  const match = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(text);
  const bucket = match?.[1];
  return bucket === undefined || !BUCKET.test(bucket) ? undefined : { bucket, key: match?.[2] ?? '' };
}

/** ARNs of access points, which can stand for a bucket. Source: Amazon S3 user guide, "Referencing access points". */
const ACCESS_POINT = /^arn:aws[a-z-]*:s3:[a-z0-9-]+:\d{12}:accesspoint[/:][a-z0-9-]+/;
const S3_HOST = /^(?:(.+)\.)?s3(?:-website)?(?:[.-](?:dualstack\.|fips\.)?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/;
const CONSOLE_HOST = /(?:^|\.)console\.(?:aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)$/;

/**
 * Converts AWS's other notations to `s3://BUCKET[/KEY]`: ARNs of buckets, objects and access points, URLs of the
 * console, of objects and of presigned links, and `s3a://`. Any other text is returned unchanged.
 */
export function asS3Address(text: string): string {
  const plain = text.trim().replace(/^s3[an]?:\/\//i, 's3://');
  const named = plain.replace(/^s3:\/\/(?=arn:)/, '');
  if (ACCESS_POINT.test(named)) return `s3://${named}`;
  const arn = /^arn:aws[a-z-]*:s3:::(.+)$/s.exec(named);
  if (arn !== null) return `s3://${arn[1]?.replace(/\/?\*$/, (end) => (end.startsWith('/') ? '/' : '')) ?? ''}`;
  if (plain.startsWith('s3://')) return plain;
  if (!/^https?:\/\//i.test(plain) || !URL.canParse(plain)) return text;
  const { hostname, pathname, searchParams } = new URL(plain);
  const path = decoded(pathname.slice(1));
  if (CONSOLE_HOST.test(hostname)) {
    const place = /^s3\/(?:buckets|object|upload)\/([^/]+)(?:\/(.*))?$/s.exec(path);
    return place === null ? text : `s3://${place[1] ?? ''}/${searchParams.get('prefix') ?? place[2] ?? ''}`;
  }
  const host = S3_HOST.exec(hostname);
  if (host === null) return text;
  return host[1] === undefined ? `s3://${path}` : `s3://${host[1]}/${path}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
