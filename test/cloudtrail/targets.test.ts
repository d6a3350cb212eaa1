/** What calls are about: the names of their targets, by calls as AWS logs them. */
import { expect, test } from 'vitest';
import { TargetRule } from '#scripts/cloudtrail/targets.js';
import { EventResources } from '#scripts/ingest/flatten/event-resources.js';
import { TextPool } from '#scripts/ingest/flatten/text-pool.js';
import { LIST_SEPARATOR, MENTION_MARK } from '#shared/model/columns.js';
import { CALLS, type AnyCall } from './calls.js';

/** The cell's targets and its other names. */
function namesIn({ source, name, request, response, details, own }: AnyCall): [targets: string[], others: string[]] {
  const pool = new TextPool();
  const resources = new EventResources(pool);
  const listOf = (value: unknown): number => {
    if (value === undefined || value === null) return 0;
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    return resources.listOf(bytes, new DataView(bytes.buffer), 0, bytes.length);
  };
  const rule = resources.ruleOf(new TargetRule(`${source}.amazonaws.com`, name));
  const cell = resources.cellOf(
    rule,
    listOf(own?.map((ARN) => ({ accountId: '111122223333', ARN }))),
    listOf(request),
    listOf(response),
    listOf(details),
  );
  const names = cell === 0 ? [] : new TextDecoder().decode(pool.bytesOf(cell)).split(LIST_SEPARATOR);
  const mark = names.findIndex((one) => one.startsWith(MENTION_MARK));
  if (mark < 0) return [names, []];
  return [names.slice(0, mark), names.slice(mark).map((one) => one.replace(MENTION_MARK, ''))];
}

test.each(CALLS.map((call) => ({ ...call, title: `${call.source} ${call.name}` })))('$title', (call) => {
  expect(namesIn(call)[0]).toEqual(call.targets);
});

test('the table is broad', () => {
  expect(new Set(CALLS.map(({ source, name }) => `${source} ${name}`)).size).toBeGreaterThanOrEqual(200);
  expect(new Set(CALLS.map(({ source }) => source)).size).toBeGreaterThanOrEqual(40);
});

test('a target is listed once, and what else the call names follows', () => {
  const [targets, others] = namesIn({
    source: 'iam',
    name: 'AttachRolePolicy',
    request: { roleName: 'web', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    own: ['arn:aws:iam::111122223333:role/web'],
    targets: [],
  });
  expect(targets).toEqual(['arn:aws:iam::111122223333:role/web']);
  expect(others).toEqual(['arn:aws:iam::aws:policy/ReadOnlyAccess']);
});

test('an ARN of another service with the same last part is not a target', () => {
  const policy = { Statement: [{ Principal: { AWS: 'arn:aws:iam::444455556666:role/media' } }] };
  const [targets, others] = namesIn({
    source: 's3',
    name: 'PutBucketPolicy',
    request: { bucketPolicy: policy, bucketName: 'media' },
    targets: [],
  });
  expect(targets).toEqual(['media']);
  expect(others).toEqual(['arn:aws:iam::444455556666:role/media']);
});

test('a name with the mark in it cannot say what is a target', () => {
  const [targets, others] = namesIn({
    source: 'iam',
    name: 'CreateUser',
    request: { userName: `a${LIST_SEPARATOR}${MENTION_MARK}b` },
    targets: [],
  });
  expect([targets, others]).toEqual([['a', ' b'], []]);
});
