/**
 * Determines who made a call: the cells that depend on `userIdentity` alone.
 *
 * Identity types and the place of each one's name: AWS CloudTrail user guide, "CloudTrail userIdentity element".
 */

import { IDENTITY_COLUMNS, type IdentityFunction, type IdentityName, isPath, pathsOf } from '#shared/model/columns.js';
import { objectOf, textAt, textOf } from './record-path.js';

/** The cells of `IDENTITY_COLUMNS`, in their order; '' if missing. A list, because objects with so many keys are slow to create. */
export type Identity = readonly string[];

type ActorSource =
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

/** The names of the roles that IAM Identity Center creates for permission sets: AWSReservedSSO_NAME_16 hex digits. */
const IDENTITY_CENTER_ROLE = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;
/** Follows the name of a root user whose session was started with `sts:AssumeRoot`, without root's credentials. */
export const BY_ASSUME_ROOT = ' (AssumeRoot)';
const INSTANCE_ID = /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
/** An AWS service in the place of an address, such as autoscaling.amazonaws.com. */
const SERVICE_NAME = /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/;

/**
 * The identity of a record.
 * @param userIdentity the parsed element; any value, because some records lack it or parts of it
 * @param sourceIPAddress names the caller if the identity does not (service events without invokedBy)
 */
export function describeIdentity(userIdentity: unknown, sourceIPAddress: string): Identity {
  const cells = cellsOf(userIdentity);
  const known = knownOf(cells);
  const session = objectOf(objectOf(userIdentity).sessionContext);
  const roleName = roleOf(known.type, known.arn, objectOf(session.sessionIssuer));
  const permissionSet = IDENTITY_CENTER_ROLE.exec(roleName)?.[1];
  const actor =
    (known.type === 'Root' ? rootActor(known, textOf(session.assumedRoot)) : undefined) ??
    actorOf(known, roleName, permissionSet !== undefined, textAt(userIdentity, ['onBehalfOf', 'userId'])) ??
    fallback(known, roleName, sourceIPAddress);
  const computed: Readonly<Record<IdentityFunction, string>> = {
    actor: actor?.[0] ?? '',
    actorSource: actor?.[1] ?? '',
    role: permissionSet ?? roleName,
  };
  for (const [place, key] of COMPUTED) cells[place] = computed[key];
  return cells;
}

/** The place of an identity's cell of this column. */
export function placeOf(name: IdentityName): number {
  return IDENTITY_COLUMNS.findIndex((column) => column.name === name);
}

/** By column, the keys in `userIdentity` for its value. */
const PATHS: readonly (readonly (readonly string[])[])[] = IDENTITY_COLUMNS.map(({ from }) =>
  isPath(from) ? pathsOf(from).map((path) => path.split('.').slice(1)) : [],
);

const COMPUTED: readonly (readonly [place: number, by: IdentityFunction])[] = IDENTITY_COLUMNS.flatMap(({ from }, i) =>
  !isPath(from) && 'identity' in from ? [[i, from.identity] as const] : [],
);

/** The columns that are computed are '' at first. */
function cellsOf(userIdentity: unknown): string[] {
  const cells: string[] = [];
  for (const paths of PATHS) {
    let cell = '';
    for (let i = 0; i < paths.length && cell === ''; i++) cell = textAt(userIdentity, paths[i] as readonly string[]);
    cells.push(cell);
  }
  return cells;
}

const PLACES = {
  type: placeOf('type'),
  userName: placeOf('userName'),
  arn: placeOf('arn'),
  principalId: placeOf('principalId'),
  accountId: placeOf('accountId'),
  invokedBy: placeOf('invokedBy'),
  sourceIdentity: placeOf('sourceIdentity'),
};

/** The cells that say who the caller is. */
type Known = Readonly<Record<keyof typeof PLACES, string>>;

function knownOf(cells: Identity): Known {
  return {
    type: cells[PLACES.type] as string,
    userName: cells[PLACES.userName] as string,
    arn: cells[PLACES.arn] as string,
    principalId: cells[PLACES.principalId] as string,
    accountId: cells[PLACES.accountId] as string,
    invokedBy: cells[PLACES.invokedBy] as string,
    sourceIdentity: cells[PLACES.sourceIdentity] as string,
  };
}

/** By the identity's type; undefined if the fields that the type should have are missing. */
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
      // Directory, SAMLUser, WebIdentityUser, Unknown, and future types.
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

/** The account ID, and the principal in it if the record names one. */
function accountActor(known: Known): string {
  return known.principalId ? `${known.accountId} (${known.principalId})` : known.accountId;
}

/** Anything else that names a caller, best first. */
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

/** The role's name: the session issuer's, else the one in either ARN. */
function roleOf(type: string, arn: string, issuer: Record<string, unknown>): string {
  const issued = textOf(issuer.type) === 'Role' || type === 'AssumedRole';
  const name = issued ? textOf(issuer.userName) || lastPart(textOf(issuer.arn), '/') : '';
  return name || (/:assumed-role\/([^/]+)\//.exec(arn)?.[1] ?? '');
}

function first(...candidates: readonly Actor[]): Actor | undefined {
  return candidates.find(([name]) => name !== '');
}

/** The text after the last `separator`; '' if there is none. */
function lastPart(text: string, separator: string): string {
  const at = text.lastIndexOf(separator);
  return at < 0 ? '' : text.slice(at + separator.length);
}

function afterColon(text: string): string {
  const at = text.indexOf(':');
  return at < 0 ? '' : text.slice(at + 1);
}
