/** The address of an object at S3 itself, which has HTTPS and needs no website. Pure. */
import { hostSuffixOf } from '#scripts/run/partition.js';

interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  /** The S3 that is not AWS's own. */
  readonly endpoint: URL | undefined;
}

/**
 * The bucket is part of the host name, but where its name has dots: S3's certificate is for *.s3.REGION, and a star
 * stands for one label. Another S3 is asked by path, which every S3 understands.
 */
export function restLink({ bucket, key, region, endpoint }: ObjectPlace): string {
  const path = key.split('/').map(encodeURIComponent).join('/');
  if (endpoint !== undefined) return `${endpoint.href.replace(/\/$/, '')}/${bucket}/${path}`;
  const host = regionalHost(region);
  return hasDots(bucket) ? `https://${host}/${bucket}/${path}` : `https://${bucket}.${host}/${path}`;
}

/** `s3.eu-west-1.amazonaws.com` */
export function regionalHost(region: string): string {
  return `s3.${region}.${hostSuffixOf(region)}`;
}

export function hasDots(bucket: string): boolean {
  return bucket.includes('.');
}
