/** Connects to the bucket that a report is published to. */
import type { S3Config } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import { connectToBucket, failurePlace, type BucketConnection } from '#scripts/aws/client.js';
import { connectionSentence, failureOf } from '#scripts/aws/failure.js';
import { refusalSentence } from './refusals.js';

/** Throws a `CulpritError` of kind `publish` if the bucket does not exist or cannot be reached. */
export async function connectToPublish(bucket: string, s3: S3Config, concurrency: number): Promise<BucketConnection> {
  try {
    return await connectToBucket(bucket, s3, concurrency);
  } catch (error) {
    if (error instanceof CulpritError) throw error;
    const failure = failureOf(error);
    const kind = failure.kind === 'no-object' ? 'no-bucket' : failure.kind;
    const sentence = connectionSentence({ ...failure, kind }, failurePlace(bucket, s3, undefined));
    throw new CulpritError(
      'publish',
      sentence ?? refusalSentence({ ...failure, kind }, { action: 's3:ListBucket', bucket }, s3.region),
      { cause: error },
    );
  }
}
