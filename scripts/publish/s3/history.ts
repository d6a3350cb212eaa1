/** The dated copies in a bucket: which are there, and the removal of those beyond the number that is kept. */
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { PublishConfig } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import type { BucketConnection } from '#scripts/aws/client.js';
import { accessMark } from '../plan/access-policy.js';
import { datedFolders, timeOfFolder } from '../plan/history.js';
import { ACCESS_MARK, INDEX_DOCUMENT, planObjects } from '../plan/plan.js';
import { otherAccessSentence, type Attempt } from './refusals.js';
import { foldersBelow, ownMetadataOf, type Metadata } from './objects.js';

const DAY_MS = 24 * 3_600_000;

/** A dated folder that Culprit wrote into. */
export interface Copy {
  /** Below the prefix. */
  readonly folder: string;
  /** For whom it was published; undefined where that is not known. */
  readonly access: string | undefined;
  /** It has its page. What has none is left of a run that was killed. */
  readonly isWhole: boolean;
}

export class ReportHistory {
  constructor(
    private readonly connection: BucketConnection,
    private readonly config: Pick<PublishConfig, 'bucket' | 'prefix' | 'access'>,
    /** Makes a sentence of S3's refusals. */
    private readonly refused: (error: unknown, attempt: Attempt) => unknown,
  ) {}

  /**
   * The copies that are there, the newest first. Folders that are called like one and that others wrote are none, nor are
   * those of a day to come, which would push out the real ones.
   * @param now the time of this run, in ms since 1970 UTC
   */
  async copies(now: number): Promise<Copy[]> {
    const { bucket, prefix } = this.config;
    const names = await this.attempt({ action: 's3:ListBucket', bucket }, () => foldersBelow(this.connection, prefix));
    const copies: Copy[] = [];
    for (const folder of datedFolders(names)) {
      if (Date.parse(timeOfFolder(folder) ?? '') > now + DAY_MS) continue;
      const page = await this.ownMetadata(prefix + folder + INDEX_DOCUMENT);
      if (page) copies.push({ folder, access: page[ACCESS_MARK], isWhole: true });
      else if (await this.hasLeftovers(folder)) copies.push({ folder, access: undefined, isWhole: false });
    }
    return copies;
  }

  /** Whether the readers of this access may read what was published with another. */
  isForReaders(access: string | undefined): boolean {
    return access === 'encrypted' || access === accessMark(this.config.access);
  }

  /** What is said of all copies is for the same readers. Throws where one was published for others. */
  refuseOthers(copies: readonly Copy[]): void {
    const { bucket, prefix } = this.config;
    const other = copies.find(({ isWhole, access }) => isWhole && !this.isForReaders(access));
    if (other) {
      throw new CulpritError('publish', otherAccessSentence(`s3://${bucket}/${prefix}${other.folder}`, other.access));
    }
  }

  /** Removes a copy: of its objects those that Culprit wrote. Gives their keys. */
  async remove({ folder }: Copy): Promise<string[]> {
    const { bucket, prefix } = this.config;
    const removed: string[] = [];
    // The page last: it is what makes the folder a copy, so that what is left of one is found again.
    for (const { key } of planObjects(prefix + folder)) {
      if ((await this.ownMetadata(key)) === undefined) continue;
      await this.attempt({ action: 's3:DeleteObject', bucket, key }, () =>
        this.connection.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })),
      );
      removed.push(key);
    }
    return removed;
  }

  private async hasLeftovers(folder: string): Promise<boolean> {
    for (const { key } of planObjects(this.config.prefix + folder)) {
      if (await this.ownMetadata(key)) return true;
    }
    return false;
  }

  private ownMetadata(key: string): Promise<Metadata | undefined> {
    const { bucket } = this.config;
    return this.attempt({ action: 's3:GetObject', bucket, key }, () => ownMetadataOf(this.connection, key));
  }

  private async attempt<T>(attempt: Attempt, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw this.refused(error, attempt);
    }
  }
}
