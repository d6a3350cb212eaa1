/** What goes on around the story besides the programs: monitoring, Auto Scaling, services on their own, people. */
import * as cast from './cast.js';
import { anytime, at, daytime, HOUR, MINUTE } from './hours.js';
import { isoTime, type Trail } from './trail.js';

const PRODUCTION = { account: cast.PRODUCTION, region: cast.IRELAND } as const;

/** A company that is let in every six hours and looks at everything, in two regions. */
export function monitoring(trail: Trail, day: number): void {
  const { random } = trail;
  const looks = [
    ['ec2', 'DescribeInstances', { maxResults: 1000, instancesSet: {}, filterSet: {} }],
    ['ec2', 'DescribeVolumes', { maxResults: 500, volumeSet: {}, filterSet: {} }],
    ['ec2', 'DescribeSecurityGroups', { maxResults: 1000, securityGroupSet: {} }],
    ['monitoring', 'ListMetrics', { namespace: 'AWS/EC2' }],
    ['lambda', 'ListFunctions20150331', { maxItems: 50 }],
    ['rds', 'DescribeDBInstances', { maxRecords: 100 }],
  ] as const;
  for (const clock of ['00:10:00', '06:10:00', '12:10:00', '18:10:00']) {
    const time = at(day, clock);
    const role = `arn:aws:iam::${cast.PRODUCTION}:role/monitoring-reader`;
    trail.add({
      at: time,
      account: cast.PRODUCTION,
      region: cast.VIRGINIA,
      caller: cast.VENDOR_PRINCIPAL,
      service: 'sts',
      name: 'AssumeRole',
      readOnly: true,
      request: { roleArn: role, roleSessionName: 'example-monitoring', externalId: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      response: { credentials: { accessKeyId: 'ASIAMONITORXXEXAMPLE', expiration: isoTime(time + HOUR) } },
      fields: {
        resources: [{ accountId: cast.PRODUCTION, type: 'AWS::IAM::Role', ARN: role }],
        sharedEventID: random.uuid(),
      },
    });
    for (const region of [cast.IRELAND, cast.TOKYO]) {
      for (const [service, name, request] of looks) {
        const call = {
          at: time + 1000 + random.below(40_000),
          account: cast.PRODUCTION,
          region,
          caller: cast.vendor(time),
          service,
          name,
          readOnly: true,
          request,
        };
        const throttled = service === 'ec2' && random.chance(0.12);
        trail.add({
          ...call,
          ...(throttled && { error: ['Client.RequestLimitExceeded', 'Request limit exceeded.'] as const }),
        });
      }
    }
  }
}

/** In Tokyo the fleet shrinks at night and grows in the morning: terminations that nobody did. */
export function autoScaling(trail: Trail, day: number): void {
  const by = 'autoscaling.amazonaws.com';
  const instance = cast.WEB_INSTANCES[day % cast.WEB_INSTANCES.length] as string;
  const call = { account: cast.PRODUCTION, region: cast.TOKYO, service: 'ec2', readOnly: false } as const;
  const night = at(day, '13:30:04');
  trail.add({
    ...call,
    at: night,
    caller: cast.serviceLinked('AWSServiceRoleForAutoScaling', 'AutoScaling', by, night - MINUTE),
    name: 'TerminateInstances',
    request: { instancesSet: { items: [{ instanceId: instance }] } },
    response: {
      instancesSet: {
        items: [
          {
            instanceId: instance,
            currentState: { code: 32, name: 'shutting-down' },
            previousState: { code: 16, name: 'running' },
          },
        ],
      },
    },
  });
  const morning = at(day, '22:15:41');
  trail.add({
    ...call,
    at: morning,
    caller: cast.serviceLinked('AWSServiceRoleForAutoScaling', 'AutoScaling', by, morning - MINUTE),
    name: 'RunInstances',
    request: {
      instancesSet: { items: [{ minCount: 1, maxCount: 1 }] },
      launchTemplate: { launchTemplateName: 'web', version: '7' },
    },
    response: { instancesSet: { items: [{ instanceId: instance, instanceState: { code: 0, name: 'pending' } }] } },
  });
}

/** What AWS does by itself: gives roles to functions, looks at the trail's bucket, rotates a key. */
export function services(trail: Trail, day: number): void {
  const role = `arn:aws:iam::${cast.PRODUCTION}:role/orders-worker`;
  for (let i = 0; i < 14; i++) {
    const time = daytime(trail, day);
    trail.add({
      ...PRODUCTION,
      at: time,
      caller: cast.awsService('lambda.amazonaws.com'),
      service: 'sts',
      name: 'AssumeRole',
      readOnly: true,
      request: { roleArn: role, roleSessionName: 'orders-worker' },
      response: { credentials: { accessKeyId: 'ASIAWORKLOADXEXAMPLE', expiration: isoTime(time + 12 * HOUR) } },
      fields: {
        resources: [{ accountId: cast.PRODUCTION, type: 'AWS::IAM::Role', ARN: role }],
        sharedEventID: trail.random.uuid(),
      },
    });
  }
  for (const account of [cast.PRODUCTION, cast.STAGING]) {
    for (let i = 0; i < 4; i++) {
      trail.add({
        at: anytime(trail, day),
        account,
        region: cast.VIRGINIA,
        caller: cast.awsService('cloudtrail.amazonaws.com'),
        service: 's3',
        name: 'GetBucketAcl',
        readOnly: true,
        request: { bucketName: 'example-trail', acl: '' },
        fields: {
          resources: [{ type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::example-trail', accountId: cast.PRODUCTION }],
        },
      });
    }
  }
  if (day !== 2) return;
  trail.add({
    ...PRODUCTION,
    at: at(day, '04:40:19'),
    caller: {
      identity: { accountId: cast.PRODUCTION, invokedBy: 'AWS Internal' },
      address: 'AWS Internal',
      agent: 'AWS Internal',
    },
    service: 'kms',
    name: 'RotateKey',
    readOnly: false,
    fields: {
      eventType: 'AwsServiceEvent',
      resources: [{ accountId: cast.PRODUCTION, type: 'AWS::KMS::Key', ARN: cast.KEY_ARN }],
      serviceEventDetails: { keyId: cast.KEY_ARN },
    },
  });
}

/** People who look around in the console, and carol at her command line. */
export function people(trail: Trail, day: number): void {
  const { random } = trail;
  const pages = [
    'DescribeInstances',
    'DescribeInstanceStatus',
    'DescribeTags',
    'DescribeVpcs',
    'DescribeAddresses',
  ] as const;
  const alice = cast.person('alice', 'PowerUserAccess', at(day, '08:03:10'));
  const bob = cast.person('bob', 'SupportReadOnly', at(day, '08:41:52'));
  for (let i = 0; i < 16; i++) {
    const call = {
      ...PRODUCTION,
      at: daytime(trail, day) + 3 * HOUR,
      caller: random.pick([alice, bob]),
      service: 'ec2',
      readOnly: true,
    };
    trail.add({ ...call, name: random.pick(pages), request: { maxResults: 100, filterSet: {} } });
  }
  for (let i = 0; i < 9; i++) {
    const name = random.pick(['ListStacks', 'DescribeStacks', 'UpdateStack'] as const);
    const isUpdate = name === 'UpdateStack';
    trail.add({
      at: daytime(trail, day) + 2 * HOUR,
      account: cast.STAGING,
      region: cast.IRELAND,
      caller: cast.CAROL,
      service: 'cloudformation',
      name,
      readOnly: !isUpdate,
      request: name === 'ListStacks' ? null : { stackName: 'orders-staging' },
      ...(isUpdate && {
        response: {
          stackId: `arn:aws:cloudformation:${cast.IRELAND}:${cast.STAGING}:stack/orders-staging/12345678-1234-1234-1234-123456789012`,
        },
      }),
      ...(isUpdate &&
        random.chance(0.5) && { error: ['ValidationException', 'No updates are to be performed.'] as const }),
    });
  }
}
