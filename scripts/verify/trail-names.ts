/**
 * What the names of logs and digests tell.
 *
 * ACCOUNT_CloudTrail_REGION_YYYYMMDDTHHmmZ_UNIQUE.json.gz and
 * ACCOUNT_CloudTrail-Digest_REGION_TRAIL_HOMEREGION_YYYYMMDDTHHMMSSZ[_backfill].json.gz — AWS CloudTrail user guide,
 * "CloudTrail log file examples" and "CloudTrail digest file structure".
 */

/** Whose and of when a log is, by its name. */
export interface LogName {
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
const DIGEST =
  /^(\d{12})_CloudTrail-Digest_([a-z0-9-]{1,40})_(.+)_([a-z0-9-]{1,40})_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(_backfill)?\.json(?:\.gz)?$/s;

export function parseLogName(name: string): LogName | undefined {
  const [, account = '', region = '', ...time] = LOG.exec(baseName(name)) ?? [];
  const delivered = timeOf(time);
  return account === '' || Number.isNaN(delivered) ? undefined : { account, region, delivered };
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

function timeOf([year = '', month = '', day = '', hour = '', minute = '', second = '00']: readonly string[]): number {
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
