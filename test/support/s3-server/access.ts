/** Who may do what. */
import { S3Error } from './errors.js';
import { header, type Exchange } from './exchange.js';
import { decide, isPublic } from './policy.js';
import type { Bucket } from './store.js';

/**
 * Refuses what the caller may not do. The owner's account may do everything that no test denied (`S3Server.deny`) and no
 * statement of the policy forbids; everybody else only what the policy allows and Block Public Access lets through.
 */
export function authorize(exchange: Exchange, action: string, bucket: Bucket, key: string): void {
  if (!mayDo(exchange, action, bucket, key)) throw accessDenied(exchange, action, bucket.name, key);
}

export function mayDo(exchange: Exchange, action: string, bucket: Bucket, key: string): boolean {
  const { caller, sourceIp, target } = exchange;
  if (isDeniedByTest(exchange, action, bucket.name, key)) return false;
  const verdict = decide(bucket.policy, {
    action,
    resource: arn(bucket.name, key),
    principal: caller && callerArn(exchange),
    account: caller?.account,
    sourceIp,
    sourceVpce: header(exchange, 'test-source-vpce'),
    sourceVpc: header(exchange, 'test-source-vpc'),
    prefix: target.query.get('prefix') ?? '',
  });
  if (verdict === 'deny') return false;
  if (caller?.account === bucket.ownerAccount) return true;
  const block = bucket.publicAccessBlock;
  if (action === 's3:GetObject' && bucket.get(key)?.publicRead === true && block?.IgnorePublicAcls !== true)
    return true;
  if (block?.RestrictPublicBuckets === true && bucket.policy && isPublic(bucket.policy)) return false;
  return verdict === 'allow';
}

/** What is done to no bucket yet. */
export function authorizeService(exchange: Exchange, action: string): void {
  const { caller, target } = exchange;
  if (!caller || isDeniedByTest(exchange, action, target.bucket, '')) {
    throw accessDenied(exchange, action, target.bucket, '');
  }
}

function isDeniedByTest({ state }: Exchange, action: string, bucket: string, key: string): boolean {
  return [...state.denials].some(
    (denial) =>
      denial.action === action &&
      (denial.bucket === undefined || denial.bucket === bucket) &&
      key.startsWith(denial.keyPrefix),
  );
}

/** AWS says more than "Access Denied" only to those who signed. */
export function accessDenied(
  exchange: Exchange,
  action: string,
  bucket: string,
  key: string,
  because?: string,
): S3Error {
  if (!exchange.caller) return new S3Error('AccessDenied');
  const reason = because ?? `because no identity-based policy allows the ${action} action`;
  return new S3Error('AccessDenied', {
    message: `User: ${callerArn(exchange)} is not authorized to perform: ${action} on resource: "${arn(bucket, key)}" ${reason}`,
  });
}

function callerArn({ caller }: Exchange): string {
  return `arn:aws:iam::${caller?.account ?? ''}:user/${caller?.user ?? ''}`;
}

function arn(bucket: string, key: string): string {
  return `arn:aws:s3:::${bucket}${key === '' ? '' : `/${key}`}`;
}
