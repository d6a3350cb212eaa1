/** One object as a log file: its bytes, or in a few words why there are none. */
import type { S3Bucket } from '#scripts/aws/bucket.js';
import { proveBody } from '#scripts/aws/checksum.js';
import { failureOf, ownWords } from '#scripts/aws/failure.js';
import type { HttpAnswer } from '#scripts/aws/http-get.js';
import { UnreadableError, type ListedFile, type LossCode, type StoredDigest, type StoredLog } from '../port.js';

/** What the listing said of an object. */
type Listed = Pick<ListedFile, 'bytes' | 'version'>;

/**
 * An object's bytes as they are stored now, proved by what S3 says of them: of the length that was listed, unless the
 * object was written again since. Throws an `UnreadableError` after all the tries that make sense.
 */
export async function readObject(bucket: S3Bucket, key: string, listed: Listed): Promise<StoredLog> {
  const { body, headers } = await answerFor(bucket, key, listed);
  const version = etagOf(headers) ?? listed.version;
  return { stored: body, ...(version !== undefined && { version }) };
}

/** As `readObject`, with the object's user metadata. */
export async function readDigestObject(bucket: S3Bucket, key: string, listed: Listed): Promise<StoredDigest> {
  const { body, headers } = await answerFor(bucket, key, listed);
  const metadata = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(META) && typeof value === 'string' ? [[name.slice(META.length), value] as const] : [],
  );
  return { stored: body, metadata: Object.fromEntries(metadata) };
}

const META = 'x-amz-meta-';

async function answerFor(bucket: S3Bucket, key: string, { bytes, version }: Listed): Promise<HttpAnswer> {
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

/** Without quotes, as listings have it here; what a gateway that compresses calls weak is the same object. */
function etagOf({ etag }: HttpAnswer['headers']): string | undefined {
  return etag?.replace(/^W\//, '').replaceAll('"', '');
}

/** What a failure of reading or listing something means for the report. */
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
