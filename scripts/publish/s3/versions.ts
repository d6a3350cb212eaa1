/** Older versions of a report's objects, in a bucket that keeps versions. */
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type DeleteMarkerEntry,
  type S3Client,
} from '@aws-sdk/client-s3';
import { MARK } from '../plan/plan.js';

/**
 * Deletes the non-current versions of these keys that Culprit wrote, and the delete markers above them. Throws the
 * SDK's error.
 * @returns how many versions of reports were deleted
 */
export async function deleteOldVersions(client: S3Client, bucket: string, keys: readonly string[]): Promise<number> {
  let deleted = 0;
  for (const key of keys) {
    for (const { VersionId, isMarker } of await oldVersionsOf(client, bucket, key)) {
      if (!isMarker) {
        const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId }));
        if (head.Metadata?.[MARK] === undefined) continue;
        deleted++;
      }
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId }));
    }
  }
  return deleted;
}

interface OldVersion {
  readonly VersionId: string;
  readonly isMarker: boolean;
}

async function oldVersionsOf(client: S3Client, bucket: string, key: string): Promise<OldVersion[]> {
  const found: OldVersion[] = [];
  let from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, ...from }));
    const take = (list: readonly DeleteMarkerEntry[], isMarker: boolean): void => {
      for (const { Key, VersionId, IsLatest } of list) {
        if (Key === key && IsLatest !== true && VersionId !== undefined) found.push({ VersionId, isMarker });
      }
    };
    take(page.Versions ?? [], false);
    take(page.DeleteMarkers ?? [], true);
    // Keys are sorted, so anything after a longer key does not belong to this one.
    const isPast = (page.NextKeyMarker ?? '') > key;
    if (page.IsTruncated !== true || isPast) return found;
    from = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}
