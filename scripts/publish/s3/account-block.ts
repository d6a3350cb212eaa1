/** Asks for the Block Public Access of the whole account. Loads two more SDK clients: import it only where that matters. */
import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { S3Config } from '#scripts/run/config.js';
import type { BucketFacts } from '../plan/bucket-facts.js';

const CONNECT_MS = 3000;
const ANSWER_MS = 10_000;
const SILENT_LOGGER = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/**
 * The settings of the account that the credentials belong to. What may not be asked is `unknown`; never throws.
 * Source: S3 Control API, GetPublicAccessBlock, which has one answer for all regions.
 */
export async function accountBlockOf(
  { profile }: S3Config,
  region: string,
): Promise<Pick<BucketFacts, 'accountBlock' | 'account'>> {
  const options = {
    region,
    maxAttempts: 2,
    logger: SILENT_LOGGER,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS },
    ...(profile === undefined ? {} : { profile }),
  };
  const sts = new STSClient(options);
  const control = new S3ControlClient(options);
  let account: string | undefined;
  try {
    account = (await sts.send(new GetCallerIdentityCommand({}))).Account;
    const { PublicAccessBlockConfiguration: block } = await control.send(
      new GetPublicAccessBlockCommand({ AccountId: account }),
    );
    return {
      account,
      accountBlock: {
        refusesPolicies: block?.BlockPublicPolicy ?? false,
        restrictsBuckets: block?.RestrictPublicBuckets ?? false,
      },
    };
  } catch (error) {
    const isOff = (error as Error).name === 'NoSuchPublicAccessBlockConfiguration';
    return { account, accountBlock: isOff ? { refusesPolicies: false, restrictsBuckets: false } : 'unknown' };
  } finally {
    sts.destroy();
    control.destroy();
  }
}
