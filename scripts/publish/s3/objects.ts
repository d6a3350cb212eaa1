/** Inspects a bucket: an object's metadata, and the folders below a prefix. */
import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { BucketConnection } from '#scripts/aws/client.js';
import { failureOf } from '#scripts/aws/failure.js';
import { MARK } from '../plan/plan.js';

export type Metadata = Readonly<Record<string, string>>;

/** An object's metadata; undefined if there is no object. Throws the SDK's error, also if access is denied. */
export async function metadataOf({ client, bucket }: BucketConnection, key: string): Promise<Metadata | undefined> {
  try {
    return (await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).Metadata ?? {};
  } catch (error) {
    if (failureOf(error).kind === 'no-object') return undefined;
    throw error;
  }
}

/**
 * The metadata of an object that Culprit wrote; undefined if there is none, or if someone else wrote it. Throws as
 * above.
 */
export async function ownMetadataOf(connection: BucketConnection, key: string): Promise<Metadata | undefined> {
  const metadata = await metadataOf(connection, key);
  return metadata?.[MARK] === undefined ? undefined : metadata;
}

/** The names of the folders directly below a prefix, each with its `/`. Throws the SDK's error. */
export async function foldersBelow({ client, bucket }: BucketConnection, prefix: string): Promise<string[]> {
  const names: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(
      // Encoded, because keys may contain characters that XML cannot represent.
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        Delimiter: '/',
        EncodingType: 'url',
        ContinuationToken,
      }),
    );
    for (const { Prefix = '' } of page.CommonPrefixes ?? []) names.push(decodedKey(Prefix).slice(prefix.length));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return names;
}

function decodedKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return encoded; // Not UTF-8, so not a name that Culprit wrote.
  }
}
