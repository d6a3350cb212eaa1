/** Carries out an access on a bucket: the statement of its policy, website hosting, and the record of both. */
import {
  DeleteBucketPolicyCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { PublishConfig, S3Config } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import type { BucketConnection } from '#scripts/aws/client.js';
import { failureOf } from '#scripts/aws/failure.js';
import { planAccess, type AccessPlan, type PolicyChange } from '../plan/access-plan.js';
import { hasOpenReport, sidOf } from '../plan/access-policy.js';
import type { BucketFacts, Website } from '../plan/bucket-facts.js';
import { blockedSentence, policyChangedSentence, refusingLevelOf, stillPublicSentence } from '../plan/diagnosis.js';
import { MARK } from '../plan/plan.js';
import { parseRecord, recordJson, RECORD_NAME, type PublishedRecord } from '../plan/published-record.js';
import type { Attempt } from './refusals.js';
import { accountBlockOf } from './account-block.js';
import { factsOf, policyOf, statusOf } from './facts.js';
import { refused } from './refused.js';
import { makeWebsite } from './website.js';

const MOST_RECORD_BYTES = 4096;

export class BucketAccess {
  private constructor(
    private readonly connection: BucketConnection,
    private readonly config: PublishConfig,
    private readonly s3: S3Config,
    readonly facts: BucketFacts,
    readonly plan: AccessPlan,
  ) {}

  /**
   * Looks at the bucket and plans. Changes nothing. Throws a `CulpritError` of kind `publish` where the bucket does not
   * allow what is asked for.
   * @param keys what the readers are to read
   */
  static async prepare(
    connection: BucketConnection,
    config: PublishConfig,
    s3: S3Config,
    website: Website,
    keys: readonly string[],
  ): Promise<BucketAccess> {
    let facts = await factsOf(connection, website);
    const { access, prefix } = config;
    if (access.kind === 'encrypted' || access.kind === 'public') facts = await withAccount(facts, s3);
    return new BucketAccess(connection, config, s3, facts, planAccess(facts, access, prefix, keys));
  }

  /**
   * Before the upload: writes down what will be changed, and changes the policy, unless it opens what still lies there to
   * everyone.
   */
  async before(version: string): Promise<void> {
    const { plan } = this;
    if (plan.policy !== undefined || plan.makesWebsite) await this.writeRecord(version);
    if (plan.policy?.opens === false) await this.changePolicy(plan.policy);
  }

  /** After the upload, when there is something to show. */
  async after(): Promise<void> {
    const { policy, makesWebsite } = this.plan;
    if (policy?.opens === true) await this.changePolicy(policy);
    if (makesWebsite) {
      const { client, bucket } = this.connection;
      await this.attempt({ action: 's3:PutBucketWebsite', bucket }, () => makeWebsite(client, bucket));
    }
  }

  /** Whether S3 judges the policy as we do, once all is done: a sentence where it does not. */
  async statusNotes(): Promise<string[]> {
    const { kind } = this.config.access;
    if (kind === 'encrypted' || kind === 'public') return [];
    const { client, bucket } = this.connection;
    const policy = await policyOf(client, bucket);
    // An encrypted report below another prefix is meant to be loaded by anyone.
    if (typeof policy === 'object' && hasOpenReport(policy.text)) return [];
    return (await statusOf(client, bucket)) === 'public' ? [stillPublicSentence(bucket)] : [];
  }

  /** What earlier publishing changed is still to be undone one day. */
  private async writeRecord(version: string): Promise<void> {
    const { client, bucket } = this.connection;
    const { prefix } = this.config;
    const Key = prefix + RECORD_NAME;
    const attempt: Attempt = { action: 's3:PutObject', bucket, key: Key };
    const before = await readRecord(this.connection, prefix);
    const madeWebsite = this.plan.makesWebsite || before?.madeWebsite === true;
    const record: PublishedRecord = {
      formatVersion: 1,
      ...(this.plan.policy?.added === undefined ? {} : { policySid: sidOf(prefix) }),
      ...(madeWebsite && { madeWebsite }),
    };
    await this.attempt(attempt, () =>
      client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key,
          Body: Buffer.from(recordJson(record)),
          ContentType: 'application/json; charset=utf-8',
          Metadata: { [MARK]: version },
        }),
      ),
    );
  }

  private async changePolicy(change: PolicyChange): Promise<void> {
    const { client, bucket } = this.connection;
    try {
      await putPolicy(this.connection, change.before, change.after);
    } catch (error) {
      const { kind } = failureOf(error);
      const isBlocked = kind === 'block-public-access' || (kind === 'denied' && refusesPolicies(this.facts));
      if (isBlocked && change.after !== undefined) {
        const facts = await withAccount(this.facts, this.s3);
        throw new CulpritError('publish', blockedSentence(refusingLevelOf(facts), facts), { cause: error });
      }
      const action = change.after === undefined ? 's3:DeleteBucketPolicy' : 's3:PutBucketPolicy';
      throw refused(error, { action, bucket }, this.s3, await client.config.region());
    }
  }

  private async attempt(attempt: Attempt, act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      throw refused(error, attempt, this.s3, this.connection.region);
    }
  }
}

/**
 * Puts the policy, or deletes it where none is to be left, if it is still what it was: S3 has no condition for that, so a
 * moment remains in which somebody else's change could be lost. Throws the SDK's error.
 */
export async function putPolicy(
  { client, bucket }: BucketConnection,
  before: string | undefined,
  after: string | undefined,
): Promise<void> {
  const now = await policyOf(client, bucket);
  const text = typeof now === 'string' ? undefined : now.text;
  if (now === 'unknown' || text !== before) throw new CulpritError('publish', policyChangedSentence(bucket));
  if (after === undefined) await client.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
  else await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: after }));
}

/** The record of what was published below a prefix; undefined where there is none that may be read. */
export async function readRecord(
  { client, bucket }: BucketConnection,
  prefix: string,
): Promise<PublishedRecord | undefined> {
  try {
    // What is longer was not written by Culprit, and is no JSON any more.
    const order = { Bucket: bucket, Key: prefix + RECORD_NAME, Range: `bytes=0-${String(MOST_RECORD_BYTES - 1)}` };
    const { Body } = await client.send(new GetObjectCommand(order));
    return parseRecord((await Body?.transformToString()) ?? '');
  } catch {
    return undefined;
  }
}

function refusesPolicies({ block, accountBlock }: BucketFacts): boolean {
  return [block, accountBlock].some((level) => level !== 'unknown' && level.refusesPolicies);
}

/** Another S3 than AWS's has no Block Public Access of accounts. */
async function withAccount(facts: BucketFacts, s3: S3Config): Promise<BucketFacts> {
  if (facts.account !== undefined) return facts;
  if (facts.endpoint !== undefined && process.env['AWS_ENDPOINT_URL_S3_CONTROL'] === undefined) {
    return { ...facts, accountBlock: { refusesPolicies: false, restrictsBuckets: false } };
  }
  return { ...facts, ...(await accountBlockOf(s3, facts.region)) };
}
