/**
 * Classifies S3 errors by code and status, and gives the sentences shared by all uses of S3. Pure: it knows the form of
 * the SDK's errors but does not load the SDK.
 */

import { partitionOf } from '#scripts/run/partition.js';

type FailureKind =
  | 'no-bucket'
  | 'no-object'
  | 'denied'
  | 'no-credentials'
  /** `detail` is the whole sentence; likewise for `proxy`. */
  | 'credentials'
  | 'proxy'
  | 'expired'
  | 'unknown-access-key'
  | 'wrong-secret'
  | 'clock'
  | 'wrong-region'
  | 'unreachable'
  | 'certificate'
  | 'archived'
  | 'acls-disabled'
  | 'block-public-access'
  | 'changed-meanwhile'
  | 'overloaded'
  | 'other';

export interface S3Failure {
  readonly kind: FailureKind;
  /** The message of S3 or Node, for errors that have no sentence here; may be empty. */
  readonly detail: string;
}

/** S3's error codes (Amazon S3 API reference, "Error responses") and Node's network error codes. */
const KINDS: Readonly<Record<string, FailureKind>> = {
  NoSuchBucket: 'no-bucket',
  NoSuchKey: 'no-object',
  NotFound: 'no-object',
  AccessDenied: 'denied',
  AllAccessDisabled: 'denied',
  AccountProblem: 'denied',
  CredentialsProviderError: 'no-credentials',
  CredentialsFault: 'credentials',
  ProxyError: 'proxy',
  TokenProviderError: 'expired',
  ExpiredToken: 'expired',
  ExpiredTokenException: 'expired',
  TokenRefreshRequired: 'expired',
  InvalidToken: 'expired',
  InvalidAccessKeyId: 'unknown-access-key',
  SignatureDoesNotMatch: 'wrong-secret',
  RequestTimeTooSkewed: 'clock',
  PermanentRedirect: 'wrong-region',
  AuthorizationHeaderMalformed: 'wrong-region',
  IllegalLocationConstraintException: 'wrong-region',
  InvalidObjectState: 'archived',
  AccessControlListNotSupported: 'acls-disabled',
  PreconditionFailed: 'changed-meanwhile',
  ConditionalRequestConflict: 'changed-meanwhile',
  SlowDown: 'overloaded',
  ServiceUnavailable: 'overloaded',
  InternalError: 'overloaded',
  TimeoutError: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EPIPE: 'unreachable',
  EPROTO: 'unreachable',
  CERT_HAS_EXPIRED: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
};

/** Responses without a body (to a HEAD) have only a status. */
const KINDS_BY_STATUS: Readonly<Record<number, FailureKind>> = {
  301: 'wrong-region',
  403: 'denied',
  404: 'no-object',
  409: 'changed-meanwhile',
  412: 'changed-meanwhile',
  500: 'overloaded',
  503: 'overloaded',
};

/** Classifies an error thrown by the AWS SDK. */
export function failureOf(error: unknown): S3Failure {
  const { name, code, message, $metadata } = error as {
    name?: string;
    code?: unknown;
    message?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const byCode = (typeof code === 'string' ? KINDS[code] : undefined) ?? (name === undefined ? undefined : KINDS[name]);
  const kind = byCode ?? KINDS_BY_STATUS[$metadata?.httpStatusCode ?? 0] ?? 'other';
  const detail = message === undefined || message === name || message === 'UnknownError' ? '' : message;
  if (kind === 'denied' && /block public access|BlockPublicPolicy/i.test(detail)) {
    return { kind: 'block-public-access', detail };
  }
  // The credential provider reports an expired sign-in session with a hint to sign in again.
  if (kind === 'no-credentials' && /expired|sso login|aws login/i.test(detail)) return { kind: 'expired', detail };
  return { kind, detail };
}

/**
 * The sentence for a refusal that no further permission would change: an explicit deny (in a service control policy, or
 * in the policy of a VPC endpoint or bucket), a bucket with Requester Pays, a disabled KMS key. Undefined for an
 * ordinary missing permission.
 * Source: AWS IAM user guide, "Troubleshoot access denied error messages".
 */
export function ownWords(what: string, { detail }: S3Failure): string | undefined {
  const words = detail.trim().replace(/[.]+$/, '');
  if (/requester[ -]?pays/i.test(words)) {
    return `${what} (${words}). To pay for the requests, add --request-payer requester.`;
  }
  if (/explicit deny/i.test(words)) {
    return `${what} (${words}). An explicit deny overrides permissions: the owner of the policy must exempt these credentials, or choose others with --profile.`;
  }
  if (/is disabled|pending deletion/i.test(words)) return `${what} (${words}). The owner of the key must enable it.`;
  return undefined;
}

/** What an error message says about the connection. */
export interface FailurePlace {
  readonly bucket: string;
  /** The endpoint if the S3 is not AWS; undefined for AWS. */
  readonly endpoint: string | undefined;
  readonly profile: string | undefined;
  readonly region: string | undefined;
}

/**
 * One sentence with what to do, for each kind that means the same for every operation; undefined for the other kinds.
 */
export function connectionSentence({ kind, detail }: S3Failure, place: FailurePlace): string | undefined {
  const at = place.endpoint === undefined ? 'S3' : `S3 at ${place.endpoint}`;
  const profile = place.profile === undefined ? '' : ` in profile "${place.profile}"`;
  switch (kind) {
    case 'no-bucket':
      return `The bucket "${place.bucket}" does not exist ${place.endpoint === undefined ? 'on AWS' : `at ${place.endpoint}`}. Check its name, or use --endpoint-url if it is elsewhere.`;
    case 'credentials':
    case 'proxy':
      return detail;
    case 'no-credentials':
      return `No AWS credentials were found${profile}. Run "aws configure" or "aws sso login", or choose a profile with --profile or AWS_PROFILE.`;
    case 'expired':
      return `The AWS credentials${profile} have expired. Sign in again (with "aws sso login", for example), then repeat the command.`;
    case 'unknown-access-key':
      return `${at} does not know the access key${profile}. It was deleted, or belongs to another endpoint${partitionOf(place.region) === 'aws' ? ' or partition (keys of GovCloud and China need --s3-region us-gov-west-1 or cn-north-1)' : ''}; check "aws configure list".`;
    case 'wrong-secret':
      return `${at} rejects the signature: the secret key${profile} does not belong to the access key. Set the credentials again.`;
    case 'clock':
      return `${at} rejects requests because this machine's clock is wrong. Set the clock.`;
    case 'wrong-region':
      return `The bucket "${place.bucket}" is not in region ${place.region ?? 'us-east-1'}, and ${at} does not say where it is. Name its region with --s3-region (find it: "aws s3api get-bucket-location --bucket ${place.bucket}").`;
    case 'unreachable':
      return `${at} cannot be reached (${detail || 'no answer'}). Check the network, proxy${place.endpoint === undefined ? '' : ', --endpoint-url'} and --s3-region.`;
    case 'certificate':
      return `${at} has a certificate that is not trusted (${detail}). Set NODE_EXTRA_CA_CERTS to the file of your certificate authority.`;
    case 'overloaded':
      return `${at} keeps answering with errors (${detail || 'no reason given'}). Try again later.`;
    default:
      return undefined;
  }
}
