/** Reads one object as a log file: its bytes, or a short reason why they are missing. */
import type { S3Bucket } from '#scripts/aws/bucket.js';
import { proveBody } from '#scripts/aws/checksum.js';
import { failureOf, ownWords } from '#scripts/aws/failure.js';
import type { HttpResponse } from '#scripts/aws/http-get.js';
import { UnreadableError, type ListedFile, type LossCode, type StoredDigest, type StoredLog } from '../port.js';

/** The object as the listing describes it. */
type Listed = Pick<ListedFile, 'bytes' | 'version'>;

/**
 * The current bytes of an object, checked against its ETag or checksum, and against the listed length unless the object
 * has been rewritten since. Throws an `UnreadableError` after all useful attempts.
 */
export async function readObject(bucket: S3Bucket, key: string, listed: Listed): Promise<StoredLog> {
  const { body, headers } = await checkedResponse(bucket, key, listed);
  const version = etagOf(headers) ?? listed.version;
  return { stored: body, ...(version !== undefined && { version }) };
}

/** Like `readObject`, with the object's user metadata. */
export async function readDigestObject(bucket: S3Bucket, key: string, listed: Listed): Promise<StoredDigest> {
  const { body, headers } = await checkedResponse(bucket, key, listed);
  const metadata = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(META) && typeof value === 'string' ? [[name.slice(META.length), value] as const] : [],
  );
  return { stored: body, metadata: Object.fromEntries(metadata) };
}

const META = 'x-amz-meta-';

async function checkedResponse(bucket: S3Bucket, key: string, { bytes, version }: Listed): Promise<HttpResponse> {
  try {
    return await bucket.get(key, ({ body, headers }) => {
      const etag = etagOf(headers);
      const isAnother = version !== undefined && etag !== undefined && etag !== version;
      if (body.length !== bytes && !isAnother) {
        throw new Error(`S3 sent ${String(body.length)} bytes, but listed ${String(bytes)}`);
      }
      proveBody(body, headers);
    });
  } catch (error) {
    throw unreadable(error);
  }
}

/** Without quotes, as in listings here. A compressing gateway marks an ETag as weak; the object is still the same. */
function etagOf({ etag }: HttpResponse['headers']): string | undefined {
  return etag?.replace(/^W\//, '').replaceAll('"', '');
}

/** What a failure to read or list something means for the report. */
export function unreadable(error: unknown): UnreadableError {
  if (error instanceof UnreadableError) return error;
  const failure = failureOf(error);
  const { kind, detail } = failure;
  const because = (code: LossCode, reason: string): UnreadableError =>
    new UnreadableError(code, reason, { cause: error });
  switch (kind) {
    case 'denied':
      return because(
        'denied',
        ownWords('access denied', failure)?.replace(/[.]$/, '') ??
          (/kms/i.test(detail)
            ? 'access denied: allow kms:Decrypt on the key that encrypts it'
            : 'access denied: allow s3:GetObject on it'),
      );
    case 'archived':
      return because('archived', 'archived in Glacier; restore it ("aws s3api restore-object"), then run again');
    case 'no-object':
      return because('deleted', 'deleted after it was listed');
    case 'expired':
      return because('credentials-expired', 'the AWS credentials have expired');
    default:
      return because('unreadable', detail || `S3 refused it (${kind})`);
  }
}
