/** What a bucket policy allows anonymous readers to do, and Culprit's own statement in it. Pure. */
import { createHash } from 'node:crypto';
import type { Access } from '#scripts/run/config.js';
import { isInRange, parseRange } from '#shared/query/address.js';
import { partitionOf } from '#scripts/run/partition.js';
import { statementsOf, withoutStatement, withStatement, type PolicyStatement } from './policy-text.js';

/** A statement that Culprit wrote. */
export type OwnStatement = PolicyStatement & { readonly Sid: string };

/** The Sid of each of Culprit's statements begins with this; the rest identifies a published prefix of the bucket. */
const SID_BEGINNING = 'CulpritReport';

/**
 * The end of the Sid if static website hosting was turned on for this report. A caller who may only write objects
 * cannot set it, unlike a record beside the report.
 */
const MADE_WEBSITE = 'MadeWebsite';

/** S3 refuses larger policies. Source: Amazon S3 user guide, "Bucket policies": 20 KB. */
export const MOST_POLICY_BYTES = 20 * 1024;

/** An object's metadata may have 2 KB in total. */
const LONGEST_MARK = 1000;

/** The Sid of the statement for a published prefix. A Sid has only letters and digits. */
export function sidOf(prefix: string): string {
  return SID_BEGINNING + createHash('sha256').update(prefix).digest('hex').slice(0, 12);
}

/** The same if static website hosting was turned on for the report. */
export function websiteSidOf(prefix: string): string {
  return sidOf(prefix) + MADE_WEBSITE;
}

export function isCulprits({ Sid = '' }: PolicyStatement): boolean {
  return Sid.startsWith(SID_BEGINNING);
}

/** Whether a statement records that static website hosting was turned on for its report. */
export function saysMadeWebsite({ Sid = '' }: PolicyStatement): boolean {
  return Sid.startsWith(SID_BEGINNING) && Sid.endsWith(MADE_WEBSITE);
}

/** The statement, changed to record that static website hosting was turned on for its report. */
function withMadeWebsite(statement: PolicyStatement): OwnStatement {
  return { ...statement, Sid: (statement.Sid ?? '') + MADE_WEBSITE };
}

/** The statement for a published prefix; undefined if the policy has none. */
export function ownStatement(policy: string | undefined, prefix: string): OwnStatement | undefined {
  if (policy === undefined) return undefined;
  const sids = sidsOf(prefix);
  return statementsOf(policy).find((statement): statement is OwnStatement => sids.includes(statement.Sid ?? ''));
}

/** The policy with this statement as the only one for the prefix, or with none; undefined if no statement remains. */
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
 * The policy without the statement for the prefix; undefined if no statement remains. If that statement recorded that
 * static website hosting was turned on, the statement of another report records it from now on, if there is one: the
 * website may show that report too.
 */
export function policyWithout(policy: string | undefined, prefix: string): string | undefined {
  const own = ownStatement(policy, prefix);
  const after = policyWith(policy, prefix, undefined);
  const heir = own && after !== undefined && saysMadeWebsite(own) ? successorIn(after) : undefined;
  return after === undefined || heir === undefined ? after : withStatement(after, withMadeWebsite(heir), heir.Sid);
}

/** The statement that takes over the record; undefined if there is none, or if one has it already. */
function successorIn(policy: string): PolicyStatement | undefined {
  const reports = statementsOf(policy).filter(isCulprits);
  if (reports.some(saysMadeWebsite)) return undefined;
  return reports.find(({ Condition }) => Condition === undefined) ?? reports[0];
}

function sidsOf(prefix: string): readonly string[] {
  return [sidOf(prefix), websiteSidOf(prefix)];
}

/** `arn:aws:s3:::bucket/key`, with the region's partition. */
export function objectArn(region: string, bucket: string, key: string): string {
  return `arn:${partitionOf(region)}:s3:::${bucket}/${key}`;
}

/**
 * The statement that gives `access` to its readers; undefined for kinds that need none. It only allows: a Deny for all
 * others would also lock out the bucket's owner.
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

/**
 * Whether two statements are equivalent, whatever notation S3 returns: "*" or {"AWS":"*"}, a list with one element or
 * the element.
 */
export function sameStatement(a: PolicyStatement, b: PolicyStatement): boolean {
  return JSON.stringify(normal(a)) === JSON.stringify(normal(b));
}

/** Whether two statements have the same readers, for any objects. */
export function sameReaders(a: PolicyStatement | undefined, b: PolicyStatement | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return sameStatement({ ...a, Sid: '', Resource: '' }, { ...b, Sid: '', Resource: '' });
}

/** Whether a statement grants all that another one grants, possibly on more objects. */
export function covers(actual: PolicyStatement | undefined, wanted: PolicyStatement | undefined): boolean {
  const resources = many(actual?.Resource);
  return (
    sameReaders(actual, wanted) &&
    actual?.Sid === wanted?.Sid &&
    many(wanted?.Resource).every((resource) => resources.includes(resource))
  );
}

/**
 * One of Culprit's statements, reduced to the readers whom an access lets in too; undefined if none remain. A statement
 * in a form that Culprit does not write counts as letting everyone in.
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

/** Whether a statement lets in only readers that the access includes. */
export function isWithin(own: PolicyStatement | undefined, access: Access): boolean {
  return (
    own === undefined ||
    access.kind === 'encrypted' ||
    access.kind === 'public' ||
    sameReaders(own, narrowed(own, access))
  );
}

/** The address ranges that both lists include; of two ranges, one contains the other or they are disjoint. */
function commonRanges(a: readonly string[], b: readonly string[]): string[] {
  const isIn = (range: string, wider: string): boolean => {
    const [inner, outer] = [parseRange(range), parseRange(wider)];
    return inner !== undefined && outer !== undefined && inner.bits >= outer.bits && isInRange(inner.bytes, outer);
  };
  return [
    ...a.filter((range) => b.some((wider) => isIn(range, wider))),
    ...b.filter((range) => !a.includes(range) && a.some((wider) => isIn(range, wider))),
  ];
}

/** An access as a short text, equal for equal readers; written into the metadata of published objects. */
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

/** Whether a statement of Culprit's lets everyone in, as for an encrypted report. */
export function hasOpenReport(policy: string): boolean {
  return statementsOf(policy).some((statement) => isCulprits(statement) && !statement.Condition);
}

/**
 * Who may read an object anonymously under a policy: everyone, some (with a condition, or with a Deny that may apply to
 * them), or nobody. A statement that cannot be interpreted counts as letting readers in.
 * @param exceptSid the report whose own statement is ignored
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

/** Patterns in policies: `*` is any text, `?` any character. */
function isLike(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}
