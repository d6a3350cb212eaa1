/**
 * The options of every AWS SDK client: profile, region, credentials, endpoint and proxy, found as the AWS CLI finds
 * them.
 */
import { loadConfig } from '@smithy/core/config';
import type { S3Config } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import { credentialsOf } from './credentials.js';
import { ProxyHandler } from './proxy.js';

interface ClientLimits {
  /** Attempts per request, with the SDK's backoff and jitter between them. */
  readonly attempts: number;
  readonly connectMs: number;
  /** Milliseconds to wait for a response. */
  readonly responseMs?: number;
  /** Milliseconds after which a connection without traffic is closed. */
  readonly idleMs?: number;
  /** Concurrent connections; further requests wait for one. */
  readonly connections?: number;
}

const SILENT_LOGGER = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** Options for clients of every service. */
export interface ClientOptions {
  readonly maxAttempts: number;
  readonly logger: typeof SILENT_LOGGER;
  readonly requestHandler: ProxyHandler;
  readonly credentials: ReturnType<typeof credentialsOf>;
  readonly profile?: string;
}

export function clientOptions(config: S3Config, limits: ClientLimits): ClientOptions {
  const profile = adoptCliVariables(config);
  const { attempts, connectMs, responseMs, idleMs, connections } = limits;
  const handler = (): ProxyHandler =>
    new ProxyHandler({
      connectionTimeout: connectMs,
      ...(responseMs === undefined ? {} : { requestTimeout: responseMs }),
      ...(idleMs === undefined ? {} : { socketTimeout: idleMs }),
      ...(connections === undefined ? {} : { maxSockets: connections }),
    });
  return {
    maxAttempts: attempts,
    logger: SILENT_LOGGER,
    requestHandler: handler(),
    credentials: credentialsOf(profile, config.askForCode, { requestHandler: handler(), logger: SILENT_LOGGER }),
    ...(profile === undefined ? {} : { profile }),
  };
}

/**
 * The profile of --profile or the environment; undefined if neither names one. The SDK does not read AWS_DEFAULT_REGION
 * or AWS_DEFAULT_PROFILE, and its inner clients (STS, SSO) and its endpoint lookup read only the environment, so the
 * values are set there.
 */
function adoptCliVariables({ profile }: S3Config): string | undefined {
  const { env } = process;
  // On Node 20 the SDK writes a five-line deprecation warning to stderr in every run.
  env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
  if (region) env['AWS_REGION'] = region;
  const name = profile ?? (env['AWS_PROFILE'] || env['AWS_DEFAULT_PROFILE']);
  if (name) env['AWS_PROFILE'] = name;
  return name || undefined;
}

/**
 * The S3 endpoint from --endpoint-url, AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL, or from `endpoint_url` in the profile
 * and its services section, as in the AWS CLI; undefined for AWS. The SDK also reads the profile, but addresses the
 * bucket by host name, which most local S3 servers do not support. Throws a `CulpritError` of kind `usage` if the
 * endpoint is not a URL.
 */
export async function endpointOf(config: S3Config): Promise<URL | undefined> {
  const text = config.endpointUrl ?? (await configured(config, 's3', true));
  if (!text) return undefined;
  if (/^https?:\/\/[^/]/i.test(text) && URL.canParse(text)) return new URL(text);
  throw new CulpritError('usage', `Invalid endpoint "${text}". Use http://HOST:PORT or https://HOST.`);
}

/**
 * Whether CloudTrail can be asked about the logs in this S3: the S3 belongs to AWS, or the environment or profile gives
 * an endpoint for CloudTrail.
 */
export async function hasCloudTrail(config: S3Config): Promise<boolean> {
  return (await endpointOf(config)) === undefined || Boolean(await configured(config, 'cloudtrail', false));
}

/** @param orAny also accept the endpoint for all services */
async function configured(config: S3Config, service: string, orAny: boolean): Promise<string | undefined> {
  const profile = adoptCliVariables(config);
  const name = `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
  return await loadConfig<string | undefined>(
    {
      environmentVariableSelector: (env) => {
        if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return '';
        return env[name] || (orAny && env['AWS_ENDPOINT_URL']) || undefined;
      },
      configFileSelector: (section, file) => {
        if (section['ignore_configured_endpoint_urls'] === 'true') return undefined;
        const services = section['services'] && file?.[`services.${section['services']}`];
        return (services && services[`${service}.endpoint_url`]) || (orAny ? section['endpoint_url'] : undefined);
      },
      default: undefined,
    },
    profile === undefined ? {} : { profile },
  )();
}
