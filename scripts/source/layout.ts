/**
 * What a file in a trail's bucket (or a copy of one) is, by its path.
 *
 * S3 layout: [prefix/]AWSLogs/[o-ORG/]ACCOUNT/FOLDER/REGION/YYYY/MM/DD/file — AWS CloudTrail user guide, "Finding your
 * CloudTrail log files". Other services share the bucket below AWSLogs/ACCOUNT/, so the folder must match exactly.
 */

/** `events` is read; everything else is counted under its name and not read. */
export type LogKind =
  'events' | 'digest' | 'insight' | 'network-activity' | 'aggregated' | 'other-service' | 'other' | 'before-since';

const LAYOUT = /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]{10,32}\/)?\d{12}\/([^/]+)\/(?:[a-z0-9-]+\/(\d{4})\/(\d{2})\/(\d{2})\/)?/;
const LOG_NAME = /\.(?:json|jsonl|ndjson)(?:\.gz)?$|\.gz$/i;

const FOLDER_KINDS: ReadonlyMap<string, LogKind> = new Map([
  ['CloudTrail', 'events'],
  ['CloudTrail-Digest', 'digest'],
  ['CloudTrail-Insight', 'insight'],
  ['CloudTrail-NetworkActivity', 'network-activity'],
  ['CloudTrail-Aggregated', 'aggregated'],
]);

/**
 * The kind of the file at `path` (slashes forward). A path outside the layout counts as events if its name says JSON.
 */
export function kindOf(path: string): LogKind {
  const folder = LAYOUT.exec(path)?.[1];
  const kind = folder === undefined ? 'events' : (FOLDER_KINDS.get(folder) ?? 'other-service');
  return kind === 'events' && !LOG_NAME.test(path) ? 'other' : kind;
}

/** The UTC day (ms since 1970) in the path, which is the day of delivery; undefined outside the layout. */
export function deliveryDay(path: string): number | undefined {
  const match = LAYOUT.exec(path);
  if (!match?.[2]) return undefined;
  const day = Date.parse(`${match[2]}-${match[3]}-${match[4]}T00:00:00Z`);
  return Number.isNaN(day) ? undefined : day;
}
