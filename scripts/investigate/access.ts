/**
 * Calls that reach what is in a resource, and leave it as it was: a session on a machine, a secret's value, a copy. Which
 * call, and under which JSON keys the resource stands that is reached.
 *
 * Shapes of requests: each service's API reference; CloudTrail writes the parameters' names with a small first letter.
 */
import { arnService } from '#shared/model/resource-name.js';
import { DEEDS, type Deed } from './deeds.js';
import { API_DATE } from './deed-verbs.js';

interface AccessRule {
  readonly deed: Deed;
  readonly service: string;
  /** In lower case. */
  readonly keys: ReadonlySet<string>;
}

const TABLE: readonly (readonly [deed: Deed, service: string, keys: string, events: string])[] = [
  // Machines
  ['sessionOpened', 'ssm', 'target instanceId', 'StartSession'],
  ['sessionOpened', 'ssm', 'sessionId target', 'ResumeSession'],
  ['sessionOpened', 'ec2', 'instanceConnectEndpointId privateIpAddress instanceId', 'OpenTunnel'],
  ['keySent', 'ec2', 'instanceId', 'SendSSHPublicKey SendSerialConsoleSSHPublicKey'],
  ['commandRun', 'ssm', 'instanceIds instanceId values', 'SendCommand StartAutomationExecution'],
  ['commandRun', 'ecs', 'task cluster', 'ExecuteCommand'],
  ['passwordRead', 'ec2', 'instanceId', 'GetPasswordData'],
  ['consoleRead', 'ec2', 'instanceId', 'GetConsoleOutput GetConsoleScreenshot'],
  ['exported', 'ec2', 'instanceId imageId', 'CreateInstanceExportTask ExportImage CreateStoreImageTask'],
  ['copied', 'ec2', 'instanceId volumeId', 'CreateImage CreateSnapshot CreateSnapshots'],
  ['copied', 'ec2', 'sourceSnapshotId sourceImageId', 'CopySnapshot CopyImage'],
  ['contentRead', 'ebs', 'snapshotId', 'GetSnapshotBlock ListSnapshotBlocks ListChangedBlocks'],
  ['accessed', 'cloudshell', 'environmentId', 'CreateEnvironment CreateSession StartEnvironment PutCredentials'],
  // Databases
  ['exported', 'rds', 'sourceArn', 'StartExportTask'],
  ['exported', 'dynamodb', 'tableArn', 'ExportTableToPointInTime'],
  ['copied', 'rds', 'dBInstanceIdentifier dBClusterIdentifier', 'CreateDBSnapshot CreateDBClusterSnapshot'],
  [
    'copied',
    'rds',
    'sourceDBSnapshotIdentifier sourceDBClusterSnapshotIdentifier',
    'CopyDBSnapshot CopyDBClusterSnapshot',
  ],
  [
    'copied',
    'rds',
    'sourceDBInstanceIdentifier sourceDBClusterIdentifier',
    'CreateDBInstanceReadReplica RestoreDBInstanceToPointInTime RestoreDBClusterToPointInTime',
  ],
  [
    'copied',
    'rds',
    'dBSnapshotIdentifier snapshotIdentifier',
    'RestoreDBInstanceFromDBSnapshot RestoreDBClusterFromSnapshot',
  ],
  ['contentRead', 'rds', 'dBInstanceIdentifier', 'DownloadDBLogFilePortion DownloadCompleteDBLogFile'],
  ['contentRead', 'rds-data', 'resourceArn', 'ExecuteStatement BatchExecuteStatement'],
  ['contentRead', 'redshift-data', 'clusterIdentifier workgroupName', 'ExecuteStatement BatchExecuteStatement'],
  ['credentialsGot', 'redshift', 'clusterIdentifier', 'GetClusterCredentials GetClusterCredentialsWithIAM'],
  [
    'contentRead',
    'dynamodb',
    'tableName',
    'GetItem BatchGetItem Query Scan TransactGetItems ExecuteStatement GetRecords',
  ],
  // Files, secrets, keys, messages
  ['contentRead', 's3', 'key bucketName', 'GetObject GetObjectTorrent SelectObjectContent'],
  ['contentRead', 'secretsmanager', 'secretId secretIdList arn name', 'GetSecretValue BatchGetSecretValue'],
  ['contentRead', 'ssm', 'name names path', 'GetParameter GetParameters GetParametersByPath GetParameterHistory'],
  ['decrypted', 'kms', 'keyId sourceKeyId arn', 'Decrypt ReEncrypt'],
  [
    'contentRead',
    'logs',
    'logGroupName logGroupNames logGroupIdentifier',
    'FilterLogEvents GetLogEvents StartQuery StartLiveTail',
  ],
  ['contentRead', 'sqs', 'queueUrl', 'ReceiveMessage'],
  ['contentRead', 'kinesis', 'streamName streamARN', 'GetRecords'],
  // Code
  ['codeReplaced', 'lambda', 'functionName', 'UpdateFunctionCode'],
  ['run', 'lambda', 'functionName', 'Invoke InvokeAsync InvokeWithResponseStream'],
  ['contentRead', 'lambda', 'functionName', 'GetFunction'],
  ['run', 'codebuild', 'projectName', 'StartBuild StartBuildBatch RetryBuild'],
  ['run', 'states', 'stateMachineArn', 'StartExecution StartSyncExecution'],
  ['contentRead', 'ecr', 'repositoryName', 'BatchGetImage GetDownloadUrlForLayer'],
  ['contentRead', 'codecommit', 'repositoryName repositoryNames', 'GitPull GetFile GetBlob GetFolder'],
  ['accessed', 'eks', 'name clusterName', 'AccessKubernetesApi'],
  [
    'accessed',
    'sagemaker',
    'domainId notebookInstanceName userProfileName',
    'CreatePresignedDomainUrl CreatePresignedNotebookInstanceUrl',
  ],
  // Who somebody can be
  ['credentialsGot', 'sts', 'name', 'GetFederationToken'],
  ['credentialsGot', 'sso', 'roleName', 'GetRoleCredentials'],
  ['assumed', 'sts', 'roleArn targetPrincipal', 'AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot'],
];

const RULES = new Map<string, AccessRule[]>();
for (const [deed, service, keys, events] of TABLE) {
  const rule = { deed, service, keys: new Set([...keys.toLowerCase().split(' '), 'arn']) };
  for (const event of events.split(' ')) {
    const known = RULES.get(event);
    if (known) known.push(rule);
    else RULES.set(event, [rule]);
  }
}

/** The strongest access that an event of this name may be; undefined where it is none. */
export function accessDeed(eventName: string): Deed | undefined {
  const deeds = RULES.get(eventName.replace(API_DATE, ''))?.map(({ deed }) => deed);
  return deeds?.find((deed) => DEEDS[deed] === 'enter') ?? deeds?.[0];
}

/** What the call reaches, and under which keys it names it; undefined where it reaches nothing that is kept. */
export function accessOf({
  eventName,
  eventSource,
  request,
}: {
  readonly eventName: string;
  readonly eventSource: string;
  readonly request: unknown;
}): AccessRule | undefined {
  const name = eventName.replace(API_DATE, '');
  const rule = RULES.get(name)?.find(({ service }) => service === arnService(eventSource));
  // A parameter that is no secret, or one that stays encrypted, gives nothing away.
  const isPlain = rule?.service === 'ssm' && rule.deed === 'contentRead';
  if (isPlain && !isTrue(request, 'withDecryption')) return undefined;
  return rule;
}

function isTrue(request: unknown, key: string): boolean {
  const value = typeof request === 'object' && request !== null ? (request as Record<string, unknown>)[key] : undefined;
  return value === true || value === 'true';
}
