/**
 * What a policy document says: whom it lets in, to do what, and whether it allows everything on everything.
 *
 * IAM user guide, "IAM JSON policy elements reference" and "Policy evaluation logic"; Amazon S3 user guide, "The meaning
 * of public".
 */
import { at, listOf, parsedJson, textAt } from '../json-leaves.js';
import type { PrincipalKind } from './effect.js';

/** One statement, with lists where the document may have single values. */
interface Statement {
  readonly isAllow: boolean;
  readonly principals: readonly Principal[];
  /** Everybody but `principals`. */
  readonly isAllBut: boolean;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: readonly Condition[];
}

interface Principal {
  readonly kind: PrincipalKind;
  /** As written; '*' for everybody. */
  readonly value: string;
  /** '' where it has none. */
  readonly account: string;
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Somebody whom an Allow statement lets in. */
export interface Admission extends Principal {
  readonly actions: readonly string[];
  /** Conditions, or statements that deny something, stand beside it that are not evaluated. */
  readonly hasConditions: boolean;
}

/** How much an identity with the policy may do. */
export type Power = 'everything' | 'iam' | 'wide' | 'other';

/** A policy as CloudTrail writes it: an object, its JSON, or that URL-encoded; undefined where it is none of them. */
export function policyOf(written: unknown): unknown {
  if (typeof written !== 'string') return isDocument(written) ? written : undefined;
  const plain = parsedJson(written);
  if (isDocument(plain)) return plain;
  try {
    const decoded = parsedJson(decodeURIComponent(written));
    return isDocument(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}

function isDocument(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whom a resource's policy lets in, or whom a role's trust policy lets assume it; each once. Who is denied everything that
 * a statement allows is not let in. AWS services are left out: they act for somebody.
 */
export function admissionsOf(policy: unknown): readonly Admission[] {
  const statements = statementsOf(policy);
  const denied = statements.filter(({ isAllow }) => !isAllow);
  const found = new Map<string, Admission>();
  for (const statement of statements) {
    if (!statement.isAllow) continue;
    for (const principal of statement.isAllBut ? [EVERYBODY] : statement.principals) {
      for (const admission of admitted(statement, principal, denied)) {
        const key = `${admission.kind} ${admission.value}`;
        const known = found.get(key);
        found.set(key, known ? joined(known, admission) : admission);
      }
    }
  }
  return [...found.values()];
}

/** How much the policy of a user, role or group allows, without what else it has. */
export function powerOf(policy: unknown): { readonly power: Power; readonly hasConditions: boolean } {
  const statements = statementsOf(policy);
  const denied = statements.filter(({ isAllow }) => !isAllow);
  let best: { power: Power; hasConditions: boolean } = { power: 'other', hasConditions: false };
  for (const statement of statements) {
    if (!statement.isAllow) continue;
    const against = denied.filter((one) => overlaps(one, statement));
    if (against.some((one) => one.conditions.length === 0 && covers(one, statement))) continue;
    if (isOfNothing(statement)) continue;
    const whole = powerOfStatement(statement);
    // What takes back a part of everything for certain leaves less than everything.
    const isLess = whole === 'everything' && against.some(({ conditions }) => conditions.length === 0);
    const power = isLess ? 'wide' : whole;
    const hasConditions = statement.conditions.length > 0 || against.length > 0;
    if (ORDER.indexOf(power) < ORDER.indexOf(best.power)) best = { power, hasConditions };
    else if (power === best.power && best.hasConditions && !hasConditions) best = { power, hasConditions };
  }
  return best;
}

const ORDER: readonly Power[] = ['everything', 'iam', 'wide', 'other'];

const EVERYBODY: Principal = { kind: 'anyone', value: '*', account: '' };

/** With one of these on everything, somebody can give everything to themselves. */
const SELF_GRANTING = [
  'iam:attachgrouppolicy',
  'iam:attachrolepolicy',
  'iam:attachuserpolicy',
  'iam:createpolicyversion',
  'iam:putgrouppolicy',
  'iam:putrolepolicy',
  'iam:putuserpolicy',
  'iam:setdefaultpolicyversion',
  'iam:updateassumerolepolicy',
];

function powerOfStatement({ actions, notActions, resources, notResources }: Statement): Power {
  const isOnAll = resources.some(isAll);
  if (notActions.length > 0) return isOnAll ? 'wide' : 'other';
  if (actions.some((action) => isAll(action) || action === '*:*')) {
    if (isOnAll) return 'everything';
    return notResources.length > 0 ? 'wide' : 'other';
  }
  const grants = actions.some((action) => SELF_GRANTING.some((one) => matches(action.toLowerCase(), one)));
  return grants && isOnAll ? 'iam' : 'other';
}

/** Keys that say who asks, or for whom, so that fixed values let in only them. */
const NARROWING: Readonly<Record<string, PrincipalKind>> = {
  'aws:principalaccount': 'account',
  'aws:sourceaccount': 'account',
  'aws:sourceowner': 'account',
  'kms:calleraccount': 'account',
  's3:dataaccesspointaccount': 'account',
  'aws:principalarn': 'account',
  'aws:sourcearn': 'account',
  's3:dataaccesspointarn': 'account',
  'aws:principalorgid': 'organization',
  'aws:principalorgpaths': 'organization',
  'aws:sourceorgid': 'organization',
  'aws:sourceorgpaths': 'organization',
  'aws:sourceip': 'network',
  'aws:vpcsourceip': 'network',
  'aws:sourcevpc': 'network',
  'aws:sourcevpce': 'network',
};

/** Keys that say nothing of who asks: everybody can meet them. */
const OPEN_KEYS: ReadonlySet<string> = new Set(['aws:securetransport', 'aws:useragent', 'aws:referer']);

const FIXED = /^(?:foranyvalue:)?(?:stringequals|stringequalsignorecase|stringlike|arnequals|arnlike|ipaddress)$/;

/** Who gets in by one Allow statement, for one of its principals. */
function admitted(statement: Statement, principal: Principal, denied: readonly Statement[]): readonly Admission[] {
  if (principal.kind === 'service' || isOfNothing(statement)) return [];
  const against = denied.filter((one) => concerns(one, principal) && overlaps(one, statement));
  const final = against.filter((one) => one.conditions.length === 0 && covers(one, statement));
  const exempt = final.find(({ isAllBut }) => isAllBut);
  if (exempt && principal.kind === 'anyone' && final.every(({ isAllBut }) => isAllBut))
    return exempt.principals.flatMap((one) => admitted(statement, one, denied));
  if (final.length > 0) return [];
  const actions = actionsOf(statement);
  const restricting = against.filter(({ conditions }) => conditions.length === 0 || conditions.some(isTelling));
  const isDenied =
    statement.actions.length === 0 ||
    statement.actions.every((action) => restricting.some((one) => overlaps(one, { ...statement, actions: [action] })));
  const isRestricted = (restricting.length > 0 && isDenied) || statement.isAllBut;
  const telling = statement.conditions.filter((one) => isTelling(one) && !isOfAnySubject(one, principal));
  const narrowed = principal.kind === 'anyone' ? narrowedBy(telling) : [];
  if (narrowed.length === 0) return [{ ...principal, actions, hasConditions: telling.length > 0 || isRestricted }];
  return narrowed.map((one) => ({ ...one, actions, hasConditions: telling.length > 1 || isRestricted }));
}

/** Everything but everything. */
function isOfNothing({ notActions, notResources }: Statement): boolean {
  return notActions.some(isAll) || notResources.some(isAll);
}

function isTelling({ key }: Condition): boolean {
  return !OPEN_KEYS.has(key);
}

/** Whether a condition lets in whoever the identity provider signs in: it asks for the audience only, or for any subject. */
function isOfAnySubject({ key, values }: Condition, { kind }: Principal): boolean {
  if (kind !== 'provider') return false;
  return key.endsWith(':aud') || (key.endsWith(':sub') && values.some((value) => /^(?:repo:)?\*/.test(value)));
}

/** To whom conditions narrow "everybody", by the one that says most; empty where none does. */
function narrowedBy(conditions: readonly Condition[]): readonly Principal[] {
  for (const kind of ['account', 'organization', 'network'] as const) {
    for (const { operator, key, values } of conditions) {
      if (NARROWING[key] !== kind || !FIXED.test(operator) || values.length === 0) continue;
      const principals = values.map((value): Principal => ({
        kind,
        value,
        account: kind === 'account' ? accountOf(value) : '',
      }));
      const isFixed = principals.every(({ value, account }) =>
        kind === 'account'
          ? account !== '' || /^arn:aws[a-z-]*:s3:::[^*?]+/.test(value)
          : kind === 'organization'
            ? !/^[*?]/.test(value)
            : !isBroadNetwork(value),
      );
      if (isFixed) return principals;
    }
  }
  return [];
}

/** Whether these addresses are so many that S3 calls a policy for them public: more than an IPv4 /8 or an IPv6 /32. */
function isBroadNetwork(value: string): boolean {
  const [address = '', bits] = value.split('/');
  if (/[*?]/.test(address)) return true;
  if (bits === undefined) return false;
  return Number(bits) < (address.includes(':') ? 32 : 8);
}

function joined(a: Admission, b: Admission): Admission {
  return {
    ...a,
    actions: [...new Set([...a.actions, ...b.actions])],
    hasConditions: a.hasConditions && b.hasConditions,
  };
}

function actionsOf({ actions, notActions }: Statement): readonly string[] {
  return actions.length > 0 ? actions : notActions.map((action) => `!${action}`);
}

/** Whether a Deny is for somebody: for everybody but its own, it is not for these alone. */
function concerns({ principals, isAllBut }: Statement, { kind, value, account }: Principal): boolean {
  const names = principals.some(
    (one) =>
      one.kind === 'anyone' ||
      one.value === value ||
      (account !== '' && one.account === account && isWholeAccount(one.value)),
  );
  if (isAllBut) return !names;
  return principals.some((one) => one.kind === 'anyone') || (kind !== 'anyone' && names);
}

function isWholeAccount(value: string): boolean {
  return /^\d{12}$/.test(value) || /:root$/.test(value);
}

/** Whether a Deny takes back all that an Allow gives. */
function covers(deny: Statement, allow: Statement): boolean {
  return (
    coversList(deny.actions, deny.notActions, allow.actions, allow.notActions, true) &&
    coversList(deny.resources, deny.notResources, allow.resources, allow.notResources, false)
  );
}

function coversList(
  wide: readonly string[],
  wideNot: readonly string[],
  narrow: readonly string[],
  narrowNot: readonly string[],
  isCaseIgnored: boolean,
): boolean {
  const fold = (text: string): string => (isCaseIgnored ? text.toLowerCase() : text);
  if (coversAll(wide, wideNot)) return true;
  if (wideNot.length > 0 || narrowNot.length > 0) return false;
  return narrow.every((one) => wide.some((pattern) => includes(fold(pattern), fold(one))));
}

/** Whether a Deny may take back something of what an Allow gives. */
function overlaps(deny: Statement, allow: Statement): boolean {
  if (deny.notActions.length > 0 || allow.notActions.length > 0) return true;
  if (!allow.actions.some((action) => deny.actions.some((one) => mayMeet(one.toLowerCase(), action.toLowerCase()))))
    return false;
  if (deny.resources.length === 0 || allow.resources.length === 0) return true;
  return allow.resources.some((resource) => deny.resources.some((one) => mayMeet(one, resource)));
}

/** Whether some text may fit both patterns; true where that is not certain. */
function mayMeet(a: string, b: string): boolean {
  const [headA = '', headB = ''] = [a.split(/[*?]/)[0], b.split(/[*?]/)[0]];
  return headA.startsWith(headB) || headB.startsWith(headA);
}

function coversAll(list: readonly string[], not: readonly string[]): boolean {
  // A statement of a trust policy has no resource: it is about the role.
  return list.some(isAll) || (list.length === 0 && not.length === 0);
}

function isAll(pattern: string): boolean {
  return /^\*+$/.test(pattern);
}

/** Whether the pattern fits the text, case as it is. `*` is any letters, `?` is one. */
export function matches(pattern: string, text: string): boolean {
  return fits(pattern, text, (letter) => letter !== undefined);
}

/** Whether all that fits `narrow`, which may have `*` and `?`, fits `wide`; false where that is not certain. */
export function includes(wide: string, narrow: string): boolean {
  return fits(wide, narrow, (letter) => letter !== '*');
}

/** Linear but for the last star, which is where it goes back to. */
function fits(pattern: string, text: string, isOne: (letter: string | undefined) => boolean): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    const wanted = pattern[p];
    if (wanted === '*') {
      star = p++;
      mark = t;
    } else if (wanted !== undefined && (wanted === '?' ? isOne(text[t]) : wanted === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

function statementsOf(policy: unknown): readonly Statement[] {
  return listOf(at(policy, 'Statement')).map((one): Statement => {
    const notPrincipal = at(one, 'NotPrincipal');
    return {
      isAllow: textAt(one, 'Effect') === 'Allow',
      principals: principalsOf(notPrincipal ?? at(one, 'Principal')),
      isAllBut: notPrincipal !== undefined,
      actions: textsOf(at(one, 'Action')),
      notActions: textsOf(at(one, 'NotAction')),
      resources: textsOf(at(one, 'Resource')),
      notResources: textsOf(at(one, 'NotResource')),
      conditions: conditionsOf(at(one, 'Condition')),
    };
  });
}

function principalsOf(written: unknown): readonly Principal[] {
  if (written === '*') return [EVERYBODY];
  if (typeof written !== 'object' || written === null) return [];
  return Object.entries(written).flatMap(([type, values]) =>
    textsOf(values).map((value): Principal => {
      if (value === '*' && type !== 'Service') return EVERYBODY;
      if (type === 'Service' || value.startsWith('arn:aws:iam::cloudfront:'))
        return { kind: 'service', value, account: '' };
      if (type === 'Federated') return { kind: 'provider', value, account: accountOf(value) };
      return { kind: 'account', value, account: accountOf(value) };
    }),
  );
}

function conditionsOf(written: unknown): readonly Condition[] {
  if (typeof written !== 'object' || written === null) return [];
  return Object.entries(written).flatMap(([operator, keys]) =>
    typeof keys === 'object' && keys !== null
      ? Object.entries(keys as Readonly<Record<string, unknown>>).map(([key, values]) => ({
          operator: operator.toLowerCase(),
          key: key.toLowerCase(),
          values: textsOf(values),
        }))
      : [],
  );
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).flatMap((one) =>
    typeof one === 'string' ? [one] : typeof one === 'number' || typeof one === 'boolean' ? [String(one)] : [],
  );
}

/** The account of an ARN, or the account that is written alone; '' where neither. */
export function accountOf(principal: string): string {
  return /^(?:arn:aws[a-z-]*:[^:]*:[^:]*:)?(\d{12})(?::|$)/.exec(principal)?.[1] ?? '';
}
