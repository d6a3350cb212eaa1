/**
 * What the names of logs and digests tell.
 *
 * ACCOUNT_CloudTrail_REGION_YYYYMMDDTHHmmZ_UNIQUE.json.gz and
 * ACCOUNT_CloudTrail-Digest_REGION_TRAIL_HOMEREGION_YYYYMMDDTHHMMSSZ[_backfill].json.gz — AWS CloudTrail user guide,
 * "CloudTrail log file examples" and "CloudTrail digest file structure".
 */

/** Whose and of when a log is, by its name. */
interface LogName {
  readonly account: string;
  readonly region: string;
  /** The minute of delivery, in ms since 1970 UTC. */
  readonly delivered: number;
}

export interface DigestName {
  readonly account: string;
  /** Whose events it is about. */
  readonly region: string;
  readonly trail: string;
  /** Where the trail was made. */
  readonly homeRegion: string;
  /** The end of the time it is about, in ms since 1970 UTC. */
  readonly end: number;
  readonly isBackfill: boolean;
}

const LOG = /^(\d{12})_CloudTrail_([a-z0-9-]{1,40})_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_/;
/** A log's whole name, as CloudTrail gives it; a copy may have been inflated. */
const WHOLE_LOG = /^\d{12}_CloudTrail_[a-z]{2,5}(?:-[a-z]+)+-\d{1,2}_\d{8}T\d{4}Z_[0-9A-Za-z]{16}\.json(\.gz)?$/;
/** The folder of an account's logs, and what is below it. Where AWSLogs/ is not in view, what is below tells. */
const LOG_FOLDER = /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]{10,32}\/)?(\d{12})\/CloudTrail\/(.+)$/s;
const CUT_LOG_FOLDER = /(?:^|\/)(?:(\d{12})\/)?CloudTrail\/([^/]+\/\d{4}\/\d\d\/\d\d\/[^/]+)$/s;
/** REGION/YYYY/MM/DD/NAME */
const PLACE = /^([^/]+)\/(\d{4}\/\d\d\/\d\d)\/[^/]+$/s;
/** CloudTrail began on 2013-11-13. */
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
 * Whether no log that CloudTrail delivered can have this name (`log-name`), or lie in this folder with it (`log-place`):
 * a time that is none, an account, region or day other than the folder's. Undefined where one can. A file that lies
 * outside of a folder of logs may have any name, unless it has a log's with an impossible time.
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
  // Whether both are of the same clock is documented nowhere.
  return parsed.delivered >= start - HOUR && parsed.delivered < start + DAY + HOUR ? undefined : 'log-place';
}

/** Whether a file lies where only logs do, so that it counts as one whatever its name. */
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

/** An S3 address of `s3://BUCKET/KEY`; undefined for a file of this machine. */
export function addressIn(name: string): { readonly bucket: string; readonly key: string } | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(name) ?? [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}

/**
 * What finds a file again: in S3 its whole address. A folder of this machine is a copy, whose folders may be others, and
 * whose files may be inflated; but names end in what is theirs alone.
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

/** NaN for a time that does not exist, such as February 30, which Date.parse takes for another. */
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
