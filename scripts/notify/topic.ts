/** Sends a notification to an SNS topic. Loads the AWS SDK: import it only when needed. */
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { S3Config } from '#scripts/run/config.js';
import { clientOptions } from '#scripts/aws/client-options.js';
import type { Message } from './message.js';

const LIMITS = { attempts: 3, connectMs: 3000, responseMs: 10_000 } as const;
/** Source: Amazon SNS API reference, "Publish": Subject has fewer than 100 characters. */
const LONGEST_SUBJECT = 99;

export async function publishToTopic(topic: string, region: string, message: Message, s3: S3Config): Promise<void> {
  const client = new SNSClient({ ...clientOptions(s3, LIMITS), region });
  try {
    const [subject = ''] = message.text.split('\n');
    await client.send(
      new PublishCommand({ TopicArn: topic, Subject: subject.slice(0, LONGEST_SUBJECT), Message: message.text }),
    );
  } finally {
    client.destroy();
  }
}
