/**
 * An incident, among everyday calls: a role is taken over, an instance goes, a door for later is made and the log is
 * turned off; and things that look like it. Each question has one right answer.
 */
import { change, failing, instances, look, session, user, type Line } from './telling.js';

export const INSTANCE = 'i-0deadbeefcafe0001';
const GROUP = 'sg-08d09b481bd3dfef7';
const SNAPSHOT = 'snap-0feedfacefeedface';

const BACKUP = user('svc-legacy-backup', '198.51.100.23');
const MALLORY = { ...session('mallory', 'OpsBreakGlass', { since: '2025-03-03T09:48:00Z' }), address: '198.51.100.23' };
const STOPPER = { ...session('scheduler', 'NightlyStopper'), address: '203.0.113.9' };
const CAROL = user('carol.decoy', '203.0.113.77');
const DAVE = user('dave.ops', '203.0.113.50');
const WEB = session('web', 'WebServer', { accessKeyId: 'ASIAWEBSERVERXXAMPLE' });
const ROOT = {
  ...user('root', '198.51.100.23'),
  identity: {
    type: 'Root',
    principalId: '111122223333',
    arn: 'arn:aws:iam::111122223333:root',
    accountId: '111122223333',
  },
};

function clock(minutes: number, seconds = 0): string {
  const at = new Date(minutes * 60_000 + seconds * 1000);
  return at.toISOString().slice(11, 19);
}

function openPort(port: number, cidrIp: string): Line[2] {
  const range = { ipProtocol: 'tcp', fromPort: port, toPort: port, ipRanges: { items: [{ cidrIp }] }, ipv6Ranges: {} };
  return change('ec2', 'AuthorizeSecurityGroupIngress', { groupId: GROUP, ipPermissions: { items: [range] } });
}

function bucketPolicy(bucketName: string, Principal: unknown): Line[2] {
  const Statement = [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucketName}/*` }];
  return change('s3', 'PutBucketPolicy', { bucketName, bucketPolicy: { Version: '2012-10-17', Statement } });
}

function signIn(succeeds: boolean): Line[2] {
  const signedIn = change('signin', 'ConsoleLogin', null, { ConsoleLogin: succeeds ? 'Success' : 'Failure' });
  const fields = { eventType: 'AwsConsoleSignIn', ...(!succeeds && { errorMessage: 'Failed authentication' }) };
  return { ...signedIn, fields };
}

export const PLANTED: readonly Line[] = [
  // The instance: stopped and started the day before, tried by another, terminated by svc-legacy-backup in the session mallory.
  ['05:00', STOPPER, instances('StopInstances', 16, INSTANCE)],
  ['06:00', STOPPER, instances('StartInstances', 80, INSTANCE)],
  ['09:30', CAROL, failing(instances('TerminateInstances', 16, INSTANCE), 'Client.UnauthorizedOperation')],
  [
    '09:48',
    BACKUP,
    {
      ...look('sts', 'AssumeRole', {
        roleArn: 'arn:aws:iam::111122223333:role/OpsBreakGlass',
        roleSessionName: 'mallory',
      }),
      response: {
        credentials: { accessKeyId: 'ASIAMALLORYXXEXAMPLE' },
        assumedRoleUser: { arn: 'arn:aws:sts::111122223333:assumed-role/OpsBreakGlass/mallory' },
      },
    },
  ],
  ['10:11', MALLORY, look('ec2', 'DescribeInstances', { instancesSet: { items: [{ instanceId: INSTANCE }] } })],
  ['10:14', MALLORY, instances('TerminateInstances', 16, INSTANCE)],
  ['10:18', MALLORY, instances('TerminateInstances', 16, 'i-0deadbeefcafe0002')],
  // A user for later, with a key.
  ['10:23', MALLORY, change('iam', 'CreateUser', { userName: 'backdoor-svc' }, { user: { userName: 'backdoor-svc' } })],
  [
    '10:24',
    MALLORY,
    change('iam', 'AttachUserPolicy', {
      userName: 'backdoor-svc',
      policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
  ],
  [
    '10:25',
    MALLORY,
    change(
      'iam',
      'CreateAccessKey',
      { userName: 'backdoor-svc' },
      { accessKey: { userName: 'backdoor-svc', accessKeyId: 'AKIABACKDOOREXAMPLE1' } },
    ),
  ],
  [
    '10:28',
    MALLORY,
    change('cloudtrail', 'StopLogging', { name: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/management-events' }),
  ],
  [
    '10:31',
    MALLORY,
    change('ec2', 'ModifySnapshotAttribute', {
      snapshotId: SNAPSHOT,
      createVolumePermission: { add: { items: [{ userId: '666666666666' }] } },
    }),
  ],
  [
    '10:44',
    ROOT,
    change('iam', 'DeleteVirtualMFADevice', { serialNumber: 'arn:aws:iam::111122223333:mfa/root-device' }),
  ],
  // Doors opened, among others that were not.
  ['12:00', DAVE, openPort(443, '10.0.0.0/8')],
  ['12:14', DAVE, openPort(22, '0.0.0.0/0')],
  ['12:20', WEB, bucketPolicy('example-billing', { AWS: 'arn:aws:iam::111122223333:root' })],
  ['12:26', DAVE, bucketPolicy('example-billing', '*')],
  ['12:30', WEB, look('s3', 'GetBucketPolicy', { bucketName: 'example-billing' })],
  // Somebody who may not.
  ['08:14', CAROL, failing(change('s3', 'DeleteBucket', { bucketName: 'example-artifacts' }), 'AccessDenied')],
  // Secrets: one service reads its own all day, mallory reads twenty in a minute.
  ...Array.from({ length: 30 }, (_, i): Line => [
    clock(60 * 13 + i),
    WEB,
    look('secretsmanager', 'GetSecretValue', { secretId: 'web/db' }),
  ]),
  ...Array.from({ length: 20 }, (_, i): Line => [
    clock(60 * 9 + 54, i * 3),
    MALLORY,
    look('secretsmanager', 'GetSecretValue', { secretId: `prod/crown-jewels/${String(i + 1)}` }),
  ]),
  // A password, guessed.
  ...Array.from({ length: 13 }, (_, i): Line => [
    clock(60 * 2, i * 11),
    user('erin.target', '192.0.2.200'),
    signIn(i === 12),
  ]),
  ['07:00', user('frank', '203.0.113.80'), signIn(false)],
  ['07:01', user('frank', '203.0.113.80'), signIn(true)],
];

/** What is asked, and what the answer's text must and must not say. */
interface Question {
  readonly asks: string;
  readonly ask: string;
  readonly says: readonly RegExp[];
  readonly never?: RegExp;
}

export const QUESTIONS: readonly Question[] = [
  {
    asks: 'who terminated the instance',
    ask: INSTANCE,
    says: [
      /^i-0deadbeefcafe0001 was terminated by svc-legacy-backup \(role OpsBreakGlass, session mallory\) on 2025-03-03 10:14:00 from 198\.51\.100\.23 with the AWS CLI\./,
      /The session was started by svc-legacy-backup with AssumeRole on 2025-03-03 09:48:00/,
      /carol\.decoy tried TerminateInstances 44 minutes earlier \(2025-03-03 09:30:00\) and was denied: Client\.UnauthorizedOperation\./,
    ],
    never: /terminated by (?!svc-legacy-backup)/,
  },
  {
    asks: 'who made a user, and gave it what',
    ask: 'backdoor-svc',
    says: [
      /The access key AKIABACKDOOREXAMPLE1 of backdoor-svc was created by svc-legacy-backup/,
      /backdoor-svc was created by svc-legacy-backup/,
      /The policy arn:aws:iam::aws:policy\/AdministratorAccess was attached to backdoor-svc by svc-legacy-backup/,
    ],
  },
  {
    asks: 'where an access key came from',
    ask: 'AKIABACKDOOREXAMPLE1',
    says: [/^AKIABACKDOOREXAMPLE1 was created by svc-legacy-backup \(role OpsBreakGlass, session mallory\)/],
  },
  {
    asks: 'whether logging was turned off',
    ask: 'StopLogging',
    says: [
      /StopLogging succeeded 1 time\. The last successful call was made by svc-legacy-backup/,
      /Logging by \S*management-events was turned off by svc-legacy-backup/,
    ],
  },
  {
    asks: 'what became of the trail',
    ask: 'management-events',
    says: [/^Logging by \S*management-events was turned off by svc-legacy-backup/],
  },
  {
    asks: 'who opened a port of this group to the world',
    ask: GROUP,
    says: [
      /^sg-08d09b481bd3dfef7 was opened to everybody \(tcp 22 ← 0\.0\.0\.0\/0\) by dave\.ops on 2025-03-03 12:14:00/,
    ],
  },
  {
    asks: 'on which group a port was opened to the world',
    ask: 'AuthorizeSecurityGroupIngress',
    says: [/succeeded 2 times/, /sg-08d09b481bd3dfef7 was opened to everybody \(tcp 22 ← 0\.0\.0\.0\/0\) by dave\.ops/],
    never: /10\.0\.0\.0/,
  },
  {
    asks: 'which bucket was made public',
    ask: 'PutBucketPolicy',
    says: [/succeeded 2 times/, /example-billing was made public by dave\.ops/],
    never: /made public by web/,
  },
  {
    asks: 'who made this bucket public',
    ask: 'example-billing',
    says: [/^example-billing was made public by dave\.ops on 2025-03-03 12:26:00/],
  },
  {
    asks: 'with whom a snapshot was shared',
    ask: SNAPSHOT,
    says: [/^snap-0feedfacefeedface was shared with 666666666666 by svc-legacy-backup/],
  },
  {
    asks: 'who read many secrets within a minute',
    ask: 'GetSecretValue',
    says: [
      /svc-legacy-backup \(role OpsBreakGlass, session mallory\) called GetSecretValue on 20 different resources within 57 seconds.*from 198\.51\.100\.23/,
    ],
    never: /web \(role WebServer\) called GetSecretValue/,
  },
  {
    asks: 'whose password was guessed',
    ask: 'ConsoleLogin',
    says: [/erin\.target failed to sign in 12 times from 192\.0\.2\.200, .* and then succeeded on 2025-03-03 02:02:12/],
    never: /frank failed to sign in/,
  },
  {
    asks: 'whether the guessing succeeded',
    ask: 'erin.target',
    says: [/erin\.target failed to sign in 12 times from 192\.0\.2\.200, .* and then succeeded/],
  },
  {
    asks: 'what root did',
    ask: 'root',
    says: [/root@111122223333 appears in 1 event/, /root-device was deleted by root@111122223333/],
  },
  {
    asks: 'who was denied deleting a bucket',
    ask: 'example-artifacts',
    says: [
      /^Nothing in this report ended example-artifacts, but someone tried\./,
      /carol\.decoy tried DeleteBucket on 2025-03-03 08:14:00 and was denied: AccessDenied\./,
      /The report covers 111122223333 in eu-west-1, 2025/,
    ],
    never: /was deleted by/,
  },
  {
    asks: 'what came from an address',
    ask: '198.51.100.0/24',
    says: [
      /198\.51\.100\.0\/24 appears in 30 events/,
      /Logging by \S*management-events was turned off by svc-legacy-backup/,
      /i-0deadbeefcafe0002 was terminated by svc-legacy-backup \(role OpsBreakGlass, session mallory\) on 2025-03-03 10:18:00\. 1 more event like this\./,
    ],
  },
];
