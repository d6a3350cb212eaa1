/** Of many events, those that stand out: what ended, stopped or exposed something, or gave somebody more power. */
import { DEEDS, standsOut, weightOf, type Deed } from './deeds.js';
import { deedOf, strongestDeed, type DeedDone } from './deed-done.js';
import type { EventLog, ReadEvent } from './event-log.js';
import { failureOf } from './failures.js';

/** What stands out, and how many events that may do so were too many to look into. */
export interface StandOuts {
  readonly all: readonly StandOut[];
  readonly unread: number;
}

export interface StandOut {
  /** The newest of its kind. */
  readonly event: ReadEvent;
  readonly effect: DeedDone;
  /** Events of the same name and deed by the same identity. */
  readonly count: number;
}

/** Events looked into, of each name. */
const LOOKED_INTO = 40;
/** Events looked into in all. */
const LOOKED_INTO_IN_ALL = 4000;

/** Creating is everyday; creating who can sign in is not. */
const TELLING_CREATIONS: ReadonlySet<string> = new Set(['CreateUser', 'CreateRole', 'CreateAccessKey']);

/**
 * What stands out among what was done, the weightiest first; of several of a kind the newest with their count.
 * @param perName how many events of one name are looked into, the newest first
 */
export async function deedsThatStandOut(
  log: EventLog,
  rows: readonly number[],
  perName = LOOKED_INTO,
): Promise<StandOuts> {
  const candidates = new Map<string, number[]>();
  const weights = new Map<string, number>();
  let total = 0;
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i] as number;
    if (log.value('outcome', row) === 'error') continue;
    const eventName = log.value('eventName', row);
    let weight = weights.get(eventName);
    if (weight === undefined) {
      const deed = strongestDeed({ eventName, isRead: log.value('outcome', row) === 'read' });
      weights.set(eventName, (weight = isTelling(eventName, deed) ? weightOf(deed) : -1));
    }
    if (weight < 0) continue;
    total++;
    const same = candidates.get(eventName);
    if (!same) candidates.set(eventName, [row]);
    else if (same.length < perName) same.push(row);
  }
  const weight = (eventName: string): number => weights.get(eventName) as number;
  const names = [...candidates.keys()].sort((a, b) => weight(a) - weight(b));
  const chosen = names.flatMap((name) => candidates.get(name) as number[]).slice(0, LOOKED_INTO_IN_ALL);
  const events = await log.events(chosen);
  const groups = new Map<string, { event: ReadEvent; effect: DeedDone; count: number }>();
  for (const event of events) {
    const effect = deedOf(event);
    if (failureOf(event) || !isTelling(event.eventName, effect.deed)) continue;
    const key = [event.eventName, effect.deed, event.who.name, event.who.role].join('\n');
    const known = groups.get(key);
    if (known) known.count++;
    else groups.set(key, { event, effect, count: 1 });
  }
  const all = [...groups.values()].sort(
    (a, b) => weightOf(a.effect.deed) - weightOf(b.effect.deed) || b.event.row - a.event.row,
  );
  return { all, unread: total - chosen.length };
}

function isTelling(eventName: string, deed: Deed): boolean {
  return DEEDS[deed] === 'make' ? TELLING_CREATIONS.has(eventName) : standsOut(deed);
}
