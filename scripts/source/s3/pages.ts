/** A listing, page after page. */
import type { ListQuery, S3Bucket } from '#scripts/aws/bucket.js';
import type { S3Object } from '#scripts/aws/list-page.js';

/** Pages without a single new name before it is called a fault. */
const MOST_REPEATS = 5;

interface Page {
  readonly objects: readonly S3Object[];
  /** With a delimiter: the folders. */
  readonly folders: readonly string[];
  readonly hasMore: boolean;
}

/** The pages of a listing in order. What the page before had already is left out: S3s have been seen to repeat one. */
export async function* pagesOf(bucket: Pick<S3Bucket, 'list'>, query: Omit<ListQuery, 'token'>): AsyncGenerator<Page> {
  let token: string | undefined;
  let before: ReadonlySet<string> = new Set();
  let repeats = 0;
  do {
    const page = await bucket.list({ ...query, ...(token === undefined ? {} : { token }) });
    const objects = before.size === 0 ? page.objects : page.objects.filter(({ key }) => !before.has(key));
    const folders = before.size === 0 ? page.prefixes : page.prefixes.filter((name) => !before.has(name));
    if (objects.length + folders.length === 0 && page.next !== undefined) {
      if (++repeats > MOST_REPEATS) throw new Error('S3 keeps returning the same page of the listing');
    } else {
      repeats = 0;
      before = new Set([...page.objects.map(({ key }) => key), ...page.prefixes]);
    }
    token = page.next;
    yield { objects, folders, hasMore: token !== undefined };
  } while (token !== undefined);
}
