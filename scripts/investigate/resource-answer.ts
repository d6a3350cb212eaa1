/**
 * What happened to a resource: its life, and the verdict. A call that failed, was only tried out, or found the resource
 * where it would have brought it is never the deed.
 */
import { accessesOf, type Access } from './accesses.js';
import { causesOf, type Cause } from './causes.js';
import { DEEDS, isAccess, standsOut, weightOf, type Deed, type DeedClass } from './deeds.js';
import { effectOn, strongestDeed, type Effect } from './effects.js';
import type { EventLog, ReadEvent } from './event-log.js';
import { leavesOf } from './json-leaves.js';
import { failureOf, type Failure } from './failures.js';
import { namesakesOf, type Namesake } from './namesakes.js';
import { rowsNaming, rowsOf } from './rows.js';
import { originsOf } from './session-origin.js';
import type { Target } from './target.js';
import { lastWhere } from './last.js';

/** Something in the life of the resource. */
export interface LifeEvent {
  readonly event: ReadEvent;
  readonly effect: Effect;
  /** Why the call did nothing; undefined where it did. */
  readonly failure: Failure | undefined;
}

/** What was done, by whom, and what is behind it. */
export interface Done extends LifeEvent {
  /** The calls that made the service do it, the nearest first. */
  readonly causes: readonly Cause[];
  /** The calls that made the actor's session, the nearest first. */
  readonly origins: readonly ReadEvent[];
}

/**
 * - `done`: a deed of an event in the report
 * - `before`: it was gone or stopped when somebody tried; who did it is not in the report
 * - `attempts`: nobody did it, but somebody tried
 * - `alive`: nothing ended it, and something else happened to it
 */
export type VerdictKind = 'done' | 'before' | 'attempts' | 'alive';

export interface ResourceAnswer {
  readonly kind: 'resource';
  /** As the log writes it. */
  readonly name: string;
  /** Whether the question names one of several of this name. */
  readonly isNarrow: boolean;
  /** Events that name it. */
  readonly events: number;
  readonly verdict: VerdictKind;
  /** The end, halt or exposure that the verdict is about, or the last thing that changed it. */
  readonly main: Done | undefined;
  /** Who made it, where that is not `main`. */
  readonly made: Done | undefined;
  /** What else stands out, newest first. */
  readonly others: readonly LifeEvent[];
  /** Failed calls that would have ended or stopped it, newest first. */
  readonly attempts: readonly LifeEvent[];
  /** Calls that came when it was over, newest first. */
  readonly repeats: readonly LifeEvent[];
  /** Everything but reads, uses and everyday accesses, oldest first. */
  readonly life: readonly LifeEvent[];
  /** Who reached what is in it. */
  readonly accesses: readonly Access[];
  /** Events that may be accesses and were too many to look into. */
  readonly unreadAccesses: number;
  /** Events that only read or used it, or could not be looked into. */
  readonly quiet: number;
  /** Whether more may still be found. */
  readonly isPartial: boolean;
}

/** What is no step in a life. */
const QUIET: ReadonlySet<DeedClass> = new Set(['read', 'use', 'access']);

/** Events looked into at first: those whose name says most, the newest of them. */
const FIRST = 12;
/** Events looked into in all. */
const MOST = 250;

/** Several resources go by the name that was asked about; which one is meant, only the reader knows. */
export interface Choice {
  readonly kind: 'choice';
  /** At least two. */
  readonly namesakes: readonly Namesake[];
}

/** The answer, better each time: at once by the few events that decide it, then with its whole life, then with mentions. */
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

/** Rows that say most first, the newest first among those that say the same. */
function rank(log: EventLog, rows: readonly number[]): readonly number[] {
  const weights = new Map<number, number>();
  for (const row of rows) {
    weights.set(row, weightOf(strongestDeed({ eventName: log.value('eventName', row), isRead: log.isRead(row) })));
  }
  return [...rows].sort((a, b) => (weights.get(a) as number) - (weights.get(b) as number) || b - a);
}

/** Of events whose text holds the name, those where it stands as a value or in the error's description. */
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
  const all = read.map((event) => ({ event, effect: effectOn(target, event), failure: failureOf(event) }));
  const life = all.filter(({ effect }) => !QUIET.has(DEEDS[effect.deed]));
  const done = life.filter(({ effect, failure }) => !failure && effect.deed !== 'repeated');
  const repeats = life.filter(({ effect, failure }) => !failure && effect.deed === 'repeated');
  const attempts = life.filter(({ effect, failure }) => failure && isOver(effect.deed));
  const decisive = decisiveOf(done);
  const main = decisive ?? done.filter(({ effect }) => DEEDS[effect.deed] !== 'make').at(-1) ?? done.at(-1);
  const made = lastWhere(done, ({ effect }) => DEEDS[effect.deed] === 'make');
  return {
    kind: 'resource',
    name: nameOf(target, all),
    isNarrow: target.isNarrow,
    events,
    verdict: decisive ? 'done' : repeats.length > 0 ? 'before' : attempts.length > 0 ? 'attempts' : 'alive',
    main: main && (await behind(log, target, main, read)),
    made: made && made !== main ? await behind(log, target, made, read) : undefined,
    others: done.filter((one) => one !== main && one !== made && tells(one, decisive, done)).reverse(),
    attempts: attempts.reverse(),
    repeats: repeats.reverse(),
    life,
    accesses: accesses.all,
    unreadAccesses: accesses.unread,
    quiet: Math.max(0, events - life.filter(({ effect }) => !isAccess(effect.deed)).length - accesses.events),
    isPartial,
  };
}

/**
 * Whether something is worth a sentence beside the deed: not what a service did after the end, which belongs to it, and
 * not a halt that was taken back.
 */
function tells({ event, effect }: LifeEvent, decisive: LifeEvent | undefined, done: readonly LifeEvent[]): boolean {
  const deed = DEEDS[effect.deed];
  if (deed === 'make' || !standsOut(effect.deed)) return false;
  if (deed === 'halt') return !done.some((one) => one.event.row > event.row && DEEDS[one.effect.deed] === 'restore');
  const isAfterEnd = decisive && DEEDS[decisive.effect.deed] === 'end' && event.row > decisive.event.row;
  return !(isAfterEnd && deed === 'end');
}

/** Whether it is gone or does not work afterwards. */
function isOver(deed: Deed): boolean {
  return DEEDS[deed] === 'end' || DEEDS[deed] === 'halt';
}

/**
 * The deed that the verdict is about: the end that was not taken back; else the halt that was not; else what exposed it.
 * Of several in a row the first, because the later ones changed nothing any more.
 */
function decisiveOf(done: readonly LifeEvent[]): LifeEvent | undefined {
  const last = (deedClass: DeedClass): LifeEvent | undefined => {
    let found: LifeEvent | undefined;
    for (const one of done) {
      const now = DEEDS[one.effect.deed];
      if (now === deedClass) found ??= one;
      else if (now === 'make' || now === 'restore' || (found && provesLife(one, found))) found = undefined;
    }
    return found;
  };
  return last('end') ?? last('halt') ?? lastWhere(done, isExposure);
}

/** What still succeeds when the resource is gone: clearing up after it. */
const CLEARS_UP = /^(?:Delete|Remove|Detach|Deregister|Disassociate|Revoke|Release|Untag|Tag|CreateTags|Complete)/;

/** Whether a change succeeded that needs the resource to be there, so that it must have been made again since. */
function provesLife({ event, effect }: LifeEvent, end: LifeEvent): boolean {
  // An instance is never made again, and stays visible for an hour.
  if (end.effect.deed !== 'deleted' && end.effect.deed !== 'deregistered') return false;
  return DEEDS[effect.deed] !== 'end' && event.time > end.event.time && !CLEARS_UP.test(event.eventName);
}

function isExposure({ effect }: LifeEvent): boolean {
  return DEEDS[effect.deed] === 'expose';
}

async function behind(log: EventLog, target: Target, life: LifeEvent, known: readonly ReadEvent[]): Promise<Done> {
  const { event } = life;
  const causes = await causesOf(log, event, target, known);
  // Where a service did it, whoever told the service is of interest.
  const person = event.who.isService ? causes.at(-1)?.event : event;
  const origins = person ? await originsOf(log, person.who, person.time) : [];
  return { ...life, causes, origins };
}

/** The shortest of the log's names that mean the target: `i-0abc` rather than its ARN. */
function nameOf(target: Target, life: readonly LifeEvent[]): string {
  const names = life.flatMap(({ event }) => event.resources.filter((name) => target.meansIn(event, name)));
  return names.reduce((a, b) => (b.length < a.length ? b : a), names[0] ?? target.asked);
}
