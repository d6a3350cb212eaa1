import type { Coverage } from './coverage.js';
import type { Redaction } from './redaction.js';
import type { Verification } from './verification.js';

/**
 * What a run says about itself: written to `manifest.json` for scripts, and embedded in the page.
 *
 * Stable: a field is never renamed or given another meaning within one `formatVersion`; new fields may be added.
 * Two runs over the same input give the same manifest but for `run`.
 */
export interface ReportManifest {
  readonly formatVersion: 1;
  readonly tool: { readonly name: 'culprit'; readonly version: string };
  /** Events in the report. */
  readonly events: number;
  /** Copies of events that were left out: the same eventID, and the same values in all fields. */
  readonly duplicates: number;
  /** Events that --since, --until, --account, --region or --writes-only left out. */
  readonly filtered: number;
  /** What the options asked for; absent where they asked for everything. */
  readonly limits?: Limits;
  /** What --redact replaced; absent where it was not given. Texts of the manifest are redacted alike. */
  readonly redaction?: Redaction;
  /** Secrets in parameters that the report has `MASKED_BY_CULPRIT` for; absent where there are none, and with --show-secrets. */
  readonly masked?: MaskedSecrets;
  /** The distinct credentials that made the events' calls, by whom they lead to. */
  readonly sessions: SessionCounts;
  /** Events that are in events.tsv but, for --max-rows or --max-html-mb, not in the page's list; absent where it lists all. */
  readonly unlisted?: Unlisted;
  /** `listed` is the sum of the other three. A file that was read only in part counts as read, with a warning. */
  readonly files: {
    readonly listed: number;
    readonly read: number;
    readonly ignored: number;
    readonly failed: number;
  };
  /** eventTime of the first and the last event, as ISO 8601 UTC; null where there is no event. */
  readonly timeRange: { readonly from: string; readonly to: string } | null;
  /** recipientAccountId, else the caller's account; sorted. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** By account, region and day. */
  readonly coverage: Coverage;
  /** Files that hold no events, and records that are none, by kind; sorted by kind. */
  readonly ignored: readonly Ignored[];
  /**
   * What is there, or was, and could not be read: `count` files and folders, of which `first` names up to 1,000. Absent
   * where nothing was lost.
   */
  readonly lost?: { readonly count: number; readonly first: readonly Lost[] };
  /** What --verify found; absent where it was not asked for. */
  readonly verification?: Verification;
  /** What was wrong with the input; sorted by code. */
  readonly warnings: readonly Warning[];
  /** Paths below the output folder, with sizes. */
  readonly outputs: readonly { readonly path: string; readonly bytes: number }[];
  readonly run: {
    readonly startedAt: string;
    readonly seconds: number;
    readonly command: string;
    /** What was asked of S3, all inputs together; absent where nothing was. */
    readonly requests?: RequestCounts;
  };
}

/** `total` is the sum of `people`, `workloads`, `services` and what is in `unknown`. */
export interface SessionCounts {
  readonly total: number;
  readonly people: number;
  readonly workloads: number;
  readonly services: number;
  /** Why nobody can be named; sorted by reason. */
  readonly unknown: readonly { readonly reason: string; readonly count: number }[];
  /** Sessions whose credentials were used where they do not belong, too. */
  readonly elsewhere: number;
}

/** Events that the page counts in its totals and does not list: reads before all else, and of each kind the oldest. */
export interface Unlisted {
  /** The sum of the three below. */
  readonly events: number;
  readonly reads: number;
  readonly changes: number;
  readonly errors: number;
  /** eventTime of the first and the last of them, as ISO 8601 UTC. */
  readonly from: string;
  readonly to: string;
}

/** Values that were masked, and the events they stood in. */
export interface MaskedSecrets {
  readonly values: number;
  readonly events: number;
}

/** The options that leave events out, those that were given. */
interface Limits {
  /** ISO 8601 UTC, inclusive. */
  readonly since?: string;
  /** ISO 8601 UTC, exclusive. */
  readonly until?: string;
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  readonly writesOnly?: true;
}

interface RequestCounts {
  readonly lists: number;
  readonly gets: number;
  /** Requests that were made again. */
  readonly retries: number;
  /** How often S3 asked for fewer requests. */
  readonly slowDowns: number;
}

/** A file or a folder (its name ends with a slash) that could not be read. */
export interface Lost {
  readonly name: string;
  readonly code: WarningCode;
  /** In a few words. */
  readonly reason: string;
}

/** What was recognised and is no event: digests, Insights, other services' logs, and so on. */
export interface Ignored {
  readonly kind: string;
  /** Files of this kind; their sum is `files.ignored`. */
  readonly count: number;
  /** Folders of this kind, which were not looked into; absent where there are none. */
  readonly folders?: number;
  /** Records of this kind in files that were read. */
  readonly records: number;
  /** The first of the files, by name. */
  readonly example: string;
}

/** A kind of fault in the input: how often, and the first place (a file's name, by name order). */
export interface Warning {
  readonly code: WarningCode;
  readonly count: number;
  readonly example: string;
}

/** Every fault that is counted and carried, with the sentence shown for it. */
export const WARNINGS = {
  'gzip-truncated': 'gzip data ends early; the events before the end were kept',
  'gzip-corrupt': 'gzip data is damaged; the events before the damage were kept',
  'json-invalid': 'JSON is damaged; the events before the damage were kept',
  'utf8-invalid': 'text is not UTF-8; the damaged characters were replaced',
  'record-not-object': 'a record is not a JSON object; it was left out',
  'event-without-time': 'an event has no usable eventTime; it was left out',
  'not-cloudtrail': 'JSON that is not a CloudTrail event (an S3 notification, for example); it was left out',
  'empty-file': 'a file is empty (an empty log is {"Records":[]}): it was truncated or damaged',
  zip: 'a ZIP archive, which is not read; unpack it first: unzip FILE',
  tar: 'a tar archive, which is not read; unpack it first: tar -xf FILE',
  zstd: 'compressed with Zstandard, which is not read; unpack it first: zstd -d FILE',
  bzip2: 'compressed with bzip2, which is not read; unpack it first: bunzip2 FILE',
  xz: 'compressed with xz, which is not read; unpack it first: unxz FILE',
  '7z': 'a 7-Zip archive, which is not read; unpack it first: 7z x FILE',
  lz4: 'compressed with LZ4, which is not read; unpack it first: lz4 -d FILE',
  snappy: 'compressed with Snappy, which is not read; unpack it first: snzip -d FILE',
  archive: 'an archive or a compressed file of another format, which is not read; unpack it first',
  parquet:
    "a Parquet file, which is not read; read the trail's bucket, or convert it to JSON lines: duckdb -c \"COPY (FROM 'FILE') TO 'FILE.json'\"",
  orc: "an ORC file, which is not read; read the trail's bucket, or convert it to JSON lines: orc-contents FILE",
  avro: "an Avro file, which is not read; read the trail's bucket, or convert it to JSON lines: avro-tools tojson FILE",
  binary: 'a binary file in a format that Culprit does not know; it was left out',
  markup: 'an HTML or XML page, perhaps an error message; it was left out',
  'not-json': 'text that is not JSON; it was left out',
  'event-history-table':
    'an Event history table, which has only part of each event; in the console, choose "Download as JSON"',
  'query-result':
    "a query result (Athena, CloudTrail Lake), which has only part of each event; read the trail's bucket",
  table: 'a table (CSV or TSV) without a column for the whole record, such as @message or _raw; it was left out',
  ocsf: "events in OCSF format (Security Lake), which lack the original record; read the trail's bucket",
  'no-whole-record':
    'an export without the whole record; include @message (Logs Insights), _raw (Splunk), event.original (Elastic) or CloudTrailEvent (lookup-events) in it',
  'conflicting-copies':
    'events with the same eventID but different content; all are in the report, and the column conflictingCopy names their files',
  'too-large': 'a file or a record is larger than the limit; it was not read',
  unreadable: 'file or folder could not be read',
  archived: 'file is archived in Glacier; restore it, then run again',
  denied: 'these credentials may not read the file or folder',
  'credentials-expired': 'the AWS credentials expired before this was read; sign in and run again',
  deleted: 'file was deleted between listing and reading',
} as const;

export type WarningCode = keyof typeof WARNINGS;
