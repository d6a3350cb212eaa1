/** A small object beside a report that records what publishing changed on the bucket. Pure. */

export const RECORD_NAME = 'culprit-published.json';

/**
 * Informs users and error messages only: nothing is undone because of it, since anyone who may write objects may have
 * written it. It names its place, so that a record copied from another bucket is ignored.
 */
export interface PublishedRecord {
  readonly formatVersion: 1;
  readonly bucket: string;
  readonly prefix: string;
  /** The Sid of the policy statement that lets the readers in; absent if there is none. */
  readonly policySid?: string;
  /** Static website hosting was turned on for this report. */
  readonly madeWebsite?: true;
}

export function recordJson(record: PublishedRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

/** The record for a place, parsed from a text; undefined if it is not one. */
export function parseRecord(
  text: string,
  place: Pick<PublishedRecord, 'bucket' | 'prefix'>,
): PublishedRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { formatVersion, bucket, prefix, policySid, madeWebsite } = (value ?? {}) as Record<string, unknown>;
  if (formatVersion !== 1 || bucket !== place.bucket || prefix !== place.prefix) return undefined;
  return {
    formatVersion,
    bucket,
    prefix,
    ...(typeof policySid === 'string' && { policySid }),
    ...(madeWebsite === true && { madeWebsite }),
  };
}
