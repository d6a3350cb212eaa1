/** One object as a log file: its bytes, or in a few words why there are none. */
import type { S3Bucket } from '#scripts/aws/bucket.js';
import { proveBody } from '#scripts/aws/checksum.js';
import { failureOf, ownWords } from '#scripts/aws/failure.js';
import type { HttpAnswer } from '#scripts/aws/http-get.js';
import { UnreadableError, type LossCode, type StoredDigest } from '../port.js';

/**
 * An object's bytes as stored, of the length that was listed and proved by what S3 says of them. Throws an
 * `UnreadableError` after all the tries that make sense.
 */
export async function readObject(bucket: S3Bucket, key: string, bytes: number): Promise<Uint8Array> {
  return (await answerFor(bucket, key, bytes)).body;
}

/** As `readObject`, with the object's user metadata. */
export async function readDigestObject(bucket: S3Bucket, key: string, bytes: number): Promise<StoredDigest> {
  const { body, headers } = await answerFor(bucket, key, bytes);
  const metadata = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(META) && typeof value === 'string' ? [[name.slice(META.length), value] as const] : [],
  );
  return { stored: body, metadata: Object.fromEntries(metadata) };
}

const META = 'x-amz-meta-';

async function answerFor(bucket: S3Bucket, key: string, bytes: number): Promise<HttpAnswer> {
  try {
    return await bucket.get(key, ({ body, headers }) => {
      if (body.length !== bytes) {
        throw new Error(`S3 sends ${String(body.length)} bytes where ${String(bytes)} were listed`);
      }
      proveBody(body, headers);
    });
  } catch (error) {
    throw unreadable(error);
  }
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
      return because('archived', 'archived in Glacier: restore it ("aws s3api restore-object"), then run again');
    case 'no-object':
      return because('deleted', 'deleted since it was listed');
    case 'expired':
      return because('credentials-expired', 'the AWS credentials have expired');
    default:
      return because('unreadable', detail || `S3 refused it (${kind})`);
  }
}
