/** Listing a bucket, page after page. */
import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';

export interface S3Object {
  readonly key: string;
  readonly bytes: number;
}

/**
 * The objects below `prefix`, page by page in key order. A prefix without a slash at its end is a folder (or one object)
 * of that name, as in a file system: `CloudTrail` does not mean `CloudTrail-Digest/` too. Only where there is no such
 * folder is it the beginning of a name, as S3 itself takes it.
 */
export async function* listObjects(client: S3Client, bucket: string, prefix: string): AsyncGenerator<S3Object[]> {
  if (prefix === '' || prefix.endsWith('/')) {
    yield* listPages(client, bucket, prefix);
    return;
  }
  let found = false;
  for await (const page of listPages(client, bucket, `${prefix}/`)) {
    found ||= page.length > 0;
    yield page;
  }
  if (found) return;
  for await (const page of listPages(client, bucket, prefix)) {
    // The object of exactly this name comes first in key order.
    if (page[0]?.key === prefix) {
      yield [page[0]];
      return;
    }
    yield page;
  }
}

async function* listPages(client: S3Client, bucket: string, prefix: string): AsyncGenerator<S3Object[]> {
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        // A key may hold characters that XML cannot.
        EncodingType: 'url',
        ...(token === undefined ? {} : { ContinuationToken: token }),
      }),
    );
    const encoded = page.EncodingType === 'url';
    yield (page.Contents ?? []).map(({ Key = '', Size = 0 }) => ({ key: encoded ? decodeKey(Key) : Key, bytes: Size }));
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

/** S3 writes a space as `+`, and a plus sign as `%2B`. */
function decodeKey(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}
