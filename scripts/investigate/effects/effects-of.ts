/** What a call gives, takes, exposes or breaks: which reader knows which call. */
import { arnService } from '#shared/model/resource-name.js';
import { API_DATE } from '../deed-verbs.js';
import { hadNoEffect } from '../instance-states.js';
import {
  deletedObject,
  functionCode,
  functionLayers,
  instanceAttribute,
  launched,
  metadataOptions,
  modifiedDatabase,
  named,
  protectionOff,
  readAttribute,
  readParameter,
  scaled,
  scheduledKey,
  versioning,
  writtenObject,
} from './data.js';
import { EFFECTS, type Call, type Effect, type EffectCode } from './effect.js';
import { openedDatabase, openedPorts } from './ports.js';
import {
  assignment,
  attachedPolicy,
  createdKey,
  createdPolicy,
  inlinePolicy,
  joinedGroup,
  machineRole,
  passwordPolicy,
  policyVersion,
  signIn,
  trust,
} from './rights.js';
import {
  accessControlList,
  clusterEndpoint,
  functionPermission,
  functionUrl,
  peering,
  publicAccessBlock,
  publicAccessBlockDeleted,
  publiclyAccessible,
  replication,
  tabledSharing,
  topicAttribute,
} from './sharing.js';
import {
  balancerAttributes,
  bucketLogging,
  clusterLogging,
  detectorFilter,
  eventSelectors,
  lifecycle,
  retention,
  updatedDetector,
  updatedTrail,
} from './watching.js';

type Reader = (call: Call) => readonly Effect[];

/** Calls that always do the same, whatever their parameters are; to each of what they are about. */
const ALWAYS: readonly (readonly [code: EffectCode, service: string, calls: string])[] = [
  ['logging-stopped', 'cloudtrail', 'StopLogging StopEventDataStoreIngestion'],
  ['trail-deleted', 'cloudtrail', 'DeleteTrail DeleteEventDataStore'],
  ['logs-deleted', 'logs', 'DeleteLogGroup DeleteLogStream'],
  ['alarm-off', 'logs', 'DeleteMetricFilter DeleteSubscriptionFilter DeleteDestination'],
  ['flow-logs-deleted', 'ec2', 'DeleteFlowLogs'],
  ['dns-logs-off', 'route53resolver', 'DeleteResolverQueryLogConfig DisassociateResolverQueryLogConfig'],
  ['dns-logs-off', 'route53', 'DeleteQueryLoggingConfig'],
  ['access-logs-off', 'wafv2', 'DeleteLoggingConfiguration'],
  ['access-logs-off', 'waf', 'DeleteLoggingConfiguration'],
  ['access-logs-off', 'waf-regional', 'DeleteLoggingConfiguration'],
  ['access-logs-off', 'redshift', 'DisableLogging'],
  ['access-logs-off', 'bedrock', 'DeleteModelInvocationLoggingConfiguration'],
  ['detector-off', 'guardduty', 'DeleteDetector StopMonitoringMembers DisableOrganizationAdminAccount'],
  [
    'detector-off',
    'guardduty',
    'DisassociateFromMasterAccount DisassociateFromAdministratorAccount DeletePublishingDestination',
  ],
  ['detector-off', 'guardduty', 'DisassociateMembers DeleteMembers'],
  ['detector-narrowed', 'guardduty', 'CreateIPSet UpdateIPSet CreateTrustedEntitySet'],
  ['detector-off', 'securityhub', 'DisableSecurityHub DisableSecurityHubV2 DisassociateFromAdministratorAccount'],
  ['detector-off', 'securityhub', 'DisassociateMembers DeleteMembers DisableOrganizationAdminAccount'],
  ['detector-narrowed', 'securityhub', 'BatchDisableStandards DisableImportFindingsForProduct'],
  ['detector-off', 'macie2', 'DisableMacie'],
  ['detector-off', 'inspector2', 'Disable'],
  ['detector-off', 'access-analyzer', 'DeleteAnalyzer'],
  ['detector-narrowed', 'access-analyzer', 'CreateArchiveRule'],
  ['detector-off', 'detective', 'DeleteGraph'],
  ['recorder-off', 'config', 'StopConfigurationRecorder DeleteConfigurationRecorder DeleteDeliveryChannel'],
  ['detector-narrowed', 'config', 'DeleteConfigRule DeleteOrganizationConfigRule DeleteConformancePack'],
  ['alarm-off', 'cloudwatch', 'DeleteAlarms DisableAlarmActions'],
  ['alarm-off', 'events', 'DisableRule DeleteRule'],
  ['left-organization', 'organizations', 'LeaveOrganization'],
  ['account-removed', 'organizations', 'RemoveAccountFromOrganization CloseAccount DeleteOrganization'],
  ['account-removed', 'account', 'CloseAccount'],
  ['guardrail-removed', 'organizations', 'DetachPolicy DisablePolicyType DisableAWSServiceAccess'],
  ['guardrail-removed', 'wafv2', 'DeleteWebACL DisassociateWebACL'],
  ['public-access-unblocked', 'ec2', 'DisableSnapshotBlockPublicAccess DisableImageBlockPublicAccess'],
  ['domain-unlocked', 'route53domains', 'DisableDomainTransferLock TransferDomainToAnotherAwsAccount'],
  ['boundary-removed', 'iam', 'DeleteUserPermissionsBoundary DeleteRolePermissionsBoundary'],
  ['policy-version-set', 'iam', 'SetDefaultPolicyVersion'],
  ['password-set', 'iam', 'CreateLoginProfile UpdateLoginProfile'],
  ['key-created', 'iam', 'CreateServiceSpecificCredential ResetServiceSpecificCredential'],
  ['key-created', 'iam', 'UploadSSHPublicKey UploadSigningCertificate'],
  ['user-created', 'iam', 'CreateUser'],
  ['mfa-removed', 'iam', 'DeactivateMFADevice DeleteVirtualMFADevice'],
  ['password-policy-weakened', 'iam', 'DeleteAccountPasswordPolicy'],
  ['provider-trusted', 'iam', 'CreateSAMLProvider UpdateSAMLProvider CreateOpenIDConnectProvider'],
  ['provider-trusted', 'iam', 'AddClientIDToOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint'],
  ['provider-trusted', 'rolesanywhere', 'CreateTrustAnchor UpdateTrustAnchor ImportCrl'],
  ['federation-token', 'sts', 'GetFederationToken'],
  ['root-assumed', 'sts', 'AssumeRoot'],
  ['key-disabled', 'kms', 'DisableKey DeleteImportedKeyMaterial'],
  ['secret-deletion-scheduled', 'secretsmanager', 'DeleteSecret'],
  ['data-deleted', 's3', 'DeleteBucket'],
  ['data-deleted', 'rds', 'DeleteDBInstance DeleteDBCluster DeleteGlobalCluster'],
  ['data-deleted', 'dynamodb', 'DeleteTable'],
  ['data-deleted', 'redshift', 'DeleteCluster'],
  ['data-deleted', 'elasticfilesystem', 'DeleteFileSystem'],
  ['data-deleted', 'fsx', 'DeleteFileSystem'],
  ['data-deleted', 'ec2', 'DeleteVolume'],
  ['data-deleted', 'es', 'DeleteElasticsearchDomain DeleteDomain'],
  ['data-deleted', 'ecr', 'DeleteRepository'],
  ['data-deleted', 'kinesis', 'DeleteStream'],
  ['backup-deleted', 'ec2', 'DeleteSnapshot DeregisterImage'],
  ['backup-deleted', 'rds', 'DeleteDBSnapshot DeleteDBClusterSnapshot DeleteDBInstanceAutomatedBackup'],
  ['backup-deleted', 'dynamodb', 'DeleteBackup'],
  ['backup-deleted', 'redshift', 'DeleteClusterSnapshot'],
  ['backup-deleted', 'backup', 'DeleteRecoveryPoint DeleteBackupVault'],
  ['backups-off', 'backup', 'DeleteBackupPlan DeleteBackupSelection DeleteBackupVaultLockConfiguration'],
  ['backups-off', 'dlm', 'DeleteLifecyclePolicy'],
  ['machines-terminated', 'ec2', 'TerminateInstances'],
  ['machines-terminated', 'autoscaling', 'DeleteAutoScalingGroup'],
  ['machines-terminated', 'ecs', 'DeleteCluster DeleteService'],
  ['machines-terminated', 'eks', 'DeleteCluster DeleteNodegroup'],
  ['command-run', 'ssm', 'SendCommand StartAutomationExecution CreateAssociation'],
  ['command-run', 'ecs', 'ExecuteCommand'],
  ['session-opened', 'ssm', 'StartSession ResumeSession'],
  ['session-opened', 'ec2', 'OpenTunnel'],
  ['ssh-key-sent', 'ec2', 'SendSSHPublicKey SendSerialConsoleSSHPublicKey'],
  ['password-data-read', 'ec2', 'GetPasswordData'],
  ['user-data-read', 'ec2', 'GetLaunchTemplateData'],
  ['secret-read', 'secretsmanager', 'GetSecretValue BatchGetSecretValue'],
  ['data-exported', 'rds', 'StartExportTask'],
  ['data-exported', 'dynamodb', 'ExportTableToPointInTime'],
  ['data-exported', 'ec2', 'CreateInstanceExportTask ExportImage CreateStoreImageTask'],
  ['code-added', 'sagemaker', 'CreateNotebookInstanceLifecycleConfig UpdateNotebookInstanceLifecycleConfig'],
  ['code-added', 'sagemaker', 'CreateStudioLifecycleConfig'],
  ['code-replaced', 'ssm', 'UpdateDocument UpdateDocumentDefaultVersion'],
  ['code-replaced', 'glue', 'UpdateJob'],
  ['code-replaced', 'codebuild', 'UpdateProject'],
  ['model-invoked', 'bedrock', 'InvokeModel InvokeModelWithResponseStream Converse ConverseStream'],
  ['region-enabled', 'account', 'EnableRegion'],
  ['account-created', 'organizations', 'CreateAccount CreateGovCloudAccount InviteAccountToOrganization'],
];

type ReaderRow = readonly [service: string, calls: string, reader: Reader];

/** Calls that may let others in, if their parameters do. */
const EXPOSING: readonly ReaderRow[] = [
  ...tabledSharing(),
  ['eks', 'CreateCluster UpdateClusterConfig', clusterEndpoint],
  ['s3', 'PutBucketAcl PutObjectAcl CreateBucket PutObject', accessControlList],
  ['s3', 'PutBucketPublicAccessBlock PutAccountPublicAccessBlock', publicAccessBlock],
  ['s3', 'DeleteBucketPublicAccessBlock DeleteAccountPublicAccessBlock', publicAccessBlockDeleted],
  ['s3', 'PutBucketReplication', replication],
  ['sns', 'SetTopicAttributes', topicAttribute],
  ['lambda', 'AddPermission', functionPermission],
  ['lambda', 'CreateFunctionUrlConfig UpdateFunctionUrlConfig', functionUrl],
  ['ec2', 'AuthorizeSecurityGroupIngress ModifySecurityGroupRules', openedPorts],
  ['rds', 'AuthorizeDBSecurityGroupIngress', openedDatabase],
  ['redshift', 'AuthorizeClusterSecurityGroupIngress', openedDatabase],
  ['ec2', 'CreateVpcPeeringConnection AcceptVpcPeeringConnection', peering],
  [
    'rds',
    'CreateDBInstance ModifyDBInstance RestoreDBInstanceFromDBSnapshot RestoreDBInstanceToPointInTime CreateDBCluster ModifyDBCluster RestoreDBClusterFromSnapshot',
    publiclyAccessible,
  ],
  ['redshift', 'CreateCluster ModifyCluster RestoreFromClusterSnapshot', publiclyAccessible],
  ['dms', 'CreateReplicationInstance', publiclyAccessible],
];

/** Other calls whose parameters say what they do. */
const READERS: readonly ReaderRow[] = [
  ['cloudtrail', 'UpdateTrail', updatedTrail],
  ['cloudtrail', 'PutEventSelectors', eventSelectors],
  ['guardduty', 'UpdateDetector UpdateMemberDetectors UpdateOrganizationConfiguration', updatedDetector],
  ['guardduty', 'CreateFilter UpdateFilter', detectorFilter],
  ['s3', 'PutBucketLifecycle PutBucketLifecycleConfiguration', lifecycle],
  ['logs', 'PutRetentionPolicy', retention],
  ['s3', 'PutBucketLogging', bucketLogging],
  ['elasticloadbalancing', 'ModifyLoadBalancerAttributes', balancerAttributes],
  ['eks', 'UpdateClusterConfig', clusterLogging],
  ['s3', 'PutObject CopyObject CreateMultipartUpload CompleteMultipartUpload', writtenObject],
  ['s3', 'DeleteObject DeleteObjects', deletedObject],
  ['s3', 'PutBucketVersioning', versioning],
  ['lambda', 'UpdateFunctionCode', functionCode],
  ['lambda', 'UpdateFunctionConfiguration', functionLayers],
  ['lambda', 'PutFunctionConcurrency', scaled],
  ['ec2', 'ModifyInstanceAttribute', instanceAttribute],
  ['ec2', 'ModifyInstanceMetadataOptions', metadataOptions],
  ['ec2', 'DescribeInstanceAttribute', readAttribute],
  ['ec2', 'RunInstances', launched],
  ['ec2', 'AssociateIamInstanceProfile ReplaceIamInstanceProfileAssociation', machineRole],
  ['iam', 'AddRoleToInstanceProfile', machineRole],
  ['rds', 'ModifyDBInstance ModifyDBCluster', modifiedDatabase],
  ['redshift', 'ModifyCluster', modifiedDatabase],
  ['dynamodb', 'UpdateTable', protectionOff('deletionProtectionEnabled')],
  ['cloudformation', 'UpdateTerminationProtection', protectionOff('enableTerminationProtection')],
  ['elasticmapreduce', 'SetTerminationProtection', protectionOff('terminationProtected')],
  ['autoscaling', 'UpdateAutoScalingGroup SetDesiredCapacity', scaled],
  ['ecs', 'UpdateService', scaled],
  ['eks', 'UpdateNodegroupConfig', scaled],
  ['application-autoscaling', 'RegisterScalableTarget', scaled],
  ['kms', 'ScheduleKeyDeletion', scheduledKey],
  ['iam', 'AttachUserPolicy AttachRolePolicy AttachGroupPolicy', attachedPolicy],
  ['sso', 'AttachManagedPolicyToPermissionSet', attachedPolicy],
  ['eks', 'AssociateAccessPolicy', attachedPolicy],
  ['iam', 'PutUserPolicy PutRolePolicy PutGroupPolicy', inlinePolicy],
  ['sso', 'PutInlinePolicyToPermissionSet', inlinePolicy],
  ['sso', 'CreateAccountAssignment', assignment],
  ['iam', 'CreatePolicy', createdPolicy],
  ['iam', 'CreatePolicyVersion', policyVersion],
  ['iam', 'CreateRole UpdateAssumeRolePolicy', trust],
  ['iam', 'CreateAccessKey', createdKey],
  ['iam', 'AddUserToGroup', joinedGroup],
  ['iam', 'UpdateAccountPasswordPolicy', passwordPolicy],
  ['signin', 'ConsoleLogin', signIn],
  ['ssm', 'GetParameter GetParameters GetParametersByPath GetParameterHistory', readParameter],
];

/** Most effects of one kind that a call for many resources has. */
const MOST = 200;

const BY_CALL = new Map<string, Reader[]>();
const add = (service: string, calls: string, reader: Reader): void => {
  for (const call of calls.split(' ')) {
    const key = `${service}:${call}`;
    BY_CALL.set(key, [...(BY_CALL.get(key) ?? []), reader]);
  }
};
for (const [code, service, calls] of ALWAYS)
  add(service, calls, ({ targets }) => named(code, targets.length > MOST ? targets.slice(0, MOST) : targets));
for (const [service, calls, reader] of [...EXPOSING, ...READERS]) add(service, calls, reader);

const MAY_EXPOSE: ReadonlySet<string> = new Set(EXPOSING.flatMap(([, calls]) => calls.split(' ')));

function readersOf(eventSource: string, eventName: string): readonly Reader[] {
  return BY_CALL.get(`${arnService(eventSource)}:${eventName.replace(API_DATE, '')}`) ?? [];
}

/** Whether a call of this name may have an effect, so that others need not be parsed. */
export function mayHaveEffect(eventSource: string, eventName: string): boolean {
  return readersOf(eventSource, eventName).length > 0;
}

/** Whether a call of this name, of some service, may let others in. */
export function mayExpose(eventName: string): boolean {
  return MAY_EXPOSE.has(eventName.replace(API_DATE, ''));
}

/** What is different since the call; [] for one that failed, and for one that found things as it wanted them. */
export function effectsOf(call: Call): readonly Effect[] {
  return call.outcome === 'error' ? [] : wantedEffects(call);
}

/** What the call would do if it succeeds. */
export function wantedEffects(call: Call): readonly Effect[] {
  return readersOf(call.eventSource, call.eventName)
    .flatMap((reader) => reader(call))
    .filter(({ code, target }) => !hadNoEffect(EFFECTS[code].deed, call.response, (id) => id === target));
}
