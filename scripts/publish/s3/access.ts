/** Applies an access to a bucket: its policy statement, website hosting, and the record of both. */
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { PublishConfig, S3Config } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import type { BucketConnection } from '#scripts/aws/client.js';
import { failureOf } from '#scripts/aws/failure.js';
import { planAccess, refuseTooLarge, type AccessPlan } from '../plan/access-plan.js';
import {
  covers,
  hasOpenReport,
  isWithin,
  ownStatement,
  policyWith,
  sameReaders,
  sameStatement,
  type OwnStatement,
} from '../plan/access-policy.js';
import type { BucketFacts, Website } from '../plan/bucket-facts.js';
import { blockedSentence, policyChangedSentence, refusingLevelOf, stillPublicSentence } from '../plan/diagnosis.js';
import { MARK } from '../plan/plan.js';
import type { PolicyStatement } from '../plan/policy-text.js';
import { recordJson, RECORD_NAME, type PublishedRecord } from '../plan/published-record.js';
import type { Attempt } from './refusals.js';
import { accountBlockOf } from './account-block.js';
import { factsOf, policyOf, statusOf } from './facts.js';
import { changePolicy, currentPolicy } from './policy.js';
import { readRecord } from './record.js';
import { refused } from './refused.js';
import { makeWebsite, readWebsite } from './website.js';

/** A change of Culprit's own statement. */
interface StatementChange {
  readonly isDone: (own: PolicyStatement | undefined) => boolean;
  /** The new statement; undefined for none. */
  readonly statement: OwnStatement | undefined;
  /** The statements that the change may replace, if not any: any other means that someone has changed it meanwhile. */
  readonly expected?: readonly (PolicyStatement | undefined)[];
  /** Throws if the change must not be made any more. */
  readonly verify?: () => Promise<void>;
}

export class BucketAccess {
  private constructor(
    private readonly connection: BucketConnection,
    private readonly config: PublishConfig,
    private readonly s3: S3Config,
    readonly facts: BucketFacts,
    readonly plan: AccessPlan,
    private readonly keys: readonly string[],
  ) {}

  /**
   * Inspects the bucket and makes the plan. Changes nothing. Throws a `CulpritError` of kind `publish` if the bucket
   * does not allow this access.
   * @param keys the keys that the readers may read
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
    return new BucketAccess(connection, config, s3, facts, planAccess(facts, access, prefix, keys), keys);
  }

  /**
   * Before the upload: records what will be changed, and keeps access only for those who may read the new report too.
   */
  async close(version: string): Promise<void> {
    const { plan, config } = this;
    if (plan.policy !== undefined || plan.makesWebsite) await this.writeRecord(version);
    if (!isWithin(plan.own, config.access)) await this.narrow();
  }

  private async narrow(): Promise<void> {
    const { meanwhile: statement } = this.plan;
    await this.changeStatement({ isDone: (own) => isWithin(own, this.config.access), statement });
  }

  /** Throws if the current policy lets in anybody whom the new report is not for. */
  async check(): Promise<void> {
    const { facts, config } = this;
    const { access, prefix, bucket } = config;
    if (access.kind === 'encrypted' || access.kind === 'public' || facts.policy === 'unknown') return;
    const { own } = planAccess(await this.factsNow(), access, prefix, this.keys);
    if (!isWithin(own, access)) throw new CulpritError('publish', policyChangedSentence(bucket));
  }

  /**
   * After the upload, when the report is there: lets the readers in.
   * @param keys the keys that they may read
   * @param verify throws if an object at the keys was not published for them
   * @returns whether static website hosting was turned on
   */
  async open(keys: readonly string[], verify: () => Promise<void>): Promise<boolean> {
    const { plan, config, connection } = this;
    const { access, prefix, bucket } = config;
    const { own, wanted, makesWebsite } = planAccess(await this.factsNow(), access, prefix, keys);
    // A run that read the policy earlier may have restored access that was removed.
    if (!isWithin(own, access)) await this.narrow();
    if (this.facts.policy !== 'unknown') {
      let isPut = false;
      const isChanged = await this.changeStatement({
        // Another run for the same readers may have added its own copy meanwhile.
        isDone: (own) => (isPut && own !== undefined ? covers(own, wanted) : isSame(own, wanted)),
        statement: wanted,
        expected: [plan.meanwhile, wanted],
        verify: async () => {
          if (wanted !== undefined) await verify();
          isPut = true;
        },
      });
      if (isChanged && wanted !== undefined) await this.keepOpen(wanted, verify);
    }
    if (makesWebsite)
      await this.attempt({ action: 's3:PutBucketWebsite', bucket }, () => makeWebsite(connection.client, bucket));
    return makesWebsite;
  }

  /** Removes all access again if another report was published at the keys while access was being given. */
  private async keepOpen(wanted: OwnStatement, verify: () => Promise<void>): Promise<void> {
    try {
      await verify();
    } catch (error) {
      await this.changeStatement({
        isDone: (own) => !sameReaders(own, wanted),
        statement: undefined,
        expected: [wanted],
      });
      throw error;
    }
  }

  /** The current policy and website; the other settings as they were. */
  private async factsNow(): Promise<BucketFacts> {
    const { facts, connection } = this;
    const { bucket, client } = connection;
    const website = await this.attempt({ action: 's3:GetBucketWebsite', bucket }, () => readWebsite(client, bucket));
    if (facts.policy === 'unknown') return { ...facts, website };
    const text = await this.attempt({ action: 's3:GetBucketPolicy', bucket }, () => currentPolicy(connection));
    return { ...facts, website, policy: text === undefined ? 'none' : { text } };
  }

  /** A sentence if S3 classifies the final policy differently than Culprit does. */
  async statusNotes(): Promise<string[]> {
    const { kind } = this.config.access;
    if (kind === 'encrypted' || kind === 'public') return [];
    const { client, bucket } = this.connection;
    const policy = await policyOf(client, bucket);
    // An encrypted report below another prefix is public on purpose.
    if (typeof policy === 'object' && hasOpenReport(policy.text)) return [];
    return (await statusOf(client, bucket)) === 'public' ? [stillPublicSentence(bucket)] : [];
  }

  /** The record keeps the changes of earlier publishing, which must be undone some day. */
  private async writeRecord(version: string): Promise<void> {
    const { client, bucket } = this.connection;
    const { prefix } = this.config;
    const Key = prefix + RECORD_NAME;
    const attempt: Attempt = { action: 's3:PutObject', bucket, key: Key };
    const before = await readRecord(this.connection, prefix);
    const { wanted, makesWebsite } = this.plan;
    const madeWebsite = makesWebsite || before?.madeWebsite === true;
    const record: PublishedRecord = {
      formatVersion: 1,
      bucket,
      prefix,
      ...(wanted !== undefined && { policySid: wanted.Sid }),
      ...(madeWebsite && { madeWebsite }),
    };
    if (before && recordJson(before) === recordJson(record)) return;
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

  /** @returns whether a change was needed */
  private async changeStatement({ isDone, statement, expected, verify }: StatementChange): Promise<boolean> {
    const { bucket } = this.connection;
    const { prefix } = this.config;
    let isFirst = true;
    let action: Attempt['action'] = 's3:PutBucketPolicy';
    try {
      await changePolicy(this.connection, {
        isDone: (policy) => isDone(ownStatement(policy, prefix)),
        edit: async (policy) => {
          const own = ownStatement(policy, prefix);
          // A run that read the policy earlier may have undone what this run wrote.
          const isExpected = expected?.some((one) => sameReaders(own, one)) ?? true;
          if (!isExpected && (isFirst || own !== undefined))
            throw new CulpritError('publish', policyChangedSentence(bucket));
          await verify?.();
          isFirst = false;
          const after = policyWith(policy, prefix, statement);
          refuseTooLarge(bucket, after);
          if (after === undefined) action = 's3:DeleteBucketPolicy';
          return after;
        },
      });
      return !isFirst;
    } catch (error) {
      const { kind } = failureOf(error);
      const isBlocked = kind === 'block-public-access' || (kind === 'denied' && refusesPolicies(this.facts));
      if (isBlocked && statement !== undefined) {
        const facts = await withAccount(this.facts, this.s3);
        throw new CulpritError('publish', blockedSentence(refusingLevelOf(facts), facts), { cause: error });
      }
      throw refused(error, { action, bucket }, this.s3, this.connection.region);
    }
  }

  private async attempt<T>(attempt: Attempt, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw refused(error, attempt, this.s3, this.connection.region);
    }
  }
}

function isSame(own: PolicyStatement | undefined, wanted: PolicyStatement | undefined): boolean {
  return own === undefined || wanted === undefined ? own === wanted : sameStatement(own, wanted);
}

function refusesPolicies({ block, accountBlock }: BucketFacts): boolean {
  return [block, accountBlock].some((level) => level !== 'unknown' && level.refusesPolicies);
}

/** An S3 that is not AWS has no Block Public Access for accounts. */
async function withAccount(facts: BucketFacts, s3: S3Config): Promise<BucketFacts> {
  if (facts.account !== undefined) return facts;
  if (facts.endpoint !== undefined && process.env['AWS_ENDPOINT_URL_S3_CONTROL'] === undefined) {
    return { ...facts, accountBlock: { refusesPolicies: false, restrictsBuckets: false } };
  }
  return { ...facts, ...(await accountBlockOf(s3, facts.region)) };
}
