/** Reads logs from an S3 bucket. Loads the AWS SDK: import it only if an input is s3://. */
import type { EventFilter, S3Config } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import { partitionOf } from '#scripts/run/partition.js';
import { parseS3 } from '../s3-address.js';
import { S3Bucket } from '#scripts/aws/bucket.js';
import { failurePlace } from '#scripts/aws/client.js';
import { connectionSentence, failureOf, ownWords } from '#scripts/aws/failure.js';
import type { S3Object } from '#scripts/aws/list-page.js';
import { Channel } from './channel.js';
import { DAY_MS, deliveryDays, type DeliveryDays } from './days.js';
import { deliveryDay, kindOf, levelOf, type LogKind } from '../layout.js';
import type { ListedFile, ListedFolder, RemoteSource } from '../port.js';
import { UnreadableError } from '../port.js';
import { discover } from './discovery.js';
import { readDigestObject, readObject, unreadable } from './object.js';
import { listDays, listEverything, type RangePorts } from './ranges.js';
import { doAll } from './work-list.js';

export interface S3SourceOptions {
  readonly s3: S3Config;
  /** Accounts, regions and days outside of this are not listed. */
  readonly filter: Pick<EventFilter, 'since' | 'until' | 'accounts' | 'regions'>;
  /** Whether digests are wanted too. */
  readonly withDigests?: boolean;
  /** Receives messages for --verbose. */
  note(sentence: string): void;
}

/** Concurrent listings. Each holds a page, so this bounds the memory for listing. */
const LISTINGS = 16;
/** The most folders that are listed ahead of being read. */
const FOLDERS_AHEAD = 8;

/**
 * Opens a bucket or a prefix of it. Throws a `CulpritError` of kind `source` if the bucket does not exist or S3 cannot
 * be reached.
 */
export async function openS3Source(input: string, options: S3SourceOptions): Promise<RemoteSource> {
  const address = parseS3(input);
  if (!address) throw new CulpritError('source', `${input} names no bucket. Use s3://BUCKET or s3://BUCKET/PREFIX.`);
  const { bucket: name, key: prefix } = address;
  const { filter, s3 } = options;
  const note = (sentence: string): void => options.note(sentence);
  const failed = (error: unknown, region?: string): CulpritError => sourceError(error, name, s3, region);
  const bucket = await S3Bucket.open(name, s3).catch((error: unknown) => Promise.reject(failed(error)));
  note(`Bucket ${name} is ${bucket.endpoint === undefined ? `in ${bucket.region}` : `at ${bucket.endpoint.origin}`}.`);
  /** Set when the credentials have expired: 100,000 more requests would also fail. */
  let expired: UnreadableError | undefined;
  const read = async <T>(
    file: ListedFile,
    as: (of: S3Bucket, key: string, listed: ListedFile) => Promise<T>,
  ): Promise<T> => {
    if (expired !== undefined) throw expired;
    try {
      return await as(bucket, file.name.slice(`s3://${name}/`.length), file);
    } catch (error) {
      if (error instanceof UnreadableError && error.code === 'credentials-expired') expired = error;
      throw error;
    }
  };
  const days = deliveryDays(filter.since, filter.until);

  return {
    cacheName: bucket.identity,
    get requests() {
      return bucket.counts;
    },
    async *list() {
      const listing = new Listing(bucket, name, days, options);
      try {
        yield* listing.run(prefix);
      } catch (error) {
        throw failed(error, bucket.region);
      }
      const { lists } = bucket.counts;
      note(`s3://${name}/${prefix}: ${counted(listing.objects, 'object')} in ${counted(lists, 'list call')}.`);
    },
    async read(file) {
      const log = await read(file, readObject);
      if (log.version !== file.version) note(`${file.name} changed after it was listed; its current version is read.`);
      return log;
    },
    digests: {
      read: (file) => read(file, readDigestObject),
      wouldList: (of, key) => of === name && key.startsWith(prefix) && isWanted(key, days),
    },
    close: () => bucket.close(),
  };
}

type Found = readonly (ListedFile | ListedFolder)[];

/** One listing of the input. */
class Listing {
  objects = 0;
  private readonly channel = new Channel<Found>(FOLDERS_AHEAD);
  private firstLoss: unknown;
  private readonly root: string;

  constructor(
    private readonly bucket: S3Bucket,
    name: string,
    private readonly days: DeliveryDays,
    private readonly options: Pick<S3SourceOptions, 'filter' | 'withDigests'>,
  ) {
    this.root = `s3://${name}/`;
  }

  async *run(prefix: string): AsyncGenerator<ListedFile | ListedFolder> {
    const done = this.find(prefix).then(
      () => this.channel.end(),
      (error: unknown) => this.channel.end(error),
    );
    for await (const found of this.channel) yield* found;
    await done;
    // A listing with only refusals does not mean an empty bucket.
    if (this.objects === 0 && this.firstLoss !== undefined) throw this.firstLoss as Error;
  }

  private async find(prefix: string): Promise<void> {
    const folder = await this.folderOf(prefix);
    if (folder === undefined) return;
    await doAll(LISTINGS, (add) => {
      const ranges: RangePorts = {
        bucket: this.bucket,
        add,
        found: (objects) => this.found(objects),
      };
      const lost = async (place: string, error: unknown): Promise<void> => {
        this.firstLoss ??= error;
        await this.channel.put([{ folder: this.root + place, kind: unreadable(error) }]);
      };
      add(() =>
        discover(
          {
            bucket: this.bucket,
            filter: this.options.filter,
            withDigests: this.options.withDigests === true,
            add,
            lost,
            objects: (objects) => this.found(objects),
            skipped: (place, kind) => this.channel.put([{ folder: this.root + place, kind }]),
            days: (regionFolder, below) =>
              listDays(
                { ...ranges, add: (work) => add(() => work().catch((error: unknown) => lost(below, error))) },
                regionFolder,
                below,
                levelOf(regionFolder)?.service === 'CloudTrail' ? this.days : digestDays(this.days),
              ),
            everything: (below) => listEverything(ranges, below),
          },
          folder,
        ),
      );
    });
  }

  /**
   * Resolves `prefix` to a folder. A prefix without a trailing slash is a folder (or one object) of that name, as in a
   * file system: `CloudTrail` does not include `CloudTrail-Digest/`. If no such folder exists, it is a plain prefix as
   * in S3; its objects are then listed here, and the result is undefined.
   */
  private async folderOf(prefix: string): Promise<string | undefined> {
    if (prefix === '' || prefix.endsWith('/')) return prefix;
    const { objects, prefixes } = await this.bucket.list({ prefix, delimiter: '/' });
    if (prefixes.includes(`${prefix}/`)) return `${prefix}/`;
    const exact = objects.find(({ key }) => key === prefix);
    // An object that the user named is read whatever its name.
    if (exact !== undefined) await this.found([exact], 'events');
    else {
      const found = (some: readonly S3Object[]): Promise<void> => this.found(some);
      await listEverything({ bucket: this.bucket, add: () => undefined, found }, prefix);
    }
    return undefined;
  }

  /** @param kind the kind of the objects, if it does not follow from their names */
  private async found(objects: readonly S3Object[], kind?: LogKind): Promise<void> {
    const files: ListedFile[] = [];
    for (const { key, bytes, etag } of objects) {
      // The console creates such objects to show an empty folder.
      if (bytes === 0 && key.endsWith('/')) continue;
      const version = etag === '' ? {} : { version: etag };
      files.push({ name: this.root + key, bytes, kind: kind ?? this.kindOf(key), ...version });
    }
    this.objects += files.length;
    if (files.length > 0) await this.channel.put(files);
  }

  private kindOf(key: string): LogKind {
    const kind = kindOf(key);
    const { first, end } = this.days;
    const day = kind === 'events' ? deliveryDay(key) : undefined;
    if (day === undefined) return kind;
    if (first !== undefined && day < first) return 'before-since';
    return end !== undefined && day >= end ? 'after-until' : kind;
  }
}

/** The days whose folders contain the digests for the logs: the last logs of a day are in a digest of the next day. */
function digestDays({ first, end }: DeliveryDays): DeliveryDays {
  return { first, end: end === undefined ? undefined : end + DAY_MS };
}

/** Whether a trail's object belongs to the listed days. */
function isWanted(key: string, days: DeliveryDays): boolean {
  const day = deliveryDay(key);
  const { first, end } = kindOf(key) === 'digest' ? digestDays(days) : days;
  return day === undefined || ((first === undefined || day >= first) && (end === undefined || day < end));
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function sourceError(error: unknown, bucket: string, s3: S3Config, region: string | undefined): CulpritError {
  if (error instanceof CulpritError) return error;
  const failure = failureOf(error);
  // At bucket level there is no object: a 404 means the bucket.
  const kind = failure.kind === 'no-object' ? 'no-bucket' : failure.kind;
  const sentence =
    connectionSentence({ ...failure, kind }, failurePlace(bucket, s3, region)) ??
    (kind === 'denied'
      ? (ownWords(`S3 refuses to list the bucket "${bucket}"`, failure) ?? deniedSentence(bucket, s3, region))
      : `S3 cannot list the bucket "${bucket}" (${failure.detail || kind}). Check the bucket name and --endpoint-url.`);
  return new CulpritError('source', sentence, { cause: error });
}

function deniedSentence(bucket: string, { paysForRequests }: S3Config, region: string | undefined): string {
  const arn = bucket.startsWith('arn:') ? bucket : `arn:${partitionOf(region)}:s3:::${bucket}`;
  const objects = bucket.startsWith('arn:') ? `${bucket}/object/*` : `${arn}/*`;
  const payer = paysForRequests === true ? '' : ', or add --request-payer requester if the bucket has Requester Pays';
  return `S3 refuses to list the bucket "${bucket}". Allow s3:ListBucket on ${arn} (and s3:GetObject on ${objects}) for these credentials, or choose others with --profile${payer}.`;
}
