/** Who made a call: a person, a program with a role, an AWS service by itself, or a service for somebody. */
import { isLikely } from './people/evidence.js';

interface IdentityValues {
  readonly actor: string;
  readonly actorSource: string;
  readonly behind: string;
  readonly evidence: string;
  readonly role: string;
  readonly type: string;
  readonly arn: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly invokedBy: string;
  readonly creationDate: string;
  readonly address: string;
}

export interface Who {
  /** The readable name: of a person, a session, or the service. */
  readonly name: string;
  /** The person or workload that the session leads to; '' where it is not known, or is who `name` says. */
  readonly behind: string;
  /** Whether what joins the session to them is less than certain. */
  readonly isLikely: boolean;
  /** The role that was used; '' where none was. */
  readonly role: string;
  /** userIdentity.type */
  readonly type: string;
  readonly account: string;
  readonly arn: string;
  readonly key: string;
  /** When the session began, milliseconds since 1970 UTC; NaN where unknown. */
  readonly since: number;
  /** The AWS service that made the call, by itself or for `name`: autoscaling.amazonaws.com; '' where none did. */
  readonly service: string;
  /** Nobody but the service is known. */
  readonly isService: boolean;
}

const SERVICE_HOST = /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/;

/** Roles that only a service can use: IAM user guide, "Service-linked roles". */
const SERVICE_LINKED = /^AWSServiceRoleFor(?:Amazon)?(\w+?)(?:_|$)/;

/** The services of service-linked roles that are not named like their service. */
const SERVICE_OF_ROLE: Readonly<Record<string, string>> = {
  AutoScaling: 'autoscaling',
  EC2Fleet: 'ec2fleet',
  EC2Spot: 'spot',
  EC2SpotFleet: 'spotfleet',
  EKS: 'eks',
  EKSNodegroup: 'eks-nodegroup',
  ElasticMapReduceCleanup: 'elasticmapreduce',
  EMRCleanup: 'elasticmapreduce',
  CloudFormationStackSetsOrgMember: 'member.org.stacksets.cloudformation',
};

export function whoOf(identity: IdentityValues): Who {
  const linked = SERVICE_LINKED.exec(identity.role)?.[1];
  const service = serviceOf(identity, linked);
  const unnamed = identity.actorSource === 'invokedBy' || identity.actorSource === 'sourceIPAddress';
  const isService = linked !== undefined || identity.type === 'AWSService' || unnamed;
  return {
    name: isService && service !== '' ? service : identity.actor,
    behind: isOther(identity) ? identity.behind : '',
    isLikely: isLikely(identity.evidence),
    role: identity.role,
    type: identity.type,
    account: identity.accountId,
    arn: identity.arn,
    key: identity.accessKeyId,
    since: Date.parse(identity.creationDate),
    service,
    isService,
  };
}

/** Whether somebody else than the actor is behind: a session of another name. */
function isOther({ actor, behind }: IdentityValues): boolean {
  return (
    behind !== '' && behind !== actor && !behind.startsWith(`${actor} (`) && !behind.startsWith(`workload ${actor} `)
  );
}

function serviceOf({ invokedBy, address }: IdentityValues, linked: string | undefined): string {
  if (SERVICE_HOST.test(invokedBy)) return invokedBy;
  if (SERVICE_HOST.test(address)) return address;
  if (linked === undefined) return '';
  return `${SERVICE_OF_ROLE[linked] ?? linked.toLowerCase()}.amazonaws.com`;
}
