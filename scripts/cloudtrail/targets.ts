/**
 * Determines the target of a call. A call names many things; one of them (or several of a kind) is what it reads or
 * changes, and the others are mentions. The names of the call and of its parameters decide: `dBInstanceIdentifier` is
 * the target of DeleteDBInstance, `roleName` that of DeleteRolePolicy. Calls that follow no such rule are listed
 * (`EXCEPTIONS`).
 *
 * Names of calls and parameters: each service's API reference; CloudTrail writes parameters with a small first letter.
 */
import { isSignIn } from '#shared/model/sign-in.js';

/** Where in a record a name is: in its own `resources`, or in one of the three JSON fields. */
export const Part = { Own: 0, Request: 1, Response: 2, Details: 3 } as const;

export type PartOfRecord = (typeof Part)[keyof typeof Part];

/** The keys around a name, in lower case. */
export interface NamePath {
  /** The key in the outermost object. */
  readonly outer: string;
  /** The nearest key that is not a wrapper (`item`, `content`). */
  readonly key: string;
  /** The key around a bare `name`, `id` or `arn`; '' if there is none or the key is specific enough. */
  readonly holder: string;
}

/** Keys without a meaning of their own: the key around them counts. */
const WRAPPERS: ReadonlySet<string> = new Set(['content', 'value', 'item', 'items', 'member', 'members']);

/** Keys of names whose type only the key around them says, in order of preference. */
const BARE = ['name', 'names', 'identifier', 'id', 'ids', 'arn', 'arns'];

/** Ends of keys that may contain a target. */
const NAMING_ENDING = /(?:name|names|identifier|identifiers|id|ids|arn|arns|url|urls|alias)(?:set|list)?$/;

/** Ends of keys that never contain a target; their values differ in nearly every event. */
const NEVER =
  /^(?:(?:request|owner|aws?account|client|host|display|given|family|attribute|region|availabilityzone|x-amz-.*)(?:id|name)|rolesessionname|assumedroleid|principalid|uploadid|userid|packedpolicysize|host)$/;

/** More keys that may contain a target: those named in the rules below, and nouns without a suffix. */
const FURTHER_KEYS: ReadonlySet<string> = new Set(
  (
    'key target targets rule cluster service services task tasks taskdefinition workgroup publicip serialnumber resource ' +
    'resources uuid path values eventdatastore content value item member'
  ).split(' '),
);

/** Whether a key is only a wrapper: see {@link NamePath}. */
export function isWrapper(key: string): boolean {
  return WRAPPERS.has(key);
}

/** Whether a key is a bare `name`, `id` or `arn`. */
export function isBare(key: string): boolean {
  return BARE.includes(key);
}

/** Whether a value of this key (in lower case) may be the target of some call. */
export function mayHoldTarget(key: string): boolean {
  return FURTHER_KEYS.has(key) || (NAMING_ENDING.test(key) && !NEVER.test(key));
}

/**
 * Calls that follow no general rule, by service ('' means any): names of calls, with `*` for any letters, and the
 * places of the target, in order of precedence. `key` is a parameter, `outer.key` a parameter within another, `>key` a
 * part of the response, `!key` a part of the service details, `@` an ARN in the record's own `resources`, `@object` the
 * ARN of an object in a bucket, `-` no target.
 */
const EXCEPTIONS: readonly (readonly [service: string, calls: string, target: string])[] = [
  // EC2
  ['ec2', 'RunInstances CreateFleet', '>instancesset.instanceid >instanceids >fleetid'],
  ['ec2', 'BidEvictedEvent', '!instanceidset !instanceid'],
  ['ec2', 'CreateTags DeleteTags', 'resourcesset.resourceid resourceid resources'],
  ['ec2', 'AllocateAddress', '>allocationid >publicip'],
  ['ec2', 'ReleaseAddress AssociateAddress DisassociateAddress', 'allocationid publicip associationid'],
  ['ec2', 'CreateSecurityGroup', '>groupid groupname'],
  ['ec2', 'ModifySecurityGroupRules UpdateSecurityGroupRuleDescriptions*', 'groupid groupname'],
  ['ec2', 'CreateKeyPair ImportKeyPair DeleteKeyPair', 'keyname keypairid'],
  ['ec2', 'AssociateIamInstanceProfile', 'instanceid'],
  ['ec2', 'ReplaceIamInstanceProfileAssociation DisassociateIamInstanceProfile', '>instanceid associationid'],
  ['ec2', 'ReplaceNetworkAclAssociation', 'networkaclid'],
  ['ec2', 'ReplaceRouteTableAssociation', 'routetableid'],
  ['ec2', 'DisassociateRouteTable', 'associationid'],
  ['ec2', 'CreateSnapshots', '>snapshotset.snapshotid'],
  ['ec2', 'CreateInstanceExportTask GetPasswordData GetConsoleOutput GetConsoleScreenshot', 'instanceid'],
  ['ec2', 'ModifyImageAttribute ResetImageAttribute', 'imageid'],
  ['ec2', 'AttachVolume DetachVolume', 'volumeid'],
  ['ec2', 'DetachNetworkInterface', 'networkinterfaceid attachmentid'],
  ['ec2', 'DescribeAddress*', 'allocationid publicip'],
  // S3: calls on an object have the object as target
  [
    's3',
    '*Object *ObjectAcl *ObjectTagging *ObjectAttributes *ObjectRetention *ObjectLegalHold *ObjectTorrent',
    '@object key bucketname',
  ],
  ['s3', '*MultipartUpload UploadPart UploadPartCopy ListParts SelectObjectContent', '@object key bucketname'],
  ['s3', '*ObjectLockConfiguration DeleteObjects ListObject* ListMultipartUploads PostObject', 'bucketname'],
  // IAM: what belongs to a user counts as the user
  ['iam', '*AccessKey *LoginProfile *SSHPublicKey *SigningCertificate *ServiceSpecificCredential', 'username'],
  ['iam', 'EnableMFADevice DeactivateMFADevice ResyncMFADevice ChangePassword', 'username serialnumber'],
  ['iam', 'GetAccessKeyLastUsed', 'accesskeyid'],
  ['iam', 'DeleteVirtualMFADevice TagMFADevice UntagMFADevice', 'serialnumber'],
  ['iam', 'AddRoleToInstanceProfile RemoveRoleFromInstanceProfile', 'instanceprofilename'],
  ['iam', 'AddUserToGroup RemoveUserFromGroup', 'username'],
  ['iam', '*ServerCertificate', 'servercertificatename'],
  ['iam', 'SetDefaultPolicyVersion', 'policyarn'],
  ['iam', 'SimulatePrincipalPolicy GetContextKeysForPrincipalPolicy', 'policysourcearn'],
  ['iam', 'GenerateServiceLastAccessedDetails', 'arn'],
  // STS: the role that is assumed
  ['sts', 'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity', 'rolearn'],
  ['sts', 'AssumeRoot', 'targetprincipal'],
  ['sts', 'GetFederationToken', 'name'],
  ['sts', 'GetSessionToken GetCallerIdentity DecodeAuthorizationMessage', '-'],
  // KMS: the key, by any of its names
  ['kms', 'CreateAlias DeleteAlias UpdateAlias', 'aliasname'],
  ['kms', 'CreateGrant RevokeGrant RetireGrant ListGrants', '@ keyid'],
  ['kms', 'ReEncrypt', 'destinationkeyid @'],
  ['kms', 'CreateKey', '>keymetadata.keyid'],
  ['kms', '*', '@ keyid !keyid'],
  // Systems Manager
  ['ssm', 'StartSession', 'target'],
  ['ssm', 'SendCommand', 'instanceids targets.values documentname'],
  ['ssm', 'GetParametersByPath', 'path'],
  ['ssm', 'StartAutomationExecution', 'documentname'],
  ['ssm', 'RegisterManagedInstance', '>instanceid'],
  ['ec2-instance-connect', '*', 'instanceid'],
  // Lambda
  ['lambda', '*EventSourceMapping*', 'functionname >functionarn uuid'],
  ['lambda', '*Alias* *Permission* *FunctionUrlConfig* *EventInvokeConfig* Invoke*', 'functionname'],
  ['lambda', '*LayerVersion*', 'layername'],
  // Databases
  ['rds', 'RestoreDBInstanceToPointInTime', 'targetdbinstanceidentifier'],
  ['rds', 'CopyDBSnapshot CopyDBClusterSnapshot', 'targetdbsnapshotidentifier targetdbclustersnapshotidentifier'],
  ['rds', 'AddRoleToDBCluster RemoveRoleFromDBCluster', 'dbclusteridentifier'],
  ['rds', 'AddRoleToDBInstance RemoveRoleFromDBInstance', 'dbinstanceidentifier'],
  ['rds', 'StartExportTask', 'sourcearn'],
  ['redshift', 'CreateClusterSnapshot DeleteClusterSnapshot ModifyClusterSnapshot', 'snapshotidentifier'],
  ['redshift', 'RestoreFromClusterSnapshot', 'clusteridentifier'],
  ['redshift', 'GetClusterCredentials GetClusterCredentialsWithIAM', 'clusteridentifier'],
  ['dynamodb', 'RestoreTableFromBackup RestoreTableToPointInTime', 'targettablename'],
  ['dynamodb', 'CreateBackup', 'tablename'],
  ['dynamodb', 'BatchGetItem BatchWriteItem TransactGetItems TransactWriteItems ExecuteStatement', '@'],
  ['elasticache', 'CopySnapshot', 'targetsnapshotname'],
  // Organizations and Identity Center
  ['organizations', 'AttachPolicy DetachPolicy', 'targetid'],
  ['organizations', 'EnablePolicyType DisablePolicyType', 'rootid'],
  ['organizations', 'InviteAccountToOrganization', 'target.id'],
  ['organizations', '*DelegatedAdministrator', 'accountid'],
  ['organizations', '*AWSServiceAccess LeaveOrganization', '-'],
  ['sso', '*AccountAssignment *PermissionSet*', 'permissionsetarn >permissionset.permissionsetarn'],
  // Monitoring
  ['cloudtrail', '*EventSelectors *InsightSelectors', 'trailname eventdatastore'],
  [
    'logs',
    '*SubscriptionFilter* *MetricFilter* *RetentionPolicy *DataProtectionPolicy PutLogEvents',
    'loggroupname loggroupidentifier',
  ],
  ['logs', 'CreateExportTask StartQuery FilterLogEvents', 'loggroupname loggroupnames'],
  ['events', 'PutTargets RemoveTargets ListTargetsByRule', 'rule'],
  ['events', 'PutEvents', '-'],
  ['config', 'PutConfigRule', 'configrule.configrulename'],
  [
    'guardduty',
    'CreateMembers DeleteMembers InviteMembers DisassociateMembers *Administrator* *MasterAccount',
    'detectorid',
  ],
  ['guardduty', 'ArchiveFindings UnarchiveFindings', 'findingids'],
  ['securityhub', 'DisableImportFindingsForProduct', 'productsubscriptionarn'],
  // Containers
  ['ecs', 'PutClusterCapacityProviders', 'cluster'],
  ['ecs', 'ExecuteCommand StopTask', 'task cluster'],
  [
    'ecr',
    'PutImage BatchDeleteImage *LifecyclePolicy *Layer* BatchGetImage BatchCheckLayerAvailability',
    'repositoryname',
  ],
  ['eks', '*AccessEntry *AccessPolicy *PodIdentityAssociation', 'clustername'],
  // Networks and load balancers
  ['elasticloadbalancing', '*Targets', 'targetgrouparn'],
  ['elasticloadbalancing', '*InstancesWithLoadBalancer *InstancesFromLoadBalancer', 'loadbalancername'],
  ['elasticloadbalancing', 'AddTags RemoveTags', 'resourcearns loadbalancernames'],
  ['route53', 'ChangeResourceRecordSets ListResourceRecordSets', 'hostedzoneid'],
  ['route53', '*VPCWithHostedZone *VPCFromHostedZone', 'hostedzoneid id'],
  ['apigateway', '*', 'restapiid apiid >id'],
  // Scaling
  [
    'autoscaling',
    'PutScalingPolicy *LifecycleHook *NotificationConfiguration ExecutePolicy *ScheduledUpdateGroupAction',
    'autoscalinggroupname',
  ],
  [
    'autoscaling',
    'AttachInstances DetachInstances *LoadBalancer* EnterStandby ExitStandby SetInstanceProtection',
    'autoscalinggroupname',
  ],
  ['autoscaling', 'CreateOrUpdateTags DeleteTags', 'tags.resourceid'],
  ['application-autoscaling', '*', 'resourceid'],
  // Stacks, jobs and workflows
  ['cloudformation', '*ChangeSet', 'stackname changesetname'],
  ['cloudformation', '*StackInstances', 'stacksetname'],
  ['glue', 'StartJobRun', 'jobname'],
  ['glue', 'BatchStopJobRun', 'jobname'],
  ['athena', 'StartQueryExecution', 'workgroup'],
  ['states', 'StartExecution StartSyncExecution', 'statemachinearn'],
  ['codebuild', 'StartBuild', 'projectname'],
  ['codepipeline', 'StartPipelineExecution', 'name'],
  ['codedeploy', 'CreateDeployment', 'deploymentgroupname applicationname'],
  ['backup', 'StartBackupJob', 'resourcearn'],
  ['backup', 'StartRestoreJob', 'recoverypointarn'],
  ['backup', 'CreateBackupSelection DeleteBackupSelection', 'backupplanid'],
  ['wafv2', 'AssociateWebACL DisassociateWebACL', 'resourcearn'],
  ['elasticmapreduce', 'RunJobFlow', '>jobflowid name'],
  ['elasticmapreduce', 'TerminateJobFlows', 'jobflowids'],
  [
    'elasticmapreduce',
    'AddJobFlowSteps *InstanceGroups SetTerminationProtection SetVisibleToAllUsers',
    'jobflowid jobflowids',
  ],
  ['cognito-idp', '*UserPool', 'userpoolid >userpool.id poolname'],
  ['cognito-identity', 'SetIdentityPoolRoles', 'identitypoolid'],
  ['elasticfilesystem', 'CreateMountTarget', 'filesystemid'],
  ['kinesis', 'PutRecord PutRecords', 'streamname streamarn'],
  ['sns', 'Publish', 'topicarn targetarn'],
  ['sns', 'Subscribe ConfirmSubscription', 'topicarn'],
];

/**
 * The keys of the usual targets of a service's calls, for calls whose names are not more specific, in order of
 * precedence.
 */
const MAINLY: Readonly<Record<string, string>> = {
  acm: 'certificatearn',
  athena: 'workgroup',
  autoscaling: 'autoscalinggroupname launchconfigurationname',
  backup: 'backupvaultname backupplanid',
  budgets: 'budgetname',
  cloudformation: 'stackname stacksetname',
  cloudfront: 'distributionid id',
  cloudtrail: 'trailname trailarn eventdatastore',
  codebuild: 'projectname',
  codedeploy: 'applicationname',
  'cognito-identity': 'identitypoolid identityid',
  'cognito-idp': 'userpoolid',
  config: 'configrulename configurationrecordername',
  dynamodb: 'tablename tablearn',
  ec2: 'instanceid imageid snapshotid volumeid',
  ecr: 'repositoryname',
  ecs: 'service cluster',
  eks: 'clustername',
  elasticache: 'replicationgroupid cacheclusterid',
  elasticbeanstalk: 'environmentname environmentid applicationname',
  elasticfilesystem: 'filesystemid',
  elasticloadbalancing: 'loadbalancerarn loadbalancername targetgrouparn',
  elasticmapreduce: 'jobflowid clusterid',
  es: 'domainname',
  events: 'rule eventbusname',
  firehose: 'deliverystreamname',
  glue: 'jobname crawlername databasename',
  guardduty: 'detectorid',
  iam: 'username rolename groupname policyarn instanceprofilename',
  kinesis: 'streamname streamarn',
  lambda: 'functionname layername',
  logs: 'loggroupname loggroupidentifier',
  monitoring: 'alarmname alarmnames',
  opensearch: 'domainname',
  organizations: 'accountid policyid targetid',
  rds: 'dbinstanceidentifier dbclusteridentifier resourcename',
  redshift: 'clusteridentifier',
  route53: 'hostedzoneid',
  s3: 'bucketname bucket',
  sagemaker: 'notebookinstancename endpointname',
  secretsmanager: 'secretid',
  sns: 'topicarn subscriptionarn',
  sqs: 'queueurl queuename',
  ssm: 'instanceid documentname',
  states: 'statemachinearn executionarn',
};

/** Keys of the target of calls for any kind of resource: tags, compliance. */
const ANY_RESOURCE = 'resourcearn resourceid resourcename resourcearns resourceids resourceidlist resourcearnlist';

/** The service's name in ARNs, if it differs from the first part of the event source. */
const SERVICE_IN_ARN: Readonly<Record<string, string>> = {
  monitoring: 'cloudwatch',
  sts: 'iam',
  'ec2-instance-connect': 'ec2',
  'application-autoscaling': 'autoscaling',
  opensearch: 'es',
  email: 'ses',
};

/** Classes of ranks; lower is better. */
const RANK = {
  exception: 1,
  exact: 20,
  exactInResponse: 30,
  beginning: 40,
  ending: 110,
  within: 180,
  longer: 250,
  endingInResponse: 255,
  bare: 260,
  mainly: 270,
  own: 280,
  inDetails: 281,
  mainlyInDetails: 290,
  bareInResponse: 300,
} as const;

/** The rank of a name that is never the target. */
export const NO_TARGET = 0;

/** The longest name of a noun that is distinguished. */
const LONGEST_NOUN = 60;

/** Lambda's calls end with the date of the API's version: DeleteFunction20150331, GetFunction20150331v2. */
const API_DATE = /\d{8}(?:v\d+)?$/;

/** Decides which of the names in an event are its target, for one kind of call. */
export class TargetRule {
  /** The service in the ARNs of its targets: `arn:aws:SERVICE:`. */
  readonly arnService: string;
  /** The rank of an ARN in the record's own `resources`; `ownObject` is that of objects in buckets. */
  readonly own: number;
  readonly ownObject: number;
  private readonly call: string;
  private readonly noun: string;
  private readonly specs: readonly string[];
  private readonly mainly: readonly string[];
  private readonly isNone: boolean;

  constructor(eventSource: string, eventName: string) {
    const service = eventSource.split('.', 1)[0] ?? '';
    const name = eventName.replace(API_DATE, '');
    this.arnService = SERVICE_IN_ARN[service] ?? service;
    this.call = eventName.toLowerCase();
    this.noun = singular(
      name
        .replace(/^(?:Admin|Batch)(?=[A-Z])/, '')
        .replace(/^[A-Z][a-z0-9]*/, '')
        .toLowerCase(),
    );
    this.specs = exceptionOf(service, name);
    this.mainly = `${MAINLY[service] ?? ''} ${ANY_RESOURCE}`.trim().split(' ');
    this.isNone = this.specs[0] === '-' || isSignIn(eventSource, eventName);
    const own = this.specs.indexOf('@');
    this.own = this.isNone ? NO_TARGET : own >= 0 ? RANK.exception + own : RANK.own;
    const object = this.specs.indexOf('@object');
    this.ownObject = this.isNone ? NO_TARGET : object >= 0 ? RANK.exception + object : this.own;
  }

  /** How well a path fits: 0 for not at all, else lower is better. Not for the record's own `resources`. */
  rank(part: PartOfRecord, path: NamePath): number {
    if (this.isNone) return NO_TARGET;
    if (this.specs.length > 0) {
      const isNear = this.isAtTop(path) || isOfOuter(path);
      const spec = this.specs.findIndex((one) => fitsSpec(one, part, path, isNear));
      if (spec >= 0) return RANK.exception + spec;
    }
    switch (part) {
      case Part.Request:
        return this.inRequest(path);
      case Part.Response:
        return this.inResponse(path);
      default:
        return this.inDetails(path);
    }
  }

  private inRequest(path: NamePath): number {
    const { noun } = this;
    if (!this.isAtTop(path) && !isOfOuter(path)) return NO_TARGET;
    const base = baseOf(path);
    const length = Math.min(base.length, LONGEST_NOUN);
    if (base.length >= 2 && noun !== '') {
      if (base === noun) return RANK.exact + preferenceOf(path);
      if (path.holder === '') {
        if (noun.startsWith(base)) return RANK.beginning + LONGEST_NOUN - length;
        if (noun.endsWith(base)) return RANK.ending + LONGEST_NOUN - length;
        if (noun.includes(base)) return RANK.within + LONGEST_NOUN - length;
        if (noun.length >= 4 && base.startsWith(noun)) return RANK.longer;
      }
    }
    if (!this.isAtTop(path)) return NO_TARGET;
    if (isBare(path.key)) return RANK.bare + preferenceOf(path);
    const mainly = this.mainly.indexOf(path.key);
    return mainly >= 0 ? RANK.mainly + mainly : NO_TARGET;
  }

  private inResponse(path: NamePath): number {
    const base = baseOf(path);
    const isAtTop = this.isAtTop(path);
    if (base !== '' && base === this.noun && (isAtTop || isOfOuter(path))) {
      return RANK.exactInResponse + preferenceOf(path);
    }
    if (base.length >= 4 && this.noun.endsWith(base) && isOfOuter(path)) {
      return RANK.endingInResponse + preferenceOf(path);
    }
    return isAtTop && isBare(path.key) ? RANK.bareInResponse + preferenceOf(path) : NO_TARGET;
  }

  private inDetails(path: NamePath): number {
    if (baseOf(path) === this.noun && this.noun !== '') return RANK.inDetails + preferenceOf(path);
    const mainly = this.mainly.indexOf(path.key);
    return mainly >= 0 ? RANK.mainlyInDetails + mainly : NO_TARGET;
  }

  /** In the outermost object, or in its only child: `DeleteFlowLogsRequest`. */
  private isAtTop({ outer, key, holder }: NamePath): boolean {
    if (outer === key) return true;
    const isOnly = outer === `${this.call}request` || outer === `${this.call}response`;
    return isOnly && (holder === '' || holder === outer);
  }
}

function exceptionOf(service: string, name: string): readonly string[] {
  const found = EXCEPTIONS.find(
    ([of, calls]) => of === service && calls.split(' ').some((pattern) => fitsPattern(pattern, name)),
  );
  return found?.[2].split(' ') ?? [];
}

/** Whether a call's name matches a pattern with `*` at its ends. */
function fitsPattern(pattern: string, name: string): boolean {
  const text = pattern.replaceAll('*', '');
  if (pattern.startsWith('*')) return pattern.endsWith('*') ? name.includes(text) : name.endsWith(text);
  return pattern.endsWith('*') ? name.startsWith(text) : name === text;
}

/** @param isNear in the outermost object, or in one that is named like the key */
function fitsSpec(spec: string, part: PartOfRecord, path: NamePath, isNear: boolean): boolean {
  const sign = spec[0];
  const of = sign === '>' ? Part.Response : sign === '!' ? Part.Details : sign === '@' ? Part.Own : Part.Request;
  if (of !== part || of === Part.Own) return false;
  const [outer, inner] = (of === Part.Request ? spec : spec.slice(1)).split('.', 2) as [string, string | undefined];
  if (inner !== undefined) return path.key === inner && path.outer === outer;
  // A list of rules or changes contains their details.
  return path.key === outer && (isNear || of !== Part.Request);
}

/** The noun of a key, in the singular: `dbinstance` for `dBInstanceIdentifier`. */
function baseOf({ key, holder }: NamePath): string {
  return holder === '' ? nounOfKey(key) : nounOfOuter(holder);
}

function nounOfKey(key: string): string {
  if (isBare(key)) return '';
  return singular(key.replace(/(?:set|list)$/, '').replace(/(?:identifiers?|names?|ids?|arns?|urls?)$/, ''));
}

/** The noun of an object's key: `table` for `tableInput`, `key` for `keyMetadata`. */
function nounOfOuter(key: string): string {
  return singular(
    key.replace(/(?:set|list|input|config|configuration|metadata|description|specification|detail|request)$/, ''),
  );
}

/** Whether the key names the outermost object: `instancesSet` with `instanceId`, `budget` with `budgetName`. */
function isOfOuter(path: NamePath): boolean {
  const base = baseOf(path);
  if (path.holder !== '' && path.holder === path.outer) return true;
  const outer = nounOfOuter(path.outer);
  return base !== '' && (outer === base || nounOfKey(outer).endsWith(base));
}

/** Among several keys for one thing, the name comes first, then the ID, then the ARN. */
function preferenceOf({ key }: NamePath): number {
  return /names?$/.test(key) ? 0 : /arns?$/.test(key) ? 2 : 1;
}

function singular(noun: string): string {
  if (noun.endsWith('ies')) return `${noun.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh|alias)es$/.test(noun)) return noun.slice(0, -2);
  return /[^s]s$/.test(noun) && !/(?:alias|status|access|dns|sns|sqs|kms|ecs|eks)$/.test(noun)
    ? noun.slice(0, -1)
    : noun;
}
