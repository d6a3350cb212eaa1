/**
 * What a file in a trail's bucket (or a copy of one) is, by its path.
 *
 * S3 layout: [prefix/]AWSLogs/[o-ORG/]ACCOUNT/FOLDER/REGION/YYYY/MM/DD/file — AWS CloudTrail user guide, "Finding your
 * CloudTrail log files". Other services share the bucket below AWSLogs/ACCOUNT/, so the folder must match exactly.
 */

/** `events` is read; everything else is counted under its name and not read. */
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

/** What files of a kind are, where they are not read as events. */
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

/** What files are that are not read as events, in words. @param kind of the manifest's `ignored` */
export function kindName(kind: string): string {
  return (KIND_NAMES as Readonly<Record<string, string>>)[kind] ?? kind;
}

const LAYOUT = /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]{10,32}\/)?\d{12}\/([^/]+)\/(?:[a-z0-9-]+\/(\d{4})\/(\d{2})\/(\d{2})\/)?/;
/** Logs, tables that may hold records, and what must be unpacked first, of which only the bytes tell. */
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
 * The kind of the file at `path` (slashes forward). A path outside the layout counts as events if its name says JSON, or
 * what may hold JSON.
 */
export function kindOf(path: string): LogKind {
  const folder = LAYOUT.exec(path)?.[1];
  const kind = folder === undefined ? 'events' : (FOLDER_KINDS.get(folder) ?? 'other-service');
  return kind === 'events' && !LOG_NAME.test(path) ? 'other' : kind;
}

/**
 * Whether the object `key` would lie in `folder`, a copy of a bucket or of a part of one: which part is told by its path,
 * from AWSLogs/ on; without that it may be any.
 */
export function isBelow(folder: string, key: string): boolean {
  const tail = /(?:^|\/)(AWSLogs(?:\/.*)?)$/s.exec(folder)?.[1];
  const inKey = /(?:^|\/)(AWSLogs\/.*)$/s.exec(key)?.[1] ?? key;
  return tail === undefined || inKey.startsWith(`${tail}/`);
}

/** What a folder below AWSLogs/ACCOUNT/ holds, by its name. */
export function kindOfService(folder: string): LogKind {
  return FOLDER_KINDS.get(folder) ?? 'other-service';
}

/** How deep a folder lies in the layout, and what is known by then. */
export interface LayoutLevel {
  /** What the next names below mean; `days` is everything below a region. */
  readonly next: 'organization-or-account' | 'account' | 'service' | 'region' | 'days';
  readonly account: string | undefined;
  readonly service: string | undefined;
  readonly region: string | undefined;
  /** The folder of the region, up to its slash, where `next` is `days`. */
  readonly regionFolder: string | undefined;
}

const LEVELS =
  /^(?:|.*?\/)AWSLogs\/(?:(o-[a-z0-9]{10,32})\/)?(?:(\d{12})\/(?:([^/]+)\/(?:([a-z0-9-]+)\/((?:[^/]+\/)*))?)?)?$/s;

/** Where in the layout `folder` is (which ends with a slash, or is empty); undefined outside. */
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

/** The UTC day (ms since 1970) in the path, which is the day of delivery; undefined outside the layout. */
export function deliveryDay(path: string): number | undefined {
  const match = LAYOUT.exec(path);
  if (!match?.[2]) return undefined;
  const day = Date.parse(`${match[2]}-${match[3]}-${match[4]}T00:00:00Z`);
  return Number.isNaN(day) ? undefined : day;
}
