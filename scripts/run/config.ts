/** The resolved configuration of a run: what `cli/config/` makes of flags, file and environment, and everything else reads. */
import type { Redactable } from '#shared/model/redaction.js';

export interface RunConfig {
  /** As the user wrote them: s3://bucket[/prefix], a folder or a file. Never empty. */
  readonly inputs: readonly string[];
  /** The bundled sample stands in for inputs that nobody named. */
  readonly isSample: boolean;
  readonly filter: EventFilter;
  readonly outDir: string;
  readonly rawTsv: boolean;
  /** What --redact replaces by pseudonyms; undefined: nothing. */
  readonly redact: readonly Redactable[] | undefined;
  /** Leave secrets in parameters as they are. */
  readonly showSecrets: boolean;
  /** Inflated bytes of one file above which it is not read. */
  readonly maxInflatedBytes: number;
  /** What the page may hold; what does not fit is left to events.tsv. */
  readonly page: { readonly rows: number; readonly bytes: number };
  readonly publish: PublishConfig | undefined;
  readonly s3: S3Config;
  readonly cache: CacheConfig | undefined;
  /** Undefined where logs are not verified. */
  readonly verify: VerifyConfig | undefined;
  /** A report that lacks files is a success. */
  readonly allowPartial: boolean;
  readonly verbosity: 'quiet' | 'normal' | 'verbose' | 'debug';
  readonly color: boolean;
  /** Print the manifest on stdout, everything for people on stderr. */
  readonly json: boolean;
}

/** Which events are kept. Absent or empty: no restriction. */
export interface EventFilter {
  /** Milliseconds since 1970 UTC, inclusive. */
  readonly since: number | undefined;
  /** Milliseconds since 1970 UTC, exclusive. */
  readonly until: number | undefined;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly writesOnly: boolean;
}

export interface PublishConfig {
  readonly bucket: string;
  /** '' or ending in '/'. */
  readonly prefix: string;
  /** Overwrite an index.html that Culprit did not write. */
  readonly force: boolean;
  /** How many dated copies are kept, this run's among them, and when it began (milliseconds since 1970 UTC). */
  readonly keep?: { readonly copies: number; readonly at: number };
  /** Present for access `encrypted`; without it, what is published is readable for whoever gets it. */
  readonly encryption?: EncryptionConfig;
  readonly access: Access;
  /** Do not ask. */
  readonly yes: boolean;
  /** Say what would be done, and stop. */
  readonly dryRun: boolean;
  /** Delete the report's older versions where the bucket keeps them. */
  readonly deleteOldVersions: boolean;
}

/** Where the key of a published report comes from; with neither, it is a new one that the link carries. */
export interface EncryptionConfig {
  /** Holds the key that the link carries, and is made where it is not there. */
  readonly keyFile: string | undefined;
  /** Holds a passphrase that the page asks for. */
  readonly passphraseFile: string | undefined;
}

export interface VerifyConfig {
  /** Files with public keys; where there are none, CloudTrail is asked. */
  readonly publicKeys: readonly string[];
  /** The config file that names them, where the command line does not. */
  readonly configFile: string | undefined;
}

/** Who may read a published report. */
export type Access =
  /** Whoever has the link, which holds the key. */
  | { readonly kind: 'encrypted' }
  /** Visitors from these ranges, such as 203.0.113.0/24; none so wide that S3 would call it public. */
  | { readonly kind: 'cidr'; readonly ranges: readonly string[] }
  /** Visitors through these VPC endpoints, or from these VPCs. */
  | { readonly kind: 'vpce' | 'vpc'; readonly ids: readonly string[] }
  /** Whoever has the link, until it expires; 1 hour to 7 days. */
  | { readonly kind: 'presigned'; readonly seconds: number }
  /** Whom the bucket lets in anyway. */
  | { readonly kind: 'private' }
  /** Anyone. */
  | { readonly kind: 'public' };

/** Where what was read from S3 is kept. */
export interface CacheConfig {
  readonly folder: string;
  readonly maxBytes: number;
}

export interface S3Config {
  readonly profile: string | undefined;
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
  /** These credentials pay for what is read (Requester Pays). */
  readonly paysForRequests?: boolean;
  /** Asks somebody for the code of an MFA device; undefined where they give up. Not there where nobody can be asked. */
  readonly askForCode?: (question: string) => Promise<string | undefined>;
}
