/** Reads the Block Public Access of the whole account. Loads two more SDK clients: import it only when needed. */
import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { S3Config } from '#scripts/run/config.js';
import { clientOptions } from '#scripts/aws/client-options.js';
import type { BucketFacts } from '../plan/bucket-facts.js';

const LIMITS = { attempts: 2, connectMs: 3000, responseMs: 10_000 } as const;

/**
 * The settings of the credentials' account; `unknown` if they cannot be read. Never rejects.
 * Source: S3 Control API, GetPublicAccessBlock, which applies to all regions.
 */
export async function accountBlockOf(
  s3: S3Config,
  region: string,
): Promise<Pick<BucketFacts, 'accountBlock' | 'account'>> {
  const options = { ...clientOptions(s3, LIMITS), region };
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
