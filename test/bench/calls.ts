/** The calls of the benchmark's logs: what is asked and answered, in the shares that production trails have. */
import type { Random } from '../support/random.js';

export interface BenchCall {
  readonly service: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly request: unknown;
  readonly response?: unknown;
  /** Fields beyond the usual ones. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

export interface Place {
  readonly account: string;
  readonly region: string;
}

type MakeCall = (random: Random, place: Place) => BenchCall;

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export const CALLS: readonly (readonly [weight: number, make: MakeCall])[] = [
  [34, s3Object],
  [20, describe],
  [14, kms],
  [9, assumeRole],
  [9, iam],
  [7, lambda],
  [5, changeInstance],
  [2, consoleLogin],
];

/** S3 data events: each names an object of its own. */
function s3Object(random: Random, { account, region }: Place): BenchCall {
  const bucketName = `example-data-${random.below(12)}-${region}`;
  const key = `year=2025/month=03/day=${random.below(28) + 1}/part-${random.uuid()}.c000.snappy.parquet`;
  const name = random.weighted([
    [6, 'GetObject'],
    [3, 'PutObject'],
    [2, 'HeadObject'],
    [1, 'DeleteObject'],
  ] as const);
  const bytes = random.below(5_000_000);
  return {
    service: 's3',
    name,
    readOnly: name === 'GetObject' || name === 'HeadObject',
    request: {
      bucketName,
      Host: `${bucketName}.s3.${region}.amazonaws.com`,
      key,
      ...(name === 'GetObject' && { 'x-id': 'GetObject' }),
    },
    response:
      name === 'PutObject'
        ? { 'x-amz-server-side-encryption': 'AES256', 'x-amz-expiration': `expiry-date="${random.below(28)}"` }
        : null,
    fields: {
      additionalEventData: {
        SignatureVersion: 'SigV4',
        CipherSuite: 'TLS_AES_128_GCM_SHA256',
        bytesTransferredIn: name === 'PutObject' ? bytes : 0,
        AuthenticationMethod: 'AuthHeader',
        'x-amz-id-2': random.text(BASE64, 76),
        bytesTransferredOut: name === 'GetObject' ? bytes : 0,
      },
      resources: [
        { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucketName}/${key}` },
        { accountId: account, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucketName}` },
      ],
      managementEvent: false,
      eventCategory: 'Data',
    },
  };
}

function describe(random: Random): BenchCall {
  const what = random.pick([
    'Instances',
    'Volumes',
    'SecurityGroups',
    'NetworkInterfaces',
    'Snapshots',
    'Subnets',
    'Tags',
    'Images',
  ]);
  const one = random.chance(0.4);
  const filter = { name: 'tag:Name', valueSet: { items: [{ value: `web-${random.below(400)}` }] } };
  return {
    service: 'ec2',
    name: `Describe${what}`,
    readOnly: true,
    request: one
      ? { instancesSet: { items: [{ instanceId: `i-0${random.hex(16)}` }] }, filterSet: {} }
      : { maxResults: 1000, filterSet: { items: [filter] } },
  };
}

function kms(random: Random, { account, region }: Place): BenchCall {
  const ARN = `arn:aws:kms:${region}:${account}:key/${String(random.below(20)).padStart(8, '0')}-12ab-34cd-56ef-1234567890ab`;
  const name = random.pick(['Decrypt', 'Decrypt', 'GenerateDataKey']);
  return {
    service: 'kms',
    name,
    readOnly: true,
    request: {
      encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::example-data-${random.below(12)}-${region}/${random.hex(24)}` },
      keyId: ARN,
      ...(name === 'Decrypt' ? { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' } : { keySpec: 'AES_256' }),
    },
    fields: { resources: [{ accountId: account, type: 'AWS::KMS::Key', ARN }] },
  };
}

/** Answers that hold a session's credentials are the longest texts of a trail. */
function assumeRole(random: Random, { account }: Place): BenchCall {
  const role = `service-role-${random.below(24)}`;
  const roleArn = `arn:aws:iam::${account}:role/${role}`;
  const roleSessionName = `${role}-${random.below(50)}`;
  return {
    service: 'sts',
    name: 'AssumeRole',
    readOnly: true,
    request: { roleArn, roleSessionName, durationSeconds: 3600 },
    response: {
      credentials: {
        accessKeyId: `ASIA${random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
        sessionToken: random.text(BASE64, 760),
        expiration: 'Mar 3, 2025, 11:02:40 PM',
      },
      assumedRoleUser: {
        assumedRoleId: `AROA${role.toUpperCase()}:${roleSessionName}`,
        arn: `arn:aws:sts::${account}:assumed-role/${role}/${roleSessionName}`,
      },
    },
    fields: { resources: [{ accountId: account, type: 'AWS::IAM::Role', ARN: roleArn }], sharedEventID: random.uuid() },
  };
}

function iam(random: Random): BenchCall {
  const name = random.pick(['GetRole', 'ListAttachedRolePolicies', 'GetPolicyVersion', 'ListRolePolicies', 'GetUser']);
  return { service: 'iam', name, readOnly: true, request: { roleName: `service-role-${random.below(24)}` } };
}

function lambda(random: Random, { account, region }: Place): BenchCall {
  const functionName = `arn:aws:lambda:${region}:${account}:function:worker-${random.below(60)}`;
  return {
    service: 'lambda',
    name: 'Invoke',
    readOnly: false,
    request: { functionName, invocationType: random.pick(['Event', 'RequestResponse']) },
    fields: {
      resources: [{ accountId: account, type: 'AWS::Lambda::Function', ARN: functionName }],
      additionalEventData: { functionVersion: `${functionName}:$LATEST` },
      managementEvent: false,
      eventCategory: 'Data',
    },
  };
}

function changeInstance(random: Random): BenchCall {
  const name = random.pick(['TerminateInstances', 'StartInstances', 'StopInstances', 'RebootInstances']);
  const items = Array.from({ length: 1 + random.below(3) }, () => ({ instanceId: `i-0${random.hex(16)}` }));
  const states = { currentState: { code: 32, name: 'shutting-down' }, previousState: { code: 16, name: 'running' } };
  return {
    service: 'ec2',
    name,
    readOnly: false,
    request: { instancesSet: { items }, force: false },
    response: { instancesSet: { items: items.map((item) => ({ ...item, ...states })) } },
  };
}

function consoleLogin(random: Random): BenchCall {
  return {
    service: 'signin',
    name: 'ConsoleLogin',
    readOnly: false,
    request: null,
    response: { ConsoleLogin: 'Success' },
    fields: {
      additionalEventData: {
        LoginTo: 'https://console.aws.amazon.com/console/home',
        MobileVersion: 'No',
        MFAUsed: random.pick(['Yes', 'No']),
      },
      eventType: 'AwsConsoleSignIn',
    },
  };
}
