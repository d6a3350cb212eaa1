/** What a policy lets in is compared with a plain evaluation of every request, over small policies. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admissionsOf, includes, matches, policyOf, powerOf } from '#scripts/investigate/effects/policy.js';

const OWN = '111122223333';
const OTHER = '444455556666';
const ACCOUNTS = [OWN, OTHER, '777788889999'];
const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:ListBucket'];
const RESOURCES = ['arn:aws:s3:::b', 'arn:aws:s3:::b/x', 'arn:aws:s3:::b/y'];

interface Written {
  Effect: string;
  Principal?: unknown;
  NotPrincipal?: unknown;
  Action?: unknown;
  NotAction?: unknown;
  Resource?: unknown;
  NotResource?: unknown;
  Condition?: unknown;
}

const one = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 2 }));
const principal = fc.oneof(
  fc.constant<unknown>('*'),
  one(fc.constantFrom('*', OTHER, `arn:aws:iam::${OTHER}:root`, `arn:aws:iam::${OWN}:root`)).map((AWS) => ({ AWS })),
);
const action = one(fc.constantFrom(...ACTIONS, 's3:Get*', 's3:*', '*', 's3:?etObject'));
const resource = one(fc.constantFrom(...RESOURCES, 'arn:aws:s3:::b/*', '*', 'arn:aws:s3:::b/?'));

const statement: fc.Arbitrary<Written> = fc
  .tuple(
    fc.constantFrom('Allow', 'Allow', 'Deny'),
    fc.tuple(fc.constantFrom('Principal', 'Principal', 'Principal', 'NotPrincipal'), principal),
    fc.tuple(fc.constantFrom('Action', 'Action', 'NotAction'), action),
    fc.tuple(fc.constantFrom('Resource', 'Resource', 'NotResource'), resource),
  )
  .map(([Effect, ...parts]) => ({ Effect, ...Object.fromEntries(parts) }));
const policy = fc.array(statement, { minLength: 1, maxLength: 3 }).map((Statement) => ({ Statement }));

function listed(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]) as string[];
}

function glob(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** Whether a statement is about the request of an account; `undefined` is somebody without one. */
function applies(written: Written, account: string | undefined, action: string, resource: string): boolean {
  const named = (who: unknown): boolean =>
    who === '*' ||
    listed((who as { AWS: unknown }).AWS).some(
      (value) => value === '*' || (account !== undefined && value.includes(account)),
    );
  const whom = written.NotPrincipal === undefined ? named(written.Principal) : !named(written.NotPrincipal);
  const what = written.Action
    ? listed(written.Action).some((one) => glob(one, action))
    : !listed(written.NotAction).some((one) => glob(one, action));
  const which = written.Resource
    ? listed(written.Resource).some((one) => glob(one, resource))
    : !listed(written.NotResource).some((one) => glob(one, resource));
  return whom && what && which;
}

function isAllowed(
  statements: readonly Written[],
  account: string | undefined,
  action: string,
  resource: string,
): boolean {
  const about = statements.filter((written) => applies(written, account, action, resource));
  return about.some(({ Effect }) => Effect === 'Allow') && !about.some(({ Effect }) => Effect === 'Deny');
}

const REQUESTS = [...ACTIONS, 'ec2:RunInstances'].flatMap((action) =>
  [...RESOURCES, 'arn:aws:s3:::c'].map((resource) => [action, resource] as const),
);

function isAllowedSomething(statements: readonly Written[], account: string | undefined): boolean {
  return REQUESTS.some(([action, resource]) => isAllowed(statements, account, action, resource));
}

describe('whom a policy lets in', () => {
  test('nobody is said to be let in, without a reserve, whom no request shows to be', () => {
    fc.assert(
      fc.property(policy, (document) => {
        for (const { kind, account, hasConditions } of admissionsOf(document)) {
          if (hasConditions) continue;
          const who = kind === 'anyone' ? undefined : account;
          expect(isAllowedSomething(document.Statement, who)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('everybody whom a request shows to be let in is named', () => {
    fc.assert(
      fc.property(policy, (document) => {
        const admissions = admissionsOf(document);
        const isOpen = admissions.some(({ kind }) => kind === 'anyone');
        for (const account of ACCOUNTS) {
          if (!isAllowedSomething(document.Statement, account)) continue;
          expect(isOpen || admissions.some((one) => one.account === account)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  const all = (fields: object): unknown => ({
    Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*', ...fields },
  });
  test.each([
    ['nothing', {}, [['anyone', '*', false]]],
    ['an empty condition', { Condition: {} }, [['anyone', '*', false]]],
    ['the transport only', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, [['anyone', '*', false]]],
    [
      'an organization',
      { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } } },
      [['organization', 'o-abc', false]],
    ],
    ['an account', { Condition: { StringEquals: { 'AWS:SourceAccount': [OTHER] } } }, [['account', OTHER, false]]],
    [
      'the account of an ARN',
      { Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${OTHER}:*` } } },
      [['account', `arn:aws:sns:*:${OTHER}:*`, false]],
    ],
    [
      'an address',
      { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } },
      [['network', '203.0.113.0/24', false]],
    ],
    ['half of all addresses', { Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } }, [['anyone', '*', true]]],
    [
      'what is met where the key is missing',
      { Condition: { StringEqualsIfExists: { 'aws:SourceAccount': OTHER } } },
      [['anyone', '*', true]],
    ],
    [
      'all values of none',
      { Condition: { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-abc' } } },
      [['anyone', '*', true]],
    ],
    [
      'what nobody here evaluates',
      { Condition: { DateLessThan: { 'aws:CurrentTime': '2030-01-01' } } },
      [['anyone', '*', true]],
    ],
    ['a service', { Principal: { Service: 'cloudtrail.amazonaws.com' } }, []],
    [
      'an origin access identity',
      { Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' } },
      [],
    ],
  ])('is narrowed by %s', (_, fields, expected) => {
    expect(admissionsOf(all(fields)).map(({ kind, value, hasConditions }) => [kind, value, hasConditions])).toEqual(
      expected,
    );
  });

  test('a role for an identity provider is open where any subject may assume it', () => {
    const trust = (StringLike: object): unknown => ({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringLike },
        },
      ],
    });
    const isOpen = (condition: object): boolean =>
      admissionsOf(trust(condition)).some(({ hasConditions }) => !hasConditions);
    const host = 'token.actions.githubusercontent.com';
    expect(isOpen({ [`${host}:aud`]: 'sts.amazonaws.com' })).toBe(true);
    expect(isOpen({ [`${host}:sub`]: 'repo:*' })).toBe(true);
    expect(isOpen({ [`${host}:sub`]: 'repo:example/app:*' })).toBe(false);
  });
});

describe('what a policy allows', () => {
  const allow = (...statements: object[]): unknown => ({
    Statement: statements.map((one) => ({ Effect: 'Allow', ...one })),
  });
  test.each([
    ['everything', allow({ Action: '*', Resource: '*' }), 'everything', false],
    ['everything in lists', allow({ Action: ['s3:GetObject', '*'], Resource: ['*'] }), 'everything', false],
    ['everything of every service', allow({ Action: '*:*', Resource: '*' }), 'everything', false],
    [
      'everything under conditions',
      allow({ Action: '*', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      'everything',
      true,
    ],
    ['everything but', allow({ NotAction: ['iam:*'], Resource: '*' }), 'wide', false],
    ['everything on one', allow({ Action: '*', Resource: 'arn:aws:s3:::b/*' }), 'other', false],
    ['everything on all but one', allow({ Action: '*', NotResource: 'arn:aws:s3:::b' }), 'wide', false],
    ['all of IAM', allow({ Action: 'iam:*', Resource: '*' }), 'iam', false],
    ['giving policies', allow({ Action: ['IAM:Attach*Policy'], Resource: '*' }), 'iam', false],
    [
      'giving policies to one role',
      allow({ Action: 'iam:PutRolePolicy', Resource: 'arn:aws:iam::111122223333:role/a' }),
      'other',
      false,
    ],
    ['reading', allow({ Action: 's3:Get*', Resource: '*' }), 'other', false],
    [
      'everything, all denied',
      allow({ Action: '*', Resource: '*' }, { Effect: 'Deny', Action: '*', Resource: '*' }),
      'other',
      false,
    ],
    [
      'everything, some denied',
      allow({ Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 'iam:*', Resource: '*' }),
      'wide',
      true,
    ],
  ])('%s', (_, document, power, hasConditions) => {
    expect(powerOf(document)).toEqual({ power, hasConditions });
  });
});

describe('a policy in the log', () => {
  test('is the same as an object, as JSON and URL-encoded', () => {
    fc.assert(
      fc.property(policy, (document) => {
        const json = JSON.stringify(document);
        expect(policyOf(document)).toEqual(document);
        expect(policyOf(json)).toEqual(document);
        expect(policyOf(encodeURIComponent(json))).toEqual(document);
      }),
      { numRuns: 50 },
    );
  });

  test('may be anything, and lets in nobody then', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string()), (value) => {
        const read = policyOf(value);
        expect(Array.isArray(admissionsOf(read))).toBe(true);
        expect(powerOf(read).power).toBeDefined();
      }),
    );
    expect(admissionsOf(policyOf('%'))).toEqual([]);
    expect(admissionsOf(undefined)).toEqual([]);
  });
});

describe('patterns', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 8 });

  test('fit what a regular expression fits', () => {
    fc.assert(fc.property(pattern, text, (glob1, word) => matches(glob1, word) === glob(glob1, word)));
  });

  test('include a narrower one only where all that fits it fits them', () => {
    fc.assert(
      fc.property(pattern, pattern, text, (wide, narrow, word) => {
        if (includes(wide, narrow) && matches(narrow, word)) expect(matches(wide, word)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});
