/** Sessions: the distinct credentials that made a log's calls, with what was done by each and from where. */
import { roleNameOf, sessionNameOf, type CallerIdentity, type SessionLog } from './session-log.js';

/** Credentials used from one address by one program. */
export interface Place {
  readonly address: string;
  readonly agent: string;
  /** The codes of these two. */
  readonly codes: readonly [address: number, agent: number];
  /** Came through a VPC endpoint. */
  readonly isEndpoint: boolean;
  /** Milliseconds since 1970 UTC. */
  readonly first: number;
  last: number;
  readonly firstRow: number;
  count: number;
}

export interface Session {
  /** Its number: its place among the sessions. */
  readonly number: number;
  readonly identity: CallerIdentity;
  /** Milliseconds since 1970 UTC; NaN where unknown. */
  readonly start: number;
  /** '' where it is no role's. */
  readonly role: string;
  /** The name that whoever began it chose, or was given; '' where it has none. */
  readonly name: string;
  events: number;
  changes: number;
  denied: number;
  /** -1 where it made no call. */
  firstRow: number;
  lastRow: number;
  /** In the order of their first calls. */
  readonly places: Place[];
}

export interface Sessions {
  readonly all: readonly Session[];
  /** Identity → session. */
  readonly ofIdentity: Uint32Array;
  /** Calls by principals of other accounts, whose record names the account and the principal alone. */
  readonly foreignRows: readonly number[];
  /** When the logs of each account begin, milliseconds since 1970 UTC. */
  readonly accounts: ReadonlyMap<string, number>;
}

/** Sessions used from more places than this are those of a crowd: no further ones are kept. */
const MAX_PLACES = 48;

export function findSessions(log: SessionLog): Sessions {
  const all: Session[] = [];
  const ofIdentity = new Uint32Array(log.identities);
  const known = new Map<string, number>();
  for (let number = 0; number < log.identities; number++) {
    const identity = log.identity(number);
    const key = credentialsOf(identity);
    let session = known.get(key);
    if (session === undefined) {
      session = all.push(newSession(all.length, identity)) - 1;
      known.set(key, session);
    }
    ofIdentity[number] = session;
  }
  return { all, ofIdentity, ...observe(log, all, ofIdentity) };
}

/** Equal for the same credentials. A service that calls for somebody uses that somebody's. */
function credentialsOf(identity: CallerIdentity): string {
  const { type, arn, principalId, accountId, accessKeyId, creationDate } = identity;
  const parts = [type, accountId, arn, principalId, accessKeyId, creationDate];
  if (type === 'AWSService' || type === '') parts.push(identity.invokedBy);
  // These have no credentials of AWS: the name is all there is.
  if (accessKeyId === '') parts.push(identity.userName, identity.provider);
  if (identity.onBehalfOf !== '') parts.push(identity.onBehalfOf);
  return parts.join('\n');
}

function newSession(number: number, identity: CallerIdentity): Session {
  return {
    number,
    identity,
    start: startOf(identity.creationDate),
    role: roleNameOf(identity),
    name: sessionNameOf(identity),
    events: 0,
    changes: 0,
    denied: 0,
    firstRow: -1,
    lastRow: -1,
    places: [],
  };
}

/** ISO 8601, also in its basic form: 20250303T094800Z. */
function startOf(date: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  if (year === undefined) return Date.parse(date);
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

/** The one pass over all events. */
function observe(
  log: SessionLog,
  sessions: readonly Session[],
  ofIdentity: Uint32Array,
): Pick<Sessions, 'foreignRows' | 'accounts'> {
  const { identityOf, times } = log;
  const outcomes = log.column('outcome');
  const addresses = log.column('sourceIPAddress');
  const agents = log.column('userAgent');
  const endpoints = log.column('vpcEndpointId');
  const recipients = log.column('recipientAccountId');
  const kindOf = Uint8Array.from({ length: outcomes.size }, (_, code) => outcomeKind(outcomes.value(code)));
  const isForeign = sessions.map(({ identity }) => identity.type === 'AWSAccount');
  const begins = new Float64Array(recipients.size).fill(NaN);
  const foreignRows: number[] = [];
  const accounts = new Map<string, number>();
  // Old records do not say which account received them: then it is the caller's.
  const noteCaller = (account: string, time: number): void => {
    if (account !== '' && !accounts.has(account)) accounts.set(account, time);
  };
  const latest = sessions.map((): Place | undefined => undefined);
  for (let row = 0; row < log.rows; row++) {
    const number = ofIdentity[identityOf[row] as number] as number;
    const session = sessions[number] as Session;
    const time = times[row] as number;
    if (session.events++ === 0) session.firstRow = row;
    session.lastRow = row;
    const kind = kindOf[outcomes.codes[row] as number];
    if (kind === 1) session.changes++;
    else if (kind === 2) session.denied++;
    const recipient = recipients.codes[row] as number;
    if (recipient === 0) noteCaller(session.identity.accountId, time);
    else if (Number.isNaN(begins[recipient])) begins[recipient] = time;
    if (isForeign[number] === true) foreignRows.push(row);
    const address = addresses.codes[row] as number;
    const agent = agents.codes[row] as number;
    let place = latest[number];
    if (place?.codes[0] !== address || place.codes[1] !== agent) {
      place = session.places.find(({ codes }) => codes[0] === address && codes[1] === agent);
      if (!place) {
        if (session.places.length === MAX_PLACES) continue;
        place = {
          address: addresses.value(address),
          agent: agents.value(agent),
          codes: [address, agent],
          isEndpoint: endpoints.codes[row] !== 0,
          first: time,
          last: time,
          firstRow: row,
          count: 0,
        };
        session.places.push(place);
      }
      latest[number] = place;
    }
    place.count++;
    place.last = time;
  }
  begins.forEach((time, code) => {
    const account = recipients.value(code);
    if (!Number.isNaN(time)) accounts.set(account, Math.min(time, accounts.get(account) ?? time));
  });
  return { foreignRows, accounts };
}

/** 1: changed something, 2: failed, 0: read. */
function outcomeKind(outcome: string): number {
  return outcome === 'change' ? 1 : outcome === 'error' ? 2 : 0;
}
