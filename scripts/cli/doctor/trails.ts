/** The account's trails and the caller's identity. Loads the AWS SDK: import it only when needed. */
import { CloudTrailClient, DescribeTrailsCommand, GetTrailStatusCommand, type Trail } from '@aws-sdk/client-cloudtrail';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { S3Config } from '#scripts/run/config.js';
import { clientOptions, type ClientOptions } from '#scripts/aws/client-options.js';

/** The region to ask if none is named: a multi-region trail is visible from every region. */
const DEFAULT_REGION = 'us-east-1';
const LIMITS = { attempts: 2, connectMs: 3000, responseMs: 10_000 } as const;

export interface TrailFacts {
  readonly name: string;
  /** `s3://BUCKET[/PREFIX]`, as for INPUT. */
  readonly input: string;
  readonly homeRegion: string;
  readonly isMultiRegion: boolean;
  readonly isOrganization: boolean;
  readonly hasGlobalEvents: boolean;
  readonly isValidated: boolean;
  readonly arn: string;
}

export interface TrailStatus {
  readonly isLogging: boolean;
  /** When the last log was delivered, in ms since 1970 UTC. */
  readonly lastDelivery: number | undefined;
  /** Why S3 rejected the last delivery. */
  readonly deliveryError: string | undefined;
}

export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** Requests to AWS about the credentials' account. All throw the SDK's error. */
export interface AccountQuestions {
  readonly region: string;
  caller(): Promise<Caller>;
  /** The trails that cover this region, of the account and of its organization, wherever they were created. */
  trails(): Promise<readonly TrailFacts[]>;
  statusOf(trail: TrailFacts): Promise<TrailStatus>;
  close(): void;
}

export async function askAccount(s3: S3Config): Promise<AccountQuestions> {
  const options = clientOptions(s3, LIMITS);
  const found = s3.region ?? (await configuredRegion(options)) ?? DEFAULT_REGION;
  const sts = new STSClient({ ...options, region: found });
  const cloudTrail = new CloudTrailClient({ ...options, region: found });
  /** Only the trail's home region knows its status. */
  const homes = new Map<string, CloudTrailClient>([[found, cloudTrail]]);
  return {
    region: found,
    async caller() {
      const { Account = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
      return { account: Account, arn: Arn };
    },
    async trails() {
      const { trailList = [] } = await cloudTrail.send(new DescribeTrailsCommand({ includeShadowTrails: true }));
      return trailList.flatMap((trail) => factsOf(trail) ?? []);
    },
    async statusOf({ arn, homeRegion }) {
      const client = homes.get(homeRegion) ?? new CloudTrailClient({ ...options, region: homeRegion });
      homes.set(homeRegion, client);
      const status = await client.send(new GetTrailStatusCommand({ Name: arn }));
      return {
        isLogging: status.IsLogging ?? false,
        lastDelivery: status.LatestDeliveryTime?.getTime(),
        deliveryError: status.LatestDeliveryError === '' ? undefined : status.LatestDeliveryError,
      };
    },
    close() {
      sts.destroy();
      for (const client of homes.values()) client.destroy();
    },
  };
}

async function configuredRegion(options: ClientOptions): Promise<string | undefined> {
  try {
    return await new STSClient(options).config.region();
  } catch {
    return undefined;
  }
}

function factsOf(trail: Trail): TrailFacts | undefined {
  if (trail.S3BucketName === undefined || trail.TrailARN === undefined) return undefined;
  const prefix = trail.S3KeyPrefix === undefined || trail.S3KeyPrefix === '' ? '' : `/${trail.S3KeyPrefix}`;
  return {
    name: trail.Name ?? trail.TrailARN,
    input: `s3://${trail.S3BucketName}${prefix}`,
    homeRegion: trail.HomeRegion ?? DEFAULT_REGION,
    isMultiRegion: trail.IsMultiRegionTrail ?? false,
    isOrganization: trail.IsOrganizationTrail ?? false,
    hasGlobalEvents: trail.IncludeGlobalServiceEvents ?? false,
    isValidated: trail.LogFileValidationEnabled ?? false,
    arn: trail.TrailARN,
  };
}
