/** Calls that may let others in: which reader knows which call. */
import { openedDatabase, openedPorts } from './ports.js';
import type { Call, Effect } from './effect.js';
import { API_DATE } from '../deed-verbs.js';
import { Readers, type Reader } from './readers.js';
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

export type ReaderRow = readonly [service: string, calls: string, reader: Reader];

/** Calls that let others in, if their parameters do. */
export const EXPOSING: readonly ReaderRow[] = [
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

const READERS = new Readers();
for (const [service, calls, reader] of EXPOSING) READERS.add(service, calls, reader);

const MAY_EXPOSE: ReadonlySet<string> = new Set(EXPOSING.flatMap(([, calls]) => calls.split(' ')));

/** Whether a call of this name, of some service, may let others in. */
export function mayExpose(eventName: string): boolean {
  return MAY_EXPOSE.has(eventName.replace(API_DATE, ''));
}

/** How the call lets others in, or would if it succeeds. */
export function exposuresOf(call: Call): readonly Effect[] {
  return READERS.of(call).flatMap((reader) => reader(call));
}
