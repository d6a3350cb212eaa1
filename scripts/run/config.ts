/**
 * The resolved configuration of a run. `cli/config/` makes it from flags, config file and environment; everything else
 * reads it.
 */
import type { Level } from '#shared/model/level.js';
import type { Redactable } from '#shared/model/redaction.js';

export interface RunConfig {
  /** As the user wrote them: s3://bucket[/prefix], a folder or a file. Never empty. */
  readonly inputs: readonly string[];
  /** No input was given, so the bundled sample is used. */
  readonly isSample: boolean;
  readonly filter: EventFilter;
  readonly outDir: string;
  readonly rawTsv: boolean;
  /** What --redact replaces with pseudonyms; undefined: nothing. */
  readonly redact: readonly Redactable[] | undefined;
  /** Do not mask secrets in parameters. */
  readonly showSecrets: boolean;
  /** Files that decompress to more bytes than this are not read. */
  readonly maxInflatedBytes: number;
  /** The limits of the page; events beyond them are only in events.tsv. */
  readonly page: { readonly rows: number; readonly bytes: number };
  readonly publish: PublishConfig | undefined;
  readonly s3: S3Config;
  readonly cache: CacheConfig | undefined;
  /** Files and folders of rules, besides our own. */
  readonly rules: readonly string[];
  /** The file of suppressions; undefined where there is none. */
  readonly suppress: string | undefined;
  /** From which level on a finding makes the run fail. */
  readonly failOn: Level | undefined;
  /** Who is told of new findings. */
  readonly notify: readonly NotifyTarget[];
  /** Undefined if logs are not verified. */
  readonly verify: VerifyConfig | undefined;
  /** Exit with 0 even if files are missing from the report. */
  readonly allowPartial: boolean;
  readonly verbosity: 'quiet' | 'normal' | 'verbose' | 'debug';
  readonly color: boolean;
  /** Print the manifest on stdout, and messages for people on stderr. */
  readonly json: boolean;
}

/** The events to keep. A filter that is undefined or empty restricts nothing. */
export interface EventFilter {
  /** Milliseconds since 1970 UTC, inclusive. */
  readonly since: number | undefined;
  /** Milliseconds since 1970 UTC, exclusive. */
  readonly until: number | undefined;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly writesOnly: boolean;
}

/** Where a notification goes. */
export type NotifyTarget =
  | { readonly kind: 'webhook'; readonly url: string }
  /** An SNS topic. */
  | { readonly kind: 'topic'; readonly arn: string; readonly region: string }
  /** A file that each notification adds a line of JSON to. */
  | { readonly kind: 'file'; readonly path: string };

export interface PublishConfig {
  readonly bucket: string;
  /** '' or a prefix that ends with '/'. */
  readonly prefix: string;
  /** Overwrite an index.html that Culprit did not write. */
  readonly force: boolean;
  /**
   * How many dated copies to keep, including the one of this run, and when this run began (milliseconds since 1970
   * UTC).
   */
  readonly keep?: { readonly copies: number; readonly at: number };
  /** Set for access `encrypted`; otherwise, everyone who gets the published files can read them. */
  readonly encryption?: EncryptionConfig;
  readonly access: Access;
  /** Publish without asking. */
  readonly yes: boolean;
  /** Show what publishing would do, and stop. */
  readonly dryRun: boolean;
  /** Delete older versions of the report's objects if the bucket keeps versions. */
  readonly deleteOldVersions: boolean;
}

/** Where the key of a published report comes from. With neither file, a new key is made, which the link carries. */
export interface EncryptionConfig {
  /** Holds the key that the link carries; created if it does not exist. */
  readonly keyFile: string | undefined;
  /** Holds a passphrase that the page asks for. */
  readonly passphraseFile: string | undefined;
}

export interface VerifyConfig {
  /** Files with public keys; if there are none, the keys come from CloudTrail. */
  readonly publicKeys: readonly string[];
  /** The config file that names the key files; undefined if the command line does. */
  readonly configFile: string | undefined;
}

/** Who may read a published report. */
export type Access =
  /** Everyone who has the link, which contains the key. */
  | { readonly kind: 'encrypted' }
  /** Clients with addresses in these ranges, such as 203.0.113.0/24; none is so wide that S3 would call it public. */
  | { readonly kind: 'cidr'; readonly ranges: readonly string[] }
  /** Clients that connect through these VPC endpoints, or from these VPCs. */
  | { readonly kind: 'vpce' | 'vpc'; readonly ids: readonly string[] }
  /** Everyone who has the link, until it expires; 1 hour to 7 days. */
  | { readonly kind: 'presigned'; readonly seconds: number }
  /** Only those who already have access to the bucket. */
  | { readonly kind: 'private' }
  /** Everyone. */
  | { readonly kind: 'public' };

/** The cache of files read from S3. */
export interface CacheConfig {
  readonly folder: string;
  readonly maxBytes: number;
}

export interface S3Config {
  readonly profile: string | undefined;
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
  /** The requester pays for requests and transfer (Requester Pays). */
  readonly paysForRequests?: boolean;
  /**
   * Asks the user for the code of an MFA device; resolves to undefined if the user cancels. Undefined if there is no
   * terminal to ask on.
   */
  readonly askForCode?: (question: string) => Promise<string | undefined>;
}
