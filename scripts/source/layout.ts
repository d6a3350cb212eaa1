/**
 * Classifies the files in a trail's bucket (or in a copy of one) by their paths.
 *
 * S3 layout: [prefix/]AWSLogs/[o-ORG/]ACCOUNT/FOLDER/REGION/YYYY/MM/DD/file — AWS CloudTrail user guide, "Finding your
 * CloudTrail log files". Other services share the bucket below AWSLogs/ACCOUNT/, so the folder must match exactly.
 */

/** `events` is read; files of all other kinds are counted by kind and not read. */
export type LogKind =
  | 'events'
  | 'digest'
  | 'insight'
  | 'network-activity'
  | 'aggregated'
  | 'lake'
  | 'other-service'
  | 'other'
  | 'before-since'
  | 'after-until'
  | 'other-account'
  | 'other-region'
  | 'beside-trail';

/** Descriptions of the kinds that are not read as events. */
const KIND_NAMES: Readonly<Record<Exclude<LogKind, 'events'> | 'apple-double', string>> = {
  digest: 'CloudTrail digests',
  insight: 'CloudTrail Insights',
  'network-activity': 'CloudTrail network activity',
  aggregated: 'CloudTrail aggregated events',
  lake: 'CloudTrail Lake query results, which have only part of each event',
  'apple-double': 'macOS metadata files (AppleDouble)',
  'other-service': 'logs of other services',
  other: 'not logs, judging by their names; to read one, name it as INPUT',
  'before-since': 'delivered before --since',
  'after-until': 'delivered more than a day after --until',
  'other-account': 'from accounts that --account leaves out',
  'other-region': 'from regions that --region leaves out',
  'beside-trail': 'outside the trail’s folders; to read a folder, name it as INPUT',
};

/** The description of a kind that is not read as events. @param kind as in the manifest's `ignored` */
export function kindName(kind: string): string {
  return (KIND_NAMES as Readonly<Record<string, string>>)[kind] ?? kind;
}

const LAYOUT = /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]{10,32}\/)?\d{12}\/([^/]+)\/(?:[a-z0-9-]+\/(\d{4})\/(\d{2})\/(\d{2})\/)?/;
/** Logs, tables that may contain records, and archives, which only their bytes distinguish. */
const LOG_NAME =
  /\.(?:json|jsonl|ndjson|csv|gz|tgz|zip|tar|zst|bz2|tbz2?|xz|txz|7z|rar|lz4|sz|snappy|parquet|orc|avro)$/i;

const FOLDER_KINDS: ReadonlyMap<string, LogKind> = new Map([
  ['CloudTrail', 'events'],
  ['CloudTrail-Digest', 'digest'],
  ['CloudTrail-Insight', 'insight'],
  ['CloudTrail-NetworkActivity', 'network-activity'],
  ['CloudTrail-Aggregated', 'aggregated'],
  ['CloudTrail-Lake', 'lake'],
]);

/**
 * The kind of the file at `path` (with forward slashes). A path outside the layout counts as events if its name means
 * JSON, or a format that may contain JSON.
 */
export function kindOf(path: string): LogKind {
  const folder = LAYOUT.exec(path)?.[1];
  const kind = folder === undefined ? 'events' : (FOLDER_KINDS.get(folder) ?? 'other-service');
  return kind === 'events' && !LOG_NAME.test(path) ? 'other' : kind;
}

/**
 * Whether the object `key` would be in `folder`, a copy of a bucket or of a part of it. The path from AWSLogs/ on says
 * which part; without AWSLogs/, it may be any part.
 */
export function isBelow(folder: string, key: string): boolean {
  const tail = /(?:^|\/)(AWSLogs(?:\/.*)?)$/s.exec(folder)?.[1];
  const inKey = /(?:^|\/)(AWSLogs\/.*)$/s.exec(key)?.[1] ?? key;
  return tail === undefined || inKey.startsWith(`${tail}/`);
}

/** The kind of the files in a folder below AWSLogs/ACCOUNT/, by the folder's name. */
export function kindOfService(folder: string): LogKind {
  return FOLDER_KINDS.get(folder) ?? 'other-service';
}

/** The level of a folder in the layout, and the names known at that level. */
export interface LayoutLevel {
  /** What the names below mean; `days` is everything below a region. */
  readonly next: 'organization-or-account' | 'account' | 'service' | 'region' | 'days';
  readonly account: string | undefined;
  readonly service: string | undefined;
  readonly region: string | undefined;
  /** The folder of the region, with its trailing slash; set if `next` is `days`. */
  readonly regionFolder: string | undefined;
}

const LEVELS =
  /^(?:|.*?\/)AWSLogs\/(?:(o-[a-z0-9]{10,32})\/)?(?:(\d{12})\/(?:([^/]+)\/(?:([a-z0-9-]+)\/((?:[^/]+\/)*))?)?)?$/s;

/** The level of `folder` in the layout; undefined outside it. `folder` ends with a slash or is empty. */
export function levelOf(folder: string): LayoutLevel | undefined {
  const match = LEVELS.exec(folder);
  if (!match) return undefined;
  const [, organization, account, service, region, below] = match;
  const next =
    region !== undefined
      ? 'days'
      : service !== undefined
        ? 'region'
        : account !== undefined
          ? 'service'
          : organization !== undefined
            ? 'account'
            : 'organization-or-account';
  const regionFolder = below === undefined ? undefined : folder.slice(0, folder.length - below.length);
  return { next, account, service, region, regionFolder };
}

/** The UTC day of delivery (ms since 1970) in the path; undefined outside the layout. */
export function deliveryDay(path: string): number | undefined {
  const match = LAYOUT.exec(path);
  if (!match?.[2]) return undefined;
  const day = Date.parse(`${match[2]}-${match[3]}-${match[4]}T00:00:00Z`);
  return Number.isNaN(day) ? undefined : day;
}
