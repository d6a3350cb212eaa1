/**
 * AWS Signature Version 4 in the Authorization header, checked as S3 does.
 * Source: Amazon S3 API reference, "Signature calculations for the Authorization header".
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Target } from './target.js';
import { S3Error } from './errors.js';

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Temporary credentials carry one with every request. */
  readonly sessionToken?: string;
  readonly expired?: boolean;
  readonly account: string;
  readonly user: string;
}

interface Signer {
  readonly key: AccessKey;
  /** The region that the request was signed for. */
  readonly region: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256\s+Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/;
const MAX_SKEW_MS = 15 * 60_000;

/** Who signed the request; undefined if nobody did. Throws when a signature is wrong in any way. */
export function verifySignature(
  request: IncomingMessage,
  target: Target,
  keys: ReadonlyMap<string, AccessKey>,
): Signer | undefined {
  if (target.query.has('X-Amz-Signature')) return verifyPresigned(request, target, keys);
  const header = request.headers.authorization;
  if (header === undefined) return undefined;
  const [, accessKeyId = '', date = '', region = '', signedHeaders = '', signature = ''] =
    AUTHORIZATION.exec(header) ?? [];
  if (!signature) throw new S3Error('AuthorizationHeaderMalformed');
  const key = keys.get(accessKeyId);
  if (!key) throw new S3Error('InvalidAccessKeyId', { elements: { AWSAccessKeyId: accessKeyId } });

  const time = header1(request, 'x-amz-date');
  checkTime(time, date);
  checkEverythingIsSigned(request, signedHeaders.split(';'));
  checkSignature(request, target, key, {
    ...{ date, region, time, signedHeaders, signature },
    query: canonicalQuery(target),
    payload: header1(request, 'x-amz-content-sha256'),
  });
  checkSession(key, request.headers['x-amz-security-token']);
  return { key, region };
}

/** A request whose link is signed. Source: "Authenticating requests: using query parameters". */
function verifyPresigned(
  request: IncomingMessage,
  target: Target,
  keys: ReadonlyMap<string, AccessKey>,
): Signer | undefined {
  const parameter = (name: string): string => target.query.get(`X-Amz-${name}`) ?? '';
  const [accessKeyId = '', date = '', region = ''] = parameter('Credential').split('/');
  const key = keys.get(accessKeyId);
  if (!key) throw new S3Error('InvalidAccessKeyId', { elements: { AWSAccessKeyId: accessKeyId } });
  const time = parameter('Date');
  const expires = Number(parameter('Expires'));
  if (!(expires >= 1 && expires <= 604_800)) throw new S3Error('AuthorizationHeaderMalformed');
  if (signedAt(time, date) + expires * 1000 < Date.now()) {
    throw new S3Error('AccessDenied', { message: 'Request has expired' });
  }
  checkSignature(request, target, key, {
    ...{ date, region, time, signedHeaders: parameter('SignedHeaders'), signature: parameter('Signature') },
    query: canonicalQuery(target)
      .split('&')
      .filter((pair) => !pair.startsWith('X-Amz-Signature='))
      .join('&'),
    payload: 'UNSIGNED-PAYLOAD',
  });
  checkSession(key, target.query.get('X-Amz-Security-Token') ?? undefined);
  return { key, region };
}

interface Signed {
  readonly date: string;
  readonly region: string;
  readonly time: string;
  readonly signedHeaders: string;
  readonly signature: string;
  /** Canonical. */
  readonly query: string;
  readonly payload: string;
}

function checkSignature(
  request: IncomingMessage,
  target: Target,
  key: AccessKey,
  { date, region, time, signedHeaders, signature, query, payload }: Signed,
): void {
  const scope = `${date}/${region}/s3/aws4_request`;
  const canonical = [
    request.method ?? '',
    canonicalPath(target),
    query,
    ...signedHeaders.split(';').map((name) => `${name}:${header1(request, name).trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders,
    payload,
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const expected = [date, region, 's3', 'aws4_request', toSign].reduce(
    (secret: Buffer, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from(`AWS4${key.secretAccessKey}`),
  );
  const given = Buffer.from(signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(expected, given)) {
    throw new S3Error('SignatureDoesNotMatch', {
      elements: { AWSAccessKeyId: key.accessKeyId, StringToSign: toSign, CanonicalRequest: canonical },
    });
  }
}

function checkSession(key: AccessKey, token: string | string[] | undefined): void {
  if (key.expired) throw new S3Error('ExpiredToken');
  if (token !== key.sessionToken) throw new S3Error('InvalidToken');
}

function checkTime(time: string, date: string): void {
  if (!(Math.abs(signedAt(time, date) - Date.now()) <= MAX_SKEW_MS)) throw new S3Error('RequestTimeTooSkewed');
}

function signedAt(time: string, date: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time);
  if (!match || !time.startsWith(date)) {
    throw new S3Error('AccessDenied', { message: 'AWS authentication requires a valid Date or x-amz-date header' });
  }
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function checkEverythingIsSigned(request: IncomingMessage, signed: readonly string[]): void {
  const unsigned = Object.keys(request.headers).filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signed.includes(name),
  );
  if (unsigned.length > 0) {
    throw new S3Error('AccessDenied', {
      message: 'There were headers present in the request which were not signed',
      elements: { HeadersNotSigned: unsigned.join(', ') },
    });
  }
}

/** S3 encodes each segment once, and keeps double slashes. */
function canonicalPath({ rawPath }: Target): string {
  return rawPath
    .split('/')
    .map((segment) => encode(decodeURIComponent(segment)))
    .join('/');
}

function canonicalQuery({ rawQuery }: Target): string {
  if (rawQuery === '') return '';
  return rawQuery
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      return `${encode(decodeURIComponent(name))}=${encode(decodeURIComponent(value))}`;
    })
    .sort()
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function header1(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
