/** Writes the objects of a report: never over objects that Culprit did not write, and each is checked afterwards. */
import { CopyObjectCommand } from '@aws-sdk/client-s3';
import type { PublishConfig, S3Config } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import type { BucketConnection } from '#scripts/aws/client.js';
import { failureOf } from '#scripts/aws/failure.js';
import { ACCESS_MARK, MARK, runOf, type PlannedObject } from '../plan/plan.js';
import type { PublishFile } from '../port.js';
import {
  foreignObjectSentence,
  notAsSentSentence,
  replacedSentence,
  unreadObjectSentence,
  unseenObjectSentence,
  type Attempt,
} from './refusals.js';
import { metadataOf } from './objects.js';
import { refused } from './refused.js';
import { isAsSent, uploadObject, type ReadObject, type Receipt } from './upload.js';

/** What is at a key: nothing, an object of Culprit's, someone else's object, or one that cannot be read. */
type Occupant = 'none' | 'ours' | 'foreign' | 'unseen';

/** An object that was written and checked. */
export interface Written {
  readonly key: string;
  readonly receipt: Receipt;
}

export class ReportWriter {
  /** Sentences about what could not be checked. */
  readonly notes: string[] = [];
  /** Bytes uploaded so far, including those of the current object. */
  private written = 0;

  /** @param metadata the objects' metadata, which includes {@link MARK} */
  constructor(
    private readonly connection: BucketConnection,
    private readonly config: PublishConfig,
    private readonly s3: S3Config,
    private readonly metadata: Readonly<Record<string, string>>,
    /** Called right before an object is put in place; throws if it must not be. */
    private readonly check: () => Promise<void>,
    private readonly onProgress: (bytes: number) => void,
  ) {}

  /** Throws if one of the keys has an object that Culprit did not write, unless it may be overwritten. */
  async refuseForeign(keys: readonly string[]): Promise<void> {
    const { bucket, force } = this.config;
    if (force) return;
    for (const key of keys) {
      if ((await this.inspect(key)) === 'foreign')
        throw new CulpritError('publish', foreignObjectSentence(bucket, key));
    }
  }

  /**
   * Writes one object. An object that has appeared since the first check is checked again, and not overwritten if it is
   * foreign.
   * @param twin the same file, already written at another key: S3 then copies it if it can
   */
  async write(object: PlannedObject, read: PublishFile['read'], twin?: Written): Promise<Written> {
    const { bucket, force } = this.config;
    const { key } = object;
    const occupant = force ? 'ours' : await this.inspect(key);
    const checked = this.checkedAtEnd(read);
    // A copy has no precondition, so it replaces only Culprit's own objects.
    if (twin && occupant === 'ours' && (await this.copy(key, twin))) return { key, receipt: twin.receipt };
    const sent = await this.send(object, checked, occupant === 'ours' ? undefined : '*').catch((error: unknown) => {
      if (failureOf(error).kind === 'changed-meanwhile' && occupant !== 'ours') return undefined;
      throw this.refused(error, { action: 's3:PutObject', bucket, key });
    });
    const receipt = sent ?? (await this.sendAgain(object, checked));
    await this.readBack(key, receipt);
    return { key, receipt };
  }

  /** The content, with the check before its end: an upload is complete only after that. */
  private checkedAtEnd(read: PublishFile['read']): ReadObject {
    const { check } = this;
    return async function* () {
      yield* read();
      await check();
    };
  }

  /** Whether S3 made the copy and it has the content that was sent. If not, for any reason, the file is uploaded. */
  private async copy(key: string, { key: from, receipt }: Written): Promise<boolean> {
    const { bucket } = this.config;
    const { client } = this.connection;
    await this.check();
    const CopySource = [bucket, ...from.split('/')].map(encodeURIComponent).join('/');
    try {
      await client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource }));
      if (!(await isAsSent(client, bucket, key, receipt))) return false;
    } catch {
      return false;
    }
    this.written += receipt.bytes;
    this.onProgress(this.written);
    return true;
  }

  private async sendAgain(object: PlannedObject, read: ReadObject): Promise<Receipt> {
    const { bucket } = this.config;
    const { key } = object;
    const now = await this.inspect(key);
    if (now === 'unseen') throw new CulpritError('publish', unseenObjectSentence(bucket, key, this.connection.region));
    if (now === 'foreign') throw new CulpritError('publish', foreignObjectSentence(bucket, key));
    // Ours: either this upload itself, repeated after its response was lost, or another run's.
    try {
      return await this.send(object, read, undefined);
    } catch (error) {
      throw this.refused(error, { action: 's3:PutObject', bucket, key });
    }
  }

  private async send(object: PlannedObject, read: ReadObject, ifNoneMatch: '*' | undefined): Promise<Receipt> {
    const before = this.written;
    const sent = await uploadObject(this.connection.client, {
      bucket: this.config.bucket,
      object,
      read,
      metadata: this.metadata,
      ifNoneMatch,
      onProgress: (bytes) => this.onProgress(before + bytes),
    });
    this.written = before + sent.bytes;
    this.onProgress(this.written);
    return sent;
  }

  /**
   * Throws if S3 has something else than what was sent. Without permission to read, a note says that it was not
   * checked.
   */
  private async readBack(key: string, sent: Receipt): Promise<void> {
    const { bucket } = this.config;
    try {
      if (await isAsSent(this.connection.client, bucket, key, sent)) return;
    } catch (error) {
      if (failureOf(error).kind !== 'denied') throw this.refused(error, { action: 's3:GetObject', bucket, key });
      this.notes.push(unreadObjectSentence(bucket, key));
      return;
    }
    if (!(await this.isOfAnotherRun(key))) throw new CulpritError('publish', notAsSentSentence(bucket, key));
    const sentence = replacedSentence(`s3://${bucket}/${key}`);
    const { encryption } = this.config;
    // The link of this run also opens the other run's report, unless each has its own key.
    const hasOwnKey = encryption && encryption.keyFile === undefined && encryption.passphraseFile === undefined;
    if (hasOwnKey) throw new CulpritError('publish', sentence);
    this.notes.push(sentence);
  }

  /** Whether another run of Culprit wrote the object, for the same readers. */
  private async isOfAnotherRun(key: string): Promise<boolean> {
    const there = await metadataOf(this.connection, key).catch(() => undefined);
    const run = runOf(there?.[MARK]);
    const isForSame = there?.[ACCESS_MARK] === this.metadata[ACCESS_MARK];
    return run !== undefined && run !== runOf(this.metadata[MARK]) && isForSame;
  }

  private async inspect(key: string): Promise<Occupant> {
    const { bucket } = this.config;
    try {
      const metadata = await metadataOf(this.connection, key);
      return metadata === undefined ? 'none' : metadata[MARK] === undefined ? 'foreign' : 'ours';
    } catch (error) {
      // Without s3:ListBucket, a missing object is also a 403.
      if (failureOf(error).kind === 'denied') return 'unseen';
      throw this.refused(error, { action: 's3:GetObject', bucket, key });
    }
  }

  private refused(error: unknown, attempt: Attempt): unknown {
    return refused(error, attempt, this.s3, this.connection.region);
  }
}
