import type { Coverage } from './coverage.js';
import type { Level } from './level.js';
import type { Redaction } from './redaction.js';
import type { Verification } from './verification.js';

/**
 * The manifest of a run: written to `manifest.json` for scripts, and embedded in the page.
 *
 * Stable: within one `formatVersion`, no field is renamed or changes its meaning; new fields may be added. Two runs
 * over the same input give the same manifest except for `run`.
 */
export interface ReportManifest {
  readonly formatVersion: 1;
  readonly tool: { readonly name: 'culprit'; readonly version: string };
  /** Events in the report. */
  readonly events: number;
  /** Duplicate events that were removed: the same eventID, and the same values in all fields. */
  readonly duplicates: number;
  /** Events that --since, --until, --account, --region or --writes-only left out. */
  readonly filtered: number;
  /** The limits set by options; absent if there are none. */
  readonly limits?: Limits;
  /** What --redact replaced; absent without --redact. Texts in the manifest are redacted too. */
  readonly redaction?: Redaction;
  /**
   * Secrets in parameters that were replaced with `MASKED_BY_CULPRIT`; absent if there are none, and with
   * --show-secrets.
   */
  readonly masked?: MaskedSecrets;
  /** The distinct credentials that made the events' calls, by what they were traced to. */
  readonly sessions: SessionCounts;
  /** How many rules found something, by level, and what findings.json says besides. */
  readonly findings: FindingCounts;
  /**
   * Events in events.tsv that the page does not list because of --max-rows or --max-html-mb; absent if it lists all.
   */
  readonly unlisted?: Unlisted;
  /** `listed` is the sum of the other three. A file that was read partially counts as read, with a warning. */
  readonly files: {
    readonly listed: number;
    readonly read: number;
    readonly ignored: number;
    readonly failed: number;
  };
  /** eventTime of the first and last event, as ISO 8601 UTC; null without events. */
  readonly timeRange: { readonly from: string; readonly to: string } | null;
  /** recipientAccountId, else the caller's account; sorted. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** By account, region and day. */
  readonly coverage: Coverage;
  /** Files without events, and records that are not events, by kind; sorted by kind. */
  readonly ignored: readonly Ignored[];
  /**
   * Files and folders that exist or existed but could not be read: their number, and up to 1,000 of them. Absent if
   * there are none.
   */
  readonly lost?: { readonly count: number; readonly first: readonly Lost[] };
  /** The result of --verify; absent without --verify. */
  readonly verification?: Verification;
  /** Problems in the input; sorted by code. */
  readonly warnings: readonly Warning[];
  /** Paths below the output folder, and sizes. */
  readonly outputs: readonly { readonly path: string; readonly bytes: number }[];
  readonly run: {
    readonly startedAt: string;
    readonly seconds: number;
    readonly command: string;
    /** The S3 requests for all inputs together; absent if there were none. */
    readonly requests?: RequestCounts;
  };
}

/** `total` is the sum of `people`, `workloads`, `services` and the counts in `unknown`. */
export interface SessionCounts {
  readonly total: number;
  readonly people: number;
  readonly workloads: number;
  readonly services: number;
  /** Why a session could not be traced; sorted by reason. */
  readonly unknown: readonly { readonly reason: string; readonly count: number }[];
  /** Sessions, also counted above, whose credentials were used in a place where they do not belong. */
  readonly elsewhere: number;
}

/** Findings by level; rules that could not be evaluated; findings of which suppressions took some or all events. */
export interface FindingCounts extends Readonly<Record<Level, number>> {
  readonly notEvaluable: number;
  readonly suppressed: number;
}

/** Events that the page counts but does not list: reads before all others, and within each kind the oldest. */
export interface Unlisted {
  /** The sum of the three below. */
  readonly events: number;
  readonly reads: number;
  readonly changes: number;
  readonly errors: number;
  /** eventTime of the first and last of them, as ISO 8601 UTC. */
  readonly from: string;
  readonly to: string;
}

/** The number of masked values, and of the events that contained them. */
export interface MaskedSecrets {
  readonly values: number;
  readonly events: number;
}

/** The options given that leave events out. */
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
  /** Repeated requests. */
  readonly retries: number;
  /** How often S3 asked to slow down. */
  readonly slowDowns: number;
}

/** A file or folder (its name ends with a slash) that could not be read. */
export interface Lost {
  readonly name: string;
  readonly code: WarningCode;
  /** In a few words. */
  readonly reason: string;
}

/** Recognized input without events: digests, Insights, logs of other services, and so on. */
export interface Ignored {
  readonly kind: string;
  /** The number of files of this kind; the sum of all kinds is `files.ignored`. */
  readonly count: number;
  /** The number of folders of this kind, which were not searched; absent if zero. */
  readonly folders?: number;
  /** The number of records of this kind in files that were read. */
  readonly records: number;
  /** The first of the files, by name. */
  readonly example: string;
}

/** A kind of problem in the input: its number, and the first file with it, by name. */
export interface Warning {
  readonly code: WarningCode;
  readonly count: number;
  readonly example: string;
}

/** Every problem that is counted and reported, with its message. */
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
