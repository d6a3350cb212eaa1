/** Reads the record beside a report. */
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { BucketConnection } from '#scripts/aws/client.js';
import { MARK } from '../plan/plan.js';
import { parseRecord, RECORD_NAME, type PublishedRecord } from '../plan/published-record.js';

const MOST_BYTES = 4096;

/** The record of what was published below a prefix; undefined if Culprit wrote none there, or if it cannot be read. */
export async function readRecord(
  { client, bucket }: BucketConnection,
  prefix: string,
): Promise<PublishedRecord | undefined> {
  try {
    const order = { Bucket: bucket, Key: prefix + RECORD_NAME, Range: `bytes=0-${String(MOST_BYTES - 1)}` };
    const { Body, Metadata, ContentRange = '' } = await client.send(new GetObjectCommand(order));
    // Always read the body: until then, the connection is blocked.
    const text = (await Body?.transformToString()) ?? '';
    // A longer object was not written by Culprit.
    const isWhole = Number(/\/(\d+)$/.exec(ContentRange)?.[1] ?? Infinity) <= MOST_BYTES;
    if (!isWhole || Metadata?.[MARK] === undefined) return undefined;
    return parseRecord(text, { bucket, prefix });
  } catch {
    return undefined;
  }
}
