/** Publishes a report to an S3 static website. Loads the AWS SDK: import it only for --publish. */
import { readFileSync } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { PublishConfig, S3Config } from '../config.js';
import { CulpritError } from '../errors.js';
import { connectToBucket, failurePlace, type BucketConnection } from '../s3/client.js';
import { connectionSentence, failureOf } from '../s3/failure.js';
import { MARK, planObjects, type PlannedObject } from './plan.js';
import type { Published, Publisher, PublishFile } from './port.js';
import { readersSentence } from './readers.js';
import { foreignObjectSentence, refusalSentence, unseenObjectSentence, type Attempt } from './refusals.js';
import { exposureOf } from './s3-exposure.js';
import { indexDocumentOf, makeWebsite, readWebsite, websiteNotes, type Website } from './s3-website.js';
import { websiteLink } from './website-link.js';

/** Parts of an upload held in memory: this many of PART_BYTES at once, whatever the report's size. */
const PARTS_AT_ONCE = 3;
const PART_BYTES = 5 * 1024 * 1024;

/**
 * Opens a bucket for a report, and finds out what can be refused before anything is made: throws a `CulpritError` of kind
 * `publish` if the bucket is missing or out of reach, or if a page that Culprit did not write lies where the report would
 * go. Changes nothing.
 */
export async function openS3Publisher(config: PublishConfig, s3: S3Config): Promise<Publisher> {
  const executor = new S3Executor(config, s3, await connect(config, s3));
  try {
    await executor.readWebsite();
    await executor.inspectAll();
    executor.readers = await executor.askReaders();
  } catch (error) {
    executor.close();
    throw error;
  }
  return executor;
}

async function connect({ bucket }: PublishConfig, s3: S3Config): Promise<BucketConnection> {
  try {
    return await connectToBucket(bucket, s3, PARTS_AT_ONCE);
  } catch (error) {
    if (error instanceof CulpritError) throw error;
    const failure = failureOf(error);
    const kind = failure.kind === 'no-object' ? 'no-bucket' : failure.kind;
    const sentence = connectionSentence({ ...failure, kind }, failurePlace(bucket, s3, undefined));
    throw new CulpritError(
      'publish',
      sentence ?? refusalSentence({ ...failure, kind }, { action: 's3:ListBucket', bucket }),
      { cause: error },
    );
  }
}

/** What lies at a key: nothing, Culprit's own, somebody else's, or something that we may not look at. */
type Occupant = 'none' | 'ours' | 'foreign' | 'unseen';

class S3Executor implements Publisher {
  readers = '';

  constructor(
    private readonly config: PublishConfig,
    private readonly s3: S3Config,
    private readonly connection: BucketConnection,
  ) {}

  async publish(files: readonly PublishFile[]): Promise<Published> {
    const { bucket, prefix } = this.config;
    const website = await this.readWebsite();
    await this.inspectAll();
    for (const object of planObjects(prefix)) {
      const file = files.find(({ name }) => name === object.name);
      if (file) await this.upload(object, file);
    }
    // The bucket becomes a website only when there is something to show.
    if (website === 'none') await this.makeWebsite();
    const { region, endpoint } = this.connection;
    return {
      url: websiteLink({ bucket, prefix, region, endpoint, indexDocument: indexDocumentOf(website) }),
      notes: [
        ...websiteNotes(website, bucket),
        ...(endpoint === undefined
          ? []
          : [`The link has the form that Ceph serves websites at; your S3 at ${endpoint.host} may have another.`]),
        await this.askReaders(),
      ],
    };
  }

  close(): void {
    this.connection.client.destroy();
  }

  async askReaders(): Promise<string> {
    const { bucket, prefix } = this.config;
    return readersSentence(await exposureOf(this.connection.client, bucket), bucket, prefix);
  }

  /** The first call with a body in its answer, so it is also the one to say what is wrong with the credentials. */
  async readWebsite(): Promise<Website> {
    const { bucket } = this.config;
    try {
      return await readWebsite(this.connection.client, bucket);
    } catch (error) {
      throw this.refused(error, { action: 's3:GetBucketWebsite', bucket });
    }
  }

  async inspectAll(): Promise<void> {
    if (this.config.force) return;
    const { bucket, prefix } = this.config;
    for (const { key } of planObjects(prefix)) {
      if ((await this.inspect(key)) === 'foreign')
        throw new CulpritError('publish', foreignObjectSentence(bucket, key));
    }
  }

  private async inspect(key: string): Promise<Occupant> {
    const { bucket } = this.config;
    try {
      const head = await this.connection.client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return head.Metadata?.[MARK] === undefined ? 'foreign' : 'ours';
    } catch (error) {
      const { kind } = failureOf(error);
      if (kind === 'no-object') return 'none';
      // Without s3:ListBucket a missing object is a 403 too.
      if (kind === 'denied') return 'unseen';
      throw this.refused(error, { action: 's3:GetObject', bucket, key });
    }
  }

  private async makeWebsite(): Promise<void> {
    const { bucket } = this.config;
    try {
      await makeWebsite(this.connection.client, bucket);
    } catch (error) {
      throw this.refused(error, { action: 's3:PutBucketWebsite', bucket });
    }
  }

  /** Uploads one object. One that appeared since it was looked for is looked at again, and not overwritten if foreign. */
  private async upload(object: PlannedObject, file: PublishFile): Promise<void> {
    const { bucket, force } = this.config;
    const { key } = object;
    const occupant = force ? 'ours' : await this.inspect(key);
    try {
      await this.send(object, file, occupant === 'ours' ? undefined : '*');
      return;
    } catch (error) {
      if (failureOf(error).kind !== 'changed-meanwhile' || occupant === 'ours') {
        throw this.refused(error, { action: 's3:PutObject', bucket, key });
      }
    }
    const now = await this.inspect(key);
    if (now === 'unseen') throw new CulpritError('publish', unseenObjectSentence(bucket, key));
    if (now === 'foreign') throw new CulpritError('publish', foreignObjectSentence(bucket, key));
    // Ours: this upload itself, repeated after its answer was lost, or another run's.
    try {
      await this.send(object, file, undefined);
    } catch (error) {
      throw this.refused(error, { action: 's3:PutObject', bucket, key });
    }
  }

  private async send(object: PlannedObject, file: PublishFile, ifNoneMatch: '*' | undefined): Promise<void> {
    const content = Readable.from(file.read());
    const body = createGzip();
    // What goes wrong with either is the upload's own error.
    pipeline(content, body, () => undefined);
    try {
      await new Upload({
        client: this.connection.client,
        partSize: PART_BYTES,
        queueSize: PARTS_AT_ONCE,
        params: {
          Bucket: this.config.bucket,
          Key: object.key,
          Body: body,
          ContentType: object.contentType,
          ContentEncoding: object.contentEncoding,
          CacheControl: object.cacheControl,
          Metadata: { [MARK]: toolVersion() },
          ...(ifNoneMatch === undefined ? {} : { IfNoneMatch: ifNoneMatch }),
        },
      }).done();
    } finally {
      body.destroy();
    }
  }

  private refused(error: unknown, attempt: Attempt): unknown {
    // A file of ours that cannot be read is no refusal by S3.
    if (error instanceof CulpritError || (error as NodeJS.ErrnoException).syscall === 'open') return error;
    const failure = failureOf(error);
    const place = failurePlace(this.config.bucket, this.s3, this.connection.region);
    return new CulpritError('publish', connectionSentence(failure, place) ?? refusalSentence(failure, attempt), {
      cause: error,
    });
  }
}

function toolVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
