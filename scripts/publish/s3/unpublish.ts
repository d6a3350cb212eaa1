/** Unpublishes a report, and undoes what publishing changed on the bucket. Loads the AWS SDK. */
import { DeleteBucketWebsiteCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { PublishConfig, S3Config } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import type { BucketConnection } from '#scripts/aws/client.js';
import { ownStatement, policyWithout } from '../plan/access-policy.js';
import { LATEST, timeOfFolder } from '../plan/history.js';
import { INDEX_DOCUMENT, planObjects } from '../plan/plan.js';
import { RECORD_NAME } from '../plan/published-record.js';
import type { Attempt } from './refusals.js';
import { connectToPublish } from './connect.js';
import { keepsVersionsOf, policyOf } from './facts.js';
import { foldersBelow, ownMetadataOf } from './objects.js';
import { changePolicy } from './policy.js';
import { readRecord } from './record.js';
import { refused } from './refused.js';
import { deleteOldVersions } from './versions.js';
import { readWebsite } from './website.js';
import { planUnpublish, unpublishLines, type UnpublishPlan } from '../plan/unpublish-plan.js';

type Target = Pick<PublishConfig, 'bucket' | 'prefix' | 'deleteOldVersions'>;

/**
 * Finds what Culprit published, asks, and removes it: first the website if it was turned on for this report, then the
 * readers' statement, which records that, then the objects with Culprit's mark. Objects and statements of others stay.
 * Throws a `CulpritError` of kind `publish`; if it stops half-way, the command can be repeated.
 *
 * @param agree receives the plan
 * @returns sentences about what was done; empty if the user did not agree
 */
export async function unpublish(
  target: Target,
  s3: S3Config,
  agree: (plan: readonly string[]) => Promise<boolean>,
): Promise<readonly string[]> {
  const { bucket, prefix } = target;
  const connection = await connectToPublish(bucket, s3, 1);
  const { client, region } = connection;
  const attempt: Attempts = async (what, act) => {
    try {
      return await act();
    } catch (error) {
      throw refused(error, what, s3, region);
    }
  };
  try {
    const plan = await planNow(connection, target, attempt);
    const keys = await reportKeys(connection, prefix, attempt);
    if (keys.length === 0 && plan.policy === undefined && !target.deleteOldVersions) {
      throw new CulpritError(
        'publish',
        `There is no report of Culprit in s3://${bucket}/${prefix}. Use the address that was given to --publish.`,
      );
    }
    if (!(await agree(unpublishLines(`s3://${bucket}/${prefix}`, keys, plan)))) return [];

    const { deletesWebsite } = await planNow(connection, target, attempt);
    const faults: Error[] = [];
    if (plan.deletesWebsite && deletesWebsite) {
      // If this is denied, the readers still lose access.
      await attempt({ action: 's3:DeleteBucketWebsite', bucket }, () =>
        client.send(new DeleteBucketWebsiteCommand({ Bucket: bucket })),
      ).catch((error: unknown) => faults.push(error as Error));
    }
    if (plan.policy !== undefined) await removeStatement(connection, prefix, attempt);
    for (const key of keys) await deleteOwn(connection, key, attempt);
    if (faults[0]) throw faults[0];
    const versions = await oldVersions(target, connection, keys, attempt);
    return [`Unpublished s3://${bucket}/${prefix}.`, ...versions, ...plan.notes];
  } finally {
    client.destroy();
  }
}

type Attempts = <T>(what: Attempt, act: () => Promise<T>) => Promise<T>;

async function planNow(connection: BucketConnection, target: Target, attempt: Attempts): Promise<UnpublishPlan> {
  const { client, bucket } = connection;
  const website = await attempt({ action: 's3:GetBucketWebsite', bucket }, () => readWebsite(client, bucket));
  const policy = await policyOf(client, bucket);
  const keepsVersions = (await keepsVersionsOf(client, bucket)) === true;
  const record = await readRecord(connection, target.prefix);
  return planUnpublish({ policy, website, bucket, keepsVersions }, record, target);
}

/** Removes the readers' statement from the policy. */
async function removeStatement(connection: BucketConnection, prefix: string, attempt: Attempts): Promise<void> {
  const { bucket } = connection;
  let action: Attempt['action'] = 's3:PutBucketPolicy';
  try {
    await changePolicy(connection, {
      isDone: (policy) => ownStatement(policy, prefix) === undefined,
      edit: (policy) => {
        const after = policyWithout(policy, prefix);
        if (after === undefined) action = 's3:DeleteBucketPolicy';
        return Promise.resolve(after);
      },
    });
  } catch (error) {
    await attempt({ action, bucket }, () => Promise.reject(error as Error));
  }
}

/** Deletes an object if it is still Culprit's: someone may have replaced it while the question was open. */
async function deleteOwn(connection: BucketConnection, key: string, attempt: Attempts): Promise<void> {
  const { client, bucket } = connection;
  const own = await attempt({ action: 's3:GetObject', bucket, key }, () => ownMetadataOf(connection, key));
  if (own === undefined) return;
  await attempt({ action: 's3:DeleteObject', bucket, key }, () =>
    client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })),
  );
}

async function oldVersions(
  { deleteOldVersions: isWanted, bucket, prefix }: Target,
  { client }: BucketConnection,
  keys: readonly string[],
  attempt: Attempts,
): Promise<string[]> {
  if (!isWanted) return [];
  // Objects that were unpublished earlier have left versions.
  const gone = planObjects(prefix).map(({ key }) => key);
  const all = [...new Set([...keys, ...gone, prefix + RECORD_NAME])];
  const attempted = { action: 's3:DeleteObjectVersion', bucket, key: prefix + INDEX_DOCUMENT } as const;
  const deleted = await attempt(attempted, () => deleteOldVersions(client, bucket, all));
  return [`Deleted ${String(deleted)} older version${deleted === 1 ? '' : 's'} of it.`];
}

/**
 * The keys below the prefix that are parts of reports by name and have Culprit's mark: pages first and the record last,
 * so that an interrupted run is found again.
 */
async function reportKeys(connection: BucketConnection, prefix: string, attempt: Attempts): Promise<string[]> {
  const { bucket } = connection;
  const folders = await attempt({ action: 's3:ListBucket', bucket }, () => foldersBelow(connection, prefix));
  const ofReports = folders.filter((folder) => folder === LATEST || timeOfFolder(folder) !== undefined);
  const places = ['', ...ofReports].flatMap((folder) => planObjects(prefix + folder).toReversed());
  const keys: string[] = [];
  for (const key of [...places.map((object) => object.key), prefix + RECORD_NAME]) {
    const own = await attempt({ action: 's3:GetObject', bucket, key }, () => ownMetadataOf(connection, key));
    if (own !== undefined) keys.push(key);
  }
  return keys;
}
