/** The address of a bucket's static website. Pure. */
import { hostSuffixOf } from '#scripts/run/partition.js';

/**
 * Regions whose website host has a dash before the region; in all others it is a dot.
 * Source: "Amazon S3 website endpoints" in the AWS General Reference, and region-info of the AWS CDK.
 */
const DASH_REGIONS: ReadonlySet<string> = new Set([
  'us-east-1',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'sa-east-1',
  'us-gov-west-1',
]);

export interface WebsitePlace {
  readonly bucket: string;
  /** '' or a prefix that ends with '/'. */
  readonly prefix: string;
  readonly region: string;
  /** The endpoint if the S3 is not AWS; undefined for AWS. */
  readonly endpoint: URL | undefined;
  /** The page that the website shows for a folder; undefined if unknown. */
  readonly indexDocument: string | undefined;
}

/**
 * The link to the report: to its folder if the website shows index.html for folders, else to index.html. Websites
 * support only http. For an S3 that is not AWS, the form is a convention (Ceph's default): BUCKET.s3-website.HOST:PORT,
 * without a leading `s3.` in the host and with `localhost` for an address of this machine.
 */
export function websiteLink({ bucket, prefix, region, endpoint, indexDocument }: WebsitePlace): string {
  const path = prefix.split('/').map(encodeURIComponent).join('/');
  const file = indexDocument === 'index.html' ? '' : 'index.html';
  return `http://${bucket}.${websiteHost(region, endpoint)}/${path}${file}`;
}

function websiteHost(region: string, endpoint: URL | undefined): string {
  if (endpoint === undefined || /\.amazonaws\.com(\.cn)?$/.test(endpoint.hostname)) {
    return `s3-website${DASH_REGIONS.has(region) ? '-' : '.'}${region}.${hostSuffixOf(region)}`;
  }
  const { hostname, port } = endpoint;
  const isLocal = /^127\.|^\[::1\]$|(^|\.)localhost$/.test(hostname);
  const host = isLocal ? 'localhost' : hostname.replace(/^s3\./, '');
  return `s3-website.${host}${port === '' ? '' : `:${port}`}`;
}
