/** Origins: the person, workload or service that stands at the beginning of a chain of sessions. */
import { accountOf, lastSegment, type CallerIdentity } from './session-log.js';

export type OriginKind = 'person' | 'root' | 'workload' | 'service' | 'account';

export interface Origin {
  readonly kind: OriginKind;
  /** The same for the same origin, and for no other: a name alone is not. */
  readonly id: string;
  readonly name: string;
  /** What tells it from others of its name: an account, an identity provider. */
  readonly place: string;
}

/** The services that hand a role's credentials to a workload: its ID is the name of the session. */
const DELIVERERS =
  /^(?:ec2|lambda|edgelambda|ecs-tasks|pods\.eks|eks-fargate-pods|codebuild|sagemaker|glue|ssm|states|batch|(?:tasks|build)\.apprunner|emr-serverless|ops\.emr-serverless|robomaker|airflow-env|bedrock-agentcore|elasticbeanstalk|greengrass|credentials\.iot)\.amazonaws\.com(?:\.cn)?$/;

export function isDeliverer(service: string): boolean {
  return DELIVERERS.test(service);
}

/** Names of IAM users are unique in an account, whatever their paths. */
export function userOrigin(account: string, name: string): Origin {
  return { kind: 'person', id: `user ${account} ${name}`, name, place: account };
}

export function rootOrigin(account: string): Origin {
  return { kind: 'root', id: `root ${account}`, name: `root@${account}`, place: account };
}

export function serviceOrigin(service: string): Origin {
  return { kind: 'service', id: `service ${service}`, name: service, place: 'AWS' };
}

/** A user of IAM Identity Center, by the name that the sessions of permission sets have. */
export function identityCenterOrigin(name: string): Origin {
  return { kind: 'person', id: `Identity Center ${name}`, name, place: 'Identity Center' };
}

/** @param subject what the identity provider calls whoever it vouches for */
export function federatedOrigin(subject: string, provider: string): Origin {
  const place = providerName(provider);
  const id = `${provider} ${subject}`;
  const program = programOf(subject);
  if (program !== undefined) return { kind: 'workload', id, name: `workload ${program}`, place };
  return { kind: 'person', id, name: subject, place };
}

/** @param name an instance's ID, a function, a task, a pod */
export function workloadOrigin(name: string, role: string, account: string): Origin {
  const shown = role === '' ? `workload ${name}` : `workload ${name} (role ${role})`;
  return { kind: 'workload', id: `workload ${account} ${role} ${name}`, name: shown, place: account };
}

/** `sourceIdentity` is chosen by whoever assumed the first role: no user's, whatever it looks like. */
export function claimedOrigin(name: string): Origin {
  return { kind: 'person', id: `sourceIdentity ${name}`, name, place: 'source identity' };
}

/** The user or root whose ARN this is; undefined where it is neither's. */
export function originOfArn(arn: string): Origin | undefined {
  if (/:iam::[^:]*:user\//.test(arn)) return userOrigin(accountOf(arn), lastSegment(arn));
  if (/:iam::[^:]*:root$/.test(arn)) return rootOrigin(accountOf(arn));
  return undefined;
}

/**
 * What a token of a program is about: a repository and its branch, a Kubernetes service account. Undefined where the
 * subject may be a person. GitHub: "OpenID Connect reference"; GitLab: "OpenID Connect in AWS"; Kubernetes: "Managing
 * service accounts"; Terraform Cloud: "Workload identity tokens".
 */
function programOf(subject: string): string | undefined {
  const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(subject);
  if (account) return `${account[1] as string}/${account[2] as string}`;
  const repository = /^(?:repo|repository):([^:]+)(?::(.*))?$/.exec(subject);
  if (repository) return named(repository[1] as string, repository[2]?.replace(/^ref:/, ''));
  const project = /^project_path:([^:]+)(?::ref_type:[^:]*:ref:(.*))?$/.exec(subject);
  if (project) return named(project[1] as string, project[2]);
  const workspace = /^organization:([^:]+):project:([^:]+):workspace:([^:]+)/.exec(subject);
  return workspace ? workspace.slice(1, 4).join('/') : undefined;
}

function named(name: string, branch: string | undefined): string {
  return branch === undefined || branch === '' ? name : `${name} ${branch.replace(/^refs\/heads\//, '')}`;
}

/** The host of an identity provider, or what its ARN ends in. */
function providerName(provider: string): string {
  const arn = /:(?:oidc|saml)-provider\/(.+)$/.exec(provider)?.[1];
  return (arn ?? provider.replace(/^https?:\/\//, '')) || 'identity provider';
}

/** Whoever a token or an assertion is about: SAMLUser and WebIdentityUser name them, and who vouches for them. */
export function subjectOrigin({ userName, principalId, provider }: CallerIdentity): Origin | undefined {
  // PROVIDER:AUDIENCE:SUBJECT of a token, NAMEQUALIFIER:SUBJECT of an assertion.
  const subject = userName || principalId.slice(principalId.indexOf(':') + 1);
  return subject === '' ? undefined : federatedOrigin(subject, provider);
}

/** The names of origins as they are shown: those that share theirs with another say where they are from. */
export function shownNames(origins: Iterable<Origin>): ReadonlyMap<string, string> {
  const byName = new Map<string, Map<string, Origin>>();
  for (const origin of origins) {
    const name = origin.name.toLowerCase();
    const same = byName.get(name);
    if (same) same.set(origin.id, origin);
    else byName.set(name, new Map([[origin.id, origin]]));
  }
  const shown = new Map<string, string>();
  for (const same of byName.values()) {
    const places = new Map<string, number>();
    for (const { place } of same.values()) places.set(place, (places.get(place) ?? 0) + 1);
    for (const { id, name, place } of same.values()) {
      const where = places.get(place) === 1 ? place : `${place}, ${id}`;
      shown.set(id, same.size === 1 ? name : `${name} (${where})`);
    }
  }
  return shown;
}
