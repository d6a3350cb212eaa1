/**
 * Who made a call: the cells that depend on `userIdentity` alone.
 *
 * Identity types and where each one's name stands: AWS CloudTrail user guide, "CloudTrail userIdentity element".
 */

/** The identity columns of `shared/model/columns.ts`, by name. Missing is ''. */
export interface Identity {
  readonly userName: string;
  /** One readable name, for every identity type. */
  readonly actor: string;
  /** Where `actor` was found. */
  readonly actorSource: ActorSource | '';
  readonly role: string;
  readonly type: string;
  readonly accountId: string;
  readonly arn: string;
  readonly principalId: string;
  readonly accessKeyId: string;
  readonly invokedBy: string;
  readonly sourceIdentity: string;
  readonly mfaAuthenticated: string;
  readonly creationDate: string;
}

export type ActorSource =
  | 'userName'
  | 'sourceIdentity'
  | 'sessionName'
  | 'identityCenterUser'
  | 'instance'
  | 'invokedBy'
  | 'sourceIPAddress'
  | 'root'
  | 'assumedRoot'
  | 'federatedUser'
  | 'onBehalfOf'
  | 'account'
  | 'principalId'
  | 'arn'
  | 'role';

type Actor = readonly [name: string, source: ActorSource];

/** The names IAM Identity Center gives to the roles of its permission sets: AWSReservedSSO_NAME_16 hex digits. */
const IDENTITY_CENTER_ROLE = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;
/** Behind the name of a root whose session somebody else began by `sts:AssumeRoot`: they did not have its credentials. */
export const BY_ASSUME_ROOT = ' (AssumeRoot)';
const INSTANCE_ID = /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
/** An AWS service instead of an address, such as autoscaling.amazonaws.com. */
const SERVICE_NAME = /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/;

/**
 * The identity of a record.
 * @param userIdentity the parsed element; anything at all, as records in the wild lack it or parts of it
 * @param sourceIPAddress names the caller where the identity does not (service events without invokedBy)
 */
export function describeIdentity(userIdentity: unknown, sourceIPAddress: string): Identity {
  const identity = objectOf(userIdentity);
  const session = objectOf(identity.sessionContext);
  const issuer = objectOf(session.sessionIssuer);
  const attributes = objectOf(session.attributes);
  const known = {
    userName: textOf(identity.userName),
    type: textOf(identity.type),
    accountId: textOf(identity.accountId),
    arn: textOf(identity.arn),
    principalId: textOf(identity.principalId),
    accessKeyId: textOf(identity.accessKeyId),
    invokedBy: textOf(identity.invokedBy),
    sourceIdentity: textOf(session.sourceIdentity),
    mfaAuthenticated: textOf(attributes.mfaAuthenticated),
    creationDate: textOf(attributes.creationDate),
  };
  const roleName = roleOf(known.type, known.arn, issuer);
  const permissionSet = IDENTITY_CENTER_ROLE.exec(roleName)?.[1];
  const actor =
    (known.type === 'Root' ? rootActor(known, textOf(session.assumedRoot)) : undefined) ??
    actorOf(known, roleName, permissionSet !== undefined, textOf(objectOf(identity.onBehalfOf).userId)) ??
    fallback(known, roleName, sourceIPAddress);
  // Spelled out: a copy of `known` that grows takes the engine longer than all the rest.
  return {
    userName: known.userName,
    actor: actor?.[0] ?? '',
    actorSource: actor?.[1] ?? '',
    role: permissionSet ?? roleName,
    type: known.type,
    accountId: known.accountId,
    arn: known.arn,
    principalId: known.principalId,
    accessKeyId: known.accessKeyId,
    invokedBy: known.invokedBy,
    sourceIdentity: known.sourceIdentity,
    mfaAuthenticated: known.mfaAuthenticated,
    creationDate: known.creationDate,
  };
}

type Known = Omit<Identity, 'actor' | 'actorSource' | 'role'>;

/** By the identity's type; undefined where the fields that the type should have are missing. */
function actorOf(known: Known, role: string, identityCenter: boolean, onBehalfOf: string): Actor | undefined {
  switch (known.type) {
    case 'AssumedRole':
      return assumedRoleActor(known, identityCenter);
    case 'FederatedUser':
      return first(
        [lastPart(known.arn, 'federated-user/'), 'federatedUser'],
        [afterColon(known.principalId), 'federatedUser'],
      );
    case 'Role':
      return first([known.userName, 'userName'], [role, 'role']);
    case 'AWSService':
      return first([known.invokedBy, 'invokedBy']);
    case 'AWSAccount':
      return known.accountId ? [accountActor(known), 'account'] : undefined;
    case 'IdentityCenterUser':
      return first([known.userName, 'userName'], [onBehalfOf, 'onBehalfOf']);
    case 'IAMUser':
      return first([known.userName, 'userName'], [lastPart(known.arn, '/'), 'arn']);
    default:
      // Directory, SAMLUser, WebIdentityUser, Unknown, and types that do not exist yet.
      return first([known.userName, 'userName'], [onBehalfOf, 'onBehalfOf']);
  }
}

/** @param assumedRoot `true` in sessions by AssumeRoot — IAM user guide, "Track privileged tasks in CloudTrail" */
function rootActor(known: Known, assumedRoot: string): Actor {
  const name = `root@${known.userName || known.accountId || 'unknown account'}`;
  return assumedRoot.toLowerCase() === 'true' ? [name + BY_ASSUME_ROOT, 'assumedRoot'] : [name, 'root'];
}

function assumedRoleActor(known: Known, identityCenter: boolean): Actor | undefined {
  if (known.sourceIdentity) return [known.sourceIdentity, 'sourceIdentity'];
  // principalId is ROLE-ID:SESSION; arn ends in assumed-role/ROLE/SESSION.
  const sessionName =
    afterColon(known.principalId) || (known.arn.includes(':assumed-role/') ? lastPart(known.arn, '/') : '');
  if (sessionName === '') return undefined;
  if (identityCenter) return [sessionName, 'identityCenterUser'];
  return [sessionName, INSTANCE_ID.test(sessionName) ? 'instance' : 'sessionName'];
}

/** The account's number, and which of its principals where the record says. */
function accountActor(known: Known): string {
  return known.principalId ? `${known.accountId} (${known.principalId})` : known.accountId;
}

/** Whatever still names somebody, best first. */
function fallback(known: Known, role: string, sourceIPAddress: string): Actor | undefined {
  return first(
    [known.userName, 'userName'],
    [known.invokedBy, 'invokedBy'],
    [lastPart(known.arn, '/') || known.arn, 'arn'],
    [role, 'role'],
    [SERVICE_NAME.test(sourceIPAddress) ? sourceIPAddress : '', 'sourceIPAddress'],
    [known.principalId, 'principalId'],
    [known.accountId, 'account'],
  );
}

/** The role's name: the session issuer's, else from the ARNs of either. */
function roleOf(type: string, arn: string, issuer: Record<string, unknown>): string {
  const issued = textOf(issuer.type) === 'Role' || type === 'AssumedRole';
  const name = issued ? textOf(issuer.userName) || lastPart(textOf(issuer.arn), '/') : '';
  return name || (/:assumed-role\/([^/]+)\//.exec(arn)?.[1] ?? '');
}

function first(...candidates: readonly Actor[]): Actor | undefined {
  return candidates.find(([name]) => name !== '');
}

/** What follows the last `separator`; '' where there is none. */
function lastPart(text: string, separator: string): string {
  const at = text.lastIndexOf(separator);
  return at < 0 ? '' : text.slice(at + separator.length);
}

function afterColon(text: string): string {
  const at = text.indexOf(':');
  return at < 0 ? '' : text.slice(at + 1);
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null || value === undefined ? '' : jsonOf(value);
}

/** Something in the place of a text, as JSON; '' where it is nested too deeply to be anybody's name. */
function jsonOf(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}
