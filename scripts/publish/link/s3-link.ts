/** The address of a published report, and what should be known about it. */
import type { PublishConfig } from '#scripts/run/config.js';
import type { BucketConnection } from '#scripts/aws/client.js';
import { objectArn } from '../plan/access-policy.js';
import type { Website } from '../plan/bucket-facts.js';
import { cloudFrontRecipe } from './cloudfront.js';
import { linkNotes, websiteNotes } from './link-notes.js';
import { INDEX_DOCUMENT } from '../plan/plan.js';
import type { LinkLife } from '../plan/readers.js';
import { restLink } from './rest-link.js';
import { linkLife, presignedLink } from './s3-presign.js';
import { indexDocumentOf } from '../s3/website.js';
import { websiteLink } from './website-link.js';

export class ReportLink {
  constructor(
    private readonly config: Pick<PublishConfig, 'bucket' | 'prefix' | 'access'>,
    private readonly connection: BucketConnection,
    /** Where the page lies: '' or ending in '/'. */
    private readonly folder: string,
  ) {}

  /** The address of the page: at the website where that shows it, else S3's own, which has HTTPS. */
  address(website: Website): string {
    const { bucket } = this.config;
    const { folder: prefix } = this;
    const { region, endpoint } = this.connection;
    if (this.isAtWebsite) {
      return websiteLink({ bucket, prefix, region, endpoint, indexDocument: indexDocumentOf(website) });
    }
    return restLink({ bucket, key: prefix + INDEX_DOCUMENT, region, endpoint });
  }

  /** What is given to others: the address, signed where that is the way in. */
  async url(website: Website): Promise<string> {
    const { access, bucket } = this.config;
    if (access.kind !== 'presigned') return this.address(website);
    return presignedLink(this.connection.client, bucket, this.folder + INDEX_DOCUMENT, access.seconds);
  }

  /** Until when a link that is signed now opens; undefined for what is not signed. */
  async life(): Promise<LinkLife | undefined> {
    const { access } = this.config;
    if (access.kind !== 'presigned') return undefined;
    return linkLife(this.connection.client, access.seconds, Date.now());
  }

  /** What should be known before anybody agrees. */
  notes(website: Website): string[] {
    const { bucket } = this.config;
    const { folder: prefix } = this;
    const { region, endpoint } = this.connection;
    return linkNotes({ bucket, prefix, region, endpoint, website, isAtWebsite: this.isAtWebsite });
  }

  /** What stands in the way of the link, as far as the settings tell. */
  faults(website: Website): string[] {
    return this.isAtWebsite ? websiteNotes(website, this.config.bucket) : [];
  }

  /** How to show a private report to others; empty for all else. */
  recipe(): string[] {
    const { access, bucket, prefix } = this.config;
    const { region, endpoint } = this.connection;
    if (access.kind !== 'private' || endpoint !== undefined) return [];
    return cloudFrontRecipe(bucket, region, objectArn(region, bucket, `${prefix}*`));
  }

  private get isAtWebsite(): boolean {
    return this.config.access.kind === 'encrypted' || this.config.access.kind === 'public';
  }
}
