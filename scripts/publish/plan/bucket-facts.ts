/** What a bucket's own settings say, as far as these credentials may ask. Pure. */

/** The settings of a website: none, unknown (we may not look), or what they say. */
export type Website =
  | 'none'
  | 'unknown'
  | {
      readonly indexDocument: string | undefined;
      readonly redirectsTo: string | undefined;
      /** They say nothing but the index document. */
      readonly isOnlyIndex: boolean;
    };

/** Of Block Public Access, what concerns policies. It has these settings for a bucket and for an account. */
export interface PublicAccessBlock {
  /** A public policy is refused. */
  readonly refusesPolicies: boolean;
  /** A public policy lets in nobody from outside the account. */
  readonly restrictsBuckets: boolean;
}

export interface BucketFacts {
  readonly bucket: string;
  readonly region: string;
  /** The S3 that is not AWS's own. */
  readonly endpoint: URL | undefined;
  readonly website: Website;
  readonly policy: 'none' | 'unknown' | { readonly text: string };
  /** S3's own judgement of the policy. */
  readonly policyStatus: 'public' | 'not-public' | 'none' | 'unknown';
  readonly block: PublicAccessBlock | 'unknown';
  /** Of the account; `unknown` too where nobody needed to know. */
  readonly accountBlock: PublicAccessBlock | 'unknown';
  /** The account of the credentials, where it was asked for. */
  readonly account: string | undefined;
  /** New objects are encrypted with a KMS key: S3 then shows them to nobody who does not sign in. */
  readonly usesKms: boolean | 'unknown';
  /** Older versions of objects are kept. */
  readonly keepsVersions: boolean | 'unknown';
  /** How long Object Lock keeps every version, as `GOVERNANCE, 30 days`; undefined where it does not. */
  readonly lock: string | undefined;
}
