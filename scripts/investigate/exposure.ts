/**
 * Calls that let others in: what they open, to whom. Whether they do stands in their parameters, not in their name.
 *
 * Amazon S3 user guide, "The meaning of public"; EC2 API reference, AuthorizeSecurityGroupIngress and
 * ModifySnapshotAttribute.
 */
import type { ReadEvent } from './event-log.js';
import type { Deed } from './deeds.js';
import { at, leavesOf, listAt, textAt } from './json-leaves.js';

interface Exposure {
  readonly deed: Deed;
  /** Keys under which the exposed resource stands, in lower case. */
  readonly keys: readonly string[];
  /** To whom, or on which ports. */
  readonly extra: readonly string[];
}

/** Events that `exposureOf` looks into. */
export const MAY_EXPOSE: ReadonlySet<string> = new Set([
  'AuthorizeSecurityGroupIngress',
  'PutBucketPolicy',
  'PutBucketAcl',
  'PutBucketPublicAccessBlock',
  'PutAccountPublicAccessBlock',
  'DeleteBucketPublicAccessBlock',
  'DeleteAccountPublicAccessBlock',
  'ModifySnapshotAttribute',
  'ModifyImageAttribute',
  'ModifyDBSnapshotAttribute',
  'ModifyDBClusterSnapshotAttribute',
  'PutKeyPolicy',
  'SetQueueAttributes',
  'AddPermission20150331v2',
]);

const EVERYBODY: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);
const ALL_USERS = /\/groups\/global\/(?:AllUsers|AuthenticatedUsers)/;

/** What the call exposes; undefined where nothing. */
export function exposureOf({ eventName, request }: ReadEvent): Exposure | undefined {
  switch (eventName) {
    case 'AuthorizeSecurityGroupIngress':
      return opened(request);
    case 'PutBucketPolicy':
      return isPublicPolicy(at(request, 'bucketPolicy'))
        ? { deed: 'madePublic', keys: ['bucketname'], extra: [] }
        : undefined;
    case 'PutKeyPolicy':
      return isPublicPolicy(parsed(textAt(request, 'policy')))
        ? { deed: 'madePublic', keys: ['keyid'], extra: [] }
        : undefined;
    case 'SetQueueAttributes':
      return isPublicPolicy(parsed(textAt(request, 'attributes', 'Policy')))
        ? { deed: 'madePublic', keys: ['queueurl'], extra: [] }
        : undefined;
    case 'AddPermission20150331v2':
      return textAt(request, 'principal') === '*'
        ? { deed: 'madePublic', keys: ['functionname'], extra: [] }
        : undefined;
    case 'PutBucketAcl': {
      const isPublic =
        /^public-/.test(textAt(request, 'x-amz-acl')) || leavesOf(request).some(({ value }) => ALL_USERS.test(value));
      return isPublic ? { deed: 'madePublic', keys: ['bucketname'], extra: [] } : undefined;
    }
    case 'PutBucketPublicAccessBlock':
    case 'PutAccountPublicAccessBlock': {
      const isOpen = leavesOff(at(request, 'PublicAccessBlockConfiguration'));
      return isOpen ? { deed: 'protectionRemoved', keys: ['bucketname'], extra: [] } : undefined;
    }
    case 'DeleteBucketPublicAccessBlock':
    case 'DeleteAccountPublicAccessBlock':
      return { deed: 'protectionRemoved', keys: ['bucketname'], extra: [] };
    default:
      return shared(eventName, request);
  }
}

/** Ports that everybody may reach now. */
function opened(request: unknown): Exposure | undefined {
  const extra: string[] = [];
  for (const permission of listAt(request, 'ipPermissions')) {
    const ranges = leavesOf([at(permission, 'ipRanges'), at(permission, 'ipv6Ranges')]);
    const open = ranges.filter(({ key, value }) => /^cidrip/i.test(key) && EVERYBODY.has(value));
    for (const { value } of open) extra.push(`${portsOf(permission)} ← ${value}`);
  }
  // The older form, without a list.
  if (EVERYBODY.has(textAt(request, 'cidrIp'))) extra.push(`${portsOf(request)} ← ${textAt(request, 'cidrIp')}`);
  return extra.length > 0 ? { deed: 'opened', keys: ['groupid', 'groupname'], extra } : undefined;
}

function portsOf(permission: unknown): string {
  const protocol = textAt(permission, 'ipProtocol');
  if (protocol === '-1') return '*';
  const [from, to] = [textAt(permission, 'fromPort'), textAt(permission, 'toPort')];
  return `${protocol} ${from === to ? from : `${from}–${to}`}`;
}

/** Snapshots and images that another account, or everybody, may use now. */
function shared(eventName: string, request: unknown): Exposure | undefined {
  const [keys, added] = ((): [readonly string[], unknown] => {
    switch (eventName) {
      case 'ModifySnapshotAttribute':
        return [['snapshotid'], at(request, 'createVolumePermission', 'add')];
      case 'ModifyImageAttribute':
        return [['imageid'], at(request, 'launchPermission', 'add')];
      case 'ModifyDBSnapshotAttribute':
        return [['dbsnapshotidentifier'], at(request, 'valuesToAdd')];
      case 'ModifyDBClusterSnapshotAttribute':
        return [['dbclustersnapshotidentifier'], at(request, 'valuesToAdd')];
      default:
        return [[], undefined];
    }
  })();
  const withWhom = leavesOf(added).map(({ value }) => value);
  if (withWhom.length === 0) return undefined;
  return withWhom.includes('all') ? { deed: 'madePublic', keys, extra: [] } : { deed: 'shared', keys, extra: withWhom };
}

/** A policy that allows everybody something, without a condition. */
function isPublicPolicy(policy: unknown): boolean {
  const statement = at(policy, 'Statement');
  const statements = Array.isArray(statement) ? (statement as unknown[]) : [statement];
  return statements.some((one) => {
    if (textAt(one, 'Effect') !== 'Allow' || at(one, 'Condition') !== undefined) return false;
    const principal = at(one, 'Principal');
    return principal === '*' || leavesOf(at(principal, 'AWS')).some(({ value }) => value === '*');
  });
}

/** Whether one of the four blocks is off. */
function leavesOff(configuration: unknown): boolean {
  if (typeof configuration !== 'object' || configuration === null) return false;
  return Object.values(configuration).some((block) => block === false || block === 'false');
}

function parsed(json: string): unknown {
  try {
    return json === '' ? undefined : (JSON.parse(json) as unknown);
  } catch {
    return undefined;
  }
}
