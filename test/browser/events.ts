/** Events for browser tests: enough of each kind that filters have something to tell apart. */
import { logFile, record } from '../support/records.js';

const WHO = ['alice', 'bob', 'carol'];

/** A file of `count` events: every 10th is denied, every 3rd changes something, the others read. */
export function plainLog(count: number): string {
  return logFile(...Array.from({ length: count }, (_, i) => record(i, fieldsOf(i))));
}

function fieldsOf(i: number): Record<string, unknown> {
  const userName = WHO[i % 3] as string;
  const userIdentity = {
    type: 'IAMUser',
    userName,
    accountId: '111111111111',
    arn: `arn:aws:iam::111111111111:user/${userName}`,
  };
  if (i % 10 === 0)
    return { userIdentity, errorCode: 'AccessDenied', errorMessage: 'User is not authorized to perform "this"' };
  if (i % 3 === 0) {
    return {
      userIdentity,
      eventName: 'RunInstances',
      responseElements: { instancesSet: { items: [{ instanceId: `i-0${i.toString(16).padStart(16, '0')}` }] } },
    };
  }
  return {
    userIdentity,
    eventSource: 's3.amazonaws.com',
    eventName: 'GetBucketLocation',
    readOnly: true,
    requestParameters: { bucketName: `bucket-${i % 7}` },
  };
}

/** Text that has broken other reports. */
export const HOSTILE = [
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '<img src=x onerror=alert(1)>',
  'line\u2028and\u2029paragraph',
  `"'\``,
  "$& $1 $' $$",
  '\u202Egpj.exe\u202C \u200F',
  '{{constructor.constructor("alert(1)")()}}',
];

/** One event for each hostile text, which is in every field of it that takes text. */
export function hostileLog(): string {
  return logFile(
    ...HOSTILE.map((text, i) =>
      record(i, {
        eventSource: text,
        eventName: text,
        awsRegion: text,
        sourceIPAddress: text,
        userAgent: text,
        errorCode: text,
        errorMessage: text,
        requestParameters: { [text]: [text] },
        responseElements: { [text]: { deep: text } },
        additionalEventData: { [text]: text },
        requestID: text,
        eventID: `${text}${i}`,
        recipientAccountId: text,
        vpcEndpointId: text,
        userIdentity: {
          type: text,
          principalId: text,
          arn: text,
          accountId: text,
          accessKeyId: text,
          userName: text,
          invokedBy: text,
        },
        resources: [{ ARN: text, accountId: text, type: text }],
      }),
    ),
  );
}

/** What an attacker does, by a person whose name would be markup in a careless page. */
export const ATTACKER = '<b>mallory</b>';

/** A file of `count` plain events and, an hour later, the attacker's few. */
export function incidentLog(count: number): string {
  const by = (i: number, service: string, eventName: string, requestParameters: unknown): Record<string, unknown> =>
    record(3600 + i, {
      userIdentity: {
        type: 'IAMUser',
        userName: ATTACKER,
        accountId: '111111111111',
        arn: `arn:aws:iam::111111111111:user/${ATTACKER}`,
      },
      eventSource: `${service}.amazonaws.com`,
      eventName,
      requestParameters,
    });
  const plain = JSON.parse(plainLog(count)) as { Records: Record<string, unknown>[] };
  return logFile(
    ...plain.Records,
    by(0, 'cloudtrail', 'StopLogging', { name: 'main' }),
    by(1, 'iam', 'CreateAccessKey', { userName: 'backup' }),
    by(2, 'ec2', 'ModifySnapshotAttribute', {
      snapshotId: 'snap-0123456789abcdef0',
      createVolumePermission: { add: { items: [{ userId: '444455556666' }] } },
    }),
    by(600, 'ec2', 'ModifySnapshotAttribute', {
      snapshotId: 'snap-0fedcba9876543210',
      createVolumePermission: { add: { items: [{ group: 'all' }] } },
    }),
  );
}
