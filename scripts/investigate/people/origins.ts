/** Origins: the person, workload or service that stands at the beginning of a chain of sessions. */
import { accountOf, lastSegment, type CallerIdentity } from './session-log.js';

export type OriginKind = 'person' | 'root' | 'workload' | 'service';

export interface Origin {
  readonly kind: OriginKind;
  /** The same for the same origin, and for no other: a name alone is not. */
  readonly id: string;
  readonly name: string;
  /** The role that a workload was given; '' for others. */
  readonly role: string;
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
  return { kind: 'person', id: `user ${account} ${name}`, name, role: '', place: account };
}

export function rootOrigin(account: string): Origin {
  return { kind: 'root', id: `root ${account}`, name: account, role: '', place: account };
}

export function serviceOrigin(service: string): Origin {
  return { kind: 'service', id: `service ${service}`, name: service, role: '', place: 'AWS' };
}

/** A user of IAM Identity Center, by the name that the sessions of permission sets have. */
export function identityCenterOrigin(name: string): Origin {
  return { kind: 'person', id: `Identity Center ${name}`, name, role: '', place: 'Identity Center' };
}

/** @param subject what the identity provider calls whoever it vouches for */
export function federatedOrigin(subject: string, provider: string): Origin {
  const place = providerName(provider);
  const id = `${provider} ${subject}`;
  const program = programOf(subject);
  if (program !== undefined) return { kind: 'workload', id, name: program, role: '', place };
  return { kind: 'person', id, name: subject, role: '', place };
}

/** @param name an instance's ID, a function, a task, a pod */
export function workloadOrigin(name: string, role: string, account: string): Origin {
  return { kind: 'workload', id: `workload ${account} ${role} ${name}`, name, role, place: account };
}

/** `sourceIdentity` is chosen by whoever assumed the first role: no user's, whatever it looks like. */
export function claimedOrigin(name: string): Origin {
  return { kind: 'person', id: `sourceIdentity ${name}`, name, role: '', place: 'source identity' };
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

/** What tells an origin from another of its name: its place, and its number where they share that too. */
export interface Namesake {
  readonly place: string;
  /** 0 where the place tells enough; else from 1. */
  readonly number: number;
}

export function findNamesakes(origins: Iterable<Origin>): ReadonlyMap<string, Namesake> {
  const byName = new Map<string, Map<string, Origin>>();
  for (const origin of origins) {
    const name = `${origin.name} ${origin.role}`.toLowerCase();
    const same = byName.get(name);
    if (same) same.set(origin.id, origin);
    else byName.set(name, new Map([[origin.id, origin]]));
  }
  const found = new Map<string, Namesake>();
  for (const same of byName.values()) {
    if (same.size === 1) continue;
    const places = new Map<string, string[]>();
    for (const { place, id } of same.values()) places.set(place, [...(places.get(place) ?? []), id]);
    for (const [place, ids] of places) {
      ids.forEach((id, i) => found.set(id, { place, number: ids.length === 1 ? 0 : i + 1 }));
    }
  }
  return found;
}
