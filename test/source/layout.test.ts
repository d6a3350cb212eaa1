import { expect, test } from 'vitest';
import { deliveryDay, kindOf } from '#scripts/source/layout.js';

const DAY = 'eu-west-1/2024/05/01';

test.each([
  [`AWSLogs/111111111111/CloudTrail/${DAY}/a.json.gz`, 'events'],
  [`AWSLogs/o-abcdefghij/111111111111/CloudTrail/${DAY}/a.json.gz`, 'events'],
  [`some/prefix/AWSLogs/111111111111/CloudTrail/${DAY}/a.json.gz`, 'events'],
  [`AWSLogs/111111111111/CloudTrail-Digest/${DAY}/a.json.gz`, 'digest'],
  [`AWSLogs/o-abcdefghij/111111111111/CloudTrail-Insight/${DAY}/a.json.gz`, 'insight'],
  [`AWSLogs/111111111111/CloudTrail-NetworkActivity/${DAY}/a.json.gz`, 'network-activity'],
  [`AWSLogs/111111111111/CloudTrail-Aggregated/${DAY}/a.json.gz`, 'aggregated'],
  ['AWSLogs/111111111111/Config/eu-west-1/2024/5/1/ConfigHistory/a.json.gz', 'other-service'],
  [`AWSLogs/111111111111/elasticloadbalancing/${DAY}/a.log.gz`, 'other-service'],
  [`AWSLogs/111111111111/CloudTrail2/${DAY}/a.json.gz`, 'other-service'],
  [`AWSLogs/111111111111/constructor/${DAY}/a.json.gz`, 'other-service'],
  [`AWSLogs/111111111111/CloudTrail/${DAY}/notes.txt`, 'other'],
  ['a.json', 'events'],
  ['deep/below/a.JSONL', 'events'],
  ['a.ndjson.gz', 'events'],
  ['a.gz', 'events'],
  ['myAWSLogs/111111111111/Config/a.json', 'events'],
  ['AWSLogs/123/Config/a.json', 'events'],
  ['json', 'other'],
  ['a.json.bak', 'other'],
  ['a.csv', 'events'],
  ['a.tar.gz', 'events'],
  ['a.tgz', 'events'],
  ['a.zip', 'events'],
  ['a.log', 'other'],
  [`AWSLogs/111111111111/CloudTrail-Lake/Query/2025/03/03/a/result_1.csv.gz`, 'lake'],
])('%s: %s', (path, kind) => {
  expect(kindOf(path)).toBe(kind);
});

test('the day of delivery is the day in the path, where there is one that exists', () => {
  expect(deliveryDay(`p/AWSLogs/111111111111/CloudTrail/${DAY}/a.json.gz`)).toBe(Date.UTC(2024, 4, 1));
  expect(deliveryDay('AWSLogs/111111111111/CloudTrail/eu-west-1/2024/13/01/a.json.gz')).toBeUndefined();
  expect(deliveryDay('AWSLogs/111111111111/CloudTrail/a.json.gz')).toBeUndefined();
  expect(deliveryDay('2024/05/01/a.json.gz')).toBeUndefined();
});
