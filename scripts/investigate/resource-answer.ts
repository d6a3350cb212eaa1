/**
 * What happened to a resource: its history, and the verdict. The verdict never names a call that failed, was a dry run,
 * or found the resource in the state that it asked for.
 */
import { accessesOf, type Access } from './accesses.js';
import { causesOf, type Cause } from './causes.js';
import { DEEDS, isAccess, standsOut, weightOf, type Deed, type DeedClass } from './deeds.js';
import { deedOn, strongestDeed, type DeedDone } from './deed-done.js';
import type { EventLog, ReadEvent } from './event-log.js';
import { leavesOf } from './json-leaves.js';
import { failureOf, type Failure } from './failures.js';
import { namesakesOf, type Namesake } from './namesakes.js';
import { rowsNaming, rowsOf } from './rows.js';
import { originsOf } from './session-origin.js';
import type { Target } from './target.js';
import { lastWhere } from './last.js';

/** An event in the history of the resource. */
export interface HistoryEvent {
  readonly event: ReadEvent;
  readonly effect: DeedDone;
  /** Why the call failed; undefined if it did not. */
  readonly failure: Failure | undefined;
}

/** What was done, by whom, and what is behind it. */
export interface Done extends HistoryEvent {
  /** The calls that made the service do it, the most direct first. */
  readonly causes: readonly Cause[];
  /** The calls that started the actor's session, the most direct first. */
  readonly origins: readonly ReadEvent[];
}

/**
 * - `done`: an event in the report ended, stopped or exposed it
 * - `before`: it was gone or stopped when someone tried to end or stop it; the report does not show who did it
 * - `attempts`: nothing ended it, but someone tried
 * - `alive`: nothing ended it
 */
type VerdictKind = 'done' | 'before' | 'attempts' | 'alive';

export interface ResourceAnswer {
  readonly kind: 'resource';
  /** As the log writes it. */
  readonly name: string;
  /** Whether the question selects one of several resources with this name. */
  readonly isNarrow: boolean;
  /** Events that name it. */
  readonly events: number;
  readonly verdict: VerdictKind;
  /** The end, halt or exposure that the verdict is about, or the last thing that changed it. */
  readonly main: Done | undefined;
  /** The event that created it, if that is not `main`. */
  readonly made: Done | undefined;
  /** What else stands out, newest first. */
  readonly others: readonly HistoryEvent[];
  /** Failed calls that would have ended or stopped it, newest first. */
  readonly attempts: readonly HistoryEvent[];
  /** Calls that found it in the state that they asked for, newest first. */
  readonly repeats: readonly HistoryEvent[];
  /** Everything but reads, uses and everyday accesses, oldest first. */
  readonly history: readonly HistoryEvent[];
  /** Who accessed its content. */
  readonly accesses: readonly Access[];
  /** How many events may be accesses, but were too many to examine. */
  readonly unreadAccesses: number;
  /** Number of events that are neither in the history nor among the accesses: they read it, use it, or were not examined. */
  readonly mentions: number;
  /** Whether a better answer follows. */
  readonly isPartial: boolean;
}

/** Classes of deeds that are not part of the history. */
const QUIET: ReadonlySet<DeedClass> = new Set(['read', 'use', 'access']);

/** Events examined at first: those whose name says most, the newest of them. */
const FIRST = 12;
/** Events examined in total. */
const MOST = 250;

/** Several resources have the name that was asked about; only the reader knows which one is meant. */
export interface Choice {
  readonly kind: 'choice';
  /** At least two. */
  readonly namesakes: readonly Namesake[];
}

/** Yields better and better answers: first from the few deciding events, then with the whole history, then with mentions. */
export async function* answerResource(log: EventLog, target: Target): AsyncGenerator<ResourceAnswer | Choice, void> {
  const named = rowsNaming(log, [target]);
  const namesakes = await namesakesOf(log, target, named);
  if (namesakes.length > 1) {
    yield { kind: 'choice', namesakes };
    return;
  }
  const rows = namesakes[0]?.rows ?? named;
  const ranked = rank(log, rows);
  if (rows.length > 0) {
    if (ranked.length > FIRST) yield await judge(log, target, ranked.slice(0, FIRST), rows, true);
    yield await judge(log, target, ranked.slice(0, MOST), rows, true);
  }
  // The name of a call is in many policies, and none of them is about it.
  if (rows.length === 0 && rowsOf(log.column('eventName'), target.text).length > 0) return;
  const known = new Set(named);
  let more: readonly number[] = [];
  for (const text of target.mentions) {
    const mentions = (await log.facts.mentioning(text)).filter((row) => !known.has(row));
    more = await mentioning(log, target, rank(log, mentions).slice(0, MOST));
    if (rows.length + more.length > 0) break;
  }
  const all = [...rows, ...more].sort((a, b) => a - b);
  const either = more.length > 0 ? await namesakesOf(log, target, all) : [];
  if (either.length > 1) {
    yield { kind: 'choice', namesakes: either };
    return;
  }
  if (all.length === 0) return;
  yield await judge(log, target, [...ranked.slice(0, MOST), ...more], all, false);
}

/** The rows ordered by weight, the newest first among those of equal weight. */
function rank(log: EventLog, rows: readonly number[]): readonly number[] {
  const weights = new Map<number, number>();
  for (const row of rows) {
    weights.set(row, weightOf(strongestDeed({ eventName: log.value('eventName', row), isRead: log.isRead(row) })));
  }
  return [...rows].sort((a, b) => (weights.get(a) as number) - (weights.get(b) as number) || b - a);
}

/** Of events whose text contains the name, those where the name is a whole value or is in the error message. */
async function mentioning(log: EventLog, target: Target, rows: readonly number[]): Promise<readonly number[]> {
  const events = await log.events(rows);
  const [name = ''] = target.needles;
  const isDistinctive = /\d/.test(name) && name.length >= 10;
  return events
    .filter((event) => {
      const { request, response, serviceDetails, additional, errorMessage } = event;
      if (isDistinctive && errorMessage.toLowerCase().includes(name)) return true;
      return leavesOf([request, response, serviceDetails, additional]).some(({ value }) =>
        target.meansIn(event, value),
      );
    })
    .map(({ row }) => row);
}

async function judge(
  log: EventLog,
  target: Target,
  rows: readonly number[],
  named: readonly number[],
  isPartial: boolean,
): Promise<ResourceAnswer> {
  const events = named.length;
  const read = [...(await log.events(rows))].sort((a, b) => a.row - b.row);
  const accesses = await accessesOf(log, target, named);
  const all = read.map((event) => ({ event, effect: deedOn(target, event), failure: failureOf(event) }));
  const history = all.filter(({ effect }) => !QUIET.has(DEEDS[effect.deed]));
  const done = history.filter(({ effect, failure }) => !failure && DEEDS[effect.deed] !== 'none');
  const repeats = history.filter(({ effect, failure }) => !failure && effect.deed === 'repeated');
  const attempts = history.filter(isAttempt);
  const decisive = decisiveOf(done);
  const main = decisive ?? done.filter(({ effect }) => DEEDS[effect.deed] !== 'make').at(-1) ?? done.at(-1);
  const made = lastWhere(done, ({ effect }) => DEEDS[effect.deed] === 'make');
  return {
    kind: 'resource',
    name: nameOf(target, all),
    isNarrow: target.isNarrow,
    events,
    verdict: decisive
      ? 'done'
      : repeats.some(({ event }) => isOver(strongestDeed(event)))
        ? 'before'
        : attempts.length > 0
          ? 'attempts'
          : 'alive',
    main: main && (await behind(log, target, main, read)),
    made: made && made !== main ? await behind(log, target, made, read) : undefined,
    others: done.filter((one) => one !== main && one !== made && tells(one, decisive, done)).reverse(),
    attempts: attempts.reverse(),
    repeats: repeats.reverse(),
    history,
    accesses: accesses.all,
    unreadAccesses: accesses.unread,
    mentions: Math.max(0, events - history.filter(({ effect }) => !isAccess(effect.deed)).length - accesses.events),
    isPartial,
  };
}

/**
 * Whether an event is worth a sentence of its own beside the verdict. What a service did after the end belongs to the end,
 * and a halt that was undone is not worth one.
 */
function tells(
  { event, effect }: HistoryEvent,
  decisive: HistoryEvent | undefined,
  done: readonly HistoryEvent[],
): boolean {
  const deed = DEEDS[effect.deed];
  if (deed === 'make' || !standsOut(effect.deed)) return false;
  if (deed === 'halt') return !done.some((one) => one.event.row > event.row && DEEDS[one.effect.deed] === 'restore');
  const isAfterEnd = decisive && DEEDS[decisive.effect.deed] === 'end' && event.row > decisive.event.row;
  return !(isAfterEnd && deed === 'end');
}

/** Whether a failed call would have ended or stopped it. */
function isAttempt({ event, effect, failure }: HistoryEvent): boolean {
  return failure ? isOver(effect.deed) : effect.deed === 'notDone' && isOver(strongestDeed(event));
}

/** Whether it is gone or does not work afterwards. */
function isOver(deed: Deed): boolean {
  return DEEDS[deed] === 'end' || DEEDS[deed] === 'halt';
}

/**
 * The event that the verdict is about: the end that was not undone; else the halt that was not undone; else the last
 * exposure. Of several ends or halts in a row it is the first, because the later ones changed nothing.
 */
function decisiveOf(done: readonly HistoryEvent[]): HistoryEvent | undefined {
  const last = (deedClass: DeedClass): HistoryEvent | undefined => {
    let found: HistoryEvent | undefined;
    for (const one of done) {
      const now = DEEDS[one.effect.deed];
      if (now === deedClass) found ??= one;
      else if (now === 'make' || now === 'restore' || (found && provesExistence(one, found))) found = undefined;
    }
    return found;
  };
  return last('end') ?? last('halt') ?? lastWhere(done, isExposure);
}

/** Clean-up calls, which still succeed when the resource is gone. */
const CLEARS_UP = /^(?:Delete|Remove|Detach|Deregister|Disassociate|Revoke|Release|Untag|Tag|CreateTags|Complete)/;

/** Whether a later change succeeded that needs the resource to exist: then it was created again. */
function provesExistence({ event, effect }: HistoryEvent, end: HistoryEvent): boolean {
  // An instance is never created again, and stays visible for an hour after its end.
  if (end.effect.deed !== 'deleted' && end.effect.deed !== 'deregistered') return false;
  return DEEDS[effect.deed] !== 'end' && event.time > end.event.time && !CLEARS_UP.test(event.eventName);
}

function isExposure({ effect }: HistoryEvent): boolean {
  return DEEDS[effect.deed] === 'expose';
}

async function behind(
  log: EventLog,
  target: Target,
  history: HistoryEvent,
  known: readonly ReadEvent[],
): Promise<Done> {
  const { event } = history;
  const causes = await causesOf(log, event, target, known);
  // If a service did it, the person who made the service do it is of interest.
  const person = event.who.isService ? causes.at(-1)?.event : event;
  const origins = person ? await originsOf(log, person.who, person.time) : [];
  return { ...history, causes, origins };
}

/** The shortest name that the log has for the target: `i-0abc` rather than its ARN. */
function nameOf(target: Target, history: readonly HistoryEvent[]): string {
  const names = history.flatMap(({ event }) => event.resources.filter((name) => target.meansIn(event, name)));
  return names.reduce((a, b) => (b.length < a.length ? b : a), names[0] ?? target.asked);
}
