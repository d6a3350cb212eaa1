/** Calls as CloudTrail writes them, and what is different since. */
import type { Call, Effect } from '#scripts/investigate/effects/effect.js';

export const OWN = '111122223333';
const OTHER = '444455556666';

type Fields = Partial<Call>;
type Case = readonly [service: string, eventName: string, about: string, fields: Fields, expected: readonly Effect[]];
type Miss = readonly [service: string, eventName: string, about: string, fields: Fields];

const trustFor = (AWS: string): string =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }] });
const bucketPolicy = (Principal: unknown): object => ({
  Statement: [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: 'arn:aws:s3:::pics/*' }],
});
const ingress = (permission: object): Fields => ({
  targets: ['sg-1'],
  request: { groupId: 'sg-1', ipPermissions: { items: [permission] } },
});
const rules = (rule: object): object => ({ LifecycleConfiguration: { Rule: rule }, bucketName: 'trail-logs' });
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const EVERYTHING = JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });
const trail = { targets: ['main'] };

export const CALLS: readonly Case[] = [
  ['cloudtrail', 'StopLogging', 'a trail', { ...trail }, [{ code: 'logging-stopped', target: 'main' }]],
  ['cloudtrail', 'DeleteTrail', 'a trail', { ...trail }, [{ code: 'trail-deleted', target: 'main' }]],
  [
    'cloudtrail',
    'UpdateTrail',
    'delivery moved, and one Region only',
    { ...trail, request: { name: 'main', s3BucketName: 'elsewhere', isMultiRegionTrail: false } },
    [
      { code: 'logging-narrowed', target: 'main', now: 'isMultiRegionTrail' },
      { code: 'log-delivery-moved', target: 'main', now: 'elsewhere' },
    ],
  ],
  [
    'cloudtrail',
    'PutEventSelectors',
    'no management events',
    { ...trail, request: { eventSelectors: [{ readWriteType: 'ReadOnly', includeManagementEvents: false }] } },
    [{ code: 'logging-narrowed', target: 'main', now: 'includeManagementEvents: false' }],
  ],
  [
    'cloudtrail',
    'PutEventSelectors',
    'reads only',
    { ...trail, request: { eventSelectors: [{ readWriteType: 'ReadOnly', includeManagementEvents: true }] } },
    [{ code: 'logging-narrowed', target: 'main', now: 'ReadOnly' }],
  ],
  [
    'cloudtrail',
    'PutEventSelectors',
    'data events only, by advanced selectors',
    {
      ...trail,
      request: { advancedEventSelectors: [{ fieldSelectors: [{ field: 'eventCategory', equals: ['Data'] }] }] },
    },
    [{ code: 'logging-narrowed', target: 'main', now: 'includeManagementEvents: false' }],
  ],
  [
    's3',
    'PutBucketLifecycle',
    'logs expire after a day',
    { request: rules({ Status: 'Enabled', Expiration: { Days: 1 } }) },
    [{ code: 'logs-expire-early', target: 'trail-logs', now: '1' }],
  ],
  [
    's3',
    'PutBucketPolicy',
    'everybody reads',
    { targets: ['pics'], request: { bucketPolicy: bucketPolicy('*') } },
    [{ code: 'made-public', target: 'pics', principal: '*', actions: ['s3:GetObject'] }],
  ],
  [
    's3',
    'PutBucketPolicy',
    'another account reads',
    { targets: ['pics'], request: { bucketPolicy: bucketPolicy({ AWS: [`arn:aws:iam::${OTHER}:root`] }) } },
    [
      {
        code: 'shared-with-account',
        target: 'pics',
        principal: `arn:aws:iam::${OTHER}:root`,
        account: OTHER,
        actions: ['s3:GetObject'],
      },
    ],
  ],
  [
    's3',
    'PutBucketAcl',
    'a canned ACL',
    { targets: ['pics'], request: { 'x-amz-acl': 'public-read' } },
    [{ code: 'made-public', target: 'pics', principal: '*' }],
  ],
  [
    's3',
    'PutBucketPublicAccessBlock',
    'one block off',
    {
      request: {
        bucketName: 'pics',
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false },
      },
    },
    [{ code: 'public-access-unblocked', target: 'pics', now: 'BlockPublicPolicy' }],
  ],
  [
    's3',
    'PutBucketReplication',
    'to another account',
    {
      targets: ['pics'],
      request: {
        ReplicationConfiguration: {
          Rule: { Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::theirs', Account: OTHER } },
        },
      },
    },
    [{ code: 'replicated-to-account', target: 'pics', account: OTHER, now: 'theirs' }],
  ],
  [
    's3',
    'CopyObject',
    'onto itself with the key of the caller',
    {
      request: {
        bucketName: 'pics',
        key: 'a.png',
        'x-amz-copy-source': 'pics/a.png',
        'x-amz-server-side-encryption-customer-algorithm': 'AES256',
      },
    },
    [{ code: 'encrypted-with-callers-key', target: 'pics/a.png' }],
  ],
  [
    's3',
    'CopyObject',
    'onto itself',
    { request: { bucketName: 'pics', key: 'a b.png', 'x-amz-copy-source': '/pics/a%20b.png' } },
    [{ code: 'objects-overwritten', target: 'pics/a b.png' }],
  ],
  [
    's3',
    'PutObject',
    'with the key of the caller, as the service says',
    { request: { bucketName: 'pics', key: 'a' }, additional: { SSEApplied: 'SSE_C' } },
    [{ code: 'encrypted-with-callers-key', target: 'pics/a' }],
  ],
  [
    'ec2',
    'ModifySnapshotAttribute',
    'another account',
    {
      targets: ['snap-1'],
      request: { snapshotId: 'snap-1', createVolumePermission: { add: { items: [{ userId: OTHER }] } } },
    },
    [{ code: 'shared-with-account', target: 'snap-1', account: OTHER, principal: OTHER }],
  ],
  [
    'ec2',
    'ModifyImageAttribute',
    'everybody',
    { targets: ['ami-1'], request: { imageId: 'ami-1', launchPermission: { add: { items: [{ group: 'all' }] } } } },
    [{ code: 'made-public', target: 'ami-1', principal: '*' }],
  ],
  [
    'rds',
    'ModifyDBSnapshotAttribute',
    'another account',
    { targets: ['backup'], request: { attributeName: 'restore', valuesToAdd: [OTHER] } },
    [{ code: 'shared-with-account', target: 'backup', account: OTHER, principal: OTHER }],
  ],
  [
    'ec2',
    'AuthorizeSecurityGroupIngress',
    'SSH to the internet',
    ingress({ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }),
    [{ code: 'port-open-to-internet', target: 'sg-1', port: 'tcp 22', from: '0.0.0.0/0' }],
  ],
  [
    'ec2',
    'AuthorizeSecurityGroupIngress',
    'every protocol, also by IPv6',
    ingress({ ipProtocol: '-1', ipRanges: {}, ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] } }),
    [{ code: 'port-open-to-internet', target: 'sg-1', port: '*', from: '::/0' }],
  ],
  [
    'ec2',
    'AuthorizeSecurityGroupIngress',
    'a range to one address, and a prefix list',
    ingress({
      ipProtocol: '17',
      fromPort: 20,
      toPort: 25,
      ipRanges: { items: [{ cidrIp: '203.0.113.9/32' }] },
      prefixListIds: { items: [{ prefixListId: 'pl-1' }] },
    }),
    [
      { code: 'port-opened', target: 'sg-1', port: 'udp 20-25', from: '203.0.113.9/32' },
      { code: 'port-opened', target: 'sg-1', port: 'udp 20-25', from: 'pl-1' },
    ],
  ],
  [
    'ec2',
    'AuthorizeSecurityGroupIngress',
    'the form without a list',
    {
      targets: ['sg-1'],
      request: {
        groupId: 'sg-1',
        ipPermissions: {},
        ipProtocol: 'tcp',
        fromPort: 22,
        toPort: 22,
        cidrIp: '0.0.0.0/0',
      },
    },
    [{ code: 'port-open-to-internet', target: 'sg-1', port: 'tcp 22', from: '0.0.0.0/0' }],
  ],
  [
    'iam',
    'AttachUserPolicy',
    'AdministratorAccess',
    { request: { userName: 'bob', policyArn: ADMIN } },
    [{ code: 'grants-admin', target: 'bob', policy: ADMIN }],
  ],
  [
    'iam',
    'PutRolePolicy',
    'everything on everything, URL-encoded',
    { request: { roleName: 'ci', policyName: 'all', policyDocument: encodeURIComponent(EVERYTHING) } },
    [{ code: 'grants-admin', target: 'ci', policy: 'all' }],
  ],
  [
    'iam',
    'CreatePolicyVersion',
    'everything, as the default',
    { request: { policyArn: 'arn:aws:iam::111122223333:policy/p', policyDocument: EVERYTHING, setAsDefault: true } },
    [
      {
        code: 'grants-admin',
        target: 'arn:aws:iam::111122223333:policy/p',
        policy: 'arn:aws:iam::111122223333:policy/p',
      },
    ],
  ],
  [
    'iam',
    'UpdateAssumeRolePolicy',
    'another account',
    { request: { roleName: 'ci', policyDocument: trustFor(`arn:aws:iam::${OTHER}:root`) } },
    [
      {
        code: 'trust-opened',
        target: 'ci',
        principal: `arn:aws:iam::${OTHER}:root`,
        account: OTHER,
        actions: ['sts:AssumeRole'],
      },
    ],
  ],
  [
    'iam',
    'CreateAccessKey',
    'of a user',
    { request: { userName: 'bob' }, response: { accessKey: { userName: 'bob', accessKeyId: 'AKIAEXAMPLE' } } },
    [{ code: 'key-created', target: 'bob', now: 'AKIAEXAMPLE' }],
  ],
  [
    'signin',
    'ConsoleLogin',
    'of a user without MFA',
    { targets: ['bob'], response: { ConsoleLogin: 'Success' }, additional: { MFAUsed: 'No' } },
    [{ code: 'mfa-not-used', target: 'bob' }],
  ],
  [
    'kms',
    'ScheduleKeyDeletion',
    'within a week',
    { targets: ['key-1'], request: { keyId: 'key-1', pendingWindowInDays: 7 } },
    [{ code: 'key-deletion-scheduled', target: 'key-1', now: '7' }],
  ],
  [
    'rds',
    'ModifyDBInstance',
    'no backups, of seven days, and reachable',
    {
      targets: ['orders'],
      request: { dBInstanceIdentifier: 'orders', backupRetentionPeriod: 0, publiclyAccessible: true },
      response: { backupRetentionPeriod: 7, pendingModifiedValues: { backupRetentionPeriod: 0 } },
    },
    [
      { code: 'publicly-accessible', target: 'orders' },
      { code: 'backups-off', target: 'orders', was: '7', now: '0' },
    ],
  ],
  [
    'lambda',
    'AddPermission20150331v2',
    'everybody',
    { targets: ['fn'], request: { functionName: 'fn', action: 'lambda:InvokeFunction', principal: '*' } },
    [{ code: 'made-public', target: 'fn', principal: '*', actions: ['lambda:InvokeFunction'] }],
  ],
  [
    'lambda',
    'UpdateFunctionCode20150331v2',
    'other code',
    { targets: ['fn'], request: { functionName: 'fn', dryRun: false } },
    [{ code: 'code-replaced', target: 'fn' }],
  ],
  [
    'ec2',
    'ModifyInstanceAttribute',
    'other user data',
    { request: { instanceId: 'i-1', userData: '<sensitiveDataRemoved>' } },
    [{ code: 'user-data-replaced', target: 'i-1' }],
  ],
  [
    'autoscaling',
    'UpdateAutoScalingGroup',
    'nothing runs',
    { targets: ['web'], request: { autoScalingGroupName: 'web', minSize: 0, maxSize: 0, desiredCapacity: 0 } },
    [{ code: 'scaled-to-zero', target: 'web', now: '0' }],
  ],
  [
    'guardduty',
    'UpdateDetector',
    'off',
    { targets: ['d1'], request: { detectorId: 'd1', enable: false } },
    [{ code: 'detector-off', target: 'd1' }],
  ],
  [
    'ec2',
    'GetPasswordData',
    'a Windows password',
    { targets: ['i-1'] },
    [{ code: 'password-data-read', target: 'i-1' }],
  ],
  [
    'ec2',
    'DescribeInstanceAttribute',
    'the user data',
    { request: { instanceId: 'i-1', attribute: 'userData' } },
    [{ code: 'user-data-read', target: 'i-1' }],
  ],
  [
    'secretsmanager',
    'BatchGetSecretValue',
    'two secrets',
    { targets: ['a', 'b'] },
    [
      { code: 'secret-read', target: 'a' },
      { code: 'secret-read', target: 'b' },
    ],
  ],
  [
    'ssm',
    'GetParameters',
    'decrypted',
    { targets: ['/db/password'], request: { withDecryption: true } },
    [{ code: 'secret-read', target: '/db/password' }],
  ],
  [
    'route53resolver',
    'DeleteResolverQueryLogConfig',
    'DNS',
    { targets: ['rq-1'] },
    [{ code: 'dns-logs-off', target: 'rq-1' }],
  ],
  ['ec2', 'DeleteFlowLogs', 'of a VPC', { targets: ['fl-1'] }, [{ code: 'flow-logs-deleted', target: 'fl-1' }]],
  [
    'ec2',
    'RunInstances',
    'a large machine',
    { response: { instancesSet: { items: [{ instanceId: 'i-1', instanceType: 'p3.16xlarge' }] } } },
    [{ code: 'instances-launched', target: 'i-1', now: 'p3.16xlarge' }],
  ],
  ['ssm', 'SendCommand', 'to a machine', { targets: ['i-1'] }, [{ code: 'command-run', target: 'i-1' }]],
  ['ssm', 'StartSession', 'on a machine', { targets: ['i-1'] }, [{ code: 'session-opened', target: 'i-1' }]],
  [
    'ec2-instance-connect',
    'SendSSHPublicKey',
    'to a machine',
    { targets: ['i-1'] },
    [{ code: 'ssh-key-sent', target: 'i-1' }],
  ],
  [
    'ec2-instance-connect',
    'SendSerialConsoleSSHPublicKey',
    'to a serial console',
    { targets: ['i-1'] },
    [{ code: 'ssh-key-sent', target: 'i-1' }],
  ],
  [
    'sagemaker',
    'UpdateNotebookInstanceLifecycleConfig',
    'a script at the start',
    { targets: ['setup'] },
    [{ code: 'code-added', target: 'setup' }],
  ],
  [
    's3',
    'DeleteObject',
    'one',
    { request: { bucketName: 'pics', key: 'a.png' } },
    [{ code: 'objects-deleted', target: 'pics/a.png' }],
  ],
  [
    's3',
    'DeleteObjects',
    'many',
    { request: { bucketName: 'pics', delete: '' } },
    [{ code: 'objects-deleted', target: 'pics' }],
  ],
  ['bedrock', 'InvokeModel', 'a model', { targets: ['model-1'] }, [{ code: 'model-invoked', target: 'model-1' }]],
  [
    'iam',
    'CreateRole',
    'that another account may assume',
    { request: { roleName: 'door', assumeRolePolicyDocument: trustFor(OTHER) } },
    [{ code: 'trust-opened', target: 'door', principal: OTHER, account: OTHER, actions: ['sts:AssumeRole'] }],
  ],
  ['iam', 'CreateUser', 'a user', { targets: ['eve'] }, [{ code: 'user-created', target: 'eve' }]],
  ['iam', 'CreateLoginProfile', 'a password', { targets: ['bob'] }, [{ code: 'password-set', target: 'bob' }]],
  ['iam', 'UpdateLoginProfile', 'another password', { targets: ['bob'] }, [{ code: 'password-set', target: 'bob' }]],
  ['iam', 'DeactivateMFADevice', 'of a user', { targets: ['bob'] }, [{ code: 'mfa-removed', target: 'bob' }]],
  [
    'lambda',
    'UpdateFunctionConfiguration20150331v2',
    'a layer',
    { targets: ['fn'], request: { layers: ['arn:aws:lambda:eu-west-1:444455556666:layer:x:1'] } },
    [{ code: 'code-added', target: 'fn', now: 'arn:aws:lambda:eu-west-1:444455556666:layer:x:1' }],
  ],
  [
    'rolesanywhere',
    'CreateTrustAnchor',
    'a certificate authority',
    { targets: ['ca'] },
    [{ code: 'provider-trusted', target: 'ca' }],
  ],
  ['sts', 'GetFederationToken', 'for a name', { targets: ['x'] }, [{ code: 'federation-token', target: 'x' }]],
  [
    'secretsmanager',
    'PutResourcePolicy',
    'another account',
    { targets: ['db'], request: { secretId: 'db', resourcePolicy: JSON.stringify(bucketPolicy({ AWS: OTHER })) } },
    [{ code: 'shared-with-account', target: 'db', principal: OTHER, account: OTHER, actions: ['s3:GetObject'] }],
  ],
  [
    'logs',
    'PutRetentionPolicy',
    'three days',
    { targets: ['/app'], request: { logGroupName: '/app', retentionInDays: 3 } },
    [{ code: 'logs-expire-early', target: '/app', now: '3' }],
  ],
  [
    'ecs',
    'UpdateService',
    'no tasks',
    { targets: ['web'], request: { service: 'web', desiredCount: 0 } },
    [{ code: 'scaled-to-zero', target: 'web', now: '0' }],
  ],
  ['organizations', 'LeaveOrganization', 'the account', {}, [{ code: 'left-organization', target: '' }]],
];

export const NEAR_MISSES: readonly Miss[] = [
  [
    'cloudtrail',
    'PutEventSelectors',
    'reads and changes by two selectors',
    {
      request: {
        eventSelectors: [
          { readWriteType: 'ReadOnly', includeManagementEvents: true },
          { readWriteType: 'WriteOnly', includeManagementEvents: true },
        ],
      },
    },
  ],
  ['s3', 'PutBucketLifecycle', 'a year', { request: rules({ Status: 'Enabled', Expiration: { Days: 365 } }) }],
  [
    's3',
    'PutBucketLifecycle',
    'a rule that is off',
    { request: rules({ Status: 'Disabled', Expiration: { Days: 1 } }) },
  ],
  ['s3', 'PutBucketPolicy', 'its own account', { request: { bucketPolicy: bucketPolicy({ AWS: OWN }) } }],
  [
    's3',
    'PutBucketPolicy',
    'a service',
    { request: { bucketPolicy: bucketPolicy({ Service: 'cloudtrail.amazonaws.com' }) } },
  ],
  ['s3', 'CopyObject', 'from elsewhere', { request: { bucketName: 'a', key: 'k', 'x-amz-copy-source': 'b/k' } }],
  [
    'ec2',
    'ModifySnapshotAttribute',
    'taken back',
    { request: { snapshotId: 'snap-1', createVolumePermission: { remove: { items: [{ userId: OTHER }] } } } },
  ],
  [
    'ec2',
    'AuthorizeSecurityGroupIngress',
    'a private network',
    ingress({ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }] } }),
  ],
  [
    'iam',
    'CreateRole',
    'for its own account',
    { request: { roleName: 'ci', assumeRolePolicyDocument: trustFor(OWN) } },
  ],
  [
    'signin',
    'ConsoleLogin',
    'of a role, which never says that MFA was used',
    { who: { type: 'AssumedRole' }, response: { ConsoleLogin: 'Success' }, additional: { MFAUsed: 'No' } },
  ],
  ['lambda', 'UpdateFunctionCode20150331v2', 'a dry run', { request: { functionName: 'fn', dryRun: true } }],
  ['autoscaling', 'SetDesiredCapacity', 'two', { request: { desiredCapacity: 2 } }],
  ['ssm', 'GetParameter', 'that stays encrypted', { request: { name: '/a', withDecryption: false } }],
];
