/**
 * Issuing events: the calls that answer with temporary credentials, and the sign-ins that begin a session in the console.
 *
 * Where the key and the session stand: AWS STS API reference; IAM user guide, "Logging IAM and AWS STS API calls with
 * AWS CloudTrail"; the API references of IAM Roles Anywhere, EKS Auth, Cognito Identity, S3 Control and Lake Formation.
 */
import { parsedJson } from '../json-leaves.js';
import { at, textAt } from '../json-leaves.js';
import { accountOf, lastSegment, type CodedValues, type SessionLog } from './session-log.js';

/** Events that answer with `accessKeyId`. */
const KEY_EVENTS: ReadonlySet<string> = new Set(
  `AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot GetFederationToken GetSessionToken
  GetDelegatedAccessToken AssumeRoleForPodIdentity AssumeDecoratedRoleWithSAML CreateSession
  GetCredentialsForIdentity GetDataAccess GetTemporaryGlueTableCredentials GetTemporaryGluePartitionCredentials
  GetTemporaryDataLocationCredentials GetRoleCredentials CreateOAuth2Token PutCredentials
  RequestManagedInstanceRoleToken`.split(/\s+/),
);

/** Sign-ins whose own identity is the session that they begin. */
const SIGN_IN_EVENTS: ReadonlySet<string> = new Set(['ConsoleLogin', 'SwitchRole', 'RenewRole', 'ExitRole']);

/** Those that come only after the user has proved who they are. */
const PROVING_EVENTS: ReadonlySet<string> = new Set(['UserAuthentication', 'Authenticate', 'Federate']);

const SIGN_IN_TOKEN = 'GetSigninToken';

/** Steps that say which name a user of IAM Identity Center has. */
const NAMING_EVENTS: ReadonlySet<string> = new Set(
  'CredentialChallenge CredentialVerification UserAuthentication Authenticate Federate'.split(' '),
);

/** The key comes before the session token, which is long. */
const ISSUED_KEY = /"accessKeyId":"([^"\\]*)"/;
/** Bytes of a response in which it stands, but for odd ones. */
const HEAD = 256;
const ROLE_ARN = /"roleArn":"([^"\\]*)"/;
const SESSION_NAME = /"roleSessionName":"([^"\\]*)"/;

const ROLE_ACCOUNT = /"roleArn":"arn:[^:]*:iam::(\d{12}):/;

export class Issue {
  private parsedRequest: unknown;
  private parsedResponse: unknown;
  private session: string | undefined;

  constructor(
    private readonly log: SessionLog,
    readonly row: number,
    readonly eventName: string,
    /** The key that the call answered with; '' where it is none, or a sign-in. */
    readonly key: string,
  ) {}

  get time(): number {
    return this.log.times[this.row] as number;
  }

  /** The number of the caller's identity; of a sign-in, of the session that it begins. */
  get caller(): number {
    return this.log.identityOf[this.row] as number;
  }

  get isSignIn(): boolean {
    return SIGN_IN_EVENTS.has(this.eventName);
  }

  get request(): unknown {
    return (this.parsedRequest ??= parsedJson(this.log.text(this.row, 'requestParameters')) ?? {});
  }

  get response(): unknown {
    return (this.parsedResponse ??= parsedJson(this.log.text(this.row, 'responseElements')) ?? {});
  }

  get sharedEventID(): string {
    return plain(this.log.text(this.row, 'sharedEventID'));
  }

  /** The ARN of the session that began; '' where the event does not tell. */
  sessionArn(): string {
    return (this.session ??= this.findSession());
  }

  private findSession(): string {
    if (this.isSignIn) return this.log.identity(this.caller).arn;
    const request = this.log.text(this.row, 'requestParameters');
    const role = ROLE_ARN.exec(request)?.[1] ?? '';
    const name = SESSION_NAME.exec(request)?.[1] ?? '';
    if (role !== '' && name !== '') {
      const [, partition = 'aws'] = role.split(':');
      return `arn:${partition}:sts::${accountOf(role)}:assumed-role/${lastSegment(role)}/${name}`;
    }
    return (
      textAt(this.response, 'assumedRoleUser', 'arn') ||
      textAt(first(at(this.response, 'credentialSet')), 'assumedRoleUser', 'arn') ||
      textAt(this.response, 'federatedUser', 'arn')
    );
  }

  /** The account of the role that was assumed; '' where the request does not tell. */
  get roleAccount(): string {
    return ROLE_ACCOUNT.exec(this.log.text(this.row, 'requestParameters'))?.[1] ?? '';
  }

  /** ROLE-ID:SESSION of the session that began; '' where the response does not tell. */
  get assumedRoleId(): string {
    return textAt(this.response, 'assumedRoleUser', 'assumedRoleId');
  }

  /** SwitchRole: the ARN of whoever switched; '' where the event does not tell. */
  get switchedFrom(): string {
    return textAt(parsedJson(this.log.text(this.row, 'additionalEventData')), 'SwitchFrom');
  }
}

/** What a step of signing in to IAM Identity Center says of its user. */
interface SignInStep {
  readonly row: number;
  /** The user has proved who they are by this step. */
  readonly isProof: boolean;
  readonly userName: string;
  /** Ties the steps of one sign-in together. */
  readonly workflow: string;
}

export interface Issues {
  /** In the order of time. */
  readonly all: readonly Issue[];
  readonly byKey: ReadonlyMap<string, readonly Issue[]>;
  /** Calls of GetSigninToken by their caller's ARN: credentials of a session are taken to the console with it. */
  readonly signInTokens: ReadonlyMap<string, readonly Issue[]>;
  readonly steps: readonly SignInStep[];
  /** Sign-ins that failed: the name in them was typed by anybody. */
  readonly failedSignIns: readonly number[];
}

/**
 * The issuing events of a log that can have begun one of its sessions.
 * @param keys the access keys that made calls: only their issuing events are wanted by key
 */
export function findIssues(log: SessionLog, keys: ReadonlySet<string>): Issues {
  const names = log.column('eventName');
  const outcomes = log.column('outcome');
  const wanted = new Uint8Array(names.size);
  const proves = new Uint8Array(names.size);
  for (let code = 1; code < names.size; code++) {
    const name = names.value(code);
    proves[code] = PROVING_EVENTS.has(name) ? 1 : 0;
    wanted[code] = KEY_EVENTS.has(name)
      ? 1
      : SIGN_IN_EVENTS.has(name)
        ? 2
        : NAMING_EVENTS.has(name)
          ? 3
          : name === SIGN_IN_TOKEN
            ? 4
            : 0;
  }
  const all: Issue[] = [];
  const byKey = new Map<string, Issue[]>();
  const signInTokens = new Map<string, Issue[]>();
  const steps: SignInStep[] = [];
  const failedSignIns: number[] = [];
  const failed = codeOf(outcomes, 'error');
  for (let row = 0; row < log.rows; row++) {
    const kind = wanted[names.codes[row] as number];
    if (kind === 0) continue;
    const isFailed = outcomes.codes[row] === failed;
    if (kind === 3) steps.push(stepAt(log, row, !isFailed && proves[names.codes[row] as number] === 1));
    else if (kind === 2 && isFailed) failedSignIns.push(row);
    if (kind === 3 || isFailed) continue;
    const name = names.value(names.codes[row] as number);
    const key = kind === 1 ? issuedKey(log, row) : '';
    const issue = new Issue(log, row, name, key);
    if (kind === 4) add(signInTokens, log.identity(issue.caller).arn, issue);
    else all.push(issue);
    if (key !== '' && keys.has(key)) add(byKey, key, issue);
  }
  return { all, byKey, signInTokens, steps, failedSignIns };
}

function issuedKey(log: SessionLog, row: number): string {
  const head = log.text(row, 'responseElements', HEAD);
  const found =
    ISSUED_KEY.exec(head) ?? (head.length < HEAD ? null : ISSUED_KEY.exec(log.text(row, 'responseElements')));
  return found?.[1] ?? '';
}

function stepAt(log: SessionLog, row: number, isProof: boolean): SignInStep {
  const more = parsedJson(log.text(row, 'additionalEventData'));
  return { row, isProof, userName: textAt(more, 'UserName'), workflow: textAt(more, 'AuthWorkflowID') };
}

function codeOf(values: CodedValues, text: string): number {
  for (let code = 0; code < values.size; code++) if (values.value(code) === text) return code;
  return -1;
}

export function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function first(list: unknown): unknown {
  return Array.isArray(list) ? (list as unknown[])[0] : undefined;
}

/** The text that a JSON string holds. */
function plain(json: string): string {
  const value = parsedJson(json);
  return typeof value === 'string' ? value : '';
}
