/** The answer to a sentence that says what was done: “who terminated an instance”. */
import { firstAtOrAfter } from '#shared/columnar/event-columns.js';
import type { Query } from '#shared/query/ast.js';
import { callerRows } from './caller-rows.js';
import { deedOf } from './deed-done.js';
import { DEEDS } from './deeds.js';
import type { EventLog } from './event-log.js';
import { failureOf } from './failures.js';
import type { QuestionReading } from './question-reading.js';
import type { HistoryEvent } from './resource-answer.js';
import { codesWith } from './rows.js';
import type { StandOut } from './stand-outs.js';
import { Target } from './target.js';

export interface CallsAnswer {
  readonly kind: 'calls';
  /** How the sentence was understood. */
  readonly reading: QuestionReading;
  /** The query that finds these calls, and others with their names. */
  readonly query: Query;
  /** What was done, newest first; more than a few of one kind by one caller are one entry with their count. */
  readonly deeds: readonly StandOut[];
  /** Calls that would have done it and failed, newest first. */
  readonly attempts: readonly HistoryEvent[];
  /** Older calls that were not looked into. */
  readonly unread: number;
}

/** Calls looked into, the newest. */
const LOOKED_INTO = 400;
/** Words of a question that may be a caller. */
const MOST_CALLERS = 4;
/** Deeds that are told one by one. */
const SINGLE = 8;

/**
 * The calls that the sentence asks for; undefined where it asks for none, or the log has none. A word that is no verb and
 * no kind of thing narrows them: to the calls of a caller, or to resources whose names have it.
 */
export async function answerCalls(log: EventLog, reading: QuestionReading): Promise<CallsAnswer | undefined> {
  const { calls, queries } = reading;
  const [query] = queries;
  if (calls === undefined || query === undefined) return undefined;
  const caller = callerIn(log, reading);
  const rows = rowsOfCalls(log, reading, caller?.rows);
  const looked = rows.slice(-LOOKED_INTO).reverse();
  const found: HistoryEvent[] = [];
  for (const event of await log.events(looked)) {
    const one = { event, effect: deedOf(event), failure: failureOf(event) };
    if (one.failure || calls.classes.length === 0 || calls.classes.includes(DEEDS[one.effect.deed])) found.push(one);
  }
  const others = [...reading.names, ...reading.missed].filter((word) => word !== caller?.name);
  const [narrowed, used] = narrow(found, others);
  // What looks like a name and is in none of them was asked about, and is not here.
  if (reading.names.some((name) => name !== caller?.name && !used.includes(name))) return undefined;
  const last = narrowed[0]?.event;
  if (last === undefined) return undefined;
  const deeds = narrowed.flatMap(({ failure, ...one }): StandOut[] => (failure ? [] : [{ ...one, count: 1 }]));
  const known = [...(caller ? [caller.name] : []), ...used];
  return {
    kind: 'calls',
    reading: {
      ...reading,
      understood: [...reading.understood, ...known],
      missed: reading.missed.filter((word) => !known.includes(word)),
    },
    query,
    deeds: deeds.length > SINGLE ? together(deeds) : deeds,
    attempts: narrowed.filter(({ failure }) => failure !== undefined),
    unread: rows.length - looked.length,
  };
}

/** Those with a resource whose name has the word, for each word that some of them have; and these words. */
function narrow(
  all: readonly HistoryEvent[],
  words: readonly string[],
): readonly [narrowed: readonly HistoryEvent[], used: readonly string[]] {
  let narrowed = all;
  const used: string[] = [];
  for (const word of words) {
    const lower = word.toLowerCase();
    const having = narrowed.filter(({ event, effect }) =>
      [...effect.objects, ...event.resources].some((name) => name.toLowerCase().includes(lower)),
    );
    if (having.length === 0) continue;
    narrowed = having;
    used.push(word);
  }
  return [narrowed, used];
}

/** The first word of the question that is a caller in the log, and their events. */
function callerIn(
  log: EventLog,
  { names, missed }: QuestionReading,
): { readonly name: string; readonly rows: readonly number[] } | undefined {
  for (const name of [...names, ...missed].slice(0, MOST_CALLERS)) {
    const { kinds, rows } = callerRows(log, new Target(name));
    if (kinds.length > 0) return { name, rows };
  }
  return undefined;
}

/** Ascending. @param among the events of the caller; undefined: everybody's */
function rowsOfCalls(
  log: EventLog,
  { calls, span }: QuestionReading,
  among: readonly number[] | undefined,
): readonly number[] {
  const flags = codesWith(log.column('eventName'), (name) => calls?.names.test(name) ?? false);
  if (!flags.includes(1)) return [];
  const { times } = log.facts;
  const from = span === undefined ? 0 : firstAtOrAfter(times, span.from);
  const to = span === undefined ? log.facts.rows : firstAtOrAfter(times, span.to);
  const rows: number[] = [];
  const consider = (row: number): void => {
    if (flags[log.code('eventName', row)] === 1) rows.push(row);
  };
  if (among) among.filter((row) => row >= from && row < to).forEach(consider);
  else for (let row = from; row < to; row++) consider(row);
  return rows;
}

/** One entry for each call and caller, the newest of them with their count. */
function together(deeds: readonly StandOut[]): readonly StandOut[] {
  const groups = new Map<string, StandOut>();
  for (const one of deeds) {
    const { name, role, behind } = one.event.who;
    const key = JSON.stringify([one.event.eventName, one.effect.deed, name, role, behind]);
    const known = groups.get(key);
    groups.set(key, known ? { ...known, count: known.count + 1 } : one);
  }
  return [...groups.values()];
}
