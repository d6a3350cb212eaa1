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
  /** Copies of events that were left out, by eventID. */
  readonly duplicates: number;
  /** Events that --since, --until, --account, --region or --writes-only left out. */
  readonly filtered: number;
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
  /** Files that hold no events, and records that are none, by kind; sorted by kind. */
  readonly ignored: readonly Ignored[];
  /** What was wrong with the input; sorted by code. */
  readonly warnings: readonly Warning[];
  /** Paths below the output folder, with sizes. */
  readonly outputs: readonly { readonly path: string; readonly bytes: number }[];
  readonly run: {
    readonly startedAt: string;
    readonly seconds: number;
    readonly command: string;
  };
}

/** What was recognised and is no event: digests, Insights, other services' logs, and so on. */
export interface Ignored {
  readonly kind: string;
  /** Files of this kind; their sum is `files.ignored`. */
  readonly count: number;
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
  'record-not-object': 'a record is no object; it was left out',
  'event-without-time': 'an event has no usable eventTime; it was left out',
  'not-cloudtrail': 'JSON that is no CloudTrail event (an S3 notification, for example); it was left out',
  'too-large': 'a file or a record is larger than the limit; it was not read',
  unreadable: 'file could not be read',
} as const;

export type WarningCode = keyof typeof WARNINGS;
