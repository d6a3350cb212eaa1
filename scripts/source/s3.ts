/** Logs from an S3 bucket. Loads the AWS SDK: import it only when an input is s3://. */
import type { S3Config } from '../config.js';
import { parseS3 } from '../s3/address.js';
import { CulpritError } from '../errors.js';
import { connectToBucket, failurePlace, type BucketConnection } from '../s3/client.js';
import { connectionSentence, failureOf } from '../s3/failure.js';
import { deliveryDay, kindOf, type LogKind } from './layout.js';
import type { ListedFile, RemoteSource } from './port.js';
import { readObject } from './s3-object.js';
import { listObjects } from './s3-listing.js';

export interface S3SourceOptions {
  readonly s3: S3Config;
  /** Objects delivered before this day (ms since 1970 UTC; any time of the day) are listed as `before-since`. */
  readonly since: number | undefined;
  /** Told what a person may want to know under --verbose. */
  note(sentence: string): void;
}

/** Reads at once; trails are thousands of objects of a few kB, where latency costs more than bandwidth. */
const CONNECTIONS = 64;
const DAY_MS = 86_400_000;

/**
 * Opens a bucket, or what lies below a prefix of it.
 * Throws a `CulpritError` of kind `source` when the bucket does not exist or S3 cannot be reached.
 */
export async function openS3Source(input: string, options: S3SourceOptions): Promise<RemoteSource> {
  const address = parseS3(input);
  if (!address) throw new CulpritError('source', `${input} names no bucket: write s3://BUCKET or s3://BUCKET/PREFIX.`);
  const { bucket, key: prefix } = address;
  let connection: BucketConnection;
  try {
    connection = await connectToBucket(bucket, options.s3, CONNECTIONS);
  } catch (error) {
    throw sourceError(error, bucket, options.s3, undefined);
  }
  const { client, region, endpoint } = connection;
  options.note(`Bucket ${bucket} is ${endpoint === undefined ? `in ${region}` : `at ${endpoint.origin}`}.`);
  const root = `s3://${bucket}/`;
  const firstDay = options.since === undefined ? undefined : Math.floor(options.since / DAY_MS) * DAY_MS;

  return {
    async *list() {
      let objects = 0;
      let pages = 0;
      try {
        for await (const page of listObjects(client, bucket, prefix)) {
          pages++;
          for (const { key, bytes } of page) {
            // The console makes these to show an empty folder.
            if (bytes === 0 && key.endsWith('/')) continue;
            objects++;
            yield { name: root + key, bytes, kind: kindIn(key, firstDay) } satisfies ListedFile;
          }
        }
      } catch (error) {
        throw sourceError(error, bucket, options.s3, region);
      }
      options.note(
        `${root}${prefix}: ${objects} ${objects === 1 ? 'object' : 'objects'} in ${pages} list ${pages === 1 ? 'call' : 'calls'}.`,
      );
    },
    read: (file) => readObject(client, bucket, file.name.slice(root.length), file.bytes),
    close: () => client.destroy(),
  };
}

/** An event is never delivered before it happens: a whole day's objects before the first wanted day hold none of it. */
function kindIn(key: string, firstDay: number | undefined): LogKind {
  const kind = kindOf(key);
  if (kind !== 'events' || firstDay === undefined) return kind;
  const day = deliveryDay(key);
  return day !== undefined && day < firstDay ? 'before-since' : kind;
}

function sourceError(error: unknown, bucket: string, s3: S3Config, region: string | undefined): CulpritError {
  if (error instanceof CulpritError) return error;
  const failure = failureOf(error);
  // At the level of a bucket there is no object to miss: a 404 is the bucket.
  const kind = failure.kind === 'no-object' ? 'no-bucket' : failure.kind;
  const sentence =
    connectionSentence({ ...failure, kind }, failurePlace(bucket, s3, region)) ??
    (kind === 'denied'
      ? `S3 refuses to list the bucket "${bucket}": allow s3:ListBucket on arn:aws:s3:::${bucket} (and s3:GetObject on arn:aws:s3:::${bucket}/*) for these credentials, or choose others with --profile.`
      : `S3 cannot list the bucket "${bucket}" (${failure.detail || kind}): check the bucket and --endpoint-url.`);
  return new CulpritError('source', sentence, { cause: error });
}
