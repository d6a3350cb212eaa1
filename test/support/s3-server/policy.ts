/**
 * Bucket policies: what they allow, and whether S3 calls them public.
 * Source: Amazon S3 user guide, "Blocking public access", "The meaning of public".
 */
import { BlockList, isIP } from 'node:net';
import { notImplemented, S3Error } from './errors.js';

type OneOrMany<T> = T | readonly T[];
type Condition = Readonly<Record<string, Readonly<Record<string, OneOrMany<string>>>>>;

interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, OneOrMany<string>>>;
  readonly Action: OneOrMany<string>;
  readonly Resource: OneOrMany<string>;
  readonly Condition?: Condition;
}

export interface BucketPolicy {
  /** As it was put, byte for byte. */
  readonly text: string;
  readonly statements: readonly Statement[];
}

interface Request {
  /** Like `s3:GetObject`. */
  readonly action: string;
  readonly resource: string;
  /** The caller's ARN; undefined for a stranger. */
  readonly principal: string | undefined;
  readonly account: string | undefined;
  readonly sourceIp: string;
  /** The VPC endpoint that the request came through, and its VPC; undefined for one from the internet. */
  readonly sourceVpce: string | undefined;
  readonly sourceVpc: string | undefined;
  /** For s3:ListBucket. */
  readonly prefix: string;
}

const KEYS = new Set(['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition']);
const OPERATORS = new Set(['IpAddress', 'NotIpAddress', 'StringEquals', 'StringNotEquals', 'StringLike', 'Bool']);
/** Conditions on these, with fixed values, make a statement non-public. */
const FIXING_KEYS = new Set([
  'aws:sourceip',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:principalorgid',
  'aws:userid',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);

/** Reads a policy for a bucket; refuses what S3 calls malformed, and loudly what this server cannot evaluate. */
export function parsePolicy(text: string, bucket: string): BucketPolicy {
  let document: { Statement?: OneOrMany<Statement> };
  try {
    document = JSON.parse(text) as typeof document;
  } catch {
    throw new S3Error('MalformedPolicy');
  }
  const statements = many(document.Statement ?? []);
  if (statements.length === 0) throw new S3Error('MalformedPolicy', { message: 'Missing required field Statement' });
  for (const statement of statements) {
    for (const key of Object.keys(statement)) if (!KEYS.has(key)) throw notImplemented(`policy element ${key}`);
    for (const operator of Object.keys(statement.Condition ?? {})) {
      if (!OPERATORS.has(operator)) throw notImplemented(`policy condition ${operator}`);
    }
    if (statement.Principal === undefined) {
      throw new S3Error('MalformedPolicy', { message: 'Missing required field Principal' });
    }
    const arn = `arn:aws:s3:::${bucket}`;
    if (!many(statement.Resource).every((resource) => resource === arn || resource.startsWith(`${arn}/`))) {
      throw new S3Error('MalformedPolicy', { message: 'Policy has invalid resource' });
    }
  }
  return { text, statements };
}

/** What the policy says of a request; a Deny wins over every Allow. */
export function decide(policy: BucketPolicy | undefined, request: Request): 'allow' | 'deny' | 'silent' {
  const matching = (policy?.statements ?? []).filter((statement) => matches(statement, request));
  if (matching.some(({ Effect }) => Effect === 'Deny')) return 'deny';
  return matching.length > 0 ? 'allow' : 'silent';
}

/** S3's test: does any Allow let in everybody without pinning them to fixed values? */
export function isPublic({ statements }: BucketPolicy): boolean {
  return statements.some(
    ({ Effect, Principal, Condition }) => Effect === 'Allow' && isEverybody(Principal) && !isFixed(Condition),
  );
}

function matches({ Principal, Action, Resource, Condition }: Statement, request: Request): boolean {
  return (
    namesPrincipal(Principal, request) &&
    many(Action).some((action) => like(action.toLowerCase(), request.action.toLowerCase())) &&
    many(Resource).some((resource) => like(resource, request.resource)) &&
    Object.entries(Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, key.toLowerCase(), many(values), request)),
    )
  );
}

function isEverybody(principal: Statement['Principal']): boolean {
  if (principal === '*') return true;
  return many(principal?.['AWS'] ?? []).includes('*');
}

function namesPrincipal(principal: Statement['Principal'], request: Request): boolean {
  if (isEverybody(principal)) return true;
  if (request.principal === undefined || typeof principal === 'string') return false;
  return many(principal?.['AWS'] ?? []).some(
    (name) => name === request.principal || name === request.account || name === `arn:aws:iam::${request.account}:root`,
  );
}

function holds(operator: string, key: string, values: readonly string[], request: Request): boolean {
  const actual = {
    // What comes through a VPC endpoint has no public address.
    'aws:sourceip': request.sourceVpce === undefined ? request.sourceIp : undefined,
    'aws:sourcevpce': request.sourceVpce,
    'aws:sourcevpc': request.sourceVpc,
    's3:prefix': request.prefix,
    'aws:securetransport': 'false',
  }[key];
  switch (operator) {
    case 'IpAddress':
      return actual !== undefined && values.some((range) => isWithin(actual, range));
    case 'NotIpAddress':
      return actual === undefined || !values.some((range) => isWithin(actual, range));
    case 'StringNotEquals':
      return actual === undefined || !values.includes(actual);
    case 'StringLike':
      return actual !== undefined && values.some((pattern) => like(pattern, actual));
    default:
      return actual !== undefined && values.includes(actual);
  }
}

function isFixed(condition: Condition | undefined): boolean {
  return Object.entries(condition ?? {}).some(
    ([operator, keys]) =>
      !operator.includes('Not') &&
      Object.entries(keys).some(
        ([key, values]) =>
          FIXING_KEYS.has(key.toLowerCase()) &&
          many(values).every((value) => !/[*?]|\$\{/.test(value) && !isBroadRange(operator, value)),
      ),
  );
}

/** Ranges wider than these are as good as everybody. */
function isBroadRange(operator: string, range: string): boolean {
  if (operator !== 'IpAddress') return false;
  const [address = '', bits] = range.split('/');
  if (bits === undefined) return false;
  if (/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address)) return false;
  return Number(bits) < (isIP(address) === 6 ? 32 : 8);
}

function isWithin(address: string, range: string): boolean {
  const [network = '', bits] = range.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) !== isIP(network)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  return list.check(address, family);
}

function like(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}

function many<T>(value: OneOrMany<T>): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
