/** A small object beside a report: what publishing changed on the bucket. Pure. */

export const RECORD_NAME = 'culprit-published.json';

/**
 * It is a hint for people and for sentences, and undoes nothing by itself: whoever may write objects may have written it.
 * It names its place, so that one that came with a copy of another bucket is none.
 */
export interface PublishedRecord {
  readonly formatVersion: 1;
  readonly bucket: string;
  readonly prefix: string;
  /** The statement of the bucket's policy that lets the readers in; absent where there is none. */
  readonly policySid?: string;
  /** Static website hosting was turned on for this report. */
  readonly madeWebsite?: true;
}

export function recordJson(record: PublishedRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

/** The record for a place in a text; undefined for what is none. */
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
