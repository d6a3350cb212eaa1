/** The dated copies in a bucket: which are there, and the removal of those beyond the number that is kept. */
import { DeleteObjectCommand, HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { PublishConfig } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import type { BucketConnection } from '#scripts/aws/client.js';
import { failureOf } from '#scripts/aws/failure.js';
import { datedFolders } from '../plan/history.js';
import { INDEX_DOCUMENT, MARK, planObjects } from '../plan/plan.js';
import { otherAccessSentence, type Attempt } from './refusals.js';

/** Says with which --access an object was published; the value is the access's kind. */
export const ACCESS_MARK = 'culprit-access';

/** A dated copy that Culprit wrote. */
export interface Copy {
  /** Below the prefix. */
  readonly folder: string;
  readonly access: string | undefined;
}

export class ReportHistory {
  constructor(
    private readonly connection: BucketConnection,
    private readonly config: Pick<PublishConfig, 'bucket' | 'prefix' | 'access'>,
    /** Makes a sentence of S3's refusals. */
    private readonly refused: (error: unknown, attempt: Attempt) => unknown,
  ) {}

  /** The copies that are there, the newest first. Folders that are called like one and that others wrote are none. */
  async copies(): Promise<Copy[]> {
    const { prefix } = this.config;
    const copies: Copy[] = [];
    for (const folder of datedFolders(await this.folders())) {
      const metadata = await this.metadataOf(prefix + folder + INDEX_DOCUMENT);
      if (metadata?.[MARK] !== undefined) copies.push({ folder, access: metadata[ACCESS_MARK] });
    }
    return copies;
  }

  /**
   * What lets readers in is about all copies. Throws where one that is not encrypted was made for others than the readers
   * of this access.
   */
  refuseOthers(copies: readonly Copy[]): void {
    const { bucket, prefix, access } = this.config;
    const other = copies.find((copy) => copy.access !== 'encrypted' && copy.access !== access.kind);
    if (other) {
      throw new CulpritError('publish', otherAccessSentence(`s3://${bucket}/${prefix}${other.folder}`, other.access));
    }
  }

  /** Removes a copy: of its objects those that Culprit wrote. Gives their keys. */
  async remove({ folder }: Copy): Promise<string[]> {
    const { bucket, prefix } = this.config;
    const keys = planObjects(prefix + folder).map(({ key }) => key);
    const removed: string[] = [];
    // The page last: it is what makes the folder a copy, so that what is left of one is found again.
    for (const key of keys) {
      if ((await this.metadataOf(key))?.[MARK] === undefined) continue;
      await this.attempt({ action: 's3:DeleteObject', bucket, key }, () =>
        this.connection.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })),
      );
      removed.push(key);
    }
    return removed;
  }

  /** Names of the folders right below the prefix. */
  private async folders(): Promise<string[]> {
    const { bucket, prefix } = this.config;
    const { client } = this.connection;
    const names: string[] = [];
    let ContinuationToken: string | undefined;
    do {
      const order = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: '/', ContinuationToken });
      const page = await this.attempt({ action: 's3:ListBucket', bucket }, () => client.send(order));
      for (const { Prefix = '' } of page.CommonPrefixes ?? []) names.push(Prefix.slice(prefix.length));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    return names;
  }

  private async metadataOf(key: string): Promise<Record<string, string> | undefined> {
    const { bucket } = this.config;
    const order = new HeadObjectCommand({ Bucket: bucket, Key: key });
    try {
      return (await this.connection.client.send(order)).Metadata ?? {};
    } catch (error) {
      if (failureOf(error).kind === 'no-object') return undefined;
      throw this.refused(error, { action: 's3:GetObject', bucket, key });
    }
  }

  private async attempt<T>(attempt: Attempt, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw this.refused(error, attempt);
    }
  }
}
