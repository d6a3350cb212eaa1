/** `--redact`: nothing of the originals is left anywhere, and the report still works. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { answerOf } from '../support/answer/log-of-stories.js';
import { memoryFacts } from '../support/answer/memory-facts.js';
import { pageRows } from '../support/answer/page-rows.js';
import { everythingIn } from '../support/everything-in.js';
import { report, type Finished } from '../support/pipeline-run.js';
import { logFile, record } from '../support/records.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tsvRows } from '../support/tsv-rows.js';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const INSTANCE = 'i-0aaabbbbccccdddd1';

const ROSEBUD = {
  type: 'IAMUser',
  principalId: 'AIDA2EXAMPLEROSEBUD7Q',
  arn: `arn:aws:iam::${ACCOUNT}:user/staff/rosebud`,
  accountId: ACCOUNT,
  accessKeyId: 'AKIA2EXAMPLEROSEBUD7Q',
  userName: 'rosebud',
};
const SESSION = {
  type: 'AssumedRole',
  principalId: 'AROA2EXAMPLEKANEROLE7:charles@xanadu.example',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/kane-admin/charles@xanadu.example`,
  accountId: ACCOUNT,
  accessKeyId: 'ASIA2EXAMPLEKANEKEY77',
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      userName: 'kane-admin',
      arn: `arn:aws:iam::${ACCOUNT}:role/kane-admin`,
      accountId: ACCOUNT,
    },
    attributes: { creationDate: '2025-03-03T00:00:02Z', mfaAuthenticated: 'false' },
  },
};

function event(index: number, fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return record(index, { recipientAccountId: ACCOUNT, ...fields });
}

/** Events of the shapes that real logs have, with originals wherever originals are found in them. */
const LOG = logFile(
  event(1, {
    userIdentity: ROSEBUD,
    eventName: 'RunInstances',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'Boto3/1.34 kane-laptop md/sledge#9',
    requestParameters: {
      instanceType: 't3.micro',
      minCount: 1,
      blockDeviceMapping: {},
      tagSpecificationSet: {
        items: [{ resourceType: 'instance', tags: [{ key: 'Owner', value: 'Charles Foster Kane' }] }],
      },
    },
    responseElements: {
      instancesSet: {
        items: [
          {
            instanceId: INSTANCE,
            privateIpAddress: '10.11.12.13',
            privateDnsName: 'ip-10-11-12-13.ec2.internal',
            currentState: { code: 0, name: 'pending' },
          },
        ],
      },
      ownerId: ACCOUNT,
    },
  }),
  event(2, {
    userIdentity: ROSEBUD,
    eventName: 'AssumeRole',
    eventSource: 'sts.amazonaws.com',
    requestParameters: {
      roleArn: `arn:aws:iam::${ACCOUNT}:role/kane-admin`,
      roleSessionName: 'charles@xanadu.example',
    },
    responseElements: {
      credentials: { accessKeyId: 'ASIA2EXAMPLEKANEKEY77', sessionToken: 'x'.repeat(60) },
      assumedRoleUser: { arn: SESSION.arn, assumedRoleId: SESSION.principalId },
    },
  }),
  event(3, {
    userIdentity: SESSION,
    sourceIPAddress: '198.51.100.9',
    userAgent: 'aws-cli/2.15.0 kane-laptop',
    requestParameters: { instancesSet: { items: [{ instanceId: INSTANCE }] } },
    responseElements: {
      instancesSet: {
        items: [
          {
            instanceId: INSTANCE,
            currentState: { code: 32, name: 'shutting-down' },
            previousState: { code: 16, name: 'running' },
          },
        ],
      },
    },
  }),
  event(4, {
    userIdentity: SESSION,
    eventName: 'PutBucketPolicy',
    eventSource: 's3.amazonaws.com',
    sourceIPAddress: '2001:db8:17::7',
    requestParameters: {
      bucketName: 'xanadu-ledger-111122223333',
      Host: 'xanadu-ledger-111122223333.s3.eu-west-1.amazonaws.com',
      bucketPolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'LetSusanIn',
            Effect: 'Allow',
            Principal: { AWS: [`arn:aws:iam::${OTHER}:user/susan`, OTHER] },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::xanadu-ledger-111122223333/inquirer/*',
            Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
          },
        ],
      },
    },
    resources: [{ ARN: 'arn:aws:s3:::xanadu-ledger-111122223333', accountId: ACCOUNT, type: 'AWS::S3::Bucket' }],
  }),
  event(5, {
    userIdentity: SESSION,
    eventName: 'PutUserPolicy',
    eventSource: 'iam.amazonaws.com',
    requestParameters: {
      userName: 'susan',
      policyName: 'opera-singer',
      policyDocument: JSON.stringify(
        {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: `arn:aws:sqs:eu-west-1:${OTHER}:jigsaw` }],
        },
        undefined,
        1,
      ),
    },
  }),
  event(6, {
    userIdentity: ROSEBUD,
    eventName: 'DeleteRole',
    eventSource: 'iam.amazonaws.com',
    errorCode: 'AccessDenied',
    errorMessage: `User: ${ROSEBUD.arn} is not authorized to perform: iam:DeleteRole on resource: role thatcher-memoirs from 198.51.100.77, ask leland@xanadu.example`,
    requestParameters: { roleName: 'thatcher-memoirs' },
    userAgent: 'console.amazonaws.com',
  }),
  event(7, {
    userIdentity: { type: 'AWSAccount', accountId: OTHER, principalId: 'AIDA2EXAMPLESUSANOTHER' },
    eventName: 'GetQueueUrl',
    eventSource: 'sqs.amazonaws.com',
    requestParameters: {
      queueUrl: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jigsaw`,
      'kane-admin': 'x',
      number: 111122223333,
      big: 0,
    },
  }),
  event(8, {
    userIdentity: { type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' },
    sourceIPAddress: 'autoscaling.amazonaws.com',
    userAgent: 'autoscaling.amazonaws.com',
    recipientAccountId: ACCOUNT,
    requestParameters: {
      description: 'for Bernstein’s “sledge”',
      policy: encodeURIComponent(JSON.stringify({ Principal: { AWS: `arn:aws:iam::${OTHER}:root` } })),
    },
  }),
  event(9, {
    userIdentity: { type: 'Root', accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, principalId: ACCOUNT },
  }),
  event(10, {
    userIdentity: {
      type: 'WebIdentityUser',
      principalId: 'token.actions.example.com:sts.amazonaws.com:repo:xanadu/inquirer:ref:refs/heads/rosebud',
      userName: 'repo:xanadu/inquirer:ref:refs/heads/rosebud',
      identityProvider: 'token.actions.example.com',
    },
  }),
  event(11, {
    userIdentity: {
      type: 'Root',
      userName: 'xanadu',
      accountId: ACCOUNT,
      sessionContext: { assumedRoot: 'true' },
    },
  }),
)
  // JavaScript's own numbers would round it.
  .replace('"big":0', '"big":12345678901234567890');

/** In lower case. */
const ORIGINALS = [
  ACCOUNT, OTHER, 'rosebud', 'kane-admin', 'kane', 'charles', 'xanadu', 'susan', 'opera-singer', 'jigsaw', 'thatcher', 'leland', 'bernstein', 'sledge', 'inquirer', 'ledger', 'staff/',
  '198.51.100',  '10.11.12', '10-11-12', '2001:db8:17', INSTANCE.slice(2), 'example7', '2example', 'boto3/1', 'aws-cli/2',
]; // prettier-ignore

async function redacted(...args: string[]): Promise<Finished> {
  const name = `${ACCOUNT}_CloudTrail_eu-west-1_20250303T0005Z_AAAAAAAAAAAAAAAA.json`;
  const folder = temporaryFolder({
    [`xanadu-trail/AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/2025/03/03/${name}`]: LOG,
    [`xanadu-trail/AWSLogs/${OTHER}/CloudTrail-Digest/eu-west-1/2025/03/03/rosebud.json`]: '{}',
    [`xanadu-trail/AWSLogs/${OTHER}/CloudTrail/eu-west-1/2025/03/03/rosebud.json.gz`]: Buffer.from([0x1f, 0x8b, 8, 0]),
  });
  return await report([path.join(folder, 'xanadu-trail'), ...args], path.join(folder, 'out'));
}

test('no original is left anywhere', async () => {
  const whole = await everythingIn(await redacted('--redact', '--account', ACCOUNT));
  const left = ORIGINALS.filter((original) => whole.some((text) => text.includes(original.toLowerCase())));
  expect(left).toEqual([]);
});

test('what is left keeps its structure', async () => {
  const { tsv, manifest } = await redacted('--redact');
  const rows = tsvRows(tsv);
  const [run, assume, terminate, policy, inline, denied, queue, service, root, web, assumedRoot] = rows;
  expect(run).toMatchObject({
    actor: 'user-1',
    accountId: 'account-1',
    arn: 'arn:aws:iam::account-1:user/path-1/user-1',
    userAgent: 'Boto3/agent-1',
    sourceIPAddress: 'ip-1',
  });
  expect(terminate).toMatchObject({
    actor: 'user-2',
    role: 'role-1',
    sourceIPAddress: 'ip-1-2',
    userAgent: 'aws-cli/agent-3',
    resources: 'i-00000000000000001',
  });
  expect(terminate?.arn).toBe('arn:aws:sts::account-1:assumed-role/role-1/user-2');
  expect(terminate?.responseElements).toContain('"currentState":{"code":32,"name":"shutting-down"}');
  expect(assume?.requestParameters).toBe('{"roleArn":"arn:aws:iam::account-1:role/role-1","roleSessionName":"user-2"}');
  expect(JSON.parse(assume?.responseElements ?? '')).toMatchObject({
    credentials: { accessKeyId: terminate?.accessKeyId },
  });
  expect(terminate?.accessKeyId).toMatch(/^ASIA0{15}\d$/);
  expect(policy?.requestParameters).toMatch(/"bucketName":"(bucket-\d)","Host":"\1\.s3\.eu-west-1\.amazonaws\.com"/);
  expect(policy?.requestParameters).toMatch(
    /"Effect":"Allow","Principal":\{"AWS":\["arn:aws:iam::account-2:user\/user-\d","account-2"\]\},"Action":"s3:GetObject"/,
  );
  expect(policy?.resources).toMatch(/arn:aws:s3:::bucket-\d/);
  expect(
    JSON.parse((JSON.parse(inline?.requestParameters ?? '') as { policyDocument: string }).policyDocument),
  ).toMatchObject({ Statement: [{ Effect: 'Allow', Action: 'sqs:*' }] });
  expect(denied?.errorMessage).toMatch(
    /^User: arn:aws:iam::account-1:user\/path-1\/user-1 is not authorized to perform: iam:DeleteRole on resource: role role-2 from ip-1-4, ask email-1$/,
  );
  expect(denied?.userAgent).toBe('console.amazonaws.com');
  expect(queue?.requestParameters).toContain('"number":"account-1","big":12345678901234567890');
  expect(service).toMatchObject({ actor: 'autoscaling.amazonaws.com', sourceIPAddress: 'autoscaling.amazonaws.com' });
  expect(root?.actor).toBe('root@account-1');
  expect(assumedRoot?.actor).toMatch(/^root@account-alias-\d \(AssumeRoot\)$/);
  expect(web?.actor).toMatch(/^user-\d$/);
  expect(manifest.accounts).toEqual(['account-1']);
  expect(manifest.coverage.places.map(({ account }) => account)).toContain('account-1');
  expect(manifest.redaction?.what).toHaveLength(7);
  expect(manifest.run.command).toBe('npm run report -- … --redact');
});

test('the table of pseudonyms maps pseudonyms to originals, and only its owner can read it', async () => {
  const { folder, manifest } = await redacted('--redact');
  const file = path.join(folder, 'redaction-key.tsv');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines[0]).toBe('pseudonym\toriginal');
  expect(lines).toEqual(expect.arrayContaining(['user-1\trosebud', `account-1\t${ACCOUNT}`, 'ip-1-2\t198.51.100.9']));
  expect(lines).toHaveLength(1 + (manifest.redaction?.pseudonyms ?? 0));
  expect(new Set(lines.map((line) => line.split('\t')[0])).size).toBe(lines.length);
  expect(manifest.outputs.map(({ path: name }) => name)).toEqual(['events.tsv', 'index.html', 'findings.json']);
});

test('the same logs get the same pseudonyms', async () => {
  const [one, other] = [await redacted('--redact'), await redacted('--redact')];
  expect(other.tsv).toBe(one.tsv);
});

test('who did it is still found', async () => {
  const { page } = await redacted('--redact');
  const { times, rows } = await pageRows(page);
  const { resource } = await answerOf(memoryFacts(times, rows), 'i-00000000000000001');
  expect(resource).toMatchObject({ verdict: 'done', main: { event: { who: { name: 'user-2', role: 'role-1' } } } });
  expect(resource?.main?.origins.map(({ who }) => who.name)).toEqual(['user-1']);
  expect(resource?.made?.event.who.name).toBe('user-1');
});

test.each([
  ['accounts', [ACCOUNT], ['rosebud', '198.51.100.7', 'kane-laptop', 'AKIA2EXAMPLEROSEBUD7Q']],
  ['addresses', ['198.51.100.7', '2001:db8:17::7', '198.51.100.77'], [ACCOUNT, 'rosebud', 'kane-laptop']],
  ['agents', ['kane-laptop'], [ACCOUNT, 'rosebud', '198.51.100.7']],
  ['emails', ['charles@xanadu.example', 'leland@xanadu.example'], ['rosebud', '198.51.100.7']],
  ['keys', ['AKIA2EXAMPLEROSEBUD7Q', 'AROA2EXAMPLEKANEROLE7'], ['rosebud', ACCOUNT]],
  ['names', ['rosebud', 'kane-admin', 'jigsaw', INSTANCE], ['198.51.100.7', 'AKIA2EXAMPLEROSEBUD7Q', `:${OTHER}:`]],
  ['arns', ['user/staff', `iam::${ACCOUNT}`], ['rosebud\t', '198.51.100.7']],
])('--redact %s replaces that and nothing else', async (what, gone, kept) => {
  const { tsv, manifest } = await redacted('--redact', what);
  for (const original of gone) expect(tsv).not.toContain(original);
  for (const original of kept) expect(tsv).toContain(original);
  expect(manifest.redaction?.what).toEqual([what]);
});
