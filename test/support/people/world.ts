/**
 * A made-up organization whose every call has a known author: accounts, people, roles and workloads, the records that
 * CloudTrail keeps of them, and the truth of who is behind each session.
 */
import { iamUser, type UserIdentity } from '../identities.js';
import { isoTime, Trail, type Call, type Caller } from '../sample/trail.js';
import type { LogRecord } from './record-log.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** When the logs begin. */
export const BEGIN = Date.UTC(2025, 2, 3);
export const DAYS = 5;

/** The accounts whose logs are there, and one whose logs are not. */
export const ACCOUNTS = ['111122223333', '222233334444', '333344445555'] as const;
export const ABSENT = '999900001111';
export const [MANAGEMENT, PRODUCTION, STAGING] = ACCOUNTS;

/** What is right to say of a session. */
export interface Truth {
  readonly form: string;
  /** eventIDs of the session's calls. */
  readonly events: readonly string[];
  /** Who is behind it, as it must be shown; undefined where nobody can know. */
  readonly behind?: string;
  /** For what nobody can know: a word of the reason. */
  readonly why?: RegExp;
  /** Whether the credentials were used where they do not belong. */
  readonly isElsewhere?: boolean;
}

/** A caller that can be a role's session, and so begin another. */
export interface Actor extends Caller {
  readonly account: string;
}

export interface Assumption {
  readonly at: number;
  readonly account: string;
  readonly role: string;
  readonly name: string;
  /** Records of the call that are lost: the caller's account's, the role's account's, or both. */
  readonly lost?: 'caller' | 'role' | 'both';
  readonly key?: string;
  readonly sourceIdentity?: string;
  /** The response is not recorded. */
  readonly isUnanswered?: boolean;
  /** The role's path, between slashes. */
  readonly path?: string;
  readonly event?: string;
  readonly request?: Readonly<Record<string, unknown>>;
  readonly session?: Readonly<Record<string, unknown>>;
}

const KEY_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export const CLI = 'aws-cli/2.24.10 md/awscrt#0.23.8 ua/2.0 os/macos#24.3.0 md/arch#arm64 lang/python#3.12.9';
export const BOTO = 'Boto3/1.36.20 md/Botocore#1.36.20 ua/2.0 os/linux#6.8.0 md/arch#x86_64 lang/python#3.12.3';
export const GO = 'aws-sdk-go-v2/1.36.1 ua/2.1 os/linux lang/go#1.23.6 md/GOOS#linux md/GOARCH#amd64 api/sts#1.33.14';
export const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/133.0.0.0 Safari/537.36';

const CALLS = [
  ['ec2', 'DescribeInstances', true],
  ['s3', 'ListBuckets', true],
  ['iam', 'ListRoles', true],
  ['sts', 'GetCallerIdentity', true],
  ['ec2', 'TerminateInstances', false],
  ['cloudtrail', 'StopLogging', false],
  ['iam', 'AttachRolePolicy', false],
] as const;

export class World {
  readonly truths: Truth[] = [];
  readonly trail: Trail;
  private readonly ids = new Map<string, string>();
  private people = 0;
  private networks = 0;

  constructor(seed: number) {
    this.trail = new Trail(seed);
  }

  get random(): Trail['random'] {
    return this.trail.random;
  }

  /** The records of the accounts whose logs are there, in the order of their time. */
  records(): LogRecord[] {
    return this.trail
      .files()
      .flatMap(({ text }) => (JSON.parse(text) as { Records: LogRecord[] }).Records)
      .filter(({ recipientAccountId, eventTime }) => {
        return recipientAccountId !== ABSENT && Date.parse(eventTime as string) >= BEGIN;
      });
  }

  /** A time that leaves room for what follows. */
  anytime(): number {
    return BEGIN + 6 * HOUR + this.random.below(((DAYS - 1) * DAY) / 1000) * 1000;
  }

  anyAccount(): string {
    return this.random.pick(ACCOUNTS);
  }

  /** A new ASIA… or AKIA… key. */
  key(prefix: 'ASIA' | 'AKIA' = 'ASIA'): string {
    return prefix + this.random.text(KEY_CHARACTERS, 16);
  }

  /** The unique ID of a user (AIDA) or role (AROA), always the same for one. */
  id(prefix: 'AIDA' | 'AROA', account: string, name: string): string {
    const key = `${prefix} ${account} ${name}`;
    const known = this.ids.get(key) ?? prefix + this.random.text(KEY_CHARACTERS, 17);
    this.ids.set(key, known);
    return known;
  }

  /** An address in a network of its own. */
  address(): string {
    const network = this.networks++;
    return `${60 + (network >> 8)}.${network & 255}.${this.random.below(250)}.${1 + this.random.below(250)}`;
  }

  newName(stem = 'user'): string {
    return `${stem}-${++this.people}`;
  }

  /** An IAM user with a key of their own. */
  user(account: string, name = this.newName(), agent = CLI): Actor {
    const identity = { ...iamUser(account, name, this.key('AKIA')), principalId: this.id('AIDA', account, name) };
    return { account, identity, address: this.address(), agent };
  }

  service(name: string): Actor {
    const host = `${name}.amazonaws.com`;
    return { account: '', identity: { type: 'AWSService', invokedBy: host }, address: host, agent: host };
  }

  /** Some calls in an account; the IDs of their events. */
  work(
    actor: Caller & { readonly account?: string },
    at: number,
    calls = 2 + this.random.below(4),
    account = actor.account,
  ): string[] {
    return Array.from({ length: calls }, (_, i) => {
      const [service, name, readOnly] = this.random.pick(CALLS);
      return this.add({ at: at + i * 37_000, account: account ?? MANAGEMENT, caller: actor, service, name, readOnly });
    });
  }

  /** Adds one record; its event's ID. */
  add(call: Omit<Call, 'region'> & { readonly region?: string }): string {
    const eventID = this.random.uuid();
    this.trail.add({ region: 'eu-west-1', ...call, fields: { ...call.fields, eventID } });
    return eventID;
  }

  /** The session that an assumption makes, without a record of it. */
  session({ account, role, name, at, key, sourceIdentity, path = '/', session }: Assumption, place: Caller): Actor {
    const roleId = this.id('AROA', account, role);
    const { inScopeOf, onBehalfOf, ...context } = session ?? {};
    const identity = {
      type: 'AssumedRole',
      principalId: `${roleId}:${name}`,
      arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
      accountId: account,
      accessKeyId: key ?? this.key(),
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: roleId,
          arn: `arn:aws:iam::${account}:role${path}${role}`,
          accountId: account,
          userName: role,
        },
        webIdFederationData: {},
        attributes: { creationDate: isoTime(at), mfaAuthenticated: 'false' },
        ...(sourceIdentity !== undefined && { sourceIdentity }),
        ...context,
      },
      ...(inScopeOf !== undefined && { inScopeOf }),
      ...(onBehalfOf !== undefined && { onBehalfOf }),
    };
    return { account, identity, address: place.address, agent: place.agent };
  }

  /** A caller assumes a role: the records of both accounts, and the session. */
  assume(caller: Actor, assumption: Assumption): Actor {
    const {
      at,
      account,
      role,
      name,
      path = '/',
      lost,
      isUnanswered,
      sourceIdentity,
      event = 'AssumeRole',
    } = assumption;
    const session = this.session(assumption, caller);
    const roleArn = `arn:aws:iam::${account}:role${path}${role}`;
    const isForeign = caller.account !== '' && caller.account !== account;
    const call = {
      at,
      service: 'sts',
      name: event,
      readOnly: true,
      request: {
        roleArn,
        roleSessionName: name,
        ...(sourceIdentity !== undefined && { sourceIdentity }),
        durationSeconds: 3600,
        ...assumption.request,
      },
      response: isUnanswered
        ? null
        : {
            credentials: this.credentials(session.identity, at),
            assumedRoleUser: { assumedRoleId: session.identity['principalId'], arn: session.identity['arn'] },
            ...(sourceIdentity !== undefined && { sourceIdentity }),
          },
      fields: {
        resources: [{ accountId: account, type: 'AWS::IAM::Role', ARN: roleArn }],
        ...((isForeign || caller.account === '') && { sharedEventID: this.random.uuid() }),
      },
    };
    if (lost === 'both') return session;
    if (!isForeign) {
      this.add({ ...call, account, caller });
      return session;
    }
    if (lost !== 'caller') this.add({ ...call, account: caller.account, caller });
    if (lost === 'role') return session;
    const principalId = caller.identity['principalId'];
    const seen = { type: 'AWSAccount', principalId, accountId: caller.account };
    this.add({ ...call, account, caller: { ...caller, identity: seen } });
    return session;
  }

  credentials(identity: UserIdentity, at: number): Readonly<Record<string, unknown>> {
    return {
      accessKeyId: identity['accessKeyId'],
      sessionToken: `IQoJb3JpZ2luX2Vj${this.random.text(KEY_CHARACTERS, 60)}`,
      expiration: `Mar 9, 2025, ${new Date(at).toISOString().slice(11, 19)} PM`,
    };
  }

  /** The truth of a session's calls. */
  tell(form: string, events: readonly string[], truth: Omit<Truth, 'form' | 'events'>): void {
    this.truths.push({ form, events, ...truth });
  }
}

/** The user's name as it must be shown. */
export function nameOf(actor: Actor): string {
  return actor.identity['userName'] as string;
}
