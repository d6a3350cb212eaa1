/**
 * Who is behind a role's session: the call that made it, which answered with the session's access key. A role that was
 * assumed from another role's session leads on to that one.
 *
 * AWS CloudTrail user guide, "userIdentity element" and "sharedEventID".
 */
import { firstAtOrAfter } from '#shared/columnar/event-columns.js';
import type { EventLog, ReadEvent } from './event-log.js';
import { textAt } from './json-leaves.js';
import { Target } from './target.js';
import type { Who } from './who.js';
import { rowsNaming } from './rows.js';

/** From role to role. */
const MAX_STEPS = 5;
/** A session lives twelve hours at most: IAM user guide, "maximum session duration". */
const LONGEST = 12 * 3_600_000;
const SLACK = 5000;
/** Calls looked into. */
const MAX_CALLS = 12;

/** The calls that made the session, its own first; none where the log has none, or the caller is no role's session. */
export async function originsOf(log: EventLog, who: Who, time: number): Promise<readonly ReadEvent[]> {
  const origins: ReadEvent[] = [];
  let session = who;
  let before = time;
  while (session.type === 'AssumedRole' && !session.isService && origins.length < MAX_STEPS) {
    const origin = await originOf(log, session, before);
    if (!origin || origins.some(({ row }) => row === origin.row)) break;
    origins.push(origin);
    session = origin.who;
    before = origin.time;
  }
  return origins;
}

async function originOf(log: EventLog, session: Who, before: number): Promise<ReadEvent | undefined> {
  const calls = await log.events(callRows(log, session, before));
  const mine = calls.filter((call) => madeIt(call, session));
  // The role's account does not see who called from another one; that account's copy of the event does.
  const shared = new Set(mine.map(({ sharedEventID }) => sharedEventID).filter((id) => id !== ''));
  const copies = calls.filter(({ sharedEventID }) => shared.has(sharedEventID));
  return [...mine, ...copies].find(({ who }) => who.type !== 'AWSAccount') ?? mine[0];
}

/** Calls that assumed the session's role around its beginning, the nearest first. */
function callRows(log: EventLog, session: Who, before: number): number[] {
  const { times } = log.facts;
  const isKnown = !Number.isNaN(session.since);
  const from = firstAtOrAfter(times, isKnown ? session.since - SLACK : before - LONGEST);
  const to = firstAtOrAfter(times, (isKnown ? session.since : before) + SLACK);
  const role = session.arn.replace(/^(arn:[^:]+):sts::([^:]*):assumed-role\/([^/]+)\/.*$/, '$1:iam::$2:role/$3');
  const names = [new Target(session.arn), new Target(role), new Target(session.role)];
  const rows: number[] = [];
  for (const row of rowsNaming(log, names, from, to)) {
    if (log.value('eventName', row).startsWith('AssumeRole') && log.value('outcome', row) !== 'error') rows.push(row);
  }
  const begun = isKnown ? session.since : before;
  const distance = (row: number): number => Math.abs((times[row] as number) - begun);
  return rows.sort((a, b) => distance(a) - distance(b)).slice(0, MAX_CALLS);
}

function madeIt({ response, time }: ReadEvent, session: Who): boolean {
  const key = textAt(response, 'credentials', 'accessKeyId');
  if (key !== '' && session.key !== '') return key === session.key;
  const arn = textAt(response, 'assumedRoleUser', 'arn');
  return arn === session.arn && Math.abs(time - session.since) <= SLACK;
}
