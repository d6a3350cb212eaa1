/**
 * A bucket's static website, as a browser sees it. Source: Amazon S3 user guide, "Website endpoints" and "Configuring an
 * index document".
 */
import { mayDo } from './access.js';
import { isNotModified, rangeOf } from './conditions.js';
import { S3Error } from './errors.js';
import { noSuchKey, objectHeaders, type Answer, type Exchange } from './exchange.js';
import type { Bucket, StoredObject, WebsiteConfiguration } from './store.js';

/** Answers a visitor, who is nobody in particular; errors are pages. */
export function serveWebsite(exchange: Exchange, method: string): Answer {
  const bucket = exchange.state.buckets.get(exchange.target.bucket);
  try {
    if (!bucket) throw new S3Error('NoSuchBucket', { elements: { BucketName: exchange.target.bucket } });
    if (method !== 'GET' && method !== 'HEAD') throw new S3Error('MethodNotAllowed');
    if (!bucket.website) throw new S3Error('NoSuchWebsiteConfiguration', { elements: { BucketName: bucket.name } });
    return serve(exchange, bucket, bucket.website);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return errorPage(exchange, bucket, error);
  }
}

function serve(exchange: Exchange, bucket: Bucket, website: WebsiteConfiguration): Answer {
  const { key: path, rawPath, host } = exchange.target;
  if (website.redirectAllTo) {
    const { hostName, protocol } = website.redirectAllTo;
    return { status: 301, headers: { location: `${protocol ?? 'http'}://${hostName}${rawPath}` } };
  }
  const suffix = website.indexDocument ?? '';
  const key = path === '' || path.endsWith('/') ? path + suffix : path;
  const object = readable(exchange, bucket, key);
  if (object) return show(exchange, object, 200);
  // A folder without its slash is sent on to where its relative links work.
  if (key === path && readable(exchange, bucket, `${path}/${suffix}`)) {
    return { status: 302, headers: { location: `http://${exchange.headers.host ?? host}${rawPath}/` } };
  }
  // Who may not list learns nothing about what is missing.
  throw mayDo(exchange, 's3:ListBucket', bucket, '') ? noSuchKey(key) : new S3Error('AccessDenied');
}

function readable(exchange: Exchange, bucket: Bucket, key: string): StoredObject | undefined {
  const object = bucket.get(key);
  if (!object) return undefined;
  if (!mayDo(exchange, 's3:GetObject', bucket, key)) throw new S3Error('AccessDenied');
  return object;
}

function show(exchange: Exchange, object: StoredObject, status: number): Answer {
  const headers = objectHeaders(object);
  if (status === 200) {
    if (isNotModified(exchange, object)) return { status: 304, headers: { etag: object.etag } };
    const range = rangeOf(exchange, object.body.length);
    if (range) {
      return {
        status: 206,
        headers: { ...headers, 'content-range': `bytes ${range.first}-${range.last}/${object.body.length}` },
        body: object.body.subarray(range.first, range.last + 1),
      };
    }
  }
  return { status, headers, body: object.body };
}

function errorPage(exchange: Exchange, bucket: Bucket | undefined, error: S3Error): Answer {
  const key = bucket?.website?.errorDocument;
  const own = bucket && key !== undefined && mayDo(exchange, 's3:GetObject', bucket, key) ? bucket.get(key) : undefined;
  if (own && error.status >= 400 && error.status < 500) return show(exchange, own, error.status);
  const details = Object.entries({ Code: error.code, Message: error.message, ...error.elements });
  const items = details.map(([name, text]) => `<li>${name}: ${text.replace(/[<&]/g, '')}</li>`).join('\n');
  return {
    status: error.status,
    headers: { 'content-type': 'text/html; charset=utf-8', ...error.headers },
    body: `<html>\n<head><title>${error.status} ${error.code}</title></head>\n<body>\n<h1>${error.status} ${error.code}</h1>\n<ul>\n${items}\n</ul>\n</body>\n</html>\n`,
  };
}
