/**
 * AWS services that change resources because somebody told them to: the calls that tell them, and how a resource is
 * tied to what was told (the group, the stack, the fleet).
 *
 * Tags: each service's user guide, "aws: tags" (reserved by AWS, so nobody else can set them).
 */

export interface CommandedService {
  /** Hosts by which the service calls others. */
  readonly hosts: readonly string[];
  /** Events of the service itself that can lead to such calls. */
  readonly calls: ReadonlySet<string>;
  /** JSON keys, in lower case, that name what the calls are about. */
  readonly scopes: ReadonlySet<string>;
  /** Tags that tie a resource to it. */
  readonly tags: readonly string[];
  /** How long after the call the service may still be at work, in milliseconds. */
  readonly within: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function service(hosts: string, calls: string, scopes: string, tags: string, within: number): CommandedService {
  const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
  return {
    hosts: words(hosts).map((host) => `${host}.amazonaws.com`),
    calls: new Set(words(calls)),
    scopes: new Set(words(scopes.toLowerCase())),
    tags: words(tags),
    within,
  };
}

const SERVICES: readonly CommandedService[] = [
  service(
    'autoscaling autoscaling-plans',
    'TerminateInstanceInAutoScalingGroup UpdateAutoScalingGroup SetDesiredCapacity DeleteAutoScalingGroup StartInstanceRefresh RollbackInstanceRefresh SetInstanceHealth ExecutePolicy DetachInstances PutScheduledUpdateGroupAction BatchPutScheduledUpdateGroupAction ResumeProcesses DeleteWarmPool',
    'autoScalingGroupName autoScalingGroupARN',
    'aws:autoscaling:groupName',
    HOUR,
  ),
  service(
    'cloudformation member.org.stacksets.cloudformation stacksets.cloudformation',
    'DeleteStack UpdateStack ExecuteChangeSet CreateStack RollbackStack CancelUpdateStack ContinueUpdateRollback DeleteStackInstances UpdateStackInstances UpdateStackSet CreateStackInstances DeleteResource UpdateResource',
    'stackName stackId stackSetName',
    'aws:cloudformation:stack-name aws:cloudformation:stack-id',
    4 * HOUR,
  ),
  service('ec2fleet fleet ec2', 'DeleteFleets ModifyFleet', 'fleetId', 'aws:ec2:fleet-id', HOUR),
  service(
    'spotfleet',
    'CancelSpotFleetRequests ModifySpotFleetRequest',
    'spotFleetRequestId spotFleetRequestIds',
    'aws:ec2spot:fleet-request-id',
    HOUR,
  ),
  service('spot', 'CancelSpotInstanceRequests', 'spotInstanceRequestId', '', HOUR),
  service(
    'eks eks-nodegroup eks-fargate',
    'DeleteNodegroup UpdateNodegroupConfig UpdateNodegroupVersion DeleteCluster DeleteFargateProfile',
    'nodegroupName clusterName',
    'eks:nodegroup-name eks:cluster-name',
    2 * HOUR,
  ),
  service(
    'ecs application-autoscaling ecs.application-autoscaling',
    'DeleteService UpdateService StopTask DeleteCluster DeleteCapacityProvider UpdateCapacityProvider',
    'service serviceName cluster clusterName',
    'aws:ecs:clusterName aws:ecs:serviceName',
    HOUR,
  ),
  service(
    'elasticmapreduce',
    'TerminateJobFlows ModifyInstanceGroups ModifyInstanceFleet',
    'jobFlowIds jobFlowId clusterId',
    'aws:elasticmapreduce:job-flow-id',
    2 * HOUR,
  ),
  service(
    'batch',
    'DeleteComputeEnvironment UpdateComputeEnvironment TerminateJob CancelJob',
    'computeEnvironment',
    'AWSBatchServiceTag',
    2 * HOUR,
  ),
  service(
    'elasticbeanstalk',
    'TerminateEnvironment UpdateEnvironment RebuildEnvironment DeleteApplication AbortEnvironmentUpdate',
    'environmentName environmentId applicationName',
    'elasticbeanstalk:environment-name elasticbeanstalk:environment-id',
    2 * HOUR,
  ),
  service(
    'servicecatalog',
    'TerminateProvisionedProduct UpdateProvisionedProduct',
    'provisionedProductId provisionedProductName',
    'aws:servicecatalog:provisionedProductArn',
    4 * HOUR,
  ),
  service(
    'elasticloadbalancing',
    'DeleteLoadBalancer SetSubnets SetSecurityGroups',
    'loadBalancerArn loadBalancerName',
    '',
    HOUR,
  ),
  service(
    'rds',
    'DeleteDBInstance DeleteDBCluster ModifyDBInstance StopDBInstance StopDBCluster',
    'dBInstanceIdentifier dBClusterIdentifier',
    'aws:rds:primaryDBInstanceArn',
    2 * HOUR,
  ),
  service('lambda', 'DeleteFunction20150331 UpdateFunctionConfiguration20150331v2', 'functionName', '', HOUR),
  service(
    'backup',
    'DeleteRecoveryPoint UpdateBackupPlan DeleteBackupPlan',
    'backupVaultName backupPlanId',
    '',
    24 * HOUR,
  ),
  service('ssm', 'StartAutomationExecution SendCommand CreateAssociation', 'instanceId instanceIds', '', HOUR),
];

const BY_HOST = new Map(SERVICES.flatMap((one) => one.hosts.map((host) => [host, one] as const)));

/** What is known of the service that calls by this host. */
export function commandedService(host: string): CommandedService | undefined {
  return BY_HOST.get(host);
}
