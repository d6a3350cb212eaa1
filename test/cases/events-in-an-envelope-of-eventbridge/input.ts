/** A rule's target gets each event as `detail`; what passed through SNS or SQS has that as text. */
import { record } from '../../support/records.js';

const envelope = (detail: unknown): object => ({
  version: '0',
  id: 'eb',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.ec2',
  account: '111111111111',
  time: '2025-03-03T00:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail,
});

export default {
  'lines.json': [1, 2].map((index) => `${JSON.stringify(envelope(record(index)))}\n`).join(''),
  'firehose.json': [3, 4].map((index) => JSON.stringify(envelope(record(index)))).join(''),
  'list.json': JSON.stringify([envelope(record(5)), envelope({ state: 'running' }), envelope(record(6))], undefined, 2),
  'sns.json': JSON.stringify({ Type: 'Notification', Message: JSON.stringify(envelope(record(7))) }),
  'sqs.json': JSON.stringify({ Messages: [{ MessageId: '1', Body: JSON.stringify(envelope(record(8))) }] }),
};
