import { expect, test } from 'vitest';
import { dayFolder, deliveryDays } from '#scripts/source/s3/days.js';
import { levelOf } from '#scripts/source/layout.js';

const time = (text: string): number => Date.parse(text);

test('an event is delivered on its day or the next one, never before', () => {
  const { first, end } = deliveryDays(time('2025-03-03T10:00:00Z'), time('2025-03-03T11:00:00Z'));
  expect([first, end]).toEqual([time('2025-03-03T00:00:00Z'), time('2025-03-05T00:00:00Z')]);
  expect(deliveryDays(undefined, time('2025-03-03T00:00:00Z')).end).toBe(time('2025-03-04T00:00:00Z'));
  expect(deliveryDays(undefined, undefined)).toEqual({ first: undefined, end: undefined });
});

test('a day is a folder as in keys', () => {
  expect(dayFolder(time('2025-03-03T00:00:00Z'))).toBe('2025/03/03/');
});

test.each([
  ['AWSLogs/', 'organization-or-account'],
  ['any/prefix/AWSLogs/', 'organization-or-account'],
  ['AWSLogs/o-abcde12345/', 'account'],
  ['AWSLogs/o-abcde12345/111122223333/', 'service'],
  ['AWSLogs/111122223333/CloudTrail/', 'region'],
  ['AWSLogs/111122223333/CloudTrail/eu-west-1/', 'days'],
  ['AWSLogs/111122223333/CloudTrail/eu-west-1/2025/03/', 'days'],
  ['AWSLogs/old/AWSLogs/111122223333/', 'service'],
])('%s is in the layout: next comes %s', (folder, next) => {
  expect(levelOf(folder)?.next).toBe(next);
});

test.each(['', 'logs/', 'old AWSLogs/', 'AWSLogs/elsewhere/', 'AWSLogs/o-abcde12345/elsewhere/'])(
  '%j is outside of the layout',
  (folder) => expect(levelOf(folder)).toBeUndefined(),
);
