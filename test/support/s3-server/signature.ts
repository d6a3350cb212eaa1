/**
 * AWS Signature Version 4 in the Authorization header, checked as S3 does.
 * Source: Amazon S3 API reference, "Signature calculations for the Authorization header".
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Target } from './target.js';
import { notImplemented, S3Error } from './errors.js';

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Temporary credentials carry one with every request. */
  readonly sessionToken?: string;
  readonly expired?: boolean;
  readonly account: string;
  readonly user: string;
}

export interface Signer {
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
  if (target.query.has('X-Amz-Signature')) throw notImplemented('presigned requests');
  const header = request.headers.authorization;
  if (header === undefined) return undefined;
  const [, accessKeyId = '', date = '', region = '', signedHeaders = '', signature = ''] =
    AUTHORIZATION.exec(header) ?? [];
  if (!signature) throw new S3Error('AuthorizationHeaderMalformed');
  const key = keys.get(accessKeyId);
  if (!key) throw new S3Error('InvalidAccessKeyId', { elements: { AWSAccessKeyId: accessKeyId } });

  const time = header1(request, 'x-amz-date');
  checkTime(time, date);
  const signed = signedHeaders.split(';');
  checkEverythingIsSigned(request, signed);
  const scope = `${date}/${region}/s3/aws4_request`;
  const canonical = [
    request.method ?? '',
    canonicalPath(target),
    canonicalQuery(target),
    ...signed.map((name) => `${name}:${header1(request, name).trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders,
    header1(request, 'x-amz-content-sha256'),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const expected = [date, region, 's3', 'aws4_request', toSign].reduce(
    (secret: Buffer, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from(`AWS4${key.secretAccessKey}`),
  );
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) {
    throw new S3Error('SignatureDoesNotMatch', {
      elements: { AWSAccessKeyId: accessKeyId, StringToSign: toSign, CanonicalRequest: canonical },
    });
  }
  if (key.expired) throw new S3Error('ExpiredToken');
  if ((request.headers['x-amz-security-token'] ?? undefined) !== key.sessionToken) throw new S3Error('InvalidToken');
  return { key, region };
}

function checkTime(time: string, date: string): void {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time);
  if (!match || !time.startsWith(date)) {
    throw new S3Error('AccessDenied', { message: 'AWS authentication requires a valid Date or x-amz-date header' });
  }
  const [, year, month, day, hour, minute, second] = match;
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (!(Math.abs(signedAt - Date.now()) <= MAX_SKEW_MS)) throw new S3Error('RequestTimeTooSkewed');
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
