/** Turns an error of S3 into one sentence for the user. */
import { CulpritError } from '#scripts/run/errors.js';
import type { S3Config } from '#scripts/run/config.js';
import { failurePlace } from '#scripts/aws/client.js';
import { connectionSentence, failureOf } from '#scripts/aws/failure.js';
import { refusalSentence, type Attempt } from './refusals.js';

/** A `CulpritError` of kind `publish` for an error of S3 at the attempt; any other error is returned unchanged. */
export function refused(error: unknown, attempt: Attempt, s3: S3Config, region: string | undefined): unknown {
  // A local file that cannot be read is not an error of S3.
  if (error instanceof CulpritError || (error as NodeJS.ErrnoException).syscall === 'open') return error;
  const failure = failureOf(error);
  const place = failurePlace(attempt.bucket, s3, region);
  const sentence = connectionSentence(failure, place) ?? refusalSentence(failure, attempt, region);
  return new CulpritError('publish', sentence, { cause: error });
}
