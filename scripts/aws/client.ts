/**
 * Opens all S3 connections. Only code that uses S3 imports this module (or any other that loads the AWS SDK): loading
 * the SDK takes 0.1 s and 60 MB, which a report from a folder does not need.
 */
import { HeadBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3Config } from '#scripts/run/config.js';
import { clientOptions, endpointOf } from './client-options.js';
import type { FailurePlace } from './failure.js';

/** A bucket, and a client for the bucket's region. */
export interface BucketConnection {
  readonly client: S3Client;
  readonly bucket: string;
  /** The bucket's region if S3 reports it, else the region that the client was configured with. */
  readonly region: string;
  /** The endpoint if the S3 is not AWS; undefined for AWS. */
  readonly endpoint: URL | undefined;
}

/** The region used if no flag, variable or profile names one; S3 reports from there where a bucket is. */
const DEFAULT_REGION = 'us-east-1';
const LIMITS = { attempts: 5, connectMs: 10_000, idleMs: 60_000 } as const;

/** The endpoints found so far, for later error messages. */
const endpoints = new WeakMap<S3Config, URL>();

/**
 * Connects to a bucket in any region. Throws the SDK's own error (see `failure.ts`) if the bucket does not exist,
 * credentials are missing or the endpoint is unreachable. A refusal (403) is left to the call that needs the
 * permission, because the response to a HEAD has no body that says why.
 * @param concurrency concurrent connections; further requests wait for one
 */
export async function connectToBucket(
  bucket: string,
  config: S3Config,
  concurrency: number,
): Promise<BucketConnection> {
  const endpoint = await endpointOf(config);
  if (endpoint !== undefined) endpoints.set(config, endpoint);
  // An access point belongs to the region in its ARN.
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
    // The SDK's followRegionRedirects changes the shared configuration during a request, which fails with many
    // concurrent requests. One client made for the right region also saves the redirects.
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
    // "Region is missing": any region can report where the bucket is.
    client.destroy();
    return new S3Client({ ...options, region: DEFAULT_REGION });
  }
}

/** The connection's details for an error message. */
export function failurePlace(bucket: string, config: S3Config, region: string | undefined): FailurePlace {
  const endpoint = endpoints.get(config)?.origin;
  return { bucket, endpoint, profile: config.profile ?? process.env['AWS_PROFILE'], region: region ?? config.region };
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** The bucket's region, which S3 sends in a header even if it refuses the request. */
function bucketRegionOf(error: unknown): string | undefined {
  const response = (error as { $response?: { headers?: Record<string, string> } }).$response;
  return response?.headers?.['x-amz-bucket-region'];
}
