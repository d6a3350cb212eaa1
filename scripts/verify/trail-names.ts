/**
 * Parses the names of logs and digests.
 *
 * ACCOUNT_CloudTrail_REGION_YYYYMMDDTHHmmZ_UNIQUE.json.gz and
 * ACCOUNT_CloudTrail-Digest_REGION_TRAIL_HOMEREGION_YYYYMMDDTHHMMSSZ[_backfill].json.gz — AWS CloudTrail user guide,
 * "CloudTrail log file examples" and "CloudTrail digest file structure".
 */

/** The account, region and time in a log's name. */
interface LogName {
  readonly account: string;
  readonly region: string;
  /** The minute of delivery, in ms since 1970 UTC. */
  readonly delivered: number;
}

export interface DigestName {
  readonly account: string;
  /** The region of the events that it covers. */
  readonly region: string;
  readonly trail: string;
  /** The region in which the trail was created. */
  readonly homeRegion: string;
  /** The end of the time range that it covers, in ms since 1970 UTC. */
  readonly end: number;
  readonly isBackfill: boolean;
}

const LOG = /^(\d{12})_CloudTrail_([a-z0-9-]{1,40})_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_/;
/** The complete name of a log as CloudTrail writes it; a copy may have been decompressed. */
const WHOLE_LOG = /^\d{12}_CloudTrail_[a-z]{2,5}(?:-[a-z]+)+-\d{1,2}_\d{8}T\d{4}Z_[0-9A-Za-z]{16}\.json(\.gz)?$/;
/** The folder of an account's logs, and the path below it. Without AWSLogs/, the path below decides. */
const LOG_FOLDER = /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]{10,32}\/)?(\d{12})\/CloudTrail\/(.+)$/s;
const CUT_LOG_FOLDER = /(?:^|\/)(?:(\d{12})\/)?CloudTrail\/([^/]+\/\d{4}\/\d\d\/\d\d\/[^/]+)$/s;
/** REGION/YYYY/MM/DD/NAME */
const PLACE = /^([^/]+)\/(\d{4}\/\d\d\/\d\d)\/[^/]+$/s;
/** CloudTrail started on 2013-11-13. */
const FIRST_LOG = Date.parse('2013-11-13T00:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DIGEST =
  /^(\d{12})_CloudTrail-Digest_([a-z0-9-]{1,40})_(.+)_([a-z0-9-]{1,40})_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(_backfill)?\.json(?:\.gz)?$/s;

export function parseLogName(name: string): LogName | undefined {
  const [, account = '', region = '', ...time] = LOG.exec(baseName(name)) ?? [];
  const delivered = timeOf(time);
  return account === '' || Number.isNaN(delivered) ? undefined : { account, region, delivered };
}

/**
 * Why CloudTrail cannot have delivered a log with this name: `log-name` if its time is impossible or a file in a log
 * folder is not named like a log, `log-place` if its account, region or day is not that of the folder; undefined if it
 * can. A file outside a log folder may have any name, unless it is a log's name with an impossible time.
 * @param now ms since 1970 UTC
 */
export function faultOfLogName(name: string, now: number): 'log-name' | 'log-place' | undefined {
  const [, account, below] = logFolderIn(name) ?? [];
  const parsed = parseLogName(name);
  const isTimely = parsed !== undefined && parsed.delivered >= FIRST_LOG && parsed.delivered <= now + DAY;
  if (below === undefined) return isTimely || !LOG.test(baseName(name)) ? undefined : 'log-name';
  const whole = WHOLE_LOG.exec(baseName(name));
  const isWhole = whole !== null && (whole[1] !== undefined || addressIn(name) === undefined);
  if (!isTimely || !isWhole) return 'log-name';
  const [, region, day = ''] = PLACE.exec(below) ?? [];
  if (region !== parsed.region || (account !== undefined && account !== parsed.account)) return 'log-place';
  const start = timeOf(day.split('/'));
  // Whether the name and the folder use the same clock is not documented.
  return parsed.delivered >= start - HOUR && parsed.delivered < start + DAY + HOUR ? undefined : 'log-place';
}

/** Whether a file is where only logs are, so that it counts as a log whatever its name. */
export function isInLogFolder(name: string): boolean {
  return logFolderIn(name) !== null;
}

function logFolderIn(name: string): RegExpExecArray | null {
  return LOG_FOLDER.exec(name) ?? CUT_LOG_FOLDER.exec(name);
}

export function parseDigestName(name: string): DigestName | undefined {
  const match = DIGEST.exec(baseName(name));
  if (match === null) return undefined;
  const [, account = '', region = '', trail = '', homeRegion = '', ...rest] = match;
  const end = timeOf(rest.slice(0, 6));
  return Number.isNaN(end) ? undefined : { account, region, trail, homeRegion, end, isBackfill: rest[6] !== undefined };
}

/** The bucket and key of `s3://BUCKET/KEY`; undefined for a local file. */
export function addressIn(name: string): { readonly bucket: string; readonly key: string } | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(name) ?? [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}

/**
 * An id that finds a file again: in S3 its whole address. A local folder is a copy, which may have other folders and
 * decompressed files, but the last part of a name is unique.
 */
export function fileId(name: string): string {
  return addressIn(name) === undefined ? copyId(name) : name;
}

/** The `fileId` of a copy of the object `key`. */
export function copyId(key: string): string {
  return baseName(key).replace(/\.gz$/, '');
}

export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** NaN for a time that does not exist, such as February 30, which Date.parse turns into another one. */
function timeOf([
  year = '',
  month = '',
  day = '',
  hour = '00',
  minute = '00',
  second = '00',
]: readonly string[]): number {
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = Date.parse(`${text}Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? time : NaN;
}
