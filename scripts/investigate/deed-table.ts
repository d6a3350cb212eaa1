/**
 * Which event does what to which resource: the deed, the JSON keys under which the resource stands in the request or
 * the response, and the events. Of several rows for one event, the first whose keys fit counts. What is not listed
 * goes by its verb (`deed-verbs.ts`): DeleteVpc with a `vpcId` needs no entry.
 *
 * Shapes of requests: each service's API reference; CloudTrail writes the parameters' names with a small first letter.
 */
import type { Deed } from './deeds.js';

interface DeedRule {
  readonly deed: Deed;
  /** In lower case. */
  readonly keys: ReadonlySet<string>;
}

const TABLE: readonly (readonly [deed: Deed, keys: string, events: string])[] = [
  // Instances and what belongs to them
  ['terminated', 'instanceId', 'TerminateInstances TerminateInstanceInAutoScalingGroup'],
  ['reclaimed', 'instanceIdSet instanceId', 'BidEvictedEvent'],
  ['stopped', 'instanceId', 'StopInstances'],
  ['started', 'instanceId', 'StartInstances'],
  ['rebooted', 'instanceId', 'RebootInstances'],
  ['created', 'instanceId instanceIds', 'RunInstances CreateFleet'],
  ['deregistered', 'imageId', 'DeregisterImage'],
  ['created', 'imageId', 'CreateImage RegisterImage CopyImage'],
  ['deleted', 'keyName keyPairId', 'DeleteKeyPair'],
  ['created', 'keyName keyPairId', 'CreateKeyPair ImportKeyPair'],
  ['released', 'allocationId publicIp', 'ReleaseAddress'],
  ['created', 'allocationId publicIp', 'AllocateAddress'],
  ['deleted', 'fleetId', 'DeleteFleets'],
  ['deleted', 'spotFleetRequestId spotFleetRequestIds', 'CancelSpotFleetRequests'],
  ['deleted', 'vpcEndpointId content', 'DeleteVpcEndpoints'],
  ['deleted', 'flowLogId content', 'DeleteFlowLogs'],
  ['tagged', 'resourceId content', 'CreateTags DeleteTags'],
  ['changed', 'id instanceId', 'RegisterTargets DeregisterTargets'],
  // Buckets and objects
  ['deleted', 'bucketName', 'DeleteBucket'],
  ['created', 'bucketName', 'CreateBucket'],
  ['deleted', 'key', 'DeleteObject DeleteObjects'],
  ['created', 'key', 'PutObject CopyObject CompleteMultipartUpload'],
  // Databases
  ['created', 'dBInstanceIdentifier', 'CreateDBInstanceReadReplica RestoreDBInstanceFromDBSnapshot'],
  ['created', 'dBInstanceIdentifier', 'RestoreDBInstanceFromS3'],
  ['created', 'targetDBInstanceIdentifier', 'RestoreDBInstanceToPointInTime'],
  ['created', 'targetDBSnapshotIdentifier', 'CopyDBSnapshot'],
  ['created', 'dBClusterIdentifier', 'RestoreDBClusterFromSnapshot RestoreDBClusterToPointInTime'],
  ['created', 'targetTableName', 'RestoreTableFromBackup RestoreTableToPointInTime'],
  // Keys and secrets
  ['deletionScheduled', 'keyId', 'ScheduleKeyDeletion'],
  ['deletionCancelled', 'keyId', 'CancelKeyDeletion'],
  ['created', 'keyId', 'CreateKey'],
  ['deletionScheduled', 'secretId arn aRN name', 'DeleteSecret'],
  ['deletionCancelled', 'secretId arn aRN name', 'RestoreSecret'],
  // Users, roles and what they may do
  ['created', 'accessKeyId', 'CreateAccessKey'],
  ['keyCreated', 'userName', 'CreateAccessKey'],
  ['deleted', 'accessKeyId', 'DeleteAccessKey'],
  ['keyDeleted', 'userName', 'DeleteAccessKey'],
  ['passwordSet', 'userName', 'CreateLoginProfile UpdateLoginProfile'],
  ['changed', 'userName', 'DeleteLoginProfile'],
  ['mfaRemoved', 'userName serialNumber', 'DeactivateMFADevice'],
  ['deleted', 'serialNumber', 'DeleteVirtualMFADevice'],
  ['policyAttached', 'userName', 'AttachUserPolicy PutUserPolicy'],
  ['policyAttached', 'roleName', 'AttachRolePolicy PutRolePolicy'],
  ['policyAttached', 'groupName', 'AttachGroupPolicy PutGroupPolicy'],
  ['policyDetached', 'userName', 'DetachUserPolicy DeleteUserPolicy'],
  ['policyDetached', 'roleName', 'DetachRolePolicy DeleteRolePolicy'],
  ['policyDetached', 'groupName', 'DetachGroupPolicy DeleteGroupPolicy'],
  ['trustChanged', 'roleName', 'UpdateAssumeRolePolicy'],
  ['groupJoined', 'userName', 'AddUserToGroup'],
  // What watches
  ['loggingStopped', 'name trailARN', 'StopLogging'],
  ['loggingStarted', 'name trailARN', 'StartLogging'],
  ['loggingReduced', 'name trailName trailARN', 'UpdateTrail PutEventSelectors'],
  ['stopped', 'configurationRecorderName', 'StopConfigurationRecorder'],
  ['started', 'configurationRecorderName', 'StartConfigurationRecorder'],
  // Machines of other services
  ['terminated', 'jobFlowIds jobFlowId', 'TerminateJobFlows'],
  ['terminated', 'environmentName environmentId', 'TerminateEnvironment'],
  ['terminated', 'provisionedProductId provisionedProductName', 'TerminateProvisionedProduct'],
  ['created', 'jobFlowId', 'RunJobFlow'],
];

function rulesByEvent(): ReadonlyMap<string, readonly DeedRule[]> {
  const rules = new Map<string, DeedRule[]>();
  for (const [deed, keys, events] of TABLE) {
    const rule = { deed, keys: new Set(keys.toLowerCase().split(' ')) };
    for (const event of events.split(' ')) {
      const known = rules.get(event);
      if (known) known.push(rule);
      else rules.set(event, [rule]);
    }
  }
  return rules;
}

const RULES = rulesByEvent();

/** What the table says of an event; undefined where it says nothing. */
export function tabledRules(eventName: string): readonly DeedRule[] | undefined {
  return RULES.get(eventName);
}
