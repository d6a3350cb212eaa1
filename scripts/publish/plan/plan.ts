/** What a report looks like in a bucket. Pure. */

/**
 * Marks an object as written by Culprit; its value is the version, and after a space the run that wrote it. S3 shows it as
 * `x-amz-meta-culprit`.
 */
export const MARK = 'culprit';

/** Says with which --access an object was published, as `accessMark` writes it. */
export const ACCESS_MARK = 'culprit-access';

/** The run in a mark; undefined where it names none. */
export function runOf(mark: string | undefined): string | undefined {
  return mark?.split(' ')[1];
}

/** The page that a static website shows for a folder. */
export const INDEX_DOCUMENT = 'index.html';

export interface PlannedObject {
  readonly name: 'index.html' | 'manifest.json';
  readonly key: string;
  readonly contentType: string;
  /** Browsers inflate it; a copy made with the AWS CLI stays compressed. */
  readonly contentEncoding: 'gzip';
  /** A new report must not hide behind a copy of the old one. */
  readonly cacheControl: 'no-cache';
}

const CONTENT_TYPES = {
  'manifest.json': 'application/json; charset=utf-8',
  'index.html': 'text/html; charset=utf-8',
} as const;

/** The objects of a report below a prefix ('' or ending in '/'), in the order of upload: the page last, when all is there. */
export function planObjects(prefix: string): readonly PlannedObject[] {
  return (['manifest.json', 'index.html'] as const).map((name) => ({
    name,
    key: prefix + name,
    contentType: CONTENT_TYPES[name],
    contentEncoding: 'gzip',
    cacheControl: 'no-cache',
  }));
}
