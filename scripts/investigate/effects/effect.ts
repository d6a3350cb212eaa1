/**
 * What a call gives, takes, exposes or breaks, read from its parameters: which bucket became public, which account a
 * snapshot is shared with, which port is open to whom. A name of a call says what somebody did; an effect says what is
 * different since.
 */
import type { Outcome } from '#shared/model/columns.js';
import type { Deed } from '../deeds.js';
import type { Level, RuleKind } from '../findings/finding.js';

interface EffectMeaning {
  readonly kind: RuleKind;
  readonly level: Level;
  /** How answers call it; of an exposure see {@link EXPOSURES}. */
  readonly deed?: Deed;
}

/** The effects that answers call an exposure, and how. */
export const EXPOSURES = {
  'made-public': 'madePublic',
  'shared-with-account': 'shared',
  'shared-with-organization': 'shared',
  'public-access-unblocked': 'protectionRemoved',
  'port-open-to-internet': 'opened',
  'publicly-accessible': 'madePublic',
  'replicated-to-account': 'shared',
  'network-joined': 'shared',
} as const satisfies Readonly<Record<string, Deed>>;

/** Every effect by its code, which rules and files of findings use: a code keeps its meaning. */
export const EFFECTS = {
  // What watches is off, sees less, or forgets.
  'logging-stopped': { kind: 'logging', level: 'high', deed: 'loggingStopped' },
  'trail-deleted': { kind: 'logging', level: 'high', deed: 'deleted' },
  'logging-narrowed': { kind: 'logging', level: 'high', deed: 'loggingReduced' },
  'log-delivery-moved': { kind: 'logging', level: 'medium', deed: 'loggingReduced' },
  'log-validation-off': { kind: 'logging', level: 'medium', deed: 'loggingReduced' },
  'logs-deleted': { kind: 'logging', level: 'medium', deed: 'deleted' },
  'logs-expire-early': { kind: 'logging', level: 'high', deed: 'loggingReduced' },
  'flow-logs-deleted': { kind: 'logging', level: 'high', deed: 'deleted' },
  'dns-logs-off': { kind: 'logging', level: 'high', deed: 'loggingReduced' },
  'access-logs-off': { kind: 'logging', level: 'medium', deed: 'loggingReduced' },
  'detector-off': { kind: 'logging', level: 'high', deed: 'disabled' },
  'detector-narrowed': { kind: 'logging', level: 'medium', deed: 'loggingReduced' },
  'recorder-off': { kind: 'logging', level: 'high', deed: 'stopped' },
  'alarm-off': { kind: 'logging', level: 'low', deed: 'disabled' },
  'left-organization': { kind: 'logging', level: 'high', deed: 'changed' },
  'account-removed': { kind: 'logging', level: 'high', deed: 'changed' },
  'guardrail-removed': { kind: 'logging', level: 'medium', deed: 'changed' },
  // Others can reach or read it.
  'made-public': { kind: 'exposure', level: 'high' },
  'opened-under-conditions': { kind: 'exposure', level: 'low', deed: 'changed' },
  'shared-with-account': { kind: 'exposure', level: 'high' },
  'shared-with-organization': { kind: 'exposure', level: 'low' },
  'trust-opened': { kind: 'exposure', level: 'high', deed: 'trustChanged' },
  'public-access-unblocked': { kind: 'exposure', level: 'medium' },
  'port-open-to-internet': { kind: 'exposure', level: 'medium' },
  'port-opened': { kind: 'exposure', level: 'informational', deed: 'changed' },
  'publicly-accessible': { kind: 'exposure', level: 'high' },
  'replicated-to-account': { kind: 'exposure', level: 'high' },
  'network-joined': { kind: 'exposure', level: 'medium' },
  'metadata-unprotected': { kind: 'exposure', level: 'low', deed: 'changed' },
  'domain-unlocked': { kind: 'exposure', level: 'high', deed: 'changed' },
  // Somebody can do more.
  'grants-admin': { kind: 'privilege', level: 'high', deed: 'policyAttached' },
  'grants-iam-control': { kind: 'privilege', level: 'high', deed: 'policyAttached' },
  'grants-wide': { kind: 'privilege', level: 'medium', deed: 'policyAttached' },
  'grants-policy': { kind: 'privilege', level: 'informational', deed: 'policyAttached' },
  'admin-policy-created': { kind: 'privilege', level: 'medium', deed: 'created' },
  'policy-version-set': { kind: 'privilege', level: 'low', deed: 'changed' },
  'boundary-removed': { kind: 'privilege', level: 'high', deed: 'changed' },
  'group-joined': { kind: 'privilege', level: 'low', deed: 'groupJoined' },
  'role-given-to-machine': { kind: 'privilege', level: 'low', deed: 'changed' },
  'access-assigned': { kind: 'privilege', level: 'low', deed: 'changed' },
  // Somebody can sign in, or sign in more easily.
  'key-created': { kind: 'credentials', level: 'medium', deed: 'keyCreated' },
  'password-set': { kind: 'credentials', level: 'medium', deed: 'passwordSet' },
  'user-created': { kind: 'credentials', level: 'low', deed: 'created' },
  'mfa-removed': { kind: 'credentials', level: 'high', deed: 'mfaRemoved' },
  'mfa-not-used': { kind: 'credentials', level: 'medium', deed: 'signedIn' },
  'password-policy-weakened': { kind: 'credentials', level: 'medium', deed: 'changed' },
  'provider-trusted': { kind: 'credentials', level: 'high', deed: 'created' },
  'federation-token': { kind: 'credentials', level: 'medium', deed: 'credentialsGot' },
  'root-assumed': { kind: 'credentials', level: 'high', deed: 'assumed' },
  'master-password-changed': { kind: 'credentials', level: 'medium', deed: 'passwordSet' },
  // It is gone, unreadable or down, or nothing keeps it from that.
  'key-deletion-scheduled': { kind: 'destruction', level: 'high', deed: 'deletionScheduled' },
  'secret-deletion-scheduled': { kind: 'destruction', level: 'medium', deed: 'deletionScheduled' },
  'key-disabled': { kind: 'destruction', level: 'high', deed: 'disabled' },
  'encrypted-with-callers-key': { kind: 'destruction', level: 'high', deed: 'changed' },
  'objects-overwritten': { kind: 'destruction', level: 'medium', deed: 'changed' },
  'objects-deleted': { kind: 'destruction', level: 'informational', deed: 'deleted' },
  'objects-expire-early': { kind: 'destruction', level: 'high', deed: 'changed' },
  'data-deleted': { kind: 'destruction', level: 'low', deed: 'deleted' },
  'backup-deleted': { kind: 'destruction', level: 'medium', deed: 'deleted' },
  'backups-off': { kind: 'destruction', level: 'medium', deed: 'changed' },
  'versioning-off': { kind: 'destruction', level: 'medium', deed: 'changed' },
  'deletion-protection-off': { kind: 'destruction', level: 'low', deed: 'changed' },
  'machines-terminated': { kind: 'destruction', level: 'low', deed: 'terminated' },
  'scaled-to-zero': { kind: 'destruction', level: 'medium', deed: 'stopped' },
  // Somebody is within a machine, or has what was to be kept.
  'user-data-replaced': { kind: 'access', level: 'high', deed: 'changed' },
  'code-replaced': { kind: 'access', level: 'medium', deed: 'codeReplaced' },
  'code-added': { kind: 'access', level: 'medium', deed: 'codeReplaced' },
  'command-run': { kind: 'access', level: 'low', deed: 'commandRun' },
  'session-opened': { kind: 'access', level: 'low', deed: 'sessionOpened' },
  'ssh-key-sent': { kind: 'access', level: 'medium', deed: 'keySent' },
  'password-data-read': { kind: 'access', level: 'medium', deed: 'passwordRead' },
  'user-data-read': { kind: 'access', level: 'low', deed: 'contentRead' },
  'secret-read': { kind: 'access', level: 'informational', deed: 'contentRead' },
  'data-exported': { kind: 'access', level: 'medium', deed: 'exported' },
  'model-invoked': { kind: 'access', level: 'informational', deed: 'run' },
  // Unusual, and worth a look.
  'region-enabled': { kind: 'odd', level: 'medium', deed: 'enabled' },
  'account-created': { kind: 'odd', level: 'medium', deed: 'created' },
  'instances-launched': { kind: 'odd', level: 'informational', deed: 'created' },
} as const satisfies Readonly<Record<string, EffectMeaning>>;

export type EffectCode = keyof typeof EFFECTS;

/** How answers call the effect. */
export function deedOfEffect(code: EffectCode): Deed {
  const exposure: Deed | undefined = isExposure(code) ? EXPOSURES[code] : undefined;
  const { deed = exposure }: EffectMeaning = EFFECTS[code];
  return deed ?? 'changed';
}

export function isExposure(code: EffectCode): code is keyof typeof EXPOSURES {
  return Object.hasOwn(EXPOSURES, code);
}

/** Whom a policy lets in. */
export type PrincipalKind = 'anyone' | 'account' | 'organization' | 'service' | 'provider' | 'network';

export interface Effect {
  readonly code: EffectCode;
  /** What it was done to, as the log names it; '' where that is the whole account. */
  readonly target: string;
  /** The account of others that is let in: 193672423079. */
  readonly account?: string;
  /** Who is let in, as the policy has it, where that is more than the account: an ARN, a provider, an organization. */
  readonly principal?: string;
  /** `tcp 22`, `udp 20-25`, `tcp *`; `*` for every protocol. */
  readonly port?: string;
  /** Addresses that a port is open to: 0.0.0.0/0. */
  readonly from?: string;
  /** Name or ARN of a policy; of an inline policy its name. */
  readonly policy?: string;
  /** What a policy allows, as it says so; at most five. */
  readonly actions?: readonly string[];
  /** What was before, where the log has it. */
  readonly was?: string;
  /** What is since: a number of days, a bucket's name, an instance type. */
  readonly now?: string;
  /** Conditions of a policy stand beside it that are not evaluated: it may let in fewer than said. */
  readonly hasConditions?: boolean;
}

/** What an effect is read from; an event of the log with its details is one. */
export interface Call {
  readonly eventSource: string;
  readonly eventName: string;
  /** The account that the call was made in. */
  readonly account: string;
  readonly outcome: Outcome;
  /** What the call is about, by its column. */
  readonly targets: readonly string[];
  /** `type` as in userIdentity. */
  readonly who: { readonly type: string };
  /** requestParameters, responseElements and additionalEventData, parsed; undefined where the event has none. */
  readonly request: unknown;
  readonly response: unknown;
  readonly additional: unknown;
}
