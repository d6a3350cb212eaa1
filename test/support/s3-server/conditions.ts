/** Conditional requests and ranges, for reading. */
import { S3Error } from './errors.js';
import { header, type Exchange } from './exchange.js';
import type { StoredObject } from './store.js';

/** Whether a GET or HEAD is answered by 304; throws where the conditions do not hold. RFC 9110 §13.2.2's order. */
export function isNotModified(exchange: Exchange, object: StoredObject): boolean {
  const ifMatch = header(exchange, 'if-match');
  const ifNoneMatch = header(exchange, 'if-none-match');
  const ifModifiedSince = header(exchange, 'if-modified-since');
  const ifUnmodifiedSince = header(exchange, 'if-unmodified-since');
  const modified = object.lastModified.getTime();
  if (ifMatch !== undefined) {
    if (!matchesEtag(ifMatch, object)) throw failed('If-Match');
  } else if (ifUnmodifiedSince !== undefined && modified > Date.parse(ifUnmodifiedSince)) {
    throw failed('If-Unmodified-Since');
  }
  if (ifNoneMatch !== undefined) return matchesEtag(ifNoneMatch, object);
  return ifModifiedSince !== undefined && modified <= Date.parse(ifModifiedSince);
}

export function matchesEtag(condition: string, object: StoredObject): boolean {
  const etags = condition.split(',').map((etag) => etag.trim().replaceAll('"', ''));
  return etags.includes('*') || etags.includes(object.etag.replaceAll('"', ''));
}

export function failed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', { elements: { Condition: condition } });
}

interface ByteRange {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
}

/** The bytes asked for; undefined for all of them. As S3, a header that is no single range is taken for none. */
export function rangeOf(exchange: Exchange, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header(exchange, 'range') ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [, first = '', last = ''] = match;
  const range =
    first === ''
      ? { first: Math.max(0, size - Number(last)), last: size - 1 }
      : { first: Number(first), last: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (range.first >= size || (first === '' && Number(last) === 0)) {
    throw new S3Error('InvalidRange', { headers: { 'content-range': `bytes */${size}` } });
  }
  return range;
}
