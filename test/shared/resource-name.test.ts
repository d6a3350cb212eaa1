/** One resource has many names, and one name may be of many resources. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AskedName, arnService, cleanName } from '#shared/model/resource-name.js';
import { shownResource } from '#shared/model/names.js';

interface Where {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** A kind of resource: its ARN, and what else it is called, for a name. */
interface Kind {
  readonly source: string;
  readonly arn: (where: Where, name: string) => string;
  readonly others: (where: Where, name: string) => readonly string[];
}

function arn(service: string, resource: (name: string) => string, isGlobal = false): Kind['arn'] {
  return ({ partition, region, account }, name) =>
    `arn:${partition}:${service}:${isGlobal ? '' : region}:${account}:${resource(name)}`;
}

const KINDS: Readonly<Record<string, Kind>> = {
  role: {
    source: 'iam.amazonaws.com',
    arn: arn('iam', (name) => `role/${name}`, true),
    others: (where, name) => [
      name,
      `role/${name}`,
      `role/team/${name}`,
      `arn:${where.partition}:iam::${where.account}:role/service-role/${name}`,
    ],
  },
  user: {
    source: 'iam.amazonaws.com',
    arn: arn('iam', (name) => `user/a/b/${name}`, true),
    others: (_, name) => [name, `user/${name}`],
  },
  secret: {
    source: 'secretsmanager.amazonaws.com',
    arn: arn('secretsmanager', (name) => `secret:${name}-AbC1eF`),
    others: ({ partition, region, account }, name) => [
      name,
      `${name}-AbC1eF`,
      `secret:${name}-AbC1eF`,
      `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}`,
    ],
  },
  'log group': {
    source: 'logs.amazonaws.com',
    arn: arn('logs', (name) => `log-group:/aws/lambda/${name}:*`),
    others: ({ partition, region, account }, name) => [
      `/aws/lambda/${name}`,
      `log-group:/aws/lambda/${name}`,
      `arn:${partition}:logs:${region}:${account}:log-group:/aws/lambda/${name}`,
    ],
  },
  function: {
    source: 'lambda.amazonaws.com',
    arn: arn('lambda', (name) => `function:${name}`),
    others: (_, name) => [name, `function:${name}`],
  },
  object: {
    source: 's3.amazonaws.com',
    arn: ({ partition }, name) => `arn:${partition}:s3:::data-lake/q1/${name}`,
    others: (_, name) => [
      `data-lake/q1/${name}`,
      `s3://data-lake/q1/${name}`,
      `https://data-lake.s3.eu-west-1.amazonaws.com/q1/${name}`,
      `https://s3.eu-west-1.amazonaws.com/data-lake/q1/${name}`,
      `https://s3.console.aws.amazon.com/s3/object/data-lake?region=eu-west-1&prefix=q1/${name}`,
    ],
  },
  bucket: {
    source: 's3.amazonaws.com',
    arn: ({ partition }, name) => `arn:${partition}:s3:::${name}`,
    others: (_, name) => [
      name,
      `s3://${name}`,
      `s3://${name}/`,
      `https://${name}.s3.amazonaws.com/`,
      `https://eu-west-1.console.aws.amazon.com/s3/buckets/${name}?region=eu-west-1`,
    ],
  },
  queue: {
    source: 'sqs.amazonaws.com',
    arn: arn('sqs', (name) => name),
    others: ({ region, account }, name) => [name, `https://sqs.${region}.amazonaws.com/${account}/${name}`],
  },
  repository: {
    source: 'ecr.amazonaws.com',
    arn: arn('ecr', (name) => `repository/team/${name}`),
    others: ({ region, account }, name) => [
      `team/${name}`,
      `${account}.dkr.ecr.${region}.amazonaws.com/team/${name}:latest`,
    ],
  },
  parameter: {
    source: 'ssm.amazonaws.com',
    arn: arn('ssm', (name) => `parameter/prod/${name}`),
    others: (_, name) => [`/prod/${name}`, `parameter/prod/${name}`],
  },
  table: {
    source: 'dynamodb.amazonaws.com',
    arn: arn('dynamodb', (name) => `table/${name}`),
    others: (_, name) => [name, `table/${name}`],
  },
  database: {
    source: 'rds.amazonaws.com',
    arn: arn('rds', (name) => `db:${name}`),
    others: (_, name) => [name, `db:${name}`, name.toUpperCase()],
  },
  alias: {
    source: 'kms.amazonaws.com',
    arn: arn('kms', (name) => `alias/${name}`),
    others: (_, name) => [`alias/${name}`],
  },
  stack: {
    source: 'cloudformation.amazonaws.com',
    arn: arn('cloudformation', (name) => `stack/${name}/0f2a3b4c-1111-2222-3333-444455556666`),
    others: (_, name) => [name, `stack/${name}`],
  },
  'load balancer': {
    source: 'elasticloadbalancing.amazonaws.com',
    arn: arn('elasticloadbalancing', (name) => `loadbalancer/app/${name}/50dc6c495c0c9188`),
    others: (_, name) => [name],
  },
  'scaling group': {
    source: 'autoscaling.amazonaws.com',
    arn: arn(
      'autoscaling',
      (name) => `autoScalingGroup:0f2a3b4c-1111-2222-3333-444455556666:autoScalingGroupName/${name}`,
    ),
    others: (_, name) => [name],
  },
  service: {
    source: 'ecs.amazonaws.com',
    arn: arn('ecs', (name) => `service/prod/${name}`),
    others: (_, name) => [name],
  },
  trail: {
    source: 'cloudtrail.amazonaws.com',
    arn: arn('cloudtrail', (name) => `trail/${name}`),
    others: (_, name) => [name],
  },
  alarm: {
    source: 'monitoring.amazonaws.com',
    arn: arn('cloudwatch', (name) => `alarm:${name}`),
    others: (_, name) => [name],
  },
};

const kind = fc.constantFrom(...Object.keys(KINDS)).map((name) => KINDS[name] as Kind);
const name = fc
  .tuple(fc.constantFrom('web', 'orders', 'nightly', 'q1', 'prod'), fc.constantFrom('', '-api', '-blue-1', '_x', '2'))
  .map((parts) => parts.join(''));
const where = fc.record({
  partition: fc.constantFrom('aws', 'aws-cn', 'aws-us-gov'),
  region: fc.constantFrom('eu-west-1', 'us-east-1', 'cn-north-1'),
  account: fc.constantFrom('111122223333', '444455556666'),
});

test('every spelling of a resource means every other one, where it belongs', () => {
  fc.assert(
    fc.property(kind, name, where, ({ source, arn: arnOf, others }, name, at) => {
      const whole = arnOf(at, name);
      const spellings = [whole, shownResource(whole), ...others(at, name)];
      const place = { account: at.account, region: at.region, service: arnService(source) };
      for (const asked of spellings) {
        const question = new AskedName(asked);
        for (const found of spellings) {
          // A secret's end by itself, and pages about an object, are in no record.
          const isWritten = !/^[^:]*-AbC1eF$|^(?:s3|https):.*(?:s3|console)[.-]/.test(found);
          if (!isWritten && found !== asked) continue;
          expect([asked, found, question.means(found, place)]).toEqual([asked, found, true]);
          expect(question.needles.some((needle) => found.toLowerCase().includes(needle))).toBe(true);
        }
      }
    }),
  );
});

test('what is pasted with it changes nothing', () => {
  fc.assert(
    fc.property(
      kind,
      name,
      where,
      fc.constantFrom(
        ' X\n',
        '"X"',
        "'X'",
        '`X`',
        '\tX\r\n',
        '“X”',
        '<X>',
        '"X",',
        '\uFEFFX',
        '「X」',
        ' "X" ',
        'X\u200B',
      ),
      ({ arn: arnOf }, name, at, paste) => {
        const whole = arnOf(at, name);
        expect(new AskedName(paste.replace('X', whole)).means(whole)).toBe(true);
        expect(cleanName(paste.replace('X', whole))).toBe(whole);
      },
    ),
  );
});

test('an ARN does not match another account, and its short name elsewhere is another resource', () => {
  const regional = Object.values(KINDS).filter(({ source }) => source !== 's3.amazonaws.com');
  fc.assert(
    fc.property(fc.constantFrom(...regional), name, where, ({ source, arn: arnOf, others }, name, at) => {
      const elsewhere = { ...at, account: '777788889999' };
      const question = new AskedName(arnOf(at, name));
      expect(question.means(arnOf(elsewhere, name))).toBe(false);
      const place = { account: elsewhere.account, region: at.region, service: arnService(source) };
      const [bare = ''] = others(at, name);
      expect(question.means(bare, place)).toBe(false);
      expect(question.means(bare, { ...place, account: at.account })).toBe(true);
      // Nor is the same name in another service's record.
      expect(question.means(name, { account: at.account, region: at.region, service: 'glue' })).toBe(false);
    }),
  );
});

describe('a name', () => {
  test.each([
    ['web', 'arn:aws:sts::111122223333:assumed-role/Deploy/web', 'a session'],
    ['web', 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/web:*', 'the log group of a function'],
    ['x', 'arn:aws:s3:::data/q1/x', 'a part of an object’s key'],
    ['data', 'arn:aws:s3:::data/q1/x', 'an object in the bucket'],
    ['web', 'web-server', 'a longer name, as if a secret’s'],
    ['web-server', 'web', 'a shorter name, as if a secret’s'],
    ['role/web', 'arn:aws:iam::111122223333:user/web', 'another type'],
    ['arn:aws:iam::111122223333:role/web', 'arn:aws:iam::111122223333:user/web', 'another type'],
    [
      'arn:aws:lambda:eu-west-1:111122223333:function:f:PROD',
      'arn:aws:lambda:eu-west-1:111122223333:function:f:DEV',
      'another version',
    ],
    ['i-0a1b2c3d4e5f67890', 'i-0a1b2c3d4e5f67891', 'another instance'],
    ['', 'web', 'nothing'],
    ['"', 'web', 'nothing'],
  ])('%s does not mean %s: %s', (asked, found) => {
    expect(new AskedName(asked).means(found)).toBe(false);
  });

  test.each([
    ['example.com.', 'example.com'],
    ['example.com', 'Example.com.'],
    ['*.example.com', '\\052.example.com.'],
    ['I-0A1B2C3D4E5F67890', 'i-0a1b2c3d4e5f67890'],
    ['i-0a1b2c3d4e5f67890', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d4e5f67890'],
    ['i-0a1b2c3d4e5f67890', 'arn:aws:sts::111122223333:assumed-role/Web/i-0a1b2c3d4e5f67890'],
    [
      'https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#InstanceDetails:instanceId=i-0a1b2c3d4e5f67890',
      'i-0a1b2c3d4e5f67890',
    ],
    [
      'https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/web?section=permissions',
      'arn:aws:iam::111122223333:role/web',
    ],
    ['arn:aws:iam::111122223333:\n  role/web', 'arn:aws:iam::111122223333:role/web'],
    ['web service:iam account:111122223333', 'arn:aws:iam::111122223333:role/web'],
  ])('%s means %s', (asked, found) => {
    expect(new AskedName(asked).means(found)).toBe(true);
  });

  test('with an account behind it means the one of that account only', () => {
    const asked = new AskedName('orders account:111122223333 region:eu-west-1');
    const place = { account: '111122223333', region: 'eu-west-1', service: 'rds' };
    expect(asked.means('orders', place)).toBe(true);
    expect(asked.means('orders', { ...place, account: '444455556666' })).toBe(false);
    expect(asked.means('orders', { ...place, region: 'us-east-1' })).toBe(false);
  });

  test('is quick to compare, whatever it holds', () => {
    const long = 'a/'.repeat(40_000) + '-'.repeat(40_000) + ':'.repeat(40_000);
    const begun = process.cpuUsage();
    for (const prefix of [
      '',
      'arn:aws:iam::1:role/',
      'arn:aws:eks:r:1:nodegroup/',
      'https://',
      '"',
      'secret:',
      'arn:aws:logs:::log-group:',
    ])
      new AskedName(prefix + long).means(`${prefix}${long}x`);
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(2000);
  });

  test('is understood without a throw, and means itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (text) => {
        const asked = new AskedName(text);
        if (asked.text !== '' && text === text.trim() && !/[\r\n]/.test(text))
          expect([text, asked.means(text)]).toEqual([text, true]);
      }),
      { numRuns: 2000 },
    );
  });
});
