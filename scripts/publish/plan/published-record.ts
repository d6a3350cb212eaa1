/** A small object beside a report: what publishing changed on the bucket, so that unpublish undoes just that. Pure. */

export const RECORD_NAME = 'culprit-published.json';

export interface PublishedRecord {
  readonly formatVersion: 1;
  /** The statement of the bucket's policy that lets the readers in; absent where there is none. */
  readonly policySid?: string;
  /** Static website hosting was turned on for this report. */
  readonly madeWebsite?: true;
}

export function recordJson(record: PublishedRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

/** The record in a text; undefined for what is none. Whoever may write into the bucket may have written it. */
export function parseRecord(text: string): PublishedRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { formatVersion, policySid, madeWebsite } = (value ?? {}) as Record<string, unknown>;
  if (formatVersion !== 1) return undefined;
  return {
    formatVersion,
    ...(typeof policySid === 'string' && { policySid }),
    ...(madeWebsite === true && { madeWebsite }),
  };
}
