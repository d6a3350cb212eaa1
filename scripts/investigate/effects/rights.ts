/** Who may do more since a call, and who can sign in. */
import { at, leavesOf, textAt } from '../json-leaves.js';
import { trustedBy } from './admissions.js';
import type { Call, Effect, EffectCode } from './effect.js';
import { policyOf, powerOf, type Power } from './policy.js';

/** AWS managed policies: AWS managed policy reference guide. */
const MANAGED: Readonly<Record<string, Power>> = {
  AdministratorAccess: 'everything',
  IAMFullAccess: 'iam',
  PowerUserAccess: 'wide',
  AmazonEKSClusterAdminPolicy: 'wide',
};

const GRANTS: Readonly<Record<Power, EffectCode>> = {
  everything: 'grants-admin',
  iam: 'grants-iam-control',
  wide: 'grants-wide',
  other: 'grants-policy',
};

/** A policy by its ARN; what one of the account's own says stands elsewhere. */
export function attachedPolicy({ request, targets }: Call): readonly Effect[] {
  const policy = textAt(request, 'policyArn') || textAt(request, 'managedPolicyArn');
  const managed = /^arn:aws[a-z-]*:(?:iam::aws:policy|eks::aws:cluster-access-policy)\/(?:.*\/)?([^/]+)$/.exec(
    policy,
  )?.[1];
  const power = (managed === undefined ? undefined : MANAGED[managed]) ?? 'other';
  const target = targetOf(request) || (targets[0] ?? '');
  return [{ code: GRANTS[power], target, policy }];
}

/** A policy that is in the call. */
export function inlinePolicy({ request, targets }: Call): readonly Effect[] {
  const policy = textAt(request, 'policyName') || 'inline policy';
  const { power, hasConditions } = powerOf(policyOf(at(request, 'policyDocument') ?? at(request, 'inlinePolicy')));
  const target = targetOf(request) || (targets[0] ?? '');
  return [{ code: GRANTS[power], target, policy, ...(hasConditions && { hasConditions }) }];
}

/** Nobody has it yet. */
export function createdPolicy({ request }: Call): readonly Effect[] {
  const { power, hasConditions } = powerOf(policyOf(at(request, 'policyDocument')));
  const policy = textAt(request, 'policyName');
  if (power !== 'everything') return [];
  return [{ code: 'admin-policy-created', target: policy, policy, ...(hasConditions && { hasConditions }) }];
}

/** A version counts once it is the default: for everybody who has the policy. */
export function policyVersion({ request }: Call): readonly Effect[] {
  const policy = textAt(request, 'policyArn');
  if (String(at(request, 'setAsDefault')) !== 'true') return [];
  const { power, hasConditions } = powerOf(policyOf(at(request, 'policyDocument')));
  if (power === 'other') return [{ code: 'policy-version-set', target: policy, policy }];
  return [{ code: GRANTS[power], target: policy, policy, ...(hasConditions && { hasConditions }) }];
}

function targetOf(request: unknown): string {
  return ['userName', 'roleName', 'groupName'].map((key) => textAt(request, key)).find((name) => name !== '') ?? '';
}

/** IAM API reference, CreateRole and UpdateAssumeRolePolicy. */
export function trust({ request, account }: Call): readonly Effect[] {
  const written = at(request, 'assumeRolePolicyDocument') ?? at(request, 'policyDocument');
  return trustedBy(written, textAt(request, 'roleName'), account);
}

/** IAM API reference, CreateAccessKey: without a user's name it is the caller's. */
export function createdKey({ request, response, targets }: Call): readonly Effect[] {
  const target = textAt(request, 'userName') || textAt(response, 'accessKey', 'userName') || (targets[0] ?? '');
  const now = textAt(response, 'accessKey', 'accessKeyId');
  return [{ code: 'key-created', target, ...(now !== '' && { now }) }];
}

export function joinedGroup({ request }: Call): readonly Effect[] {
  return [{ code: 'group-joined', target: textAt(request, 'userName'), now: textAt(request, 'groupName') }];
}

/**
 * AWS Sign-In user guide: `MFAUsed` is "No" whenever an identity provider signed somebody in, so that it says something of
 * users and root only.
 */
export function signIn({ response, additional, who, targets }: Call): readonly Effect[] {
  const isOwn = who.type === 'IAMUser' || who.type === 'Root';
  if (!isOwn || textAt(additional, 'MFAUsed') !== 'No' || textAt(response, 'ConsoleLogin') !== 'Success') return [];
  return [{ code: 'mfa-not-used', target: targets[0] ?? '' }];
}

/** IAM API reference, UpdateAccountPasswordPolicy: what a policy for passwords does not ask for. */
export function passwordPolicy({ request }: Call): readonly Effect[] {
  const length = at(request, 'minimumPasswordLength');
  const isShort = typeof length === 'number' && length < 14;
  const off = Object.entries((request ?? {}) as Readonly<Record<string, unknown>>).filter(
    ([key, value]) => key.startsWith('require') && value === false,
  );
  return isShort || off.length > 0
    ? [{ code: 'password-policy-weakened', target: '', ...(isShort && { now: String(length) }) }]
    : [];
}

/** IAM Identity Center API reference, CreateAccountAssignment. */
export function assignment({ request }: Call): readonly Effect[] {
  return [
    {
      code: 'access-assigned',
      target: textAt(request, 'principalId'),
      now: textAt(request, 'targetId'),
      policy: textAt(request, 'permissionSetArn'),
    },
  ];
}

/** The role of an instance, by its profile. */
export function machineRole({ request, targets }: Call): readonly Effect[] {
  const named = leavesOf(request).find(({ key }) => /^(?:roleName|name|arn)$/i.test(key));
  return [{ code: 'role-given-to-machine', target: targets[0] ?? '', ...(named && { now: named.value }) }];
}
