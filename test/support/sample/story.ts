/**
 * The story of the sample. On Monday the pipeline launches a database instance. On Tuesday at 14:28 bob tries to
 * terminate it and may not; at 14:32 alice does. She deletes its security group too. On Wednesday somebody signs in as
 * root without MFA, and carol restores the database.
 */
import * as cast from './cast.js';
import { at, HOUR } from './hours.js';
import { isoTime, type Caller, type Trail } from './trail.js';

const PRODUCTION = { account: cast.PRODUCTION, region: cast.IRELAND } as const;
const THE_INSTANCE = { instancesSet: { items: [{ instanceId: cast.LOST_INSTANCE }] } };

export function tellStory(trail: Trail): void {
  launch(trail);
  signIns(trail);
  deletion(trail);
  rootVisit(trail);
  restoration(trail);
}

function launch(trail: Trail): void {
  const time = at(0, '10:21:30');
  const caller = cast.pipeline(1041, at(0, '10:20:58'));
  const call = { ...PRODUCTION, caller, service: 'ec2', readOnly: false } as const;
  const group = { groupId: cast.LOST_SECURITY_GROUP, groupName: 'payments-db' };
  trail.add({
    ...call,
    at: time - 9000,
    name: 'CreateSecurityGroup',
    request: {
      groupName: 'payments-db',
      groupDescription: 'PostgreSQL from the app subnet',
      vpcId: 'vpc-0a1b2c3d4e5f67890',
    },
    response: { _return: true, groupId: cast.LOST_SECURITY_GROUP },
  });
  trail.add({
    ...call,
    at: time,
    name: 'RunInstances',
    request: {
      instancesSet: { items: [{ imageId: cast.IMAGE, minCount: 1, maxCount: 1 }] },
      instanceType: 'r7g.large',
      subnetId: cast.SUBNET,
      disableApiTermination: true,
      tagSpecificationSet: { items: [{ resourceType: 'instance', tags: [{ key: 'Name', value: 'payments-db-1' }] }] },
    },
    response: {
      reservationId: 'r-0123456789abcdef0',
      ownerId: cast.PRODUCTION,
      instancesSet: {
        items: [
          { instanceId: cast.LOST_INSTANCE, instanceState: { code: 0, name: 'pending' }, groupSet: { items: [group] } },
        ],
      },
    },
  });
  trail.add({
    ...call,
    at: time + 4000,
    name: 'CreateTags',
    request: {
      resourcesSet: { items: [{ resourceId: cast.LOST_VOLUME }] },
      tagSet: { items: [{ key: 'Name', value: 'payments-db-1-data' }] },
    },
    response: { _return: true },
  });
}

function signIns(trail: Trail): void {
  for (let day = 0; day < 3; day++) {
    signIn(trail, cast.PRODUCTION, cast.person('alice', 'PowerUserAccess', at(day, '08:03:10')), at(day, '08:03:11'));
    signIn(trail, cast.PRODUCTION, cast.person('bob', 'SupportReadOnly', at(day, '08:41:52')), at(day, '08:41:53'));
  }
  for (const clock of ['09:12:05', '09:12:31', '09:13:02']) {
    signIn(trail, cast.STAGING, cast.CAROL_IN_BROWSER, at(0, clock), 'Failed authentication');
  }
  signIn(trail, cast.STAGING, cast.CAROL_IN_BROWSER, at(0, '09:14:20'));
}

/** A failed sign-in has an errorMessage, but no errorCode. */
function signIn(trail: Trail, account: string, caller: Caller, time: number, failure?: string): void {
  trail.add({
    at: time,
    account,
    region: cast.VIRGINIA,
    caller: { ...caller, console: false },
    service: 'signin',
    name: 'ConsoleLogin',
    readOnly: false,
    response: { ConsoleLogin: failure === undefined ? 'Success' : 'Failure' },
    fields: {
      ...(failure !== undefined && { errorMessage: failure, responseElements: { ConsoleLogin: 'Failure' } }),
      additionalEventData: {
        LoginTo: 'https://console.aws.amazon.com/console/home',
        MobileVersion: 'No',
        MFAUsed: 'No',
      },
      eventType: 'AwsConsoleSignIn',
    },
  });
}

function deletion(trail: Trail): void {
  const bob = cast.person('bob', 'SupportReadOnly', at(1, '08:41:52'));
  const alice = cast.person('alice', 'PowerUserAccess', at(1, '08:03:10'));
  const ec2 = { ...PRODUCTION, service: 'ec2' } as const;
  const look = { ...ec2, name: 'DescribeInstances', readOnly: true, request: THE_INSTANCE } as const;
  const terminate = { ...ec2, name: 'TerminateInstances', readOnly: false, request: THE_INSTANCE } as const;
  trail.add({ ...look, caller: bob, at: at(1, '14:26:40') });
  trail.add({
    ...terminate,
    caller: bob,
    at: at(1, '14:28:07'),
    error: [
      'Client.UnauthorizedOperation',
      `You are not authorized to perform this operation. User: ${String(bob.identity.arn)} is not authorized to perform: ec2:TerminateInstances on resource: arn:aws:ec2:${cast.IRELAND}:${cast.PRODUCTION}:instance/${cast.LOST_INSTANCE} because no identity-based policy allows the ec2:TerminateInstances action`,
    ],
  });
  trail.add({ ...look, caller: alice, at: at(1, '14:30:12') });
  trail.add({
    ...ec2,
    caller: alice,
    at: at(1, '14:31:40'),
    name: 'ModifyInstanceAttribute',
    readOnly: false,
    request: { instanceId: cast.LOST_INSTANCE, disableApiTermination: { value: false } },
    response: { _return: true },
  });
  trail.add({
    ...terminate,
    caller: alice,
    at: at(1, '14:32:11'),
    response: {
      instancesSet: {
        items: [
          {
            instanceId: cast.LOST_INSTANCE,
            currentState: { code: 32, name: 'shutting-down' },
            previousState: { code: 16, name: 'running' },
          },
        ],
      },
    },
  });
  const group = {
    ...ec2,
    caller: alice,
    name: 'DeleteSecurityGroup',
    readOnly: false,
    request: { groupId: cast.LOST_SECURITY_GROUP },
  } as const;
  trail.add({
    ...group,
    at: at(1, '14:33:02'),
    error: ['Client.DependencyViolation', `resource ${cast.LOST_SECURITY_GROUP} has a dependent object`],
  });
  trail.add({ ...group, at: at(1, '14:37:48'), response: { _return: true } });
  trail.add({
    ...look,
    caller: bob,
    at: at(1, '16:05:33'),
    error: ['Client.InvalidInstanceID.NotFound', `The instance ID '${cast.LOST_INSTANCE}' does not exist`],
  });
}

function rootVisit(trail: Trail): void {
  const time = at(2, '03:17:26');
  const caller = cast.rootUser(time - 2000);
  signIn(trail, cast.STAGING, caller, time);
  const calls = [
    ['iam', 'GetAccountSummary', true, null],
    ['iam', 'ListUsers', true, { maxItems: 100 }],
    ['iam', 'ListAccessKeys', true, { userName: 'carol' }],
    ['cloudtrail', 'DescribeTrails', true, { includeShadowTrails: true }],
  ] as const;
  calls.forEach(([service, name, readOnly, request], i) => {
    trail.add({
      at: time + (i + 1) * 41_000,
      account: cast.STAGING,
      region: cast.VIRGINIA,
      caller,
      service,
      name,
      readOnly,
      request,
    });
  });
}

function restoration(trail: Trail): void {
  const time = at(2, '11:02:40');
  const role = `arn:aws:iam::${cast.PRODUCTION}:role/break-glass`;
  const assumption = {
    at: time,
    region: cast.IRELAND,
    caller: cast.CAROL,
    service: 'sts',
    name: 'AssumeRole',
    readOnly: true,
    request: { roleArn: role, roleSessionName: 'restore-payments-db', sourceIdentity: 'carol', durationSeconds: 3600 },
    response: {
      credentials: { accessKeyId: 'ASIABREAKGLASEXAMPLE', expiration: isoTime(time + HOUR) },
      assumedRoleUser: { arn: `arn:aws:sts::${cast.PRODUCTION}:assumed-role/break-glass/restore-payments-db` },
      sourceIdentity: 'carol',
    },
    // Both accounts get a copy; what joins the copies is this ID.
    fields: {
      resources: [{ accountId: cast.PRODUCTION, type: 'AWS::IAM::Role', ARN: role }],
      sharedEventID: trail.random.uuid(),
    },
  } as const;
  trail.add({ ...assumption, account: cast.STAGING });
  trail.add({ ...assumption, account: cast.PRODUCTION });
  const ec2 = { ...PRODUCTION, caller: cast.carolInEmergency(time), service: 'ec2' } as const;
  trail.add({
    ...ec2,
    at: time + 95_000,
    name: 'DescribeSnapshots',
    readOnly: true,
    request: { snapshotSet: { items: [{ snapshotId: cast.SNAPSHOT }] } },
  });
  trail.add({
    ...ec2,
    at: time + 210_000,
    name: 'RunInstances',
    readOnly: false,
    request: {
      instancesSet: { items: [{ imageId: cast.IMAGE, minCount: 1, maxCount: 1 }] },
      instanceType: 'r7g.large',
      subnetId: cast.SUBNET,
      blockDeviceMapping: { items: [{ deviceName: '/dev/sdf', ebs: { snapshotId: cast.SNAPSHOT } }] },
      tagSpecificationSet: { items: [{ resourceType: 'instance', tags: [{ key: 'Name', value: 'payments-db-2' }] }] },
    },
    response: {
      instancesSet: { items: [{ instanceId: cast.RESTORED_INSTANCE, instanceState: { code: 0, name: 'pending' } }] },
    },
  });
}
