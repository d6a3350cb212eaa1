/** Much of the same in a short time: secrets read one after another, things deleted in a row, passwords guessed. */
import { LIST_SEPARATOR } from '#shared/model/columns.js';
import { codeAt } from '#shared/columnar/event-columns.js';
import { DEEDS } from './deeds.js';
import { strongestDeed } from './deed-done.js';
import type { EventLog, LogEvent } from './event-log.js';
import { groupRows } from './tally.js';

/** Calls on many different resources by one identity within a minute. */
export interface Burst {
  readonly eventName: string;
  readonly by: LogEvent;
  /** Different resources. */
  readonly resources: number;
  readonly first: LogEvent;
  readonly last: LogEvent;
}

/** Failed sign-ins of one user from one address, and whether one succeeded afterwards. */
export interface SignIns {
  readonly user: string;
  readonly address: string;
  readonly failures: number;
  readonly firstFailure: LogEvent;
  readonly lastFailure: LogEvent;
  readonly success: LogEvent | undefined;
}

const WINDOW = 60_000;
/** Fewer is everyday. */
const FEWEST = 10;
/** Reads that give away what was meant to be kept. */
const SECRETS = /^(?:GetSecretValue|BatchGetSecretValue|GetParameters?|GetPasswordData|GetAuthorizationToken)$/;
/** Fewer failures in a row are somebody who mistyped. */
const FEWEST_FAILURES = 5;
/** How long after the last failure a success still belongs to them. */
const AFTER = 3_600_000;

/** The largest burst of each identity and event, the largest first. */
export function burstsOf(log: EventLog, rows: readonly number[]): readonly Burst[] {
  const telling = new Map<number, boolean>();
  const eventNames = log.column('eventName');
  const candidates = rows.filter((row) => {
    const code = codeAt(eventNames, row);
    let tells = telling.get(code);
    if (tells === undefined) telling.set(code, (tells = isTelling(eventNames.dictionary.value(code))));
    return tells && log.code('resources', row) !== 0 && log.value('outcome', row) !== 'error';
  });
  const groups = groupRows(candidates, (row) =>
    [log.code('eventName', row), log.code('actor', row), log.code('role', row)].join(),
  );
  return [...groups.values()]
    .map((group) => largest(log, group))
    .filter((burst) => burst !== undefined)
    .sort((a, b) => b.resources - a.resources);
}

function isTelling(eventName: string): boolean {
  const deed = DEEDS[strongestDeed({ eventName, isRead: false })];
  return SECRETS.test(eventName) || deed === 'end' || deed === 'halt';
}

function largest(log: EventLog, rows: readonly number[]): Burst | undefined {
  const { times } = log.facts;
  if (rows.length < FEWEST) return undefined;
  const held = new Map<number, number>();
  let [start, most, from, to] = [0, 0, 0, 0];
  rows.forEach((row, end) => {
    const code = log.code('resources', row);
    held.set(code, (held.get(code) ?? 0) + 1);
    while ((times[row] as number) - (times[rows[start] as number] as number) > WINDOW) {
      const left = log.code('resources', rows[start] as number);
      const count = (held.get(left) as number) - 1;
      if (count === 0) held.delete(left);
      else held.set(left, count);
      start++;
    }
    if (held.size > most) [most, from, to] = [held.size, start, end];
  });
  if (most < FEWEST) return undefined;
  const [first, last] = [log.event(rows[from] as number), log.event(rows[to] as number)];
  return { eventName: first.eventName, by: last, resources: most, first, last };
}

/** Guessed passwords: series of failed sign-ins, the longest first. */
export function signInsOf(log: EventLog, rows: readonly number[]): readonly SignIns[] {
  const logins = rows.filter((row) => log.value('eventName', row) === 'ConsoleLogin');
  const groups = groupRows(logins, (row) =>
    [log.value('actor', row), log.value('sourceIPAddress', row)].join(LIST_SEPARATOR),
  );
  return [...groups.values()]
    .map((group) => seriesOf(log, group))
    .filter((series) => series !== undefined)
    .sort((a, b) => b.failures - a.failures);
}

function seriesOf(log: EventLog, rows: readonly number[]): SignIns | undefined {
  const failed = rows.filter((row) => log.value('outcome', row) === 'error');
  const [first, last] = [failed[0], failed.at(-1)];
  if (first === undefined || last === undefined || failed.length < FEWEST_FAILURES) return undefined;
  const [firstFailure, lastFailure] = [log.event(first), log.event(last)];
  const later = rows.find((row) => row > last && log.value('outcome', row) !== 'error');
  const success = later === undefined ? undefined : log.event(later);
  return {
    user: lastFailure.who.name,
    address: lastFailure.address,
    failures: failed.length,
    firstFailure,
    lastFailure,
    success: success && success.time - lastFailure.time <= AFTER ? success : undefined,
  };
}
