/** Reading one object whole, whatever the connection does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { failureOf, type S3Failure } from '../s3/failure.js';

/** Tries of one body. The SDK retries a request until the answer's head has come; what follows is ours to repeat. */
const BODY_ATTEMPTS = 4;
const FIRST_PAUSE_MS = 100;

/**
 * An object's bytes as stored. A body that ends early, fails its checksum or has another length than was listed is asked
 * for again, then thrown; the message says why in a few words.
 */
export async function readObject(client: S3Client, bucket: string, key: string, bytes: number): Promise<Uint8Array> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readOnce(client, bucket, key, bytes);
    } catch (error) {
      if (error instanceof RefusedError) throw new Error(reasonOf(error.failure), { cause: error.cause });
      if (attempt === BODY_ATTEMPTS) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
}

/** S3 answered, or could not be reached, after all the retries that the SDK makes. */
class RefusedError extends Error {
  constructor(
    readonly failure: S3Failure,
    cause: unknown,
  ) {
    super('refused', { cause });
  }
}

async function readOnce(client: S3Client, bucket: string, key: string, bytes: number): Promise<Uint8Array> {
  const { Body, ContentLength } = await client
    .send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    .catch((error: unknown) => {
      throw new RefusedError(failureOf(error), error);
    });
  if (!Body) throw new Error('S3 sent no body');
  const stream = Body as AsyncIterable<Uint8Array> & { destroy(): void };
  try {
    if (ContentLength !== undefined && ContentLength !== bytes) {
      throw new Error(`S3 sends ${ContentLength} bytes where ${bytes} were listed`);
    }
    const whole = new Uint8Array(bytes);
    let length = 0;
    for await (const chunk of stream) {
      if (length + chunk.length > bytes) throw new Error(`S3 sends more than the ${bytes} bytes that were listed`);
      whole.set(chunk, length);
      length += chunk.length;
    }
    if (length !== bytes) throw new Error(`the connection ended after ${length} of ${bytes} bytes`);
    return whole;
  } finally {
    // A body that is neither read nor destroyed keeps its connection for ever.
    stream.destroy();
  }
}

function reasonOf({ kind, detail }: S3Failure): string {
  switch (kind) {
    case 'denied':
      return /kms/i.test(detail)
        ? 'access denied: allow kms:Decrypt on the key that encrypts it'
        : 'access denied: allow s3:GetObject on it';
    case 'archived':
      return 'archived in Glacier: restore it ("aws s3api restore-object"), then run again';
    case 'no-object':
      return 'deleted since it was listed';
    case 'expired':
      return 'the AWS credentials have expired';
    default:
      return detail || `S3 refused it (${kind})`;
  }
}
