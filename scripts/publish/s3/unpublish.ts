/** Takes a published report back, and undoes what publishing changed on the bucket. Loads the AWS SDK. */
import {
  DeleteBucketWebsiteCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import type { PublishConfig, S3Config } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import type { BucketConnection } from '#scripts/aws/client.js';
import { failureOf } from '#scripts/aws/failure.js';
import { LATEST, timeOfFolder } from '../plan/history.js';
import { INDEX_DOCUMENT, MARK, planObjects } from '../plan/plan.js';
import { RECORD_NAME } from '../plan/published-record.js';
import type { Attempt } from './refusals.js';
import { putPolicy, readRecord } from './access.js';
import { connectToPublish } from './connect.js';
import { keepsVersionsOf, policyOf } from './facts.js';
import { refused } from './refused.js';
import { deleteOldVersions } from './versions.js';
import { readWebsite } from './website.js';
import { planUnpublish, unpublishLines } from '../plan/unpublish-plan.js';

type Target = Pick<PublishConfig, 'bucket' | 'prefix' | 'deleteOldVersions'>;

/**
 * Finds what Culprit published there, asks, and takes it back: first the readers' statement, then the objects that bear
 * Culprit's mark, then the website if it was made for this report. Nothing of others is touched.
 * Throws a `CulpritError` of kind `publish`; where that is in the middle, the command can be repeated.
 *
 * @param agree is shown the plan
 * @returns sentences about what was done; none where it was not agreed to
 */
export async function unpublish(
  target: Target,
  s3: S3Config,
  agree: (plan: readonly string[]) => Promise<boolean>,
): Promise<readonly string[]> {
  const { bucket, prefix } = target;
  const connection = await connectToPublish(bucket, s3, 1);
  const { client, region } = connection;
  const attempt = async <T>(what: Attempt, act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      throw refused(error, what, s3, region);
    }
  };
  try {
    const website = await attempt({ action: 's3:GetBucketWebsite', bucket }, () => readWebsite(client, bucket));
    const keys = await attempt({ action: 's3:ListBucket', bucket }, () => reportKeys(connection, prefix));
    const record = await readRecord(connection, prefix);
    const keepsVersions = (await keepsVersionsOf(client, bucket)) === true;
    const plan = planUnpublish(
      { policy: await policyOf(client, bucket), website, bucket, keepsVersions },
      record,
      target,
    );
    const { policy, deletesWebsite, notes } = plan;
    if (keys.length === 0 && policy === undefined && !target.deleteOldVersions) {
      throw new CulpritError(
        'publish',
        `There is no report of Culprit in s3://${bucket}/${prefix}: name the place as it was given to --publish.`,
      );
    }
    if (!(await agree(unpublishLines(`s3://${bucket}/${prefix}`, keys, plan)))) return [];

    if (policy !== undefined) {
      const action = policy.after === undefined ? 's3:DeleteBucketPolicy' : 's3:PutBucketPolicy';
      await attempt({ action, bucket }, () => putPolicy(connection, policy.before, policy.after));
    }
    for (const key of keys) {
      if (key === prefix + RECORD_NAME) continue;
      await attempt({ action: 's3:DeleteObject', bucket, key }, () =>
        client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })),
      );
    }
    if (deletesWebsite) {
      await attempt({ action: 's3:DeleteBucketWebsite', bucket }, () =>
        client.send(new DeleteBucketWebsiteCommand({ Bucket: bucket })),
      );
    }
    // The record goes last: until then the command can be repeated.
    const recordKey = prefix + RECORD_NAME;
    if (keys.includes(recordKey)) {
      await attempt({ action: 's3:DeleteObject', bucket, key: recordKey }, () =>
        client.send(new DeleteObjectCommand({ Bucket: bucket, Key: recordKey })),
      );
    }
    return [`Took back s3://${bucket}/${prefix}.`, ...(await oldVersions(target, connection, keys, attempt)), ...notes];
  } finally {
    client.destroy();
  }
}

async function oldVersions(
  { deleteOldVersions: isWanted, bucket, prefix }: Target,
  { client }: BucketConnection,
  keys: readonly string[],
  attempt: <T>(what: Attempt, act: () => Promise<T>) => Promise<T>,
): Promise<string[]> {
  if (!isWanted) return [];
  // What was taken back before has left its versions.
  const gone = planObjects(prefix).map(({ key }) => key);
  const all = [...new Set([...keys, ...gone, prefix + RECORD_NAME])];
  const attempted = { action: 's3:DeleteObjectVersion', bucket, key: prefix + INDEX_DOCUMENT } as const;
  const deleted = await attempt(attempted, () => deleteOldVersions(client, bucket, all));
  return [`Deleted ${String(deleted)} older version${deleted === 1 ? '' : 's'} of it.`];
}

/** Keys below the prefix that are parts of reports by their names, and bear Culprit's mark. */
async function reportKeys({ client, bucket }: BucketConnection, prefix: string): Promise<string[]> {
  const names = new Set([...planObjects('').map(({ key }) => key), RECORD_NAME]);
  const keys: string[] = [];
  const add = async (folder: string): Promise<void> => {
    for (const name of names) if (await isOurs(folder + name)) keys.push(folder + name);
  };
  const isOurs = async (Key: string): Promise<boolean> => {
    try {
      const { Metadata } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key }));
      return Metadata?.[MARK] !== undefined;
    } catch (error) {
      if (failureOf(error).kind === 'no-object') return false;
      throw error;
    }
  };
  await add(prefix);
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: '/', ContinuationToken }),
    );
    for (const { Prefix = '' } of page.CommonPrefixes ?? []) {
      const folder = Prefix.slice(prefix.length);
      if (folder === LATEST || timeOfFolder(folder) !== undefined) await add(Prefix);
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return keys;
}
