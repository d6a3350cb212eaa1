/** Reads a listing page by page. */
import type { ListQuery, S3Bucket } from '#scripts/aws/bucket.js';
import type { S3Object } from '#scripts/aws/list-page.js';

/** The most consecutive pages without a new name; more is an error. */
const MOST_REPEATS = 5;

interface Page {
  readonly objects: readonly S3Object[];
  /** The folders, if a delimiter is given. */
  readonly folders: readonly string[];
  readonly hasMore: boolean;
}

/** The pages of a listing in order, without names that were on an earlier page: some S3 servers repeat pages. */
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
