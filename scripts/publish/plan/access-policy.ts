/** What a bucket policy lets visitors do, and the one statement of it that is ours. Pure. */
import { createHash } from 'node:crypto';
import type { Access } from '#scripts/run/config.js';
import { isInBlock, parseBlock } from '#shared/query/address.js';
import { partitionOf } from '#scripts/run/partition.js';
import { statementsOf, withoutStatement, withStatement, type PolicyStatement } from './policy-text.js';

/** A statement of Culprit's. */
export type OwnStatement = PolicyStatement & { readonly Sid: string };

/** All statements of Culprit begin so; what follows tells the published prefixes of a bucket apart. */
const SID_BEGINNING = 'CulpritReport';

/**
 * Ends the Sid of a report for which static website hosting was turned on. Whoever may only write objects cannot say so,
 * unlike in a record beside the report.
 */
const MADE_WEBSITE = 'MadeWebsite';

/** More than this is refused. Source: Amazon S3 user guide, "Bucket policies": 20 KB. */
export const MOST_POLICY_BYTES = 20 * 1024;

/** Metadata of an object may have 2 KB in all. */
const LONGEST_MARK = 1000;

/** The Sid of the statement for what is published below a prefix. A Sid has letters and digits only. */
export function sidOf(prefix: string): string {
  return SID_BEGINNING + createHash('sha256').update(prefix).digest('hex').slice(0, 12);
}

/** The same where static website hosting was turned on for it. */
export function websiteSidOf(prefix: string): string {
  return sidOf(prefix) + MADE_WEBSITE;
}

export function isCulprits({ Sid = '' }: PolicyStatement): boolean {
  return Sid.startsWith(SID_BEGINNING);
}

/** Whether a statement says that static website hosting was turned on for its report. */
export function saysMadeWebsite({ Sid = '' }: PolicyStatement): boolean {
  return Sid.startsWith(SID_BEGINNING) && Sid.endsWith(MADE_WEBSITE);
}

/** The statement that says that static website hosting was turned on for its report. */
function withMadeWebsite(statement: PolicyStatement): OwnStatement {
  return { ...statement, Sid: (statement.Sid ?? '') + MADE_WEBSITE };
}

/** The statement for what is published below a prefix; undefined where the policy has none. */
export function ownStatement(policy: string | undefined, prefix: string): OwnStatement | undefined {
  if (policy === undefined) return undefined;
  const sids = sidsOf(prefix);
  return statementsOf(policy).find((statement): statement is OwnStatement => sids.includes(statement.Sid ?? ''));
}

/** The policy with this as the only statement for the prefix, or with none; undefined where no statement is left. */
export function policyWith(
  policy: string | undefined,
  prefix: string,
  statement: OwnStatement | undefined,
): string | undefined {
  let text = statement === undefined ? policy : withStatement(policy, statement, ownStatement(policy, prefix)?.Sid);
  for (const sid of sidsOf(prefix)) {
    if (text !== undefined && sid !== statement?.Sid) text = withoutStatement(text, sid);
  }
  return text;
}

/**
 * The policy without the statement for the prefix; undefined where no statement is left. That static website hosting was
 * turned on for it is from now on said by another report's, if there is one: it may be shown by the website too.
 */
export function policyWithout(policy: string | undefined, prefix: string): string | undefined {
  const own = ownStatement(policy, prefix);
  const after = policyWith(policy, prefix, undefined);
  const heir = own && after !== undefined && saysMadeWebsite(own) ? heirIn(after) : undefined;
  return after === undefined || heir === undefined ? after : withStatement(after, withMadeWebsite(heir), heir.Sid);
}

/** The report's statement that takes over; undefined where there is none, or one says so already. */
function heirIn(policy: string): PolicyStatement | undefined {
  const reports = statementsOf(policy).filter(isCulprits);
  if (reports.some(saysMadeWebsite)) return undefined;
  return reports.find(({ Condition }) => Condition === undefined) ?? reports[0];
}

function sidsOf(prefix: string): readonly string[] {
  return [sidOf(prefix), websiteSidOf(prefix)];
}

/** `arn:aws:s3:::bucket/key`, in the partition of the region. */
export function objectArn(region: string, bucket: string, key: string): string {
  return `arn:${partitionOf(region)}:s3:::${bucket}/${key}`;
}

/**
 * The statement that lets in whom `access` means; undefined for those that need none. It only ever allows: a Deny for all
 * others would shut out the bucket's owner too.
 */
export function statementFor(access: Access, sid: string, resources: readonly string[]): OwnStatement | undefined {
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

/** Whether two statements let in the same visitors, to whatever. */
export function sameReaders(a: PolicyStatement | undefined, b: PolicyStatement | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return sameStatement({ ...a, Sid: '', Resource: '' }, { ...b, Sid: '', Resource: '' });
}

/** Whether a statement does all that another is to do, and perhaps lets the same visitors read more objects. */
export function covers(actual: PolicyStatement | undefined, wanted: PolicyStatement | undefined): boolean {
  const resources = many(actual?.Resource);
  return (
    sameReaders(actual, wanted) &&
    actual?.Sid === wanted?.Sid &&
    many(wanted?.Resource).every((resource) => resources.includes(resource))
  );
}

/**
 * A statement of ours for those of its visitors whom an access lets in too; undefined for nobody. What we would not have
 * written so counts as letting in anyone.
 */
export function narrowed<T extends PolicyStatement>(own: T | undefined, access: Access): T | undefined {
  if (own === undefined) return undefined;
  const wanted = statementFor(access, own.Sid ?? '', []);
  if (wanted === undefined) return undefined;
  const { Condition, ...everyone }: PolicyStatement = own;
  if (wanted.Condition === undefined) return own;
  const { Condition: _, ...plain } = wanted;
  if (!sameReaders(everyone, plain)) return undefined;
  if (Condition === undefined) return { ...own, Condition: wanted.Condition };
  const [operator, keys = {}] = Object.entries(wanted.Condition)[0] ?? [];
  const [key = '', values] = Object.entries(keys)[0] ?? [];
  const isOfOurs = operator !== undefined && Object.keys(Condition).length === 1 && Condition[operator] !== undefined;
  if (!isOfOurs || Object.keys(Condition[operator] ?? {}).length !== 1) return undefined;
  const theirs = many(Condition[operator]?.[key]);
  const both =
    access.kind === 'cidr' ? commonRanges(theirs, many(values)) : theirs.filter((id) => many(values).includes(id));
  return both.length === 0 ? undefined : { ...own, Condition: { [operator]: { [key]: both } } };
}

/** Whether a statement lets in nobody whom the access does not mean. */
export function isWithin(own: PolicyStatement | undefined, access: Access): boolean {
  return (
    own === undefined ||
    access.kind === 'encrypted' ||
    access.kind === 'public' ||
    sameReaders(own, narrowed(own, access))
  );
}

/** The addresses of one list that are in the other too; of two ranges, one contains the other or they have none in common. */
function commonRanges(a: readonly string[], b: readonly string[]): string[] {
  const isIn = (range: string, wider: string): boolean => {
    const [inner, outer] = [parseBlock(range), parseBlock(wider)];
    return inner !== undefined && outer !== undefined && inner.bits >= outer.bits && isInBlock(inner.bytes, outer);
  };
  return [
    ...a.filter((range) => b.some((wider) => isIn(range, wider))),
    ...b.filter((range) => !a.includes(range) && a.some((wider) => isIn(range, wider))),
  ];
}

/** An access as a short text that is the same for the same readers: what published objects bear. */
export function accessMark(access: Access): string {
  const list =
    access.kind === 'cidr' ? access.ranges : access.kind === 'vpce' || access.kind === 'vpc' ? access.ids : [];
  if (list.length === 0) return access.kind;
  const text = `${access.kind}:${[...list].sort().join(',')}`;
  return text.length <= LONGEST_MARK ? text : `${access.kind}:${createHash('sha256').update(text).digest('hex')}`;
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
  return statementsOf(policy).some((statement) => isCulprits(statement) && !statement.Condition);
}

/**
 * Whom a policy lets read an object without signing in: everyone, some (under a condition, or with a Deny that may apply
 * to them), or nobody. What cannot be told from the statement counts as letting in.
 * @param exceptSid of the report whose own statement is left out
 */
export function visitorsOf(policy: string, resource: string, exceptSid: string): 'everyone' | 'some' | 'nobody' {
  const own = [exceptSid, exceptSid + MADE_WEBSITE];
  const about = statementsOf(policy).filter(
    (statement) => !own.includes(statement.Sid ?? '') && isAbout(statement, 's3:GetObject', resource),
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
