/** The objects of a report in a bucket. Pure. */

/**
 * Marks an object as written by Culprit. The value is the version, a space, and the id of the run that wrote it. S3
 * returns it as `x-amz-meta-culprit`.
 */
export const MARK = 'culprit';

/** Records the --access with which an object was published, in the form of `accessMark`. */
export const ACCESS_MARK = 'culprit-access';

/** The run in a mark; undefined if it contains none. */
export function runOf(mark: string | undefined): string | undefined {
  return mark?.split(' ')[1];
}

/** The page that a static website shows for a folder. */
export const INDEX_DOCUMENT = 'index.html';

export interface PlannedObject {
  readonly name: 'index.html' | 'manifest.json';
  readonly key: string;
  readonly contentType: string;
  /** Browsers decompress it; a copy made with the AWS CLI stays compressed. */
  readonly contentEncoding: 'gzip';
  /** Browsers must not show a cached copy of an older report. */
  readonly cacheControl: 'no-cache';
}

const CONTENT_TYPES = {
  'manifest.json': 'application/json; charset=utf-8',
  'index.html': 'text/html; charset=utf-8',
} as const;

/**
 * The objects of a report below a prefix ('' or ending with '/'), in the order of upload: the page last, when
 * everything else is there.
 */
export function planObjects(prefix: string): readonly PlannedObject[] {
  return (['manifest.json', 'index.html'] as const).map((name) => ({
    name,
    key: prefix + name,
    contentType: CONTENT_TYPES[name],
    contentEncoding: 'gzip',
    cacheControl: 'no-cache',
  }));
}
