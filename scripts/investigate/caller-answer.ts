/** What a person, role, key or address did: when, from where, what it changed, what stands out, who else used it. */
import { LIST_SEPARATOR } from '#shared/model/columns.js';
import { isSignIn } from '#shared/model/sign-in.js';
import { perKey } from '#shared/columnar/event-columns.js';
import { burstsOf, signInsOf, type Burst, type SignIns } from './bursts.js';
import { callerRows, type CallerKind } from './caller-rows.js';
import type { EventLog, LogColumn, LogEvent, ReadEvent } from './event-log.js';
import { originsOf } from './session-origin.js';
import { deedsThatStandOut, type StandOuts } from './stand-outs.js';
import { groupRows, tallyBy, type Tally } from './tally.js';
import type { Target } from './target.js';
import { lastWhere } from './last.js';

/** What was changed of one service by one kind of call. */
export interface Changes {
  readonly service: string;
  readonly eventName: string;
  readonly count: number;
  /** The newest. */
  readonly row: number;
  /** Some of the resources, the newest first, and how many there are. */
  readonly resources: readonly string[];
  readonly resourceCount: number;
}

/** An identity that used the same key or address. */
interface OtherIdentity {
  readonly who: string;
  readonly by: 'key' | 'address';
  readonly value: string;
  readonly count: number;
  /** The newest event. */
  readonly row: number;
}

export interface CallerAnswer {
  readonly kind: 'caller';
  readonly name: string;
  readonly kinds: readonly CallerKind[];
  readonly events: number;
  /** These two without sign-ins, which do neither. */
  readonly changes: number;
  readonly reads: number;
  /** Steps of signing in that succeeded. */
  readonly signedIn: number;
  readonly errors: number;
  readonly first: LogEvent;
  readonly last: LogEvent;
  /** Who it was, where the question is a key, an address, an account or a role. */
  readonly identities: readonly Tally[];
  readonly roles: readonly Tally[];
  readonly addresses: readonly Tally[];
  readonly keys: readonly Tally[];
  readonly regions: readonly Tally[];
  /** By service, most changes first. */
  readonly changed: readonly Changes[];
  readonly failed: readonly Tally[];
  /** Events that failed, by errorCode. */
  readonly errorCodes: readonly Tally[];
  readonly others: readonly OtherIdentity[];
  readonly standOuts: StandOuts;
  readonly bursts: readonly Burst[];
  readonly signIns: readonly SignIns[];
  /** The calls that made the newest session, the nearest first. */
  readonly origins: readonly ReadEvent[];
  readonly isPartial: boolean;
}

const MOST_RESOURCES = 4;
/** Addresses and keys by which others are looked for: a busy role has thousands. */
const MOST_TRACES = 50;

export async function* answerCaller(log: EventLog, target: Target): AsyncGenerator<CallerAnswer, void> {
  const { kinds, rows } = callerRows(log, target);
  if (rows.length === 0) return;
  const base = summary(log, target, kinds, rows);
  yield base;
  const standOuts = await deedsThatStandOut(log, rows);
  const newest = lastWhere(rows, (row) => log.value('type', row) === 'AssumedRole');
  const session = newest === undefined ? undefined : log.event(newest);
  const isOne = kinds[0] === 'person' || kinds[0] === 'key';
  const origins = session && isOne ? await originsOf(log, session.who, session.time) : [];
  yield { ...base, standOuts, origins, isPartial: false };
}

function summary(log: EventLog, target: Target, kinds: readonly CallerKind[], rows: readonly number[]): CallerAnswer {
  const outcomes = new Map(tallyBy(log, 'outcome', rows).map(({ value, count }) => [value, count]));
  const signIns = rows.filter((row) => isSignInRow(log, row));
  const ofSignIns = new Map(tallyBy(log, 'outcome', signIns).map(({ value, count }) => [value, count]));
  const withoutSignIns = (outcome: string): number => (outcomes.get(outcome) ?? 0) - (ofSignIns.get(outcome) ?? 0);
  const failed = rows.filter((row) => log.value('outcome', row) === 'error');
  const addresses = tallyBy(log, 'sourceIPAddress', rows);
  const keys = tallyBy(log, 'accessKeyId', rows);
  const identities = tallyBy(log, 'actor', rows);
  return {
    kind: 'caller',
    name: kinds[0] === 'person' ? (identities[0]?.value ?? target.asked) : target.asked,
    kinds,
    events: rows.length,
    changes: withoutSignIns('change'),
    reads: withoutSignIns('read'),
    signedIn: (ofSignIns.get('change') ?? 0) + (ofSignIns.get('read') ?? 0),
    errors: outcomes.get('error') ?? 0,
    first: log.event(rows[0] as number),
    last: log.event(rows.at(-1) as number),
    identities,
    roles: tallyBy(log, 'role', rows),
    addresses,
    keys,
    regions: tallyBy(log, 'awsRegion', rows),
    changed: changesOf(log, rows),
    failed: tallyBy(log, 'eventName', failed),
    errorCodes: tallyBy(log, 'errorCode', failed),
    others: [
      ...othersBy(log, 'accessKeyId', 'key', kinds[0] === 'key' ? [] : keys, rows),
      ...othersBy(log, 'sourceIPAddress', 'address', kinds[0] === 'address' ? [] : addresses, rows),
    ],
    standOuts: { all: [], unread: 0 },
    bursts: burstsOf(log, rows),
    signIns: signInsOf(log, rows),
    origins: [],
    isPartial: true,
  };
}

function changesOf(log: EventLog, rows: readonly number[]): readonly Changes[] {
  const changing = rows.filter((row) => log.value('outcome', row) === 'change' && !isSignInRow(log, row));
  const groups = groupRows(changing, (row) => `${log.code('eventSource', row)} ${log.code('eventName', row)}`);
  const changes = [...groups.values()].map((group): Changes => {
    const row = group.at(-1) as number;
    const cells = new Set<string>();
    for (let i = group.length - 1; i >= 0 && cells.size < 200; i--) cells.add(log.value('target', group[i] as number));
    const resources = [...new Set([...cells].flatMap((cell) => cell.split(LIST_SEPARATOR)))].filter(
      (name) => name !== '',
    );
    return {
      service: log.value('eventSource', row),
      eventName: log.value('eventName', row),
      count: group.length,
      row,
      resources: resources.slice(0, MOST_RESOURCES),
      resourceCount: resources.length,
    };
  });
  const perService = new Map<string, number>();
  for (const { service, count } of changes) perService.set(service, (perService.get(service) ?? 0) + count);
  const weight = ({ service }: Changes): number => perService.get(service) as number;
  return changes.sort((a, b) => weight(b) - weight(a) || a.service.localeCompare(b.service) || b.count - a.count);
}

function isSignInRow(log: EventLog, row: number): boolean {
  return isSignIn(log.value('eventSource', row), log.value('eventName', row));
}

/** Identities, other than those of `rows`, that used one of the keys or addresses. */
function othersBy(
  log: EventLog,
  name: LogColumn,
  by: OtherIdentity['by'],
  traces: readonly Tally[],
  rows: readonly number[],
): readonly OtherIdentity[] {
  const wanted = new Set(traces.slice(0, MOST_TRACES).map(({ value }) => value));
  for (const trace of wanted) if (/amazonaws\.com|^AWS Internal/.test(trace)) wanted.delete(trace);
  if (wanted.size === 0) return [];
  const column = log.column(name);
  const codes = new Uint8Array(column.dictionary.size);
  for (let code = 1; code < codes.length; code++) if (wanted.has(column.dictionary.value(code))) codes[code] = 1;
  const flags = perKey(column, codes);
  const mine = new Set(rows);
  const found: number[] = [];
  for (let row = 0; row < log.facts.rows; row++) {
    if (flags[column.keys[row] as number] === 1 && !mine.has(row)) found.push(row);
  }
  const own = new Set(tallyBy(log, 'actor', rows).map(({ value }) => value));
  return tallyBy(log, 'actor', found)
    .filter(({ value }) => !own.has(value))
    .map(({ value, count, row }) => ({ who: value, by, value: log.value(name, row), count, row }));
}
