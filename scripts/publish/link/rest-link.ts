/** The address of an object at S3's REST endpoint, which supports HTTPS and needs no website. Pure. */
import { hostSuffixOf } from '#scripts/run/partition.js';

interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  /** The endpoint if the S3 is not AWS; undefined for AWS. */
  readonly endpoint: URL | undefined;
}

/**
 * The bucket is part of the host name, unless its name contains dots: S3's certificate is for *.s3.REGION, and a
 * wildcard covers one label only. Other S3 services get a path-style address, which all of them support.
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
