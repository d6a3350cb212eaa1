/** The dated copies in a bucket: finds them, and removes those beyond the number to keep. */
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
  /** Its name below the prefix. */
  readonly folder: string;
  /** The access with which it was published; undefined if unknown. */
  readonly access: string | undefined;
  /** Whether it has its page. A copy without a page is the remainder of a killed run. */
  readonly isWhole: boolean;
}

export class ReportHistory {
  constructor(
    private readonly connection: BucketConnection,
    private readonly config: Pick<PublishConfig, 'bucket' | 'prefix' | 'access'>,
    /** Turns an error of S3 into a sentence. */
    private readonly refused: (error: unknown, attempt: Attempt) => unknown,
  ) {}

  /**
   * The existing copies, newest first. Folders with such a name that others wrote do not count, nor do folders with a
   * future date, which would push out real copies.
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

  /** Whether the readers of this access may read what was published with another one. */
  isForReaders(access: string | undefined): boolean {
    return access === 'encrypted' || access === accessMark(this.config.access);
  }

  /** Throws if a copy was published for other readers, because the policy has one statement for all copies. */
  refuseOthers(copies: readonly Copy[]): void {
    const { bucket, prefix } = this.config;
    const other = copies.find(({ isWhole, access }) => isWhole && !this.isForReaders(access));
    if (other) {
      throw new CulpritError('publish', otherAccessSentence(`s3://${bucket}/${prefix}${other.folder}`, other.access));
    }
  }

  /** Removes a copy: those of its objects that Culprit wrote. Returns their keys. */
  async remove({ folder }: Copy): Promise<string[]> {
    const { bucket, prefix } = this.config;
    const removed: string[] = [];
    // The page last: it makes the folder a copy, so an interrupted removal is found again.
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
