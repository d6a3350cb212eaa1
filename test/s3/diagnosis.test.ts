/** What is said where a bucket does not let a report be shared as asked: one sentence, with one command. */
import dns from 'node:dns';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Access, PublishConfig } from '#scripts/run/config.js';
import { CulpritError } from '#scripts/run/errors.js';
import { sidOf } from '#scripts/publish/plan/access-policy.js';
import type { BucketFacts } from '#scripts/publish/plan/bucket-facts.js';
import { cautionSentences } from '#scripts/publish/plan/diagnosis.js';
import { openS3Publisher } from '#scripts/publish/s3/s3.js';
import { unpublish } from '#scripts/publish/s3/unpublish.js';
import { AwsAccount } from '../support/aws-account.js';
import { S3Server, type Fault } from '../support/s3-server/server.js';
import { EVERYTHING_BLOCKED, type Bucket } from '../support/s3-server/store.js';
import { parsePolicy } from '../support/s3-server/policy.js';

const PUBLIC: Access = { kind: 'public' };
const CIDR: Access = { kind: 'cidr', ranges: ['203.0.113.0/24'] };
const PRIVATE: Access = { kind: 'private' };
const OPENED = 'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=false,RestrictPublicBuckets=false';

const FACTS: BucketFacts = {
  ...{
    bucket: 'team',
    region: 'eu-west-1',
    endpoint: undefined,
    website: 'none',
    policy: 'none',
    policyStatus: 'none',
  },
  ...{
    block: 'unknown',
    accountBlock: 'unknown',
    account: undefined,
    usesKms: false,
    keepsVersions: false,
    lock: undefined,
  },
};

let server: S3Server;
let account: AwsAccount;
let bucket: Bucket;

beforeAll(async () => {
  server = await S3Server.start();
  account = await AwsAccount.start();
});
afterAll(async () => {
  await server.close();
  await account.close();
});
beforeEach(() => {
  for (const [name, value] of Object.entries(account.env)) vi.stubEnv(name, value);
  // Not every resolver knows that names which end in .localhost are this machine's.
  vi.spyOn(dns, 'lookup').mockImplementation(((
    _host: string,
    { all }: { all?: boolean },
    done: (error: null, found: unknown, family?: number) => void,
  ) => {
    if (all === true) done(null, [{ address: '127.0.0.1', family: 4 }]);
    else done(null, '127.0.0.1', 4);
  }) as typeof dns.lookup);
  bucket = server.createBucket('team', { publicAccessBlock: null });
  account.state.blocksPublicPolicies = undefined;
  account.state.denied = [];
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  server.calmDown();
});

const s3 = () => ({ profile: undefined, region: 'us-east-1', endpointUrl: server.endpoint });

async function publish(access: Access, more: Partial<PublishConfig> = {}): Promise<readonly string[]> {
  const target = { bucket: 'team', prefix: 'r/', force: false, yes: true, dryRun: false, deleteOldVersions: false };
  const publisher = await openS3Publisher({ ...target, access, ...more }, s3());
  try {
    const plan = await publisher.plan({ events: 3, people: 2, accounts: 1, from: undefined, to: undefined });
    const { notes } = await publisher.publish(plan, [{ name: 'index.html', read: () => ['page'] }]);
    return [...plan.lines, ...notes];
  } finally {
    publisher.close();
  }
}

const refusal = (access: Access, sentence: string) =>
  expect(publish(access)).rejects.toThrow(new CulpritError('publish', sentence));

/** The sentence of a refusal that stands for others: it says what to do and ends in a command. */
const told = (access: Access, sentence: RegExp) => expect(publish(access)).rejects.toThrow(sentence);

function fail(operation: string, fault: Fault): void {
  server.onRequest = (request) => (request.operation === operation ? fault : undefined);
}

const writes = () => server.requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD');

function setPolicy(...statements: object[]): void {
  bucket.policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), 'team');
}

describe('Block Public Access refuses', () => {
  const instead = 'Share with --access cidr:ADDRESSES, presigned or private, which it allows';

  it.each<Access>([PUBLIC, { kind: 'encrypted' }])(
    '$kind by the bucket’s settings, before anything is written',
    async (access) => {
      bucket.publicAccessBlock = EVERYTHING_BLOCKED;
      await refusal(
        access,
        `Block Public Access of the bucket "team" blocks anonymous visitors, but this access needs them. ${instead}, or open the bucket with "aws s3api put-public-access-block --bucket team --public-access-block-configuration ${OPENED}".`,
      );
      expect(writes()).toEqual([]);
    },
  );

  it('by the account’s settings, though the bucket has none', async () => {
    account.state.blocksPublicPolicies = true;
    await refusal(
      PUBLIC,
      `Block Public Access of the account 111122223333 blocks anonymous visitors of all its buckets, but this access needs them. ${instead}, or ask the account's owner to run "aws s3control put-public-access-block --account-id 111122223333 --public-access-block-configuration ${OPENED}".`,
    );
    expect(writes()).toEqual([]);
  });

  it('by the organization, where neither bucket nor account does', async () => {
    account.state.blocksPublicPolicies = false;
    const message =
      'User: x is not authorized to perform: s3:PutBucketPolicy because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.';
    fail('PutBucketPolicy', { kind: 'error', code: 'AccessDenied', message });
    await refusal(
      PUBLIC,
      `A policy of the organization blocks anonymous visitors (neither the bucket "team" nor the account does). ${instead}, or ask the organization's owner to check "aws organizations list-policies --filter S3_POLICY".`,
    );
  });

  it('by a level that may not be seen', async () => {
    account.state.denied = ['GetAccountPublicAccessBlock'];
    server.deny('s3:GetBucketPublicAccessBlock');
    bucket.publicAccessBlock = EVERYTHING_BLOCKED;
    await refusal(
      PUBLIC,
      `Block Public Access blocks anonymous visitors, but these credentials may not see whether that is a setting of the bucket "team" or of the account. ${instead}, or check with "aws s3api get-public-access-block --bucket team".`,
    );
  });

  it('nothing of what it lets through', async () => {
    bucket.publicAccessBlock = EVERYTHING_BLOCKED;
    account.state.blocksPublicPolicies = true;
    for (const access of [CIDR, { kind: 'presigned', seconds: 3600 } as const, PRIVATE]) await publish(access);
    expect(bucket.publicAccessBlock).toBe(EVERYTHING_BLOCKED);
  });

  it('every change of a policy that another statement makes public', async () => {
    setPolicy({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::team/*' });
    bucket.publicAccessBlock = EVERYTHING_BLOCKED;
    await told(CIDR, /^The policy of "team" has a public statement from someone else, .* "aws s3api get-bucket-policy/);
  });
});

describe('Permissions that are missing are named:', () => {
  const who =
    'Allow it for these credentials, or choose others with --profile (their identity: "aws sts get-caller-identity").';

  it('to change the policy', async () => {
    server.deny('s3:PutBucketPolicy');
    await refusal(CIDR, `S3 refuses s3:PutBucketPolicy on arn:aws:s3:::team. ${who}`);
    expect(bucket.policy).toBeUndefined();
  });

  it('to read the policy, before anything is written', async () => {
    server.deny('s3:GetBucketPolicy');
    setPolicy({ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::team/secret/*' });
    await refusal(
      CIDR,
      'These credentials may not read the policy of "team", so Culprit does not change it. Allow s3:GetBucketPolicy on arn:aws:s3:::team, or share with --access presigned or private, which need no policy (your identity: "aws sts get-caller-identity").',
    );
    expect(writes()).toEqual([]);
  });

  it('to upload', async () => {
    server.deny('s3:PutObject');
    await refusal(PRIVATE, `S3 refuses s3:PutObject on arn:aws:s3:::team/r/index.html. ${who}`);
  });

  it('to delete, when a report is taken back', async () => {
    await publish(PRIVATE);
    server.deny('s3:DeleteObject');
    const target = { bucket: 'team', prefix: 'r/', deleteOldVersions: false };
    await expect(unpublish(target, s3(), () => Promise.resolve(true))).rejects.toThrow(
      `S3 refuses s3:DeleteObject on arn:aws:s3:::team/r/index.html. ${who}`,
    );
  });
});

it('ACLs that are disabled are named', async () => {
  fail('PutObject', { kind: 'error', code: 'AccessControlListNotSupported' });
  await refusal(
    PRIVATE,
    'The bucket "team" has ACLs disabled and refuses an upload with an ACL. Culprit sends none: remove what adds it (a proxy or gateway), or check "aws s3api get-bucket-ownership-controls --bucket team".',
  );
});

it('addresses that S3 never sees are named, on AWS', () => {
  const facts = { ...FACTS, endpoint: undefined };
  const ranges = ['10.0.0.0/8', '203.0.113.0/24', '172.16.5.0/24', 'fd00::/64'];
  const config = { prefix: '', access: { kind: 'cidr', ranges }, deleteOldVersions: false } as const;
  expect(cautionSentences(facts, config)).toEqual([
    'S3 sees the public address of a network, never a private one such as 10.0.0.0/8, 172.16.5.0/24, fd00::/64. Use the public address (yours: "curl https://checkip.amazonaws.com"), or share with --access vpce:ID.',
  ]);
  expect(cautionSentences({ ...facts, endpoint: new URL('http://s3.example') }, config)).toEqual([]);
});

it('a region that S3 does not tell is asked for', async () => {
  fail('GetBucketWebsite', { kind: 'error', code: 'PermanentRedirect' });
  await told(
    PRIVATE,
    /^The bucket "team" is not in region us-east-1, and S3 at .* does not say where it is\. Name its region with --s3-region \(find it: "aws s3api get-bucket-location --bucket team"\)\.$/,
  );
});

describe('A KMS key', () => {
  it('that may not be used is named', async () => {
    const message = 'User: x is not authorized to perform: kms:GenerateDataKey on resource: y';
    fail('PutObject', { kind: 'error', code: 'AccessDenied', message });
    await refusal(
      PRIVATE,
      'S3 may not use the KMS key that encrypts "team". Allow kms:GenerateDataKey and kms:Decrypt on it for these credentials (which key: "aws s3api get-bucket-encryption --bucket team").',
    );
  });

  it.each<Access>([PUBLIC, { kind: 'encrypted' }, CIDR])(
    'keeps out visitors who do not sign in: $kind',
    async (access) => {
      bucket.encryption = 'aws:kms';
      await refusal(
        access,
        'The bucket "team" encrypts with a KMS key, and S3 does not decrypt for anonymous visitors. Share with --access presigned or private, or publish to a bucket with S3\'s own encryption (see "aws s3api get-bucket-encryption --bucket team").',
      );
      expect(writes()).toEqual([]);
    },
  );

  it('does not matter to links that are signed', async () => {
    bucket.encryption = 'aws:kms';
    await publish({ kind: 'presigned', seconds: 3600 });
  });
});

describe('Versions and locks', () => {
  it('that keep old reports readable are announced, with the way to remove them', async () => {
    bucket.versioning = 'Enabled';
    const said = await publish(PRIVATE);
    expect(said).toContain(
      '  Note      The bucket "team" has versioning on, so earlier reports stay readable for everyone with s3:GetObjectVersion. --delete-old-versions deletes the old versions of this report (list them with "aws s3api list-object-versions --bucket team --prefix \'r/\'").',
    );
    const deleting = await publish(PRIVATE, { deleteOldVersions: true });
    expect(deleting).toContain(
      '  Note      The bucket "team" has versioning on. The versions of earlier reports here are deleted after the upload.',
    );
    expect(deleting).toContain('Deleted 1 older version of earlier reports.');
  });

  it('a lock is announced, and reported when it keeps an old version', async () => {
    bucket.versioning = 'Enabled';
    bucket.lock = { mode: 'COMPLIANCE', days: 30 };
    expect(await publish(PRIVATE)).toContain(
      '  Note      Object Lock (COMPLIANCE, 30 days) prevents the deletion of uploads to "team" until then, also by unpublish. Use another bucket if you do not want that (see "aws s3api get-object-lock-configuration --bucket team").',
    );
    expect(await publish(PRIVATE, { deleteOldVersions: true })).toContain(
      'Older versions of earlier reports still exist. Object Lock keeps s3://team/r/index.html from being deleted or overwritten. Wait until its retention ends (when: "aws s3api get-object-retention --bucket team --key \'r/index.html\'"), or publish to another bucket.',
    );
  });
});

describe('A policy of others', () => {
  const open = { Effect: 'Allow', Principal: '*', Action: 's3:Get*', Resource: 'arn:aws:s3:::team/*' };

  it.each<Access>([CIDR, PRIVATE, { kind: 'presigned', seconds: 3600 }])(
    'that lets anyone read already is no place for $kind',
    async (access) => {
      setPolicy(open);
      await refusal(
        access,
        `The policy of "team" already lets anyone read s3://team/r/index.html, so --access ${access.kind} would not limit the readers. Publish encrypted (--access encrypted) or to another bucket, or fix the policy (see "aws s3api get-bucket-policy --bucket team --output text").`,
      );
      expect(writes()).toEqual([]);
    },
  );

  it('that lets some read is left alone for an encrypted report, and said', async () => {
    setPolicy({ ...open, Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } });
    bucket.publicAccessBlock = EVERYTHING_BLOCKED;
    const before = bucket.policy;
    const said = await publish({ kind: 'encrypted' });
    expect(said.join('\n')).toContain('Readers that the bucket policy allows can download the encrypted file');
    expect(bucket.policy).toBe(before);
  });

  it('that may not be read does not keep an encrypted report away, and says so', async () => {
    server.deny('s3:GetBucketPolicy');
    setPolicy(open);
    const said = await publish({ kind: 'encrypted' });
    expect(said.join('\n')).toContain(
      'Readers that the bucket policy allows, which these credentials may not see, can download',
    );
  });

  it('that is public elsewhere is said, because S3 judges the policy as a whole', async () => {
    setPolicy({ ...open, Resource: 'arn:aws:s3:::team/elsewhere/*' });
    expect(await publish(CIDR)).toContain(
      'S3 treats the policy of "team" as public because of another statement in it. That statement does not let anyone read this report; check what it allows with "aws s3api get-bucket-policy --bucket team --output text".',
    );
    // That of an encrypted report is meant to be.
    bucket.policy = undefined;
    await publish({ kind: 'encrypted' }, { prefix: 'other/' });
    expect((await publish(CIDR)).join('\n')).not.toContain('S3 treats the policy');
    setPolicy({ ...open, Resource: 'arn:aws:s3:::team/elsewhere/*' });
    // Restricted, the policy's being public would keep the readers of this report out as well.
    bucket.publicAccessBlock = { ...EVERYTHING_BLOCKED, BlockPublicPolicy: false };
    await told(CIDR, /^The policy of "team" has a public statement from someone else/);
  });

  it('that is changed while this runs keeps its changes, beside the statement for the report', async () => {
    const theirs = { ...open, Resource: 'arn:aws:s3:::team/x/*' };
    server.onRequest = ({ operation, key }) => {
      if (operation === 'PutObject' && key.endsWith('.json')) setPolicy(theirs);
      return undefined;
    };
    await publish(CIDR);
    expect(bucket.policy?.statements[0]).toEqual(theirs);
    expect(bucket.policy?.statements.map(({ Sid }) => Sid)).toEqual([undefined, sidOf('r/')]);
  });

  it('that lets anyone read since this run began is seen before the page is there', async () => {
    server.onRequest = ({ operation, key }) => {
      if (operation === 'PutObject' && key.endsWith('.json')) setPolicy(open);
      return undefined;
    };
    await told(
      CIDR,
      /^The policy of "team" already lets anyone read s3:\/\/team\/r\/index\.html, so --access cidr would not limit the readers/,
    );
    expect(bucket.get('r/index.html')).toBeUndefined();
  });

  it('that would be too large is reported before anything is written', async () => {
    const ranges = Array.from({ length: 1200 }, (_, i) => `2001:db8::${i.toString(16)}/128`);
    await told(
      { kind: 'cidr', ranges },
      /^The policy of "team" would have \d+ bytes .* the limit of S3 is 20,480\. Name fewer addresses, .* "aws s3api get-bucket-policy/,
    );
    expect(writes()).toEqual([]);
  });
});
