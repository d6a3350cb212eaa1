/**
 * The resources an event names: every ARN, every ID that AWS makes, and the names under the keys that hold names.
 *
 * IDs: Amazon EC2 user guide, "Resource IDs": PREFIX-8 or 17 hex digits.
 */
import { ByteDictionary } from '../shared/byte-dictionary.js';
import { walkJson } from './json-walk.js';

/** Keys, in lower case, whose text names a resource although nothing in the text itself says so. */
const NAMING_KEYS = new Set(
  [
    // S3
    'bucketName bucket',
    // IAM and STS
    'userName roleName groupName policyName instanceProfileName accessKeyId serialNumber sAMLProviderArn openIDConnectProviderArn',
    // EC2 and Auto Scaling
    'keyName instanceId instanceIds groupId volumeId snapshotId imageId launchTemplateName autoScalingGroupName launchConfigurationName allocationId spotInstanceRequestId spotFleetRequestId fleetId',
    // Databases
    'tableName dBInstanceIdentifier dBClusterIdentifier dBSnapshotIdentifier dBClusterSnapshotIdentifier clusterIdentifier cacheClusterId replicationGroupId indexName',
    // Compute, containers, code
    'functionName layerName clusterName serviceName taskDefinition nodegroupName repositoryName jobName crawlerName databaseName projectName pipelineName applicationName environmentName stateMachineArn',
    // Infrastructure and monitoring
    'stackName stackId stackSetName changeSetName alarmName alarmNames logGroupName ruleName dashboardName trailName trailARN',
    // Messages, keys, secrets, names
    'queueName queueUrl topicName streamName deliveryStreamName keyId aliasName secretId secretName parameterName hostedZoneId domainName certificateArn distributionId',
    // Networks
    'loadBalancerName targetGroupName vpcId subnetId dBSubnetGroupName restApiId webACLId fileSystemId',
    // `resources` of the record itself
    'ARN arn resourceName resourceId',
  ].flatMap((line) => line.toLowerCase().split(' ')),
);

/**
 * Told of each string with its key, as `walkJson`'s visitor is, and of a number that is the same for equal keys; true
 * where the string is a secret and so the name of nothing.
 */
export type SecretWatch = (
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  keyCode: number,
  keyStart: number,
  keyEnd: number,
) => boolean;

/** Collects the resources of one event after another. */
export class ResourceFinder {
  private readonly keys = new ByteDictionary();
  private readonly isNaming: boolean[] = [false];

  /**
   * Adds to `found` what bytes[start … end), one JSON value, names: each as [start, end) in `bytes`, escapes as
   * written. `view` is a view of `bytes`. Returns false where the value is no valid JSON.
   * @param isSecret asked about every string that is not empty and no ARN
   */
  find(
    bytes: Uint8Array,
    view: DataView,
    start: number,
    end: number,
    found: (start: number, end: number) => void,
    isSecret: SecretWatch | undefined,
  ): boolean {
    return walkJson(bytes, view, start, end, (from, to, keyFrom, keyTo) => {
      if (from === to) return;
      if (isArn(bytes, from, to)) return found(from, to);
      const key = this.keys.code(bytes, view, keyFrom, keyTo);
      if (isSecret?.(bytes, view, from, to, key, keyFrom, keyTo)) return;
      if (isResourceId(bytes, from, to)) found(from, to);
      else if (this.naming(key, bytes, keyFrom, keyTo) && !isTemporaryKey(bytes, from, to)) found(from, to);
    });
  }

  private naming(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    let naming = this.isNaming[code];
    if (naming === undefined) {
      naming = NAMING_KEYS.has(String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 64))).toLowerCase());
      this.isNaming[code] = naming;
    }
    return naming;
  }
}

/** Whether bytes[start … end) begins as an Amazon Resource Name does. */
export function isArn(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start > 8 &&
    bytes[start] === 0x61 /* a */ &&
    bytes[start + 1] === 0x72 /* r */ &&
    bytes[start + 2] === 0x6e /* n */ &&
    bytes[start + 3] === 0x3a /* : */ &&
    bytes[start + 4] === 0x61 /* a */ &&
    bytes[start + 5] === 0x77 /* w */ &&
    bytes[start + 6] === 0x73 /* s */
  );
}

/** The access key of a session, ASIA…: every role that is assumed makes one, and it is nobody's resource. */
function isTemporaryKey(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start === 20 &&
    bytes[start] === 0x41 /* A */ &&
    bytes[start + 1] === 0x53 /* S */ &&
    bytes[start + 2] === 0x49 /* I */ &&
    bytes[start + 3] === 0x41 /* A */
  );
}

/** Lower-case letters and hyphens, a hyphen, then 8 or 17 hex digits. */
function isResourceId(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < 10 || length > 40) return false;
  const hyphen = bytes[end - 18] === 0x2d && length >= 19 ? end - 18 : bytes[end - 9] === 0x2d ? end - 9 : -1;
  if (hyphen <= start) return false;
  for (let i = hyphen + 1; i < end; i++) {
    const byte = bytes[i] as number;
    if (!((byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66))) return false;
  }
  for (let i = start; i < hyphen; i++) {
    const byte = bytes[i] as number;
    if (!((byte >= 0x61 && byte <= 0x7a) || (byte === 0x2d && i > start))) return false;
  }
  return true;
}
