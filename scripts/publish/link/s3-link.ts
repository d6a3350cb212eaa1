/** The address of a published report, and notes about it. */
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
    /** The folder of the page: '' or a prefix that ends with '/'. */
    private readonly folder: string,
  ) {}

  /** The address of the page: the website's if it shows the page, else S3's own, which supports HTTPS. */
  address(website: Website): string {
    const { bucket } = this.config;
    const { folder: prefix } = this;
    const { region, endpoint } = this.connection;
    if (this.isAtWebsite) {
      return websiteLink({ bucket, prefix, region, endpoint, indexDocument: indexDocumentOf(website) });
    }
    return restLink({ bucket, key: prefix + INDEX_DOCUMENT, region, endpoint });
  }

  /** The link to share: the address, presigned if the access requires it. */
  async url(website: Website): Promise<string> {
    const { access, bucket } = this.config;
    if (access.kind !== 'presigned') return this.address(website);
    return presignedLink(this.connection.client, bucket, this.folder + INDEX_DOCUMENT, access.seconds);
  }

  /** How long a link that is signed now works; undefined if links are not signed. */
  async life(): Promise<LinkLife | undefined> {
    const { access } = this.config;
    if (access.kind !== 'presigned') return undefined;
    return linkLife(this.connection.client, access.seconds, Date.now());
  }

  /** Notes for the user before they agree. */
  notes(website: Website): string[] {
    const { bucket } = this.config;
    const { folder: prefix } = this;
    const { region, endpoint } = this.connection;
    return linkNotes({ bucket, prefix, region, endpoint, website, isAtWebsite: this.isAtWebsite });
  }

  /** Settings that break the link, as far as they are known. */
  faults(website: Website): string[] {
    return this.isAtWebsite ? websiteNotes(website, this.config.bucket) : [];
  }

  /** How to show a private report to others; empty for every other access. */
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
