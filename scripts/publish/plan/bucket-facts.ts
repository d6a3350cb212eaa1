/** A bucket's settings, as far as the credentials may read them. Pure. */

/** The website settings: none, unknown (access denied), or their content. */
export type Website =
  | 'none'
  | 'unknown'
  | {
      readonly indexDocument: string | undefined;
      readonly redirectsTo: string | undefined;
      /** Whether they set only the index document. */
      readonly isOnlyIndex: boolean;
    };

/** The settings of Block Public Access that concern policies. They exist for buckets and for accounts. */
export interface PublicAccessBlock {
  /** S3 rejects a public policy. */
  readonly refusesPolicies: boolean;
  /** S3 ignores a public policy for callers outside the account. */
  readonly restrictsBuckets: boolean;
}

export interface BucketFacts {
  readonly bucket: string;
  readonly region: string;
  /** The endpoint if the S3 is not AWS; undefined for AWS. */
  readonly endpoint: URL | undefined;
  readonly website: Website;
  readonly policy: 'none' | 'unknown' | { readonly text: string };
  /** S3's own classification of the policy. */
  readonly policyStatus: 'public' | 'not-public' | 'none' | 'unknown';
  readonly block: PublicAccessBlock | 'unknown';
  /** The account's settings; `unknown` also if they were not needed. */
  readonly accountBlock: PublicAccessBlock | 'unknown';
  /** The account of the credentials, if it was requested. */
  readonly account: string | undefined;
  /** New objects are encrypted with a KMS key, so S3 does not serve them to anonymous readers. */
  readonly usesKms: boolean | 'unknown';
  /** The bucket keeps older versions of objects. */
  readonly keepsVersions: boolean | 'unknown';
  /** How long Object Lock keeps every version, such as `GOVERNANCE, 30 days`; undefined without a default retention. */
  readonly lock: string | undefined;
}
