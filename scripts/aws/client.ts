/**
 * The one owner of S3 connections. Nothing imports this (or anything else that loads the AWS SDK) unless S3 is used:
 * loading the SDK costs a tenth of a second and 60 MB, which a report from a folder should not pay.
 */
import { HeadBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3Config } from '#scripts/run/config.js';
import { clientOptions, endpointOf } from './client-options.js';
import type { FailurePlace } from './failure.js';

/** A bucket, and a client that speaks to the region it is in. */
export interface BucketConnection {
  readonly client: S3Client;
  readonly bucket: string;
  /** The bucket's region as far as S3 says, else the region the client was configured with. */
  readonly region: string;
  /** The S3 that is not AWS's own; undefined for AWS. */
  readonly endpoint: URL | undefined;
}

/** Where requests go if neither flag, environment nor profile names a region; S3 says from there where a bucket is. */
const DEFAULT_REGION = 'us-east-1';
const LIMITS = { attempts: 5, connectMs: 10_000, idleMs: 60_000 } as const;

/** The endpoints found so far, for sentences about what fails later. */
const endpoints = new WeakMap<S3Config, URL>();

/**
 * Connects to a bucket in whatever region it is. Fails on a bucket that does not exist, on missing credentials and on an
 * unreachable endpoint, with the SDK's own error (see `failure.ts`); a refusal (403) is left to the call that needs the
 * permission, because a HEAD has no body to say why.
 * @param concurrency connections at once; further requests wait for one
 */
export async function connectToBucket(
  bucket: string,
  config: S3Config,
  concurrency: number,
): Promise<BucketConnection> {
  const endpoint = await endpointOf(config);
  if (endpoint !== undefined) endpoints.set(config, endpoint);
  // An access point is asked in its own region, which its ARN names.
  const region = /^arn:[^:]+:s3:([^:]+):/.exec(bucket)?.[1];
  if (region !== undefined) return await connect(bucket, { ...config, region }, endpoint, concurrency);
  return await connect(bucket, config, endpoint, concurrency);
}

async function connect(
  bucket: string,
  config: S3Config,
  endpoint: URL | undefined,
  concurrency: number,
): Promise<BucketConnection> {
  const client = await createClient(config, endpoint, concurrency);
  const configured = await client.config.region();
  try {
    const head = await client.send(new HeadBucketCommand({ Bucket: bucket }));
    return { client, bucket, region: head.BucketRegion ?? configured, endpoint };
  } catch (error) {
    const status = statusOf(error);
    const region = bucketRegionOf(error);
    if (status === undefined || status === 404 || status >= 500) {
      client.destroy();
      throw error;
    }
    if (region === undefined || region === configured) return { client, bucket, region: configured, endpoint };
    // The SDK's followRegionRedirects changes the shared configuration for the length of a request, which goes wrong
    // with many requests at once. One client made for the right region also saves the redirects.
    client.destroy();
    return { client: await createClient({ ...config, region }, endpoint, concurrency), bucket, region, endpoint };
  }
}

async function createClient(config: S3Config, endpoint: URL | undefined, concurrency: number): Promise<S3Client> {
  const options: S3ClientConfig = {
    ...clientOptions(config, { ...LIMITS, connections: concurrency }),
    ...(config.region === undefined ? {} : { region: config.region }),
    ...(endpoint === undefined ? {} : { endpoint: endpoint.href, forcePathStyle: true }),
  };
  const client = new S3Client(options);
  try {
    await client.config.region();
    return client;
  } catch {
    // "Region is missing": any region will do to ask where the bucket is.
    client.destroy();
    return new S3Client({ ...options, region: DEFAULT_REGION });
  }
}

/** What a sentence about a failure says of the place. */
export function failurePlace(bucket: string, config: S3Config, region: string | undefined): FailurePlace {
  const endpoint = endpoints.get(config)?.origin;
  return { bucket, endpoint, profile: config.profile ?? process.env['AWS_PROFILE'], region: region ?? config.region };
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** S3 names the bucket's region in a header even when it refuses the request. */
function bucketRegionOf(error: unknown): string | undefined {
  const response = (error as { $response?: { headers?: Record<string, string> } }).$response;
  return response?.headers?.['x-amz-bucket-region'];
}
