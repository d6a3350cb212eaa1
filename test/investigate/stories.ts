/** What happened, told call by call, and what an answer must say of it. */
import {
  awsService,
  change,
  failing,
  instances,
  launch,
  linked,
  look,
  session,
  through,
  user,
  type Deed,
  type Story,
} from '../support/answer/telling.js';

const I = 'i-0a1b2c3d4e5f67890';
const OTHER = 'i-0b1b2c3d4e5f67890';
const SECRETS = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:';
const ALICE = user('alice');
const BOB = user('bob');
const AUTO_SCALING = linked('AWSServiceRoleForAutoScaling', 'autoscaling');
const NODEGROUPS = linked('AWSServiceRoleForAmazonEKSNodegroup', 'eks-nodegroup');
const SET_TO_ONE = change('autoscaling', 'UpdateAutoScalingGroup', { autoScalingGroupName: 'web', desiredCapacity: 1 });

export const STORIES: readonly Story[] = [
  {
    title: 'a denied call is not the deed',
    lines: [
      ['10:00', BOB, failing(instances('TerminateInstances', 16, I), 'Client.UnauthorizedOperation')],
      ['10:04', ALICE, instances('TerminateInstances', 16, I)],
    ],
    ask: I,
    answer: ['done: terminated by alice 10:04', 'denied: bob 10:00'],
  },
  {
    title: 'a dry run is not the deed, even after it',
    lines: [
      ['10:00', ALICE, instances('TerminateInstances', 16, I)],
      ['10:04', BOB, failing(instances('TerminateInstances', 16, I), 'Client.DryRunOperation')],
    ],
    ask: I,
    answer: ['done: terminated by alice 10:00', 'dryRun: bob 10:04'],
  },
  {
    title: 'a call on an instance that was terminated already is not the deed',
    lines: [
      ['10:00', ALICE, instances('TerminateInstances', 16, I)],
      ['10:01', BOB, instances('TerminateInstances', 32, I)],
      ['11:00', BOB, instances('TerminateInstances', 48, I)],
    ],
    ask: I,
    answer: ['done: terminated by alice 10:00', 'too late: bob 11:00', 'too late: bob 10:01'],
  },
  {
    title: 'where only calls that came too late are in the log, nobody is blamed',
    lines: [['11:00', BOB, instances('TerminateInstances', 48, I)]],
    ask: I,
    answer: ['before', 'too late: bob 11:00'],
  },
  {
    title: 'a start of a running instance has no effect, and says nothing about an end',
    lines: [['11:00', BOB, instances('StartInstances', 16, I)]],
    ask: I,
    answer: ['alive', 'too late: bob 11:00'],
  },
  {
    title: 'a call for many resources that failed for this one is a failed attempt',
    lines: [
      [
        '11:00',
        BOB,
        change(
          'ec2',
          'DeleteFleets',
          { DeleteFleetsRequest: { FleetId: ['fleet-1', 'fleet-2'] } },
          { DeleteFleetsResponse: { unsuccessfulFleetDeletionSet: { item: { fleetId: 'fleet-2' } } } },
        ),
      ],
    ],
    ask: 'fleet-2',
    answer: ['attempts', ': bob 11:00'],
  },
  {
    title: 'one call for many instances counts for each, by its own state before',
    lines: [
      ['09:00', BOB, instances('TerminateInstances', 16, OTHER)],
      [
        '10:00',
        ALICE,
        change(
          'ec2',
          'TerminateInstances',
          { instancesSet: { items: [{ instanceId: OTHER }, { instanceId: I }] } },
          {
            instancesSet: {
              items: [
                { instanceId: OTHER, previousState: { code: 48 } },
                { instanceId: I, previousState: { code: 16 } },
              ],
            },
          },
        ),
      ],
    ],
    ask: OTHER,
    answer: ['done: terminated by bob 09:00', 'too late: alice 10:00'],
  },
  {
    title: 'termination protection is a reason of its own',
    lines: [['10:00', BOB, failing(instances('TerminateInstances', 16, I), 'Client.OperationNotPermitted')]],
    ask: I,
    answer: ['attempts', 'protected: bob 10:00'],
  },
  {
    title: 'a stop that was followed by a start is over',
    lines: [
      ['09:00', BOB, instances('StopInstances', 16, I)],
      ['10:00', ALICE, instances('StartInstances', 80, I)],
    ],
    ask: I,
    answer: ['alive: started by alice 10:00'],
  },
  {
    title: 'a stop of what stood already is not the stop',
    lines: [
      ['09:00', ALICE, instances('StopInstances', 16, I)],
      ['10:00', BOB, instances('StopInstances', 80, I)],
    ],
    ask: I,
    answer: ['done: stopped by alice 09:00', 'too late: bob 10:00'],
  },
  {
    title: 'Auto Scaling did it, because somebody changed the group that the instance was tagged with',
    lines: [
      ['08:00', AUTO_SCALING, launch(I, { 'aws:autoscaling:groupName': 'web' })],
      [
        '09:55',
        BOB,
        change('autoscaling', 'SetDesiredCapacity', { autoScalingGroupName: 'batch', desiredCapacity: 0 }),
      ],
      ['09:56', ALICE, SET_TO_ONE],
      ['09:57', BOB, failing(SET_TO_ONE, 'AccessDenied')],
      ['10:00', AUTO_SCALING, instances('TerminateInstances', 16, I)],
    ],
    ask: I,
    answer: [
      'done: terminated by autoscaling.amazonaws.com 10:00',
      'because UpdateAutoScalingGroup by alice 09:56 scope web',
      'made: created by autoscaling.amazonaws.com 08:00',
    ],
  },
  {
    title: 'a person who has Auto Scaling terminate the instance did it',
    lines: [
      [
        '10:00',
        ALICE,
        change('autoscaling', 'TerminateInstanceInAutoScalingGroup', {
          instanceId: I,
          shouldDecrementDesiredCapacity: true,
        }),
      ],
      ['10:01', AUTO_SCALING, instances('TerminateInstances', 16, I)],
    ],
    ask: I,
    answer: ['done: terminated by alice 10:00'],
  },
  {
    title: 'Auto Scaling did it because EKS said so, because somebody deleted the node group',
    lines: [
      ['08:00', AUTO_SCALING, launch(I, { 'aws:autoscaling:groupName': 'eks-ng-1', 'eks:nodegroup-name': 'ng-1' })],
      ['09:50', ALICE, change('eks', 'DeleteNodegroup', { name: 'prod', nodegroupName: 'ng-1' })],
      ['09:58', NODEGROUPS, change('autoscaling', 'DeleteAutoScalingGroup', { autoScalingGroupName: 'eks-ng-1' })],
      ['10:00', AUTO_SCALING, instances('TerminateInstances', 16, I)],
    ],
    ask: I,
    answer: [
      'done: terminated by autoscaling.amazonaws.com 10:00',
      'because DeleteAutoScalingGroup by eks-nodegroup.amazonaws.com 09:58 scope eks-ng-1',
      'because DeleteNodegroup by alice 09:50 scope ng-1',
      'made: created by autoscaling.amazonaws.com 08:00',
    ],
  },
  {
    title: 'CloudFormation did it for somebody, because they deleted the stack',
    lines: [
      ['08:00', through(ALICE, 'cloudformation'), launch(I, { 'aws:cloudformation:stack-name': 'shop' })],
      ['09:59', BOB, change('cloudformation', 'UpdateStack', { stackName: 'wiki' })],
      ['09:59:30', ALICE, change('cloudformation', 'DeleteStack', { stackName: 'shop' })],
      ['10:00', through(ALICE, 'cloudformation'), instances('TerminateInstances', 16, I)],
    ],
    ask: I,
    answer: [
      'done: terminated by alice through cloudformation.amazonaws.com 10:00',
      'because DeleteStack by alice 09:59 scope shop',
      'made: created by alice through cloudformation.amazonaws.com 08:00',
    ],
  },
  {
    title: 'EC2 Fleet did it, because somebody deleted the fleet',
    lines: [
      ['08:00', linked('AWSServiceRoleForEC2Fleet', 'ec2fleet'), launch(I, { 'aws:ec2:fleet-id': 'fleet-0a1b2c3d' })],
      [
        '09:59',
        ALICE,
        change('ec2', 'DeleteFleets', {
          DeleteFleetsRequest: { FleetId: { content: 'fleet-0a1b2c3d' } },
          fleetId: 'fleet-0a1b2c3d',
        }),
      ],
      ['10:00', linked('AWSServiceRoleForEC2Fleet', 'ec2fleet'), instances('TerminateInstances', 16, I)],
    ],
    ask: I,
    answer: [
      'done: terminated by ec2fleet.amazonaws.com 10:00',
      'because DeleteFleets by alice 09:59 scope fleet-0a1b2c3d',
      'made: created by ec2fleet.amazonaws.com 08:00',
    ],
  },
  {
    title: 'Spot took it back; nobody did',
    lines: [
      ['08:00', ALICE, launch(I)],
      [
        '10:00',
        {
          identity: { accountId: '111122223333', invokedBy: 'ec2.amazonaws.com' },
          address: 'ec2.amazonaws.com',
          agent: 'ec2.amazonaws.com',
        },
        {
          ...change('ec2', 'BidEvictedEvent', null),
          fields: { eventType: 'AwsServiceEvent', serviceEventDetails: { instanceIdSet: [I] } },
        },
      ],
    ],
    ask: I,
    answer: ['done: reclaimed by ec2.amazonaws.com 10:00', 'made: created by alice 08:00'],
  },
  {
    title: 'a call of the service in its name leads to nobody where the log has no call that fits',
    lines: [
      ['08:00', AUTO_SCALING, launch(I, { 'aws:autoscaling:groupName': 'web' })],
      [
        '09:59',
        BOB,
        change('autoscaling', 'SetDesiredCapacity', { autoScalingGroupName: 'batch', desiredCapacity: 0 }),
      ],
      ['10:00', AUTO_SCALING, instances('TerminateInstances', 16, I)],
    ],
    ask: I,
    answer: ['done: terminated by autoscaling.amazonaws.com 10:00', 'made: created by autoscaling.amazonaws.com 08:00'],
  },
  {
    title: 'a session is told by who assumed the role, by its key',
    lines: [
      [
        '09:00',
        BOB,
        {
          ...look('sts', 'AssumeRole', {
            roleArn: 'arn:aws:iam::111122223333:role/BreakGlass',
            roleSessionName: 'mallory',
          }),
          response: {
            credentials: { accessKeyId: 'ASIAMALLORYXXEXAMPLE' },
            assumedRoleUser: { arn: 'arn:aws:sts::111122223333:assumed-role/BreakGlass/mallory' },
          },
        },
      ],
      ['10:00', session('mallory', 'BreakGlass'), instances('TerminateInstances', 16, I)],
    ],
    ask: I,
    answer: ['done: terminated by mallory 10:00', 'session of bob 09:00'],
  },
  {
    title: 'what a person did in a session that they began is in their answer',
    lines: [
      [
        '09:00',
        BOB,
        {
          ...look('sts', 'AssumeRole', {
            roleArn: 'arn:aws:iam::111122223333:role/BreakGlass',
            roleSessionName: 'mallory',
          }),
          response: {
            credentials: { accessKeyId: 'ASIAMALLORYXXEXAMPLE' },
            assumedRoleUser: { arn: 'arn:aws:sts::111122223333:assumed-role/BreakGlass/mallory' },
          },
        },
      ],
      ['10:00', session('mallory', 'BreakGlass'), instances('TerminateInstances', 16, I)],
    ],
    ask: 'bob',
    answer: ['person 1/1/0', `mallory terminated ${I} ×1`, 'session of bob'],
  },
  {
    title: 'what somebody did under the name of another person is not in that one’s answer',
    lines: [
      ['08:00', ALICE, launch(I)],
      [
        '09:00',
        BOB,
        {
          ...look('sts', 'AssumeRole', {
            roleArn: 'arn:aws:iam::111122223333:role/BreakGlass',
            roleSessionName: 'alice',
          }),
          response: {
            credentials: { accessKeyId: 'ASIAALICEXXXXEXAMPLE' },
            assumedRoleUser: { arn: 'arn:aws:sts::111122223333:assumed-role/BreakGlass/alice' },
          },
        },
      ],
      ['10:00', session('alice', 'BreakGlass'), instances('TerminateInstances', 16, I)],
    ],
    ask: 'alice',
    answer: ['alive', 'person 1/0/0', 'bob by the same address 203.0.113.7'],
  },
  {
    title: 'deleting an object does not delete its bucket',
    lines: [
      ['09:00', ALICE, change('s3', 'CreateBucket', { bucketName: 'shop-data' })],
      ['10:00', BOB, change('s3', 'DeleteObject', { bucketName: 'shop-data', key: 'a.txt' })],
      ['11:00', BOB, failing(change('s3', 'DeleteBucket', { bucketName: 'shop-data' }), 'AccessDenied')],
    ],
    ask: 'shop-data',
    answer: ['attempts: created by alice 09:00', 'denied: bob 11:00'],
  },
  {
    title: 'what was deleted and made again is there',
    lines: [
      ['09:00', BOB, change('s3', 'DeleteBucket', { bucketName: 'shop-data' })],
      ['10:00', ALICE, change('s3', 'CreateBucket', { bucketName: 'shop-data' })],
    ],
    ask: 'shop-data',
    answer: ['alive: deleted by bob 09:00', 'made: created by alice 10:00'],
  },
  {
    title: 'what was deleted and changed afterwards was made again, though the log does not say by whom',
    lines: [
      ['09:00', BOB, change('s3', 'DeleteBucket', { bucketName: 'shop-data' })],
      [
        '10:00',
        ALICE,
        change('s3', 'PutBucketPolicy', {
          bucketName: 'shop-data',
          bucketPolicy: { Statement: [{ Effect: 'Allow', Principal: '*' }] },
        }),
      ],
    ],
    ask: 'shop-data',
    answer: ['done: madePublic by alice 10:00', 'also: deleted by bob 09:00'],
  },
  {
    title: 'deleting a role’s policy does not delete the role',
    lines: [['09:00', BOB, change('iam', 'DeleteRolePolicy', { roleName: 'deploy', policyName: 'all' })]],
    ask: 'deploy',
    answer: ['alive: policyDetached by bob 09:00 all'],
  },
  {
    title: 'a trail that the request names in a plain way is found by its mention',
    lines: [['10:00', BOB, change('cloudtrail', 'StopLogging', { name: 'management-events' })]],
    ask: 'management-events',
    answer: ['done: loggingStopped by bob 10:00'],
  },
  {
    title: 'a key is told by its ARN, its ID and nothing else',
    lines: [
      [
        '10:00',
        ALICE,
        change(
          'kms',
          'ScheduleKeyDeletion',
          { keyId: '1234abcd-12ab-34cd-56ef-1234567890ab', pendingWindowInDays: 7 },
          { keyId: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' },
        ),
      ],
    ],
    ask: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    answer: ['done: deletionScheduled by alice 10:00'],
  },
  {
    title: 'a database is deleted by the verb of the call alone',
    lines: [
      [
        '09:00',
        ALICE,
        change('rds', 'CreateDBSnapshot', { dBInstanceIdentifier: 'orders', dBSnapshotIdentifier: 's1' }),
      ],
      ['10:00', BOB, change('rds', 'DeleteDBInstance', { dBInstanceIdentifier: 'orders', skipFinalSnapshot: true })],
    ],
    ask: 'orders',
    answer: ['done: deleted by bob 10:00', 'access: copied by alice 09:00 ×1', 'mentions: 0'],
  },
  {
    title: 'an image and a subnet that instances were made of were used, not changed',
    lines: [['09:00', ALICE, launch(I)]],
    ask: 'ami-0aaaaaaaaaaaaaaa1',
    answer: ['alive'],
  },
  {
    title: 'a service in its own name is a service',
    lines: [['09:00', awsService('dlm'), change('ec2', 'DeleteSnapshot', { snapshotId: 'snap-0aaaaaaaaaaaaaaa1' })]],
    ask: 'snap-0aaaaaaaaaaaaaaa1',
    answer: ['done: deleted by dlm.amazonaws.com 09:00'],
  },
  {
    title: 'a key tells its user’s other address, and who else was there',
    lines: [
      ['09:00', ALICE, change('iam', 'CreateUser', { userName: 'eve' }, { user: { userName: 'eve' } })],
      ['09:10', user('bob', '203.0.113.7'), look('iam', 'ListUsers', null)],
    ],
    ask: 'AKIAALICEXXXXEXAMPLE',
    answer: ['key 1/0/0', 'alice created eve ×1', 'bob by the same address 203.0.113.7'],
  },
  {
    title: 'what is not in the log is not found',
    lines: [['09:00', ALICE, launch(I)]],
    ask: 'i-0ffffffffffffffff',
    answer: ['nothing'],
  },
  {
    title: 'signing in changes nothing, neither what it names nor anything else',
    lines: [
      ['10:00', ALICE, signInStep('CredentialChallenge', 'Success')],
      ['10:01', ALICE, signInStep('CredentialVerification', 'Success')],
      ['10:02', ALICE, change('signin', 'SwitchRole', { roleName: 'Admin' }, { SwitchRole: 'Success' })],
      ['10:03', ALICE, change('iam', 'CreateUser', { userName: 'portal-user' })],
    ],
    ask: 'portal-user',
    answer: ['alive: created by alice 10:03'],
  },
  {
    title: 'a sign-in is no change of the one who signs in, and a failed step is a failure',
    lines: [
      ['10:00', ALICE, signInStep('CredentialVerification', 'Failure')],
      ['10:01', ALICE, signInStep('CredentialVerification', 'Success')],
      ['10:02', ALICE, change('signin', 'ConsoleLogin', null, { ConsoleLogin: 'Success' })],
      ['10:03', ALICE, change('signin', 'SwitchRole', { roleName: 'Admin' }, { SwitchRole: 'Failure' })],
      ['10:04', ALICE, change('iam', 'CreateUser', { userName: 'dave' })],
      ['10:05', ALICE, look('iam', 'ListUsers', null)],
    ],
    ask: 'alice',
    answer: ['person 1/1/2', 'alice created dave ×1'],
  },
  {
    title: 'a call that answered without an error code that it did nothing is not the deed',
    lines: [
      ['10:00', ALICE, change('ec2', 'DeleteSecurityGroup', { groupId: 'sg-0a1b2c3d4e5f67890' }, { _return: false })],
    ],
    ask: 'sg-0a1b2c3d4e5f67890',
    answer: ['attempts', 'failed: alice 10:00'],
  },
  {
    title: 'an object is found by its bucket and key, as the page prints it',
    lines: [
      ['09:00', ALICE, change('s3', 'PutObject', { bucketName: 'finance-data', key: 'q1/x' })],
      ['10:00', BOB, change('s3', 'DeleteObject', { bucketName: 'finance-data', key: 'q1/x' })],
      ['11:00', ALICE, change('s3', 'DeleteObject', { bucketName: 'finance-data', key: 'q2/x' })],
    ],
    ask: 'finance-data/q1/x',
    answer: ['done: deleted by bob 10:00', 'made: created by alice 09:00'],
  },
  {
    title: 'an object is found by its address, pasted with quotes',
    lines: [['10:00', BOB, change('s3', 'DeleteObject', { bucketName: 'finance-data', key: 'q1/x' })]],
    ask: ' "s3://finance-data/q1/x"\n',
    answer: ['done: deleted by bob 10:00'],
  },
  {
    title: 'a secret is found by its name though the log has its ARN, and the other way round',
    lines: [
      [
        '09:00',
        ALICE,
        change(
          'secretsmanager',
          'CreateSecret',
          { name: 'prod/db' },
          { aRN: `${SECRETS}prod/db-AbCdEf`, name: 'prod/db' },
        ),
      ],
      ['10:00', BOB, change('secretsmanager', 'DeleteSecret', { secretId: `${SECRETS}prod/db-AbCdEf` })],
    ],
    ask: 'secret:prod/db-AbCdEf',
    answer: ['done: deletionScheduled by bob 10:00', 'made: created by alice 09:00'],
  },
  {
    title: 'what happened to a role is not told of the user of that name',
    lines: [
      ['09:00', ALICE, change('iam', 'CreateUser', { userName: 'web' })],
      ['10:00', BOB, change('iam', 'DeleteRole', { roleName: 'web' })],
    ],
    ask: 'web',
    answer: ['choice: role/web ×1', 'choice: user/web ×1'],
  },
  {
    title: 'a name with its type is one of them',
    lines: [
      ['09:00', ALICE, change('iam', 'CreateUser', { userName: 'web' })],
      ['10:00', BOB, change('iam', 'DeleteRole', { roleName: 'web' })],
    ],
    ask: 'user/web',
    answer: ['alive: created by alice 09:00'],
  },
  {
    title: 'an ARN is found where the log has the bare name, and no other of that name is',
    lines: [
      ['09:00', ALICE, change('iam', 'CreateUser', { userName: 'web' })],
      ['10:00', BOB, change('iam', 'DeleteRole', { roleName: 'web' })],
    ],
    ask: 'arn:aws:iam::ACCOUNT:role/team/web',
    answer: ['done: deleted by bob 10:00'],
  },
  {
    title: 'a bucket that another service names by its name only is one bucket',
    lines: [
      ['09:00', ALICE, change('s3', 'CreateBucket', { bucketName: 'trail-logs' })],
      ['10:00', BOB, change('firehose', 'CreateDeliveryStream', { bucketName: 'trail-logs' })],
    ],
    ask: 'trail-logs',
    answer: ['alive: created by alice 09:00'],
  },
  {
    title: 'a zone is found without the dot at its end',
    lines: [['09:00', BOB, change('route53domains', 'DeleteDomain', { domainName: 'example.com.' })]],
    ask: 'example.com',
    answer: ['done: deleted by bob 09:00'],
  },
  {
    title: 'who was on an instance is told, with reads of its settings apart',
    lines: [
      ['08:00', ALICE, launch(I)],
      ['08:30', BOB, look('ec2', 'DescribeInstances', { instancesSet: { items: [{ instanceId: I }] } })],
      ['09:00', BOB, change('ssm', 'StartSession', { target: I }, { sessionId: 'bob-0123456789abcdef0' })],
      ['09:10', BOB, change('ssm', 'SendCommand', { documentName: 'AWS-RunShellScript', instanceIds: [I] })],
      ['09:20', BOB, change('ec2-instance-connect', 'SendSSHPublicKey', { instanceId: I, instanceOSUser: 'root' })],
      ['09:21', ALICE, change('ec2-instance-connect', 'SendSerialConsoleSSHPublicKey', { instanceId: I })],
      ['09:30', BOB, look('ec2', 'GetPasswordData', { instanceId: I })],
      ['09:40', ALICE, look('ec2', 'GetConsoleScreenshot', { instanceId: I })],
      ['09:41', ALICE, look('ec2', 'GetConsoleOutput', { instanceId: I })],
      ['09:50', BOB, failing(change('ssm', 'StartSession', { target: I }), 'AccessDeniedException')],
      ['09:55', BOB, change('ec2', 'CreateInstanceExportTask', { instanceId: I }, { exportTask: { instanceId: I } })],
    ],
    ask: I,
    answer: [
      'alive: exported by bob 09:55',
      'made: created by alice 08:00',
      'also: passwordRead by bob 09:30',
      'also: keySent by alice 09:21',
      'also: keySent by bob 09:20',
      'also: commandRun by bob 09:10 AWS-RunShellScript',
      'also: sessionOpened by bob 09:00',
      'access: exported by bob 09:55 ×1',
      'no access: sessionOpened by bob 09:50 ×1',
      'access: passwordRead by bob 09:30 ×1',
      'access: keySent by alice 09:21 ×1',
      'access: keySent by bob 09:20 ×1',
      'access: commandRun by bob 09:10 ×1',
      'access: sessionOpened by bob 09:00 ×1',
      'access: consoleRead by alice 09:41 ×1',
      'access: consoleRead by alice 09:40 ×1',
      'mentions: 1',
    ],
  },
  {
    title: 'a command that was sent to instances by a list of targets is one on each of them',
    lines: [
      [
        '09:10',
        BOB,
        change('ssm', 'SendCommand', {
          documentName: 'AWS-RunShellScript',
          targets: [{ key: 'InstanceIds', values: [I, OTHER] }],
        }),
      ],
    ],
    ask: OTHER,
    answer: ['alive: commandRun by bob 09:10 AWS-RunShellScript', 'access: commandRun by bob 09:10 ×1', 'mentions: 0'],
  },
  {
    title: 'reading a secret’s value is an access, and reading its settings is not',
    lines: [
      ['09:00', BOB, look('secretsmanager', 'GetSecretValue', { secretId: 'prod/db' })],
      ['09:05', BOB, look('secretsmanager', 'GetSecretValue', { secretId: 'prod/db' })],
      ['09:10', ALICE, look('secretsmanager', 'DescribeSecret', { secretId: 'prod/db' })],
      ['09:15', ALICE, failing(look('secretsmanager', 'GetSecretValue', { secretId: 'prod/db' }), 'AccessDenied')],
    ],
    ask: 'prod/db',
    answer: ['alive', 'no access: contentRead by alice 09:15 ×1', 'access: contentRead by bob 09:05 ×2', 'mentions: 1'],
  },
  {
    title: 'a parameter’s value is given away where it is decrypted only',
    lines: [
      ['09:00', BOB, look('ssm', 'GetParameter', { name: '/prod/password', withDecryption: true })],
      ['09:10', ALICE, look('ssm', 'GetParameter', { name: '/prod/password', withDecryption: false })],
    ],
    ask: '/prod/password',
    answer: ['alive', 'access: contentRead by bob 09:00 ×1', 'mentions: 1'],
  },
  {
    title: 'a key that decrypted is told of the key, and not of what it kept secret',
    lines: [
      [
        '09:00',
        BOB,
        look('kms', 'Decrypt', {
          keyId: 'alias/orders',
          encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::orders-archive' },
        }),
      ],
    ],
    ask: 'orders-archive',
    answer: ['alive'],
  },
  {
    title: 'new code of a function is a deed, and a call of it an access',
    lines: [
      ['09:00', ALICE, change('lambda', 'UpdateFunctionCode20150331v2', { functionName: 'resize' })],
      ['09:10', BOB, look('lambda', 'Invoke', { functionName: 'resize' })],
    ],
    ask: 'resize',
    answer: [
      'alive: codeReplaced by alice 09:00',
      'access: codeReplaced by alice 09:00 ×1',
      'access: run by bob 09:10 ×1',
      'mentions: 0',
    ],
  },
  {
    title: 'a copy of a database is an access to it, and the making of the copy',
    lines: [
      [
        '09:00',
        BOB,
        change('rds', 'CreateDBSnapshot', { dBInstanceIdentifier: 'orders', dBSnapshotIdentifier: 'orders-copy' }),
      ],
      ['09:10', BOB, look('rds', 'DownloadDBLogFilePortion', { dBInstanceIdentifier: 'orders' })],
    ],
    ask: 'orders',
    answer: ['alive', 'access: contentRead by bob 09:10 ×1', 'access: copied by bob 09:00 ×1', 'mentions: 0'],
  },
  {
    title: 'who came into containers and clusters is told',
    lines: [
      ['09:00', BOB, change('ecs', 'ExecuteCommand', { cluster: 'prod', task: 'f00dfeed', command: '/bin/sh' })],
      ['09:10', ALICE, look('eks', 'AccessKubernetesApi', { clusterName: 'prod' })],
    ],
    ask: 'prod',
    answer: ['choice: prod service:ecs ×1', 'choice: prod service:eks ×1'],
  },
  {
    title: 'a policy that is deleted leaves its bucket there',
    lines: [['10:00', ALICE, change('s3', 'DeleteBucketPolicy', { bucketName: 'media-1', policy: '' })]],
    ask: 'media-1',
    answer: ['alive: changed by alice 10:00'],
  },
  {
    title: 'whom a policy names is not changed by it',
    lines: [
      [
        '10:00',
        ALICE,
        change('s3', 'PutBucketPolicy', {
          bucketName: 'media-1',
          bucketPolicy: {
            Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:role/reader' } }],
          },
        }),
      ],
    ],
    ask: 'arn:aws:iam::444455556666:role/reader',
    answer: ['alive'],
  },
  {
    title: 'the zone of a database is not deleted with it',
    lines: [
      [
        '10:00',
        ALICE,
        change(
          'rds',
          'DeleteDBInstance',
          { dBInstanceIdentifier: 'shop' },
          { endpoint: { hostedZoneId: 'Z0EXAMPLE12345' } },
        ),
      ],
    ],
    ask: 'Z0EXAMPLE12345',
    answer: ['alive'],
  },
];

/** A step of IAM Identity Center's, which names the user. */
function signInStep(name: string, result: string): Deed {
  return {
    ...change('signin', name, null),
    fields: {
      eventType: 'AwsServiceEvent',
      serviceEventDetails: { [name]: result },
      additionalEventData: { UserName: 'portal-user' },
    },
  };
}
