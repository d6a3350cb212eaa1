/** What the sample's own programs do: a function, the pipeline, web servers. */
import { webIdentity } from '../identities.js';
import * as cast from './cast.js';
import { anytime, at, daytime, HOUR, MINUTE } from './hours.js';
import { isoTime, type Call, type Caller, type Trail } from './trail.js';

const PRODUCTION = { account: cast.PRODUCTION, region: cast.IRELAND } as const;
const DATA = { eventCategory: 'Data', managementEvent: false } as const;

/** A function that keeps orders in a bucket, encrypted. */
export function orders(trail: Trail, day: number): void {
  const { random } = trail;
  const bucket = { type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${cast.ORDERS_BUCKET}`, accountId: cast.PRODUCTION };
  for (let i = 0; i < 45; i++) {
    const time = daytime(trail, day);
    const caller = cast.workload('orders-worker', 'orders-worker', '198.51.100.40', time - 12 * MINUTE);
    const key = `orders/2025/03/0${3 + day}/${random.hex(12)}.json`;
    const name = random.weighted([
      [5, 'PutObject'],
      [4, 'GetObject'],
      [1, 'DeleteObject'],
    ] as const);
    const denied = name === 'DeleteObject' && random.chance(0.4);
    trail.add({
      ...PRODUCTION,
      at: time,
      caller,
      service: 's3',
      name,
      readOnly: name === 'GetObject',
      request: { bucketName: cast.ORDERS_BUCKET, Host: `${cast.ORDERS_BUCKET}.s3.${cast.IRELAND}.amazonaws.com`, key },
      ...(denied && { error: ['AccessDenied', 'Access Denied'] as const }),
      fields: { ...DATA, resources: [{ type: 'AWS::S3::Object', ARN: `${bucket.ARN}/${key}` }, bucket] },
    });
    if (denied || random.chance(0.4)) continue;
    const byS3: Caller = {
      ...caller,
      identity: { ...caller.identity, invokedBy: 's3.amazonaws.com' },
      address: 's3.amazonaws.com',
      agent: 's3.amazonaws.com',
    };
    trail.add({
      ...PRODUCTION,
      at: time,
      caller: byS3,
      service: 'kms',
      name: name === 'GetObject' ? 'Decrypt' : 'GenerateDataKey',
      readOnly: true,
      request: {
        encryptionContext: { 'aws:s3:arn': bucket.ARN },
        keyId: cast.KEY_ARN,
        ...(name !== 'GetObject' && { keySpec: 'AES_256' }),
      },
      fields: { resources: [{ accountId: cast.PRODUCTION, type: 'AWS::KMS::Key', ARN: cast.KEY_ARN }] },
    });
  }
}

/** Two runs of the pipeline a day: it gets a role for its own token, uploads a build, updates a function. */
export function deployments(trail: Trail, day: number): void {
  for (const [index, clock] of ['10:20:58', '15:45:12'].entries()) {
    const time = at(day, clock);
    const run = 1041 + day * 2 + index;
    const caller = cast.pipeline(run, time);
    const role = `arn:aws:iam::${cast.PRODUCTION}:role/deploy`;
    const subject = 'repo:example/orders:ref:refs/heads/main';
    const call = (
      seconds: number,
      service: string,
      name: string,
      readOnly: boolean,
      request: unknown,
      more?: Partial<Call>,
    ): void =>
      trail.add({ ...PRODUCTION, at: time + seconds * 1000, caller, service, name, readOnly, request, ...more });
    call(
      0,
      'sts',
      'AssumeRoleWithWebIdentity',
      true,
      { roleArn: role, roleSessionName: `deploy-run-${run}`, durationSeconds: 900 },
      {
        caller: { ...caller, identity: webIdentity('arn:aws:iam::111122223333:oidc-provider/ci.example.com', subject) },
        response: {
          subjectFromWebIdentityToken: subject,
          credentials: { accessKeyId: 'ASIADEPLOYRUNEXAMPLE', expiration: isoTime(time + 15 * MINUTE) },
        },
      },
    );
    call(2, 'sts', 'GetCallerIdentity', true, null);
    const key = `orders/build-${run}.zip`;
    call(
      5,
      's3',
      'PutObject',
      false,
      { bucketName: cast.ARTIFACTS_BUCKET, key },
      {
        fields: {
          ...DATA,
          resources: [{ type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${cast.ARTIFACTS_BUCKET}/${key}` }],
        },
      },
    );
    call(11, 'lambda', 'GetFunction20150331v2', true, { functionName: 'orders-worker' });
    call(
      14,
      'lambda',
      'UpdateFunctionCode20150331v2',
      false,
      { functionName: 'orders-worker', s3Bucket: cast.ARTIFACTS_BUCKET, s3Key: key, publish: true, dryRun: false },
      {
        response: {
          functionName: 'orders-worker',
          functionArn: `arn:aws:lambda:${cast.IRELAND}:${cast.PRODUCTION}:function:orders-worker`,
          runtime: 'nodejs22.x',
          version: String(run - 1000),
          state: 'Active',
        },
      },
    );
    call(
      19,
      'cloudfront',
      'CreateInvalidation',
      false,
      { distributionId: 'E1A2B3C4D5EXAMPLE', invalidationBatch: { paths: { quantity: 1, items: ['/*'] } } },
      { region: cast.VIRGINIA },
    );
    if (day === 1 && index === 1)
      call(
        26,
        'iam',
        'PassRole',
        false,
        { roleName: 'orders-admin' },
        {
          region: cast.VIRGINIA,
          error: [
            'AccessDenied',
            `User: ${String(caller.identity.arn)} is not authorized to perform: iam:PassRole on resource: role orders-admin`,
          ],
        },
      );
  }
}

/** Instances that report to Systems Manager and read their settings; one asks for what is not meant for it. */
export function webServers(trail: Trail, day: number): void {
  const { random } = trail;
  for (let i = 0; i < 22; i++) {
    const time = anytime(trail, day);
    const instance = random.pick(cast.WEB_INSTANCES);
    const caller = cast.workload('web-server', instance, '203.0.113.150', time - 2 * HOUR);
    const name = random.weighted([
      [4, 'UpdateInstanceInformation'],
      [2, 'GetParameter'],
      [1, 'GetSecretValue'],
    ] as const);
    const call = { account: cast.PRODUCTION, region: cast.TOKYO, at: time, caller, name } as const;
    if (name === 'UpdateInstanceInformation') {
      trail.add({
        ...call,
        service: 'ssm',
        readOnly: false,
        request: { instanceId: instance, agentVersion: '3.3.1957.0', agentStatus: 'Active', platformType: 'Linux' },
      });
    } else if (name === 'GetParameter') {
      trail.add({ ...call, service: 'ssm', readOnly: true, request: { name: '/web/settings', withDecryption: true } });
    } else {
      const error = [
        'AccessDenied',
        `User: ${String(caller.identity.arn)} is not authorized to perform: secretsmanager:GetSecretValue on resource: payments/database`,
      ] as const;
      trail.add({
        ...call,
        service: 'secretsmanager',
        readOnly: true,
        request: { secretId: 'payments/database' },
        error,
      });
    }
  }
}
