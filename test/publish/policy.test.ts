/** Bucket policies: edited as text, and what they let visitors do. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { sameStatement, sidOf, statementFor, visitorsOf } from '#scripts/publish/plan/access-policy.js';
import {
  statementsOf,
  statementWith,
  withoutStatement,
  withStatement,
  type PolicyStatement,
} from '#scripts/publish/plan/policy-text.js';

const OURS = { Sid: 'CulpritReport0123456789ab', Effect: 'Allow', Principal: '*', Action: 's3:GetObject' };
const PAGE = 'arn:aws:s3:::team/r/index.html';

/** JSON as people write it: with spaces of all kinds between what belongs together. */
const space = fc.constantFrom('', ' ', '\n', '\t', '\r\n  ', '   ');
const spaced = (value: unknown): fc.Arbitrary<string> => {
  if (Array.isArray(value)) {
    if (value.length === 0) return space.map((s) => `[${s}]`);
    return fc
      .tuple(space, space, ...value.map(spaced))
      .map(([s, t, ...items]) => `[${s}${items.join(`${t},${s}`)}${t}]`);
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) return space.map((s) => `{${s}}`);
    const members = entries.map(([key, inner]) =>
      fc.tuple(space, space, spaced(inner)).map(([s, t, text]) => `${JSON.stringify(key)}${s}:${t}${text}`),
    );
    return fc.tuple(space, space, ...members).map(([s, t, ...items]) => `{${s}${items.join(`${t},${s}`)}${t}}`);
  }
  return fc.constant(JSON.stringify(value));
};
const text = fc.oneof(fc.string(), fc.constantFrom('{', ']', '"Statement":[', '\\', '","', 'Zoë\u2028'));
const statement = fc.record({
  Sid: text,
  Effect: fc.constantFrom('Allow', 'Deny'),
  Condition: fc.dictionary(text, text),
});
const policy = fc
  .tuple(fc.array(statement, { minLength: 1, maxLength: 4 }), fc.boolean(), fc.boolean(), text)
  .chain(([statements, isBare, isLast, id]) => {
    const Statement = isBare && statements.length === 1 ? statements[0] : statements;
    return spaced(isLast ? { Version: '2012-10-17', Id: id, Statement } : { Statement, Id: id, Version: '2012-10-17' });
  });

describe('A policy as text', () => {
  test('a statement that is put in and taken out leaves it byte for byte as it was', () => {
    fc.assert(
      fc.property(policy, (before) => {
        const added = withStatement(before, OURS);
        expect(statementsOf(added)).toEqual([...statementsOf(before), OURS]);
        const after = withoutStatement(added, OURS.Sid) ?? '';
        expect(statementsOf(after)).toEqual(statementsOf(before));
        // A single statement may stand without a list; then the list stays.
        const isList = Array.isArray((JSON.parse(before) as { Statement: unknown }).Statement);
        if (isList) expect(after).toBe(before);
      }),
    );
  });

  test('a statement that is replaced leaves all others byte for byte as they were', () => {
    fc.assert(
      fc.property(policy, policy, (first, second) => {
        const before = withStatement(first, OURS);
        const changed = { ...OURS, Condition: { Note: { text: second } } };
        expect(withStatement(withStatement(before, changed), OURS)).toBe(before);
        expect(statementWith(withStatement(before, changed), OURS.Sid)).toEqual(changed);
      }),
    );
  });

  it.each([0, 1, 2])('a statement at place %i is cut out with one comma', (place) => {
    const texts = ['{"Sid":"a"}', '{ "Sid" : "b" }', '{"Sid":"c"}'];
    const before = `{"Statement": [ ${texts.join(' , ')} ]}`;
    const after = withoutStatement(before, 'abc'[place] ?? '') ?? '';
    expect(statementsOf(after).map(({ Sid }) => Sid)).toEqual(['a', 'b', 'c'].filter((_, i) => i !== place));
    for (const [i, statementText] of texts.entries()) expect(after.includes(statementText)).toBe(i !== place);
  });

  it('without its only statement is deleted, and a new one has a version', () => {
    expect(withoutStatement(withStatement(undefined, OURS), OURS.Sid)).toBeUndefined();
    expect(JSON.parse(withStatement(undefined, OURS))).toEqual({ Version: '2012-10-17', Statement: [OURS] });
    expect(withoutStatement('{"Statement":[{"Sid":"a"}]}', 'b')).toBe('{"Statement":[{"Sid":"a"}]}');
  });
});

describe('A policy lets visitors read', () => {
  const allow = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::team/*' };
  const here = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
  it.each<[string, 'everyone' | 'some' | 'nobody', PolicyStatement[]]>([
    ['by a plain Allow', 'everyone', [allow]],
    ['by a principal in the long form', 'everyone', [{ ...allow, Principal: { AWS: ['*'] } }]],
    ['by patterns', 'everyone', [{ ...allow, Action: ['s3:List*', 'S3:Get*'], Resource: 'arn:aws:s3:::t?am/*.html' }]],
    ['by what is not excluded', 'everyone', [{ Effect: 'Allow', NotPrincipal: { AWS: 'x' }, NotAction: 's3:Put*' }]],
    ['under a condition', 'some', [{ ...allow, Condition: here }]],
    ['where a Deny may apply', 'some', [allow, { ...allow, Effect: 'Deny', Condition: here }]],
    ['not below another prefix', 'nobody', [{ ...allow, Resource: 'arn:aws:s3:::team/other/*' }]],
    ['not by another action', 'nobody', [{ ...allow, Action: 's3:GetObjectVersion' }]],
    [
      'not if only some principal is named',
      'nobody',
      [{ ...allow, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
    ],
    ['not by the statement that is left out', 'nobody', [{ ...allow, Sid: 'ours' }]],
    ['not by a Deny', 'nobody', [{ ...allow, Effect: 'Deny' }]],
  ])('%s: %s', (_, who, Statement) => {
    expect(visitorsOf(JSON.stringify({ Statement }), PAGE, 'ours')).toBe(who);
  });
});

it('statements that S3 writes in another way are the same', () => {
  const ours = statementFor({ kind: 'cidr', ranges: ['203.0.113.0/24', '198.51.100.0/24'] }, sidOf('r/'), [PAGE]);
  const stored = {
    Resource: PAGE,
    Principal: { AWS: '*' },
    Condition: { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '203.0.113.0/24'] } },
    Sid: sidOf('r/'),
    ...{ Effect: 'Allow', Action: ['s3:GetObject'] },
  };
  expect(ours && sameStatement(ours, stored)).toBe(true);
  expect(ours && sameStatement(ours, { ...stored, Principal: { AWS: 'arn:aws:iam::111122223333:root' } })).toBe(false);
  expect(ours && sameStatement(ours, { ...stored, Resource: `${PAGE}*` })).toBe(false);
});

it('each prefix has a Sid of its own, of letters and digits', () => {
  const sids = ['', 'a/', 'a/b/', 'ab/', 'Zoë/'].map(sidOf);
  expect(new Set(sids).size).toBe(5);
  for (const sid of sids) expect(sid).toMatch(/^CulpritReport[0-9a-f]{12}$/);
});
