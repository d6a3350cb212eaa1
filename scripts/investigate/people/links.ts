/**
 * Links: what began each session, found by one of several joins, the best first. A link leads to the session that began
 * it, or to an origin, or it says why neither is known.
 */
import { at, listAt, textAt } from '../json-leaves.js';
import type { Confidence, Join, Why } from '#shared/model/how-known.js';
import { firstAtOrAfter } from '#shared/columnar/event-columns.js';
import { add, type Issue, type Issues } from './issues.js';
import {
  claimedOrigin,
  federatedOrigin,
  identityCenterOrigin,
  isDeliverer,
  originOfArn,
  rootOrigin,
  serviceOrigin,
  subjectOrigin,
  userOrigin,
  workloadOrigin,
  type Origin,
} from './origins.js';
import { accountOf, lastSegment, type CallerIdentity, type SessionLog } from './session-log.js';
import type { Session, Sessions } from './sessions.js';

export interface Unknown {
  readonly why: Why;
  /** The account where the session was issued, or began to be unknown; '' where that does not matter. */
  readonly account: string;
}

export interface Link {
  /** The row of the issuing event; -1 where the identity itself tells, or nothing does. */
  readonly row: number;
  readonly join: Join | undefined;
  readonly confidence: Confidence;
  readonly origin?: Origin;
  /** The sessions that may have begun it: several where they must lead to one origin. */
  readonly parents?: readonly number[];
  readonly unknown?: Unknown;
  /** The ARN of a session between this one and its parents, of which there is no other record. */
  readonly through?: string;
}

/** AWS writes the second in which a session begins into the session and into its issuing event. */
const SLACK = 5000;
/** The same, where the key says that it is so: no key is issued twice within a minute. */
const KEY_SLACK = 60_000;
/** A role's session lives twelve hours at most, a user's token 36: IAM user guide, "temporary security credentials". */
const LONGEST = 12 * 3_600_000;
const LONGEST_TOKEN = 36 * 3_600_000;
/** A sign-in token is good for 15 minutes: IAM user guide, "Enable custom identity broker access". */
const TOKEN_LIFE = 15 * 60_000;
/** Issuing events around one time that are looked at one by one. */
const MOST_NEAR = 64;
/** Roles of permission sets: their sessions are named by IAM Identity Center, nobody else can assume them. */
export const PERMISSION_SET = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;
const PERMISSION_SET_PATH = /:role\/aws-reserved\/sso\.amazonaws\.com\//;
/** Roles that only a service can use: IAM user guide, "Service-linked roles". */
const SERVICE_LINKED = /:role\/aws-service-role\/([^/]+)\//;
const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export class Linker {
  private readonly byArn = new Map<string, Issue[]>();
  private readonly byShared = new Map<string, Issue[]>();
  private readonly byPrincipal = new Map<string, number[]>();
  private readonly byAssumedId = new Map<string, Issue[]>();
  private readonly byCaller = new Map<string, number[]>();
  /** Names of users of IAM Identity Center by their GUID. */
  private readonly names = new Map<string, string>();
  private readonly permissionSetUsers = new Set<number>();
  private readonly signIns = new Map<string, Issue[]>();
  private isIndexed = false;
  private isAbroadIndexed = false;

  constructor(
    private readonly log: SessionLog,
    private readonly sessions: Sessions,
    private readonly issues: Issues,
  ) {
    for (const { number, identity } of sessions.all) {
      if (identity.principalId === '' || identity.type === 'AWSAccount') continue;
      add(this.byPrincipal, identity.principalId, number);
    }
    this.nameUsers();
    for (const issue of issues.all) {
      if (issue.isSignIn) add(this.signIns, issue.sessionArn(), issue);
      if (issue.eventName !== 'AssumeRoleWithSAML') continue;
      const provider = textAt(issue.request, 'principalArn');
      if (provider.includes(':saml-provider/AWSSSO_')) this.permissionSetUsers.add(this.sessionOf(issue));
    }
  }

  /** What began the session. */
  linkOf(session: Session): Link {
    const { identity } = session;
    switch (identity.type) {
      case 'IAMUser':
        return this.userLink(session);
      case 'Root':
        return identity.assumedRoot === 'true'
          ? this.rootLink(session)
          : this.ownLink(session, rootOrigin(identity.accountId));
      case 'AWSService':
        return known('service', serviceOrigin(identity.invokedBy));
      case 'AssumedRole':
        return this.roleLink(session);
      case 'FederatedUser':
        return this.federatedLink(session);
      case 'AWSAccount':
        return this.foreignLink(session);
      case 'SAMLUser':
      case 'WebIdentityUser':
        return this.subjectLink(session);
      default:
        return this.otherLink(session);
    }
  }

  /** The sessions that made a call of another account's principal, by the copy in that account's logs. */
  copiesOf(row: number): readonly number[] {
    const { times, rows, identityOf } = this.log;
    const caller = this.identityOf(this.sessions.ofIdentity[identityOf[row] as number] as number);
    if (!this.sessions.accounts.has(caller.accountId)) return [];
    const shared = this.log.text(row, 'sharedEventID');
    if (shared === '') return [];
    const time = times[row] as number;
    const found = new Set<number>();
    for (let other = firstAtOrAfter(times, time - SLACK); other < rows; other++) {
      if ((times[other] as number) > time + SLACK) break;
      if (other === row || this.log.text(other, 'sharedEventID') !== shared) continue;
      const session = this.sessions.ofIdentity[this.log.identityOf[other] as number] as number;
      if (this.identityOf(session).type !== 'AWSAccount') found.add(session);
    }
    return [...found];
  }

  private identityOf(session: number): CallerIdentity {
    return (this.sessions.all[session] as Session).identity;
  }

  private sessionOf(issue: Issue): number {
    return this.sessions.ofIdentity[issue.caller] as number;
  }

  /** The user or root is who the identity says; the event that began a session of theirs is evidence only. */
  private ownLink(session: Session, origin: Origin): Link {
    const issue = this.issueByKey(session) ?? this.signInOf(session);
    return { ...known('own credentials', origin), row: issue?.row ?? -1 };
  }

  private userLink(session: Session): Link {
    const { userName, arn, accountId } = session.identity;
    const name = userName || (arn.includes(':user/') ? lastSegment(arn) : '');
    return !isName(name)
      ? unknown('not named', accountId)
      : this.ownLink(session, userOrigin(accountId || accountOf(arn), name));
  }

  private rootLink(session: Session): Link {
    const issues = this.issuesByKey(session).filter(({ eventName }) => eventName === 'AssumeRoot');
    const link = this.issued(session, issues);
    if (link) return link;
    // The organization's management account, or one that it delegates to, is never the account itself.
    return unknown('other account', '');
  }

  private roleLink(session: Session): Link {
    const { identity } = session;
    // A session may act for a user whom AWS vouches for, whoever began it.
    if (identity.onBehalfOf !== '' && !this.isPermissionSet(session))
      return known('Identity Center', this.userOf(identity.onBehalfOf));
    const byKey = this.issued(session, this.issuesByKey(session));
    if (byKey && !byKey.unknown) return byKey;
    const service = SERVICE_LINKED.exec(identity.issuerArn)?.[1];
    if (service !== undefined) return known('service', serviceOrigin(service));
    if (this.isPermissionSet(session)) {
      const issue = this.issuesByStart(session)[0];
      return { ...known('Identity Center', identityCenterOrigin(session.name)), row: issue?.row ?? -1 };
    }
    if (identity.issuedTo !== '') {
      const origin = workloadOrigin(workloadName(identity.issuedTo), session.role, identity.accountId);
      return known('delivered credentials', origin);
    }
    const byStart = this.issued(session, this.issuesByStart(session), 'session and start');
    if (byStart && !byStart.unknown) return byStart;
    if (identity.roleDelivery !== '')
      return known('delivered credentials', workloadOrigin(session.name, session.role, identity.accountId));
    if (identity.sourceIdentity !== '')
      return { ...known('source identity', claimedOrigin(identity.sourceIdentity)), confidence: 'likely' };
    return byKey ?? byStart ?? this.missing(session);
  }

  private federatedLink(session: Session): Link {
    const link = this.issued(session, this.issuesByKey(session));
    if (link && !link.unknown) return link;
    const issuer = originOfArn(session.identity.issuerArn);
    return issuer ? known('token issuer', issuer) : (link ?? this.missing(session));
  }

  private subjectLink(session: Session): Link {
    const origin = this.permissionSetUsers.has(session.number)
      ? identityCenterOrigin(session.identity.userName || session.identity.principalId.split(':').slice(1).join(':'))
      : subjectOrigin(session.identity);
    return origin ? known('federated subject', origin) : unknown('not named', '');
  }

  private otherLink(session: Session): Link {
    const { identity } = session;
    const guid = identity.onBehalfOf || (GUID.exec(identity.principalId)?.[0] ?? '');
    if (guid !== '' && (identity.onBehalfOf !== '' || this.names.has(guid)))
      return known('Identity Center', this.userOf(guid));
    if (identity.type === 'IdentityCenterUser' && identity.userName !== '')
      return known('Identity Center', identityCenterOrigin(identity.userName));
    if (identity.invokedBy !== '') return known('service', serviceOrigin(identity.invokedBy));
    const origin = subjectOrigin(identity);
    return origin && identity.userName !== '' ? known('federated subject', origin) : unknown('not named', '');
  }

  /** A principal of another account: whoever has its ID there. */
  private foreignLink({ identity: { principalId, accountId }, firstRow }: Session): Link {
    const candidates = this.principals(principalId, accountId);
    if (principalId === '' || !/^\d{12}$/.test(accountId)) return unknown('anonymous', '');
    if (candidates.length > 0) return { row: -1, join: 'principal ID', confidence: 'certain', parents: candidates };
    const time = firstRow < 0 ? NaN : (this.log.times[firstRow] as number);
    return this.begunAbroad(principalId, accountId, time) ?? this.notHere(accountId);
  }

  /** The link by these issuing events of the session; undefined where there are none. */
  private issued(session: Session, issues: readonly Issue[], join: Join = 'issued key'): Link | undefined {
    if (issues.length === 0) return undefined;
    const confidence = join === 'issued key' ? 'certain' : 'likely';
    const links = issues.map((issue): Link => ({ join, confidence, ...this.issuerOf(session, issue), row: issue.row }));
    // The account of the role does not see who called from another one; that account's own copy does.
    const own = links.filter((link) => !link.unknown);
    const best = own.find(({ origin }) => origin) ?? own[0];
    if (!best) return links[0];
    if (best.origin) {
      const others = own.filter(({ origin }) => origin && origin.id !== best.origin?.id);
      if (others.length === 0) return best;
      // EKS hands over a pod's credentials by two calls; one of them names the pod.
      const pod = own.find(({ origin }) => origin?.kind === 'workload' && origin.name.includes('/'));
      return pod && own.every(({ origin }) => origin?.kind === 'workload') ? pod : ambiguous;
    }
    return { ...best, parents: [...new Set(own.flatMap(({ parents = [] }) => parents))] };
  }

  /** Who made the issuing event. */
  private issuerOf(session: Session, issue: Issue): Partial<Link> {
    const number = this.sessionOf(issue);
    const caller = this.identityOf(number);
    const { role, name, identity } = session;
    if (issue.eventName === 'SwitchRole') return this.switcherOf(issue);
    if (issue.isSignIn) return this.beforeSignIn(session, issue);
    if (this.isPermissionSet(session)) return { join: 'Identity Center', origin: identityCenterOrigin(name) };
    if (issue.eventName === 'CreateSession' && caller.type !== 'AssumedRole' && caller.type !== 'IAMUser') {
      const subject = identity.sourceIdentity || name;
      return { join: 'delivered credentials', origin: workloadOrigin(subject, role, identity.accountId) };
    }
    if (issue.eventName === 'GetCredentialsForIdentity') {
      const subject = textAt(issue.request, 'identityId');
      return { join: 'federated subject', origin: federatedOrigin(subject, 'cognito-identity.amazonaws.com') };
    }
    if (issue.eventName === 'AssumeRoleForPodIdentity')
      return { join: 'delivered credentials', origin: workloadOrigin(podOf(issue, name), role, identity.accountId) };
    if (caller.type === 'AWSService') {
      if (!isDeliverer(caller.invokedBy)) return { join: 'service', origin: serviceOrigin(caller.invokedBy) };
      const workload = identity.issuedTo === '' ? podOf(issue, name) : workloadName(identity.issuedTo);
      return { join: 'delivered credentials', origin: workloadOrigin(workload, role, identity.accountId) };
    }
    if (caller.type !== 'AWSAccount') return { parents: [number] };
    const copies = this.sharedWith(issue);
    if (copies.length > 0) return { join: 'shared event ID', parents: copies };
    return this.foreignIssuer(caller, issue.time);
  }

  /** Another account's principal, by its ID: the sessions of it that were alive. */
  private foreignIssuer({ principalId, accountId }: CallerIdentity, time: number): Partial<Link> {
    const alive = this.principals(principalId, accountId).filter((number) => this.isAlive(number, time));
    if (alive.length > 0) return { join: 'principal ID', confidence: 'likely', parents: alive };
    const begun = this.begunAbroad(principalId, accountId, time);
    return begun ?? this.notHere(accountId);
  }

  private notHere(accountId: string): Link {
    return this.sessions.accounts.has(accountId)
      ? unknown('not in these logs', accountId)
      : unknown('other account', accountId);
  }

  /** A session of an account whose logs are not here, by the calls that began it from an account whose logs are. */
  private begunAbroad(principalId: string, accountId: string, time: number): Link | undefined {
    if (!principalId.includes(':') || this.sessions.accounts.has(accountId)) return undefined;
    if (!this.isAbroadIndexed) {
      this.isAbroadIndexed = true;
      for (const issue of this.issues.all) {
        const account = issue.roleAccount;
        if (account === '' || this.sessions.accounts.has(account)) continue;
        if (issue.assumedRoleId !== '') add(this.byAssumedId, issue.assumedRoleId, issue);
      }
    }
    const issues = (this.byAssumedId.get(principalId) ?? []).filter(
      (issue) => issue.time <= time + SLACK && time - issue.time <= LONGEST,
    );
    const [first] = issues;
    if (!first) return undefined;
    const parents = [...new Set(issues.map((issue) => this.sessionOf(issue)))];
    return { row: first.row, join: 'principal ID', confidence: 'likely', parents, through: first.sessionArn() };
  }

  private switcherOf(issue: Issue): Partial<Link> {
    const from = issue.switchedFrom;
    const origin = originOfArn(from);
    if (origin) return { join: 'switched role', confidence: 'certain', origin };
    const alive = this.sessionsOf(from).filter((number) => this.isAlive(number, issue.time));
    if (alive.length > 0) return { join: 'switched role', confidence: 'likely', parents: alive };
    const role = /:assumed-role\/([^/]+)\/(.+)$/.exec(from);
    if (role && PERMISSION_SET.test(role[1] as string))
      return { join: 'switched role', confidence: 'likely', origin: identityCenterOrigin(role[2] as string) };
    const account = accountOf(from);
    if (account === '') return unknown('not named', '');
    return this.sessions.accounts.has(account)
      ? unknown('not in these logs', account)
      : unknown('other account', account);
  }

  /** Whether the session can have made a call at this time. */
  private isAlive(number: number, time: number): boolean {
    const { start, role } = this.sessions.all[number] as Session;
    // Keys of users have no beginning; of a session without one nothing more is known.
    if (Number.isNaN(start)) return true;
    return start <= time + SLACK && time <= start + (role === '' ? LONGEST_TOKEN : LONGEST) + SLACK;
  }

  private principals(principalId: string, account: string): readonly number[] {
    const numbers = this.byPrincipal.get(principalId) ?? [];
    const [first] = numbers;
    // The ID of a user is one person, by whatever key.
    if (first !== undefined && this.identityOf(first).type === 'IAMUser') {
      return this.identityOf(first).accountId === account ? [first] : [];
    }
    return numbers.filter((number) => this.identityOf(number).accountId === account);
  }

  /** The sessions with this ARN; several where a role was assumed again under the same name. */
  private sessionsOf(arn: string): readonly number[] {
    if (this.byCaller.size === 0) {
      for (const { number, identity } of this.sessions.all) {
        if (identity.arn !== '' && identity.type !== 'AWSAccount') add(this.byCaller, identity.arn, number);
      }
    }
    return this.byCaller.get(arn) ?? [];
  }

  /** A sign-in tells who signed in only by what the credentials were got with. */
  private beforeSignIn(session: Session, issue: Issue): Partial<Link> {
    const { arn } = session.identity;
    const others = this.sessionsOf(arn).filter((number) => number !== session.number);
    if (issue.eventName === 'RenewRole') {
      const renewed = others.filter((number) => {
        const { start } = this.sessions.all[number] as Session;
        return start < issue.time - SLACK && issue.time - start <= LONGEST;
      });
      return renewed.length > 0 ? { join: 'switched role', parents: renewed } : this.missing(session);
    }
    const tokens = (this.issues.signInTokens.get(arn) ?? []).filter(
      ({ time }) => time <= issue.time + SLACK && issue.time - time <= TOKEN_LIFE,
    );
    const callers = [...new Set(tokens.map((token) => this.sessionOf(token)))];
    return callers.length > 0 ? { join: 'sign-in token', parents: callers } : this.missing(session);
  }

  private sharedWith(issue: Issue): readonly number[] {
    const shared = issue.sharedEventID;
    if (shared === '' || !this.sessions.accounts.has(this.identityOf(this.sessionOf(issue)).accountId)) return [];
    const near = this.around(issue.time);
    if (!near) this.index();
    const copies = near?.filter(({ sharedEventID }) => sharedEventID === shared) ?? this.byShared.get(shared) ?? [];
    const callers = copies.map((copy) => this.sessionOf(copy));
    return [...new Set(callers.filter((caller) => this.identityOf(caller).type !== 'AWSAccount'))];
  }

  private issueByKey(session: Session): Issue | undefined {
    return this.issuesByKey(session)[0];
  }

  /** The events that issued the session's key to it: a key may come back years later, as another session's. */
  private issuesByKey(session: Session): readonly Issue[] {
    const { accessKeyId } = session.identity;
    const issues = accessKeyId === '' ? [] : (this.issues.byKey.get(accessKeyId) ?? []);
    const mine = issues.filter((issue) => this.began(session, issue));
    if (mine.length < 2) return mine;
    const distance = ({ time }: Issue): number => Math.abs(time - this.beginOf(session));
    const nearest = Math.min(...mine.map(distance));
    return mine.filter((issue) => distance(issue) <= nearest + 1000);
  }

  private began(session: Session, issue: Issue): boolean {
    const { start, identity, firstRow } = session;
    const arn = issue.sessionArn();
    if (identity.type === 'AssumedRole' && arn !== '' && !isSameSession(arn, identity.arn)) return false;
    if (identity.type === 'IAMUser' && issue.eventName !== 'GetSessionToken') return false;
    if (identity.type === 'Root' && !textAt(issue.request, 'targetPrincipal').includes(identity.accountId))
      return false;
    if (!Number.isNaN(start)) return Math.abs(issue.time - start) <= KEY_SLACK;
    return firstRow < 0 || issue.time <= (this.log.times[firstRow] as number) + SLACK;
  }

  private beginOf({ start, firstRow }: Session): number {
    return Number.isNaN(start) ? (this.log.times[Math.max(0, firstRow)] as number) : start;
  }

  /** The events that began a session of this role and name in the second in which this one began. */
  private issuesByStart(session: Session): readonly Issue[] {
    if (session.identity.arn === '') return [];
    const { start, identity } = session;
    // A sign-in's record may name the session that it begins without its beginning.
    if (Number.isNaN(start)) {
      return (this.signIns.get(identity.arn) ?? []).filter((issue) => this.sessionOf(issue) === session.number);
    }
    const around = this.around(start);
    if (!around) this.index();
    const near =
      around?.filter((issue) => issue.sessionArn() === identity.arn) ??
      between(this.byArn.get(identity.arn) ?? [], start - SLACK, start + SLACK);
    const exact = near.filter(({ time }) => Math.abs(time - session.start) <= 1000);
    const best = exact.length > 0 ? exact : near;
    // A switch says who switched; the AssumeRole that the console makes for it, too. A sign-in says only that.
    const telling = best.filter(({ eventName }) => eventName !== 'ConsoleLogin');
    return telling.length > 0 ? telling : best;
  }

  private signInOf(session: Session): Issue | undefined {
    return this.issuesByStart(session).find(({ isSignIn }) => isSignIn);
  }

  /** The issuing events around a time; undefined where there are too many to look at one by one. */
  private around(time: number): readonly Issue[] | undefined {
    const near = between(this.issues.all, time - SLACK, time + SLACK);
    return near.length <= MOST_NEAR ? near : undefined;
  }

  /** Made when it is first wanted: most logs name most sessions by their keys, and have few issuing events at a time. */
  private index(): void {
    if (this.isIndexed) return;
    this.isIndexed = true;
    for (const issue of this.issues.all) {
      const arn = issue.sessionArn();
      if (arn !== '') add(this.byArn, arn, issue);
      const shared = issue.sharedEventID;
      if (shared !== '') add(this.byShared, shared, issue);
    }
  }

  private isPermissionSet({ role, name, identity }: Session): boolean {
    if (name === '' || !PERMISSION_SET.test(role)) return false;
    return identity.issuerArn === '' || PERMISSION_SET_PATH.test(identity.issuerArn);
  }

  /** Why nothing is known of what began the session. */
  private missing(session: Session): Link {
    const account = session.identity.accountId || accountOf(session.identity.arn);
    const begin = this.sessions.accounts.get(account);
    if (begin === undefined) return unknown('other account', account);
    return unknown(this.beginOf(session) < begin ? 'before these logs' : 'not in these logs', account);
  }

  private userOf(guid: string): Origin {
    const name = this.names.get(guid);
    if (name !== undefined) return identityCenterOrigin(name);
    return { kind: 'person', id: `Identity Center user ${guid}`, name: guid, role: '', place: 'Identity Center' };
  }

  /** The link of a sign-in that is one of several of its session. */
  linkOfSignIn(issue: Issue): Link {
    const session = this.sessions.all[this.sessionOf(issue)] as Session;
    return { row: issue.row, join: undefined, confidence: 'certain', ...this.issuerOf(session, issue) };
  }

  /** Steps of a sign-in in which the user has not proved who they are. */
  unprovenSteps(): readonly number[] {
    const proven = new Set(this.issues.steps.flatMap(({ isProof, workflow }) => (isProof ? [workflow] : [])));
    return this.issues.steps.flatMap(({ row, isProof, workflow }) =>
      isProof || (workflow !== '' && proven.has(workflow)) ? [] : [row],
    );
  }

  /** A step of signing in tells the name, and the GUID stands in its identity or in another step of the same sign-in. */
  private nameUsers(): void {
    const workflows = new Map<string, string>();
    for (const { workflow, userName } of this.issues.steps) {
      if (workflow !== '' && isName(userName)) workflows.set(workflow, userName);
    }
    for (const { row, workflow, userName } of this.issues.steps) {
      const { onBehalfOf, principalId } = this.log.identity(this.log.identityOf[row] as number);
      const guid = onBehalfOf || (GUID.exec(principalId)?.[0] ?? '');
      const name = isName(userName) ? userName : workflows.get(workflow);
      if (guid !== '' && name !== undefined) this.names.set(guid, name);
    }
    for (const session of this.sessions.all) {
      const guid = session.identity.onBehalfOf;
      if (guid !== '' && this.isPermissionSet(session)) this.names.set(guid, session.name);
    }
  }
}

/** The issuing events from one time to another, both included. */
function between(issues: readonly Issue[], from: number, to: number): readonly Issue[] {
  return issues.slice(firstFrom(issues, from), firstFrom(issues, to + 1));
}

/** The first of the issuing events that is not before `time`. */
function firstFrom(issues: readonly Issue[], time: number): number {
  let [low, high] = [0, issues.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((issues[middle] as Issue).time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isName(userName: string): boolean {
  return userName !== '' && userName !== 'HIDDEN_DUE_TO_SECURITY_REASONS';
}

function known(join: Join, origin: Origin): Link {
  return { row: -1, join, confidence: 'certain', origin };
}

function unknown(why: Unknown['why'], account: string): Link {
  return { row: -1, join: undefined, confidence: 'certain', unknown: { why, account } };
}

const ambiguous = unknown('ambiguous', '');

function isSameSession(a: string, b: string): boolean {
  // The partition is left out of records now and then; the role's path is not in the session's ARN.
  return a.slice(a.indexOf(':sts:')) === b.slice(b.indexOf(':sts:'));
}

/** i-0…, a function's name, a task's ID: what the ARN of a workload ends in. */
function workloadName(arn: string): string {
  return arn.includes(':function:') ? (arn.split(':')[6] ?? arn) : lastSegment(arn);
}

/** A pod is known by its namespace and service account, which EKS passes as session tags; else by the session's name. */
function podOf(issue: Issue, name: string): string {
  const tags = listAt(issue.request, 'tags').concat(listAt(issue.request, 'principalTags'));
  const tag = (key: string): string =>
    textAt(
      tags.find((entry) => textAt(entry, 'key') === key),
      'value',
    ) || textAt(at(issue.request, 'principalTags'), key);
  const [space, account] = [tag('kubernetes-namespace'), tag('kubernetes-service-account')];
  return space !== '' && account !== '' ? `${space}/${account}` : name;
}
