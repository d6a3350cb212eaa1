/** What a request is addressed to: by host name or by path, the REST endpoint or a bucket's website. */
import type { IncomingMessage } from 'node:http';

export interface Target {
  readonly host: string;
  /** As sent, still encoded, without the query. */
  readonly rawPath: string;
  readonly rawQuery: string;
  readonly query: URLSearchParams;
  readonly endpoint: 'rest' | 'website';
  /** '' for the service itself. */
  readonly bucket: string;
  /** Decoded; '' for the bucket itself. On a website: the path without its first slash. */
  readonly key: string;
}

const WEBSITE_HOST = /^(.+)\.s3-website(?:[.-].*)?$/;
const BUCKET_HOST = /^(.+)\.s3(?:[.-].*)?$/;

/** Reads the address without normalising it: `..` and double slashes are parts of a key like any other. */
export function targetOf(request: IncomingMessage): Target {
  const url = request.url ?? '/';
  const questionMark = url.indexOf('?');
  const rawPath = questionMark < 0 ? url : url.slice(0, questionMark);
  const rawQuery = questionMark < 0 ? '' : url.slice(questionMark + 1);
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  const path = decodeURIComponent(rawPath.slice(1));
  const base = { host, rawPath, rawQuery, query: new URLSearchParams(rawQuery) };

  const website = WEBSITE_HOST.exec(host)?.[1];
  if (website !== undefined) return { ...base, endpoint: 'website', bucket: website, key: path };
  const virtual = BUCKET_HOST.exec(host)?.[1];
  if (virtual !== undefined) return { ...base, endpoint: 'rest', bucket: virtual, key: path };
  const slash = path.indexOf('/');
  return {
    ...base,
    endpoint: 'rest',
    bucket: slash < 0 ? path : path.slice(0, slash),
    key: slash < 0 ? '' : path.slice(slash + 1),
  };
}
