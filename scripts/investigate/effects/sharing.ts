/** What calls share with other accounts or with everybody: by a policy, a list of accounts, an ACL, a replica. */
import { at, leavesOf, listOf, textAt } from '../json-leaves.js';
import { accountOf } from './policy.js';
import { isForeign, sharedBy } from './admissions.js';
import type { Call, Effect, EffectCode } from './effect.js';

/** Where calls that set the policy of a resource have it: keys from the outside, and what the policy is of. */
const POLICIES: readonly (readonly [service: string, calls: string, path: string])[] = [
  ['s3', 'PutBucketPolicy', 'bucketPolicy'],
  ['s3', 'PutAccessPointPolicy', 'PutAccessPointPolicyRequest.Policy'],
  ['kms', 'PutKeyPolicy CreateKey', 'policy'],
  ['secretsmanager', 'PutResourcePolicy', 'resourcePolicy'],
  ['sqs', 'SetQueueAttributes CreateQueue', 'attributes.Policy'],
  ['sns', 'CreateTopic', 'attributes.Policy'],
  ['ecr', 'SetRepositoryPolicy', 'policyText'],
  ['ecr', 'PutRegistryPolicy', 'policyText'],
  ['ecr-public', 'SetRepositoryPolicy', 'policyText'],
  ['backup', 'PutBackupVaultAccessPolicy', 'policy'],
  ['elasticfilesystem', 'PutFileSystemPolicy', 'policy'],
  ['es', 'UpdateElasticsearchDomainConfig UpdateDomainConfig CreateElasticsearchDomain CreateDomain', 'accessPolicies'],
  ['logs', 'PutResourcePolicy', 'policyDocument'],
  ['logs', 'PutDestinationPolicy', 'accessPolicy'],
  ['events', 'PutPermission', 'policy'],
  ['dynamodb', 'PutResourcePolicy', 'policy'],
  ['kinesis', 'PutResourcePolicy', 'policy'],
  ['glue', 'PutResourcePolicy', 'policyInJson'],
  ['glacier', 'SetVaultAccessPolicy', 'policy.policy'],
  ['codeartifact', 'PutDomainPermissionsPolicy PutRepositoryPermissionsPolicy', 'policyDocument'],
  ['acm-pca', 'PutPolicy', 'policy'],
  ['ses', 'PutIdentityPolicy', 'policy'],
  ['lambda', 'PutResourcePolicy', 'policy'],
];

/** Where calls that name accounts have them; `all` in such a list is everybody. */
const LISTS: readonly (readonly [service: string, calls: string, path: string])[] = [
  ['ec2', 'ModifySnapshotAttribute', 'createVolumePermission.add'],
  ['ec2', 'ModifyImageAttribute', 'launchPermission.add'],
  ['ec2', 'ModifyFpgaImageAttribute', 'loadPermission.add'],
  ['ec2', 'ModifyVpcEndpointServicePermissions', 'ModifyVpcEndpointServicePermissionsRequest.AddAllowedPrincipals'],
  ['rds', 'ModifyDBSnapshotAttribute ModifyDBClusterSnapshotAttribute', 'valuesToAdd'],
  ['redshift', 'AuthorizeSnapshotAccess', 'accountWithRestoreAccess'],
  ['redshift', 'AuthorizeDataShare', 'consumerIdentifier'],
  ['redshift', 'AuthorizeEndpointAccess', 'account'],
  ['ssm', 'ModifyDocumentPermission', 'accountIdsToAdd'],
  ['sqs', 'AddPermission', 'aWSAccountIds'],
  ['sqs', 'AddPermission', 'awsAccountIds'],
  ['sns', 'AddPermission', 'aWSAccountId'],
  ['events', 'PutPermission', 'principal'],
  ['lambda', 'AddLayerVersionPermission', 'principal'],
  ['kms', 'CreateGrant', 'granteePrincipal'],
  ['ram', 'CreateResourceShare AssociateResourceShare', 'principals'],
  ['ecr', 'PutReplicationConfiguration', 'replicationConfiguration.rules'],
  ['logs', 'PutSubscriptionFilter', 'destinationArn'],
];

type Reader = (call: Call) => readonly Effect[];

/** `service:Call` → what it shares, of the two lists above. */
export function tabledSharing(): readonly (readonly [service: string, calls: string, reader: Reader])[] {
  const keys = (path: string): readonly string[] => path.split('.');
  return [
    ...POLICIES.map(([service, calls, path]) => [service, calls, policyReader(keys(path))] as const),
    ...LISTS.map(([service, calls, path]) => [service, calls, listReader(keys(path))] as const),
  ];
}

function policyReader(path: readonly string[]): Reader {
  return ({ request, response, targets, account }) => {
    // The key of CreateKey is in the response.
    const target = targets[0] ?? textAt(response, 'keyMetadata', 'keyId');
    return sharedBy(at(request, ...path), target, account);
  };
}

function listReader(path: readonly string[]): Reader {
  return ({ request, targets, account }) =>
    withEach(
      leavesOf(at(request, ...path)).map(({ value }) => value),
      targets,
      account,
    );
}

/** Sharing with each of these: accounts, ARNs, organizations, `all` or `*`. */
function withEach(whom: readonly string[], targets: readonly string[], own: string): readonly Effect[] {
  const target = targets[0] ?? '';
  const effects = [...new Set(whom)].flatMap((one): Effect[] => {
    if (/^(?:all|\*)$/i.test(one)) return [{ code: 'made-public', target, principal: '*' }];
    if (/^(?:o|ou|r)-[a-z0-9]+|:organizations::/.test(one))
      return [{ code: 'shared-with-organization', target, principal: one }];
    const account = accountOf(one);
    return isForeign(account, own) ? [{ code: 'shared-with-account', target, account, principal: one }] : [];
  });
  return effects;
}

/** Lambda API reference, AddPermission: a principal is an account, an ARN, a service or `*`; the rest narrows it. */
export function functionPermission({ request, targets, account }: Call): readonly Effect[] {
  const principal = textAt(request, 'principal');
  const organization = textAt(request, 'principalOrgID');
  const source = textAt(request, 'sourceAccount') || accountOf(textAt(request, 'sourceArn'));
  const target = targets[0] ?? textAt(request, 'functionName');
  const actions = [textAt(request, 'action')].filter((action) => action !== '');
  if (principal !== '*') return withEach([principal], [target], account).map((one) => ({ ...one, actions }));
  if (organization !== '') return [{ code: 'shared-with-organization', target, principal: organization, actions }];
  if (source !== '') return withEach([source], [target], account).map((one) => ({ ...one, actions }));
  const hasConditions = ['sourceArn', 'functionUrlAuthType', 'eventSourceToken', 'invokedViaFunctionUrl'].some(
    (key) => textAt(request, key) !== '' && !(key === 'functionUrlAuthType' && textAt(request, key) === 'NONE'),
  );
  return [
    {
      code: hasConditions ? 'opened-under-conditions' : 'made-public',
      target,
      principal,
      actions,
      ...(hasConditions && { hasConditions }),
    },
  ];
}

/** Lambda API reference, CreateFunctionUrlConfig. */
export function functionUrl({ request, targets }: Call): readonly Effect[] {
  return textAt(request, 'authType') === 'NONE' ? [{ code: 'publicly-accessible', target: targets[0] ?? '' }] : [];
}

/** SNS API reference, SetTopicAttributes: one attribute by its name. */
export function topicAttribute({ request, targets, account }: Call): readonly Effect[] {
  if (textAt(request, 'attributeName') !== 'Policy') return [];
  return sharedBy(at(request, 'attributeValue'), targets[0] ?? '', account);
}

const ALL_USERS = /\/groups\/global\/(?:AllUsers|AuthenticatedUsers)/;

/** Amazon S3 user guide, "Access control list (ACL) overview": a canned ACL, headers, or a document. */
export function accessControlList({ request, targets }: Call): readonly Effect[] {
  const isPublic =
    /^public-|^authenticated-read$/.test(textAt(request, 'x-amz-acl')) ||
    leavesOf(request).some(({ value }) => ALL_USERS.test(value));
  return isPublic ? [{ code: 'made-public', target: targets[0] ?? '', principal: '*' }] : [];
}

/** Whether one of the four blocks of public access is off now; for the account the target is ''. */
export function publicAccessBlock({ request, targets }: Call): readonly Effect[] {
  const configuration = at(request, 'PublicAccessBlockConfiguration');
  if (typeof configuration !== 'object' || configuration === null) return [];
  const off = Object.entries(configuration).filter(([, block]) => block === false || block === 'false');
  if (off.length === 0) return [];
  return [
    { code: 'public-access-unblocked', target: bucketOf(request, targets), now: off.map(([name]) => name).join(', ') },
  ];
}

/** The last block went. */
export function publicAccessBlockDeleted({ request, targets }: Call): readonly Effect[] {
  return [{ code: 'public-access-unblocked', target: bucketOf(request, targets) }];
}

function bucketOf(request: unknown, targets: readonly string[]): string {
  return textAt(request, 'bucketName') || (targets[0] ?? '');
}

/** Amazon S3 API reference, PutBucketReplication: `Account` stands there where the destination is of another account. */
export function replication({ request, targets, account }: Call): readonly Effect[] {
  const rules = listOf(at(request, 'ReplicationConfiguration', 'Rule'));
  return rules.flatMap((rule): Effect[] => {
    const other = textAt(rule, 'Destination', 'Account');
    const now = textAt(rule, 'Destination', 'Bucket').replace(/^arn:aws[a-z-]*:s3:::/, '');
    if (textAt(rule, 'Status') === 'Disabled' || !isForeign(other, account)) return [];
    return [{ code: 'replicated-to-account', target: targets[0] ?? '', account: other, now }];
  });
}

/** EC2 API reference, CreateVpcPeeringConnection and AcceptVpcPeeringConnection. */
export function peering({ request, response, targets, account }: Call): readonly Effect[] {
  const sides = ['requesterVpcInfo', 'accepterVpcInfo'].map((side) =>
    textAt(response, 'vpcPeeringConnection', side, 'ownerId'),
  );
  const others = [textAt(request, 'peerOwnerId'), ...sides].filter((one) => isForeign(one, account));
  return [...new Set(others)].map((other): Effect => ({
    code: 'network-joined',
    target: targets[0] ?? '',
    account: other,
  }));
}

/** Databases, clusters and warehouses that the internet can reach now. */
export function publiclyAccessible({ request, targets }: Call): readonly Effect[] {
  const code: EffectCode = 'publicly-accessible';
  return isTrue(at(request, 'publiclyAccessible')) ? targets.slice(0, 1).map((target) => ({ code, target })) : [];
}

/** Amazon EKS API reference, UpdateClusterConfig: open to everybody unless it lists addresses. */
export function clusterEndpoint({ request, targets }: Call): readonly Effect[] {
  const config = at(request, 'resourcesVpcConfig');
  if (!isTrue(at(config, 'endpointPublicAccess'))) return [];
  const ranges = leavesOf(at(config, 'publicAccessCidrs')).map(({ value }) => value);
  const open = ranges.filter((range) => /\/0$/.test(range));
  if (open.length === 0) return [];
  return [{ code: 'publicly-accessible', target: targets[0] ?? '', from: open.join(', ') }];
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
