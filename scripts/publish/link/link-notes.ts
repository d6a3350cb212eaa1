/** Notes about the address of a published report. Pure. */
import type { BucketFacts, Website } from '../plan/bucket-facts.js';
import { dotsSentence } from '../plan/diagnosis.js';
import { INDEX_DOCUMENT } from '../plan/plan.js';
import { hasDots, restLink } from './rest-link.js';

interface Address extends Pick<BucketFacts, 'bucket' | 'region' | 'endpoint' | 'website'> {
  /** '' or a prefix that ends with '/'. */
  readonly prefix: string;
  /** The address is the website's, not S3's own. */
  readonly isAtWebsite: boolean;
}

/** Sentences for the user who decides, in order. */
export function linkNotes({ bucket, prefix, region, endpoint, website, isAtWebsite }: Address): string[] {
  const dots = endpoint === undefined && hasDots(bucket) ? [dotsSentence(bucket)] : [];
  if (!isAtWebsite) return dots;
  const https = restLink({ bucket, key: prefix + INDEX_DOCUMENT, region, endpoint });
  return [
    ...websiteNotes(website, bucket),
    ...(endpoint === undefined
      ? [`S3 websites support only http. The same page over HTTPS: ${https}`, ...dots]
      : [`The link has the form of Ceph website addresses; your S3 at ${endpoint.host} may use another form.`]),
  ];
}

/** Sentences about website settings that break the link. */
export function websiteNotes(website: Website, bucket: string): string[] {
  if (website === 'none') return [];
  if (website === 'unknown') {
    return [
      `These credentials may not see whether "${bucket}" is a website (s3:GetBucketWebsite). The link works only if static website hosting is on.`,
    ];
  }
  return website.redirectsTo === undefined
    ? []
    : [
        `The website of "${bucket}" redirects every request to ${website.redirectsTo}, so the link does not show the report. Publish to another bucket, or change its website settings.`,
      ];
}
