/** What a bucket policy lets visitors do, and the one statement of it that is ours. Pure. */
import { createHash } from 'node:crypto';
import type { Access } from '#scripts/run/config.js';
import { statementsOf, type PolicyStatement } from './policy-text.js';

/** All statements of Culprit begin so; what follows tells the published prefixes of a bucket apart. */
export const SID_BEGINNING = 'CulpritReport';

/** More than this is refused. Source: Amazon S3 user guide, "Bucket policies": 20 KB. */
export const MOST_POLICY_BYTES = 20 * 1024;

/** The Sid of the statement for what is published below a prefix. A Sid has letters and digits only. */
export function sidOf(prefix: string): string {
  return SID_BEGINNING + createHash('sha256').update(prefix).digest('hex').slice(0, 12);
}

/** `arn:aws:s3:::bucket/key`, in the partition of the region. */
export function objectArn(region: string, bucket: string, key: string): string {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:s3:::${bucket}/${key}`;
}

/**
 * The statement that lets in whom `access` means; undefined for those that need none. It only ever allows: a Deny for all
 * others would shut out the bucket's owner too.
 */
export function statementFor(
  access: Access,
  sid: string,
  resources: readonly string[],
): (PolicyStatement & { readonly Sid: string }) | undefined {
  const allow = { Sid: sid, Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: resources };
  switch (access.kind) {
    case 'encrypted':
    case 'public':
      return allow;
    case 'cidr':
      return { ...allow, Condition: { IpAddress: { 'aws:SourceIp': access.ranges } } };
    case 'vpce':
      return { ...allow, Condition: { StringEquals: { 'aws:SourceVpce': access.ids } } };
    case 'vpc':
      return { ...allow, Condition: { StringEquals: { 'aws:SourceVpc': access.ids } } };
    case 'presigned':
    case 'private':
      return undefined;
  }
}

/** Whether two statements say the same, however S3 writes them: "*" or {"AWS":"*"}, a list of one or the one. */
export function sameStatement(a: PolicyStatement, b: PolicyStatement): boolean {
  return JSON.stringify(normal(a)) === JSON.stringify(normal(b));
}

function normal(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.length === 1 ? normal(value[0]) : value.map((item) => normal(item)).sort();
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, item]) => [name, normal(item, name)] as const);
  if (key === 'Principal' && entries.length === 1 && entries[0]?.[0] === 'AWS') return entries[0][1];
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether a statement of Culprit's lets in everyone, as for an encrypted report. */
export function hasOpenReport(policy: string): boolean {
  return statementsOf(policy).some(({ Sid, Condition }) => Sid?.startsWith(SID_BEGINNING) === true && !Condition);
}

/**
 * Whom a policy lets read an object without signing in: everyone, some (under a condition, or with a Deny that may apply
 * to them), or nobody. What cannot be told from the statement counts as letting in.
 * @param exceptSid a statement that is left out
 */
export function visitorsOf(policy: string, resource: string, exceptSid: string): 'everyone' | 'some' | 'nobody' {
  const about = statementsOf(policy).filter(
    (statement) => statement.Sid !== exceptSid && isAbout(statement, 's3:GetObject', resource),
  );
  const allows = about.filter(({ Effect }) => Effect === 'Allow');
  if (allows.length === 0) return 'nobody';
  const isDenied = about.some(({ Effect }) => Effect === 'Deny');
  const isOpen = allows.some(({ Condition }) => Condition === undefined || Object.keys(Condition).length === 0);
  return isOpen && !isDenied ? 'everyone' : 'some';
}

function isAbout(statement: PolicyStatement, action: string, resource: string): boolean {
  const { Principal, NotPrincipal, Action, Resource } = statement;
  const isEverybody =
    NotPrincipal !== undefined ||
    Principal === '*' ||
    many((Principal as { AWS?: string } | undefined)?.AWS).includes('*');
  return (
    isEverybody &&
    (Action === undefined || many(Action).some((pattern) => isLike(pattern.toLowerCase(), action.toLowerCase()))) &&
    (Resource === undefined || many(Resource).some((pattern) => isLike(pattern, resource)))
  );
}

function many(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** Policies' patterns: `*` is any text, `?` any character. */
function isLike(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}
