/** The spellings of places in S3 that people paste. */
import { expect, it } from 'vitest';
import { asS3Address, parseS3 } from '#scripts/source/s3-address.js';

const POINT = 'arn:aws:s3:eu-west-1:111122223333:accesspoint/my-ap';

it.each<readonly [pasted: string, bucket: string, key: string]>([
  ['s3://b', 'b', ''],
  ['S3://my-bucket/AWSLogs/', 'my-bucket', 'AWSLogs/'],
  ['s3a://my-bucket/AWSLogs', 'my-bucket', 'AWSLogs'],
  ['arn:aws:s3:::my-bucket', 'my-bucket', ''],
  ['arn:aws-us-gov:s3:::my-bucket/AWSLogs/*', 'my-bucket', 'AWSLogs/'],
  ['s3://arn:aws:s3:::my-bucket/a b/', 'my-bucket', 'a b/'],
  [POINT, POINT, ''],
  [`${POINT}/AWSLogs/x`, POINT, 'AWSLogs/x'],
  [`s3://${POINT}/AWSLogs/`, POINT, 'AWSLogs/'],
  ['s3://my-ap-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias/x', 'my-ap-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias', 'x'],
  ['https://s3.console.aws.amazon.com/s3/buckets/my-bucket?region=eu-west-1&prefix=AWSLogs/', 'my-bucket', 'AWSLogs/'],
  ['https://eu-west-1.console.aws.amazon.com/s3/buckets/my-bucket?prefix=a%20b/&region=eu-west-1', 'my-bucket', 'a b/'],
  [
    'https://us-east-1.console.aws.amazon.com/s3/object/my-bucket?region=x&prefix=a/x.json.gz',
    'my-bucket',
    'a/x.json.gz',
  ],
  ['https://console.amazonaws-us-gov.com/s3/buckets/my-bucket', 'my-bucket', ''],
  ['https://cn-north-1.console.amazonaws.cn/s3/buckets/my-bucket?prefix=x/', 'my-bucket', 'x/'],
  ['https://my-bucket.s3.eu-west-1.amazonaws.com/AWSLogs/x.json.gz', 'my-bucket', 'AWSLogs/x.json.gz'],
  ['https://my.bucket.s3.amazonaws.com/', 'my.bucket', ''],
  ['https://my-bucket.s3-us-west-2.amazonaws.com/a%20b?X-Amz-Signature=1', 'my-bucket', 'a b'],
  ['https://my-bucket.s3.dualstack.eu-west-1.amazonaws.com/x', 'my-bucket', 'x'],
  ['https://s3.cn-north-1.amazonaws.com.cn/my-bucket/AWSLogs/', 'my-bucket', 'AWSLogs/'],
  ['https://s3.amazonaws.com/my-bucket', 'my-bucket', ''],
  ['http://my-bucket.s3-website-us-east-1.amazonaws.com/x/', 'my-bucket', 'x/'],
])('takes %s for what it names', (pasted, bucket, key) => {
  expect(parseS3(asS3Address(pasted))).toEqual({ bucket, key });
});

it.each(['logs', './s3', 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main', 'https://example.com/s3/buckets/x'])(
  'leaves %s as it is',
  (text) => {
    expect(asS3Address(text)).toBe(text);
    expect(parseS3(asS3Address(text))).toBeUndefined();
  },
);
