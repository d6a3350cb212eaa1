import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { hitsOf } from '#scripts/investigate/findings/find.js';
import { RuleMatcher } from '#scripts/investigate/findings/sigma/matcher.js';
import { readRules } from '#scripts/investigate/findings/sigma/rule.js';
import { record } from '../../support/records.js';
import { ruleLogOfRecords } from '../../support/rule-log.js';

type Fields = Readonly<Record<string, unknown>>;

/** What rules, as YAML documents, find in records: the rows by rule, and why rules were refused. */
function found(
  yaml: string,
  records: readonly Fields[],
): { rows: Record<string, number[]>; why: Record<string, string> } {
  const documents = parseAllDocuments(yaml).map((document, i) => ({
    name: `rule-${i}`,
    document: document.toJS() as unknown,
  }));
  const rules = readRules(documents);
  const log = ruleLogOfRecords(records);
  const matcher = new RuleMatcher(
    log,
    rules.events.map(({ detection }) => detection),
  );
  const { hits, refused } = hitsOf(log, rules, matcher.match(0, log.rows));
  return {
    rows: Object.fromEntries(hits.map(({ rule, rows }) => [rule.id, [...rows]])),
    why: Object.fromEntries([...rules.refused, ...refused].map(({ rule, why }) => [rule, why])),
  };
}

const HEAD = 'title: A rule\nlogsource: {product: aws, service: cloudtrail}\n';

function matches(detection: string, fields: Fields): boolean {
  const { rows, why } = found(`${HEAD}detection:\n${detection.replaceAll(/^/gm, '  ')}`, [record(0, fields)]);
  expect(why).toEqual({});
  return rows['rule-0'] !== undefined;
}

/** One search on one field. */
function holds(item: string, fields: Fields): boolean {
  return matches(`a:\n  ${item}\ncondition: a`, fields);
}

const request = (value: unknown): Fields => ({ requestParameters: value });

test.each([
  ['eventName: terminateinstances', {}, true],
  ['eventName|cased: terminateinstances', {}, false],
  ['eventName|cased: TerminateInstances', {}, true],
  ['eventName: Terminate', {}, false],
  ['eventName: Term*', {}, true],
  ['eventName: T?rminateInstances', {}, true],
  ['eventName: T?erminateInstances', {}, false],
  ['eventName: "*ate*ces"', {}, true],
  ['eventName: "*ate*e"', {}, false],
  ['eventName: [RunInstances, TerminateInstances]', {}, true],
  ['eventName|contains: minate', {}, true],
  ['eventName|startswith: term', {}, true],
  ['eventName|endswith: STANCES', {}, true],
  ['eventName|endswith: Terminate', {}, false],
  ['eventName|contains|all: [term, stan]', {}, true],
  ['eventName|contains|all: [term, start]', {}, false],
  ['eventName|neq: RunInstances', {}, true],
  ["eventName|re: '^Term[a-z]+I'", {}, true],
  ["eventName|re: '^term'", {}, false],
  ["eventName|re|i: '^term'", {}, true],
  ["eventName|re: '(?i)^term'", {}, true],
  ['sourceIPAddress|cidr: 192.0.2.0/24', {}, true],
  ['sourceIPAddress|cidr: 192.0.3.0/24', {}, false],
  ['sourceIPAddress|cidr: 2001:db8::/32', { sourceIPAddress: '2001:db8::7' }, true],
  ['sourceIPAddress|cidr: 0.0.0.0/0', { sourceIPAddress: 'autoscaling.amazonaws.com' }, false],
  ['errorCode: null', {}, true],
  ['errorCode: null', { errorCode: 'AccessDenied' }, false],
  ["errorCode: '*'", {}, false],
  ['errorCode|exists: false', {}, true],
  ['errorCode|exists: true', { errorCode: 'AccessDenied' }, true],
  ['errorMessage|contains: not authorized', { errorMessage: 'You are not authorized' }, true],
  ['errorMessage: null', {}, true],
  ['readOnly: false', {}, true],
  ["readOnly: 'false'", {}, true],
  ["userIdentity.arn: 'arn:aws:iam::*:user/alice'", {}, true],
  ['eventTime|startswith: 2025-03-03T00', {}, true],
  ['requestParameters.name: x', request({ name: 'X' }), true],
  ['requestParameters.name: x', request({ Name: 'X' }), false],
  ['requestParameters.name: x', request({ other: { name: 'X' } }), false],
  ['requestParameters.a.b: x', request({ a: [{ b: 'y' }, { b: 'x' }] }), true],
  ['requestParameters.a.b: x', request({ a: { b: ['y', 'x'] } }), true],
  ['requestParameters.a.b: x', request({ 'a.b': 'x' }), true],
  ['requestParameters.a.b|contains: \'"c":1\'', request({ a: { b: { c: 1 } } }), true],
  ['requestParameters.port: 22', request({ port: 22 }), true],
  ['requestParameters.port: 22', request({ port: '22' }), true],
  ['requestParameters.port|gte: 22', request({ port: 22 }), true],
  ['requestParameters.port|gt: 22', request({ port: '22' }), false],
  ['requestParameters.port|lt: 22', request({ port: 3 }), true],
  ['requestParameters.port|lte: 22', request({ port: 'many' }), false],
  ['requestParameters.on: true', request({ on: true }), true],
  ["requestParameters.on: 'true'", request({ on: true }), true],
  ['requestParameters.name: null', request({ name: null }), true],
  ['requestParameters.name: null', request({}), true],
  ['requestParameters.name: null', request({ name: 'x' }), false],
  ['requestParameters.name|exists: true', request({ name: null }), true],
  ['requestParameters.name|exists: true', request({}), false],
  ['requestParameters.name|exists: false', request(null), true],
  ["requestParameters.name: ''", request({ name: '' }), true],
  ["requestParameters.name: ''", request({}), false],
  ['requestParameters|contains: \'"name":"x\'', request({ name: 'xyz' }), true],
  ["requestParameters.name: 'a\\*b'", request({ name: 'a*b' }), true],
  ["requestParameters.name: 'a\\*b'", request({ name: 'axb' }), false],
  ["requestParameters.name: 'a\\\\*'", request({ name: 'a\\anything' }), true],
  ["requestParameters.name: 'a\\b'", request({ name: 'a\\b' }), true],
  ['requestParameters.name|fieldref: userIdentity.userName', request({ name: 'ALICE' }), true],
  ['requestParameters.name|fieldref|cased: userIdentity.userName', request({ name: 'ALICE' }), false],
  ['userIdentity.arn|fieldref|endswith: requestParameters.name', request({ name: 'alice' }), true],
  ['userIdentity.arn|fieldref: requestParameters.name', request({}), false],
  ["requestParameters.script|contains|windash: ' -enc '", request({ script: 'powershell /enc aaa' }), true],
  ["requestParameters.script|contains|windash: ' -enc '", request({ script: 'powershell +enc aaa' }), false],
  ['requestParameters.data|base64: foobar', request({ data: 'Zm9vYmFy' }), true],
  ['requestParameters.data|base64offset|contains: foobar', request({ data: btoa('xxfoobaryy') }), true],
  ['requestParameters.data|base64offset|contains: foobar', request({ data: btoa('xfoobary') }), true],
  ['requestParameters.data|base64offset|contains: foobar', request({ data: btoa('foobary') }), true],
  ['requestParameters.data|base64offset|contains: foobar', request({ data: btoa('xfoobay') }), false],
  ['requestParameters.data|wide|base64offset|contains: ls', request({ data: btoa('xl\0s\0') }), true],
  ['userIdentity.sessionContext.sessionIssuer.type: Role', issuer('arn:aws:iam::111111111111:role/a/deploy'), true],
  [
    'userIdentity.sessionContext.sessionIssuer.userName: deploy',
    issuer('arn:aws:iam::111111111111:role/a/deploy'),
    true,
  ],
  ['userIdentity.sessionContext.sessionIssuer.accountId: 111111111111', issuer('arn:aws:iam::111111111111:root'), true],
  ['culprit.behind: bob', { culprit: { behind: 'bob' } }, true],
  ['culprit.target: i-2', { culprit: { target: 'i-1; i-2' } }, true],
] as const)('%s on %j: %s', (item, fields, is) => {
  expect(holds(item, fields)).toBe(is);
});

function issuer(arn: string): Fields {
  return { userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { arn } } } };
}

test.each([
  ['a and b', true],
  ['a and not b', false],
  ['not a or b', true],
  ['not (a and b)', false],
  ['a and not not b', true],
  ['c or a and b', true],
  ['(c or a) and c', false],
  ['1 of them', true],
  ['all of them', false],
  ['1 of c*', false],
  ['any of a*', true],
  ['all of a* and b', true],
  ['not 1 of c*', true],
  ['A', undefined],
  ['1 of x*', undefined],
  ['a and', undefined],
  ['(a', undefined],
  ['a b', undefined],
  ['a | count() > 5', undefined],
])('the condition "%s" of searches of which a and b hold and c does not: %s', (condition, is) => {
  const yaml = `${HEAD}detection:
  a: {eventName: TerminateInstances}
  a2: {eventSource: ec2.amazonaws.com}
  b: {awsRegion: eu-west-1}
  c: {awsRegion: us-east-1}
  _hidden: {awsRegion: us-east-2}
  condition: ${condition}`;
  const { rows, why } = found(yaml, [record(0)]);
  if (is === undefined) expect(why['rule-0']).toMatch(/^The condition .*\.$/);
  else expect(rows['rule-0'] !== undefined).toBe(is);
});

test('a map holds where all of it holds, a list where any of it does, and a word without a field anywhere', () => {
  expect(matches('a: {eventName: TerminateInstances, awsRegion: us-east-1}\ncondition: a', {})).toBe(false);
  expect(matches('a: [{awsRegion: us-east-1}, {eventName: Term*}]\ncondition: a', {})).toBe(true);
  expect(matches('a: [nowhere, 0123456789abcdef0]\ncondition: a', {})).toBe(true);
  expect(matches('a: [nowhere, no-one]\ncondition: a', {})).toBe(false);
  expect(matches("a: {'|all': [alice, eu-west-1]}\ncondition: a", {})).toBe(true);
  expect(matches("a: {'|all': [alice, eu-west-2]}\ncondition: a", {})).toBe(false);
});

test.each([
  ['detection: {a: {foo.bar: x}, condition: a}', 'The field foo.bar is not kept in the report.'],
  ['detection: {a: {eventName|sounds: x}, condition: a}', 'The modifier "sounds" is not known.'],
  [
    "detection: {a: {eventName|re: '(?=x)'}, condition: a}",
    'The regular expression "(?=x)" is not understood; look-around and references are not, because they may take hours.',
  ],
  ['detection: {a: {sourceIPAddress|cidr: many}, condition: a}', '"many" is no block of IP addresses.'],
  ['detection: {a: {eventName: x}}', 'The detection has no condition.'],
  ['detection: {condition: a}', 'The condition names "a", and the detection has no such search.'],
  ['detection: {a: {}, condition: a}', 'A search of the detection is empty.'],
  [
    'detection: {a: {eventName: x}, condition: a}\nlevel: terrible',
    'The level "terrible" is not one of informational, low, medium, high, critical.',
  ],
  [
    'correlation: {type: value_sum, rules: [x], timespan: 1h}',
    'Correlations of the type "value_sum" are not evaluated.',
  ],
  [
    'correlation: {type: event_count, rules: [x], timespan: 1h, condition: {gte: 2}}',
    'The rule "x" that it names is not evaluated.',
  ],
  [
    'correlation: {type: event_count, rules: [x], timespan: soon, condition: {gte: 2}}',
    'The timespan "soon" is not understood.',
  ],
])('%s is named with why it is not evaluated', (rest, why) => {
  expect(found(`${HEAD}${rest}`, [record(0)]).why).toEqual({ 'rule-0': why });
});

test('a rule for other logs is named, not evaluated', () => {
  const { rows, why } = found(
    'title: x\nlogsource: {product: windows, service: security}\ndetection: {a: {eventName: Term*}, condition: a}',
    [record(0)],
  );
  expect({ rows, why }).toEqual({
    rows: {},
    why: { 'rule-0': 'The rule is for logs of windows security, not of aws cloudtrail.' },
  });
});

test('a regular expression that would take hours elsewhere takes no time', () => {
  const name = `${'a'.repeat(5000)}!`;
  expect(holds("requestParameters.name|re: '^(a+)+$'", request({ name }))).toBe(false);
});

const CALLS = `
title: call
name: call
${HEAD.split('\n')[1]}
detection: {a: {eventSource: ec2.amazonaws.com}, condition: a}
---
title: other
name: other
${HEAD.split('\n')[1]}
detection: {a: {eventName: RunInstances}, condition: a}
---
title: it
name: it
`;

/** Calls a minute apart, each by a user. */
function calls(...of: readonly (readonly [minute: number, user: string, name?: string])[]): readonly Fields[] {
  return of.map(([minute, userName, eventName = 'TerminateInstances']) =>
    record(minute * 60, { eventName, userIdentity: { type: 'IAMUser', userName } }),
  );
}

const BY_USER = 'group-by: [userIdentity.userName], timespan: 5m';

test.each([
  [
    `{type: event_count, rules: [call], ${BY_USER}, condition: {gte: 3}}`,
    calls([0, 'a'], [1, 'b'], [3, 'a'], [5, 'a'], [20, 'a'], [21, 'b'], [22, 'b']),
    [0, 2, 3],
  ],
  [
    `{type: event_count, rules: [call], timespan: 5m, condition: {gt: 2, lt: 4}}`,
    calls([0, 'a'], [1, 'b'], [3, 'a'], [20, 'a']),
    [0, 1, 2],
  ],
  [
    '{type: value_count, rules: [call], timespan: 5m, condition: {field: userIdentity.userName, gte: 2}}',
    calls([0, 'a'], [1, 'a'], [3, 'b'], [20, 'a'], [21, 'a']),
    [0, 1, 2],
  ],
  [
    `{type: temporal, rules: [call, other], ${BY_USER}}`,
    calls([0, 'a', 'RunInstances'], [1, 'b'], [20, 'c', 'DescribeInstances'], [21, 'c', 'RunInstances'], [22, 'c']),
    [0, 3, 2, 4].sort(),
  ],
  [
    `{type: temporal_ordered, rules: [denied, other], ${BY_USER}}`,
    calls([0, 'a', 'RunInstances'], [1, 'a'], [2, 'b'], [3, 'a', 'RunInstances'], [9, 'b', 'RunInstances']),
    [1, 3],
  ],
])('%s', (correlation, records, rows) => {
  const denied = `title: denied\nname: denied\n${HEAD.split('\n')[1]}\ndetection: {a: {eventName: TerminateInstances}, condition: a}\n---`;
  const result = found(`${denied}${CALLS}correlation: ${correlation}`, records);
  expect(result.why).toEqual({});
  expect(result.rows.it).toEqual(rows);
});

test('rules that a correlation names are found by themselves only where it says so', () => {
  const correlation = '{type: event_count, rules: [call], timespan: 5m, condition: {gte: 9}';
  const records = calls([0, 'a']);
  expect(Object.keys(found(`${CALLS}correlation: ${correlation}}`, records).rows)).toEqual([]);
  expect(Object.keys(found(`${CALLS}correlation: ${correlation}, generate: true}`, records).rows)).toEqual(['call']);
});
