/** Of many events, those that stand out: what ended, stopped or exposed something, or gave somebody more power. */
import { DEEDS, standsOut, weightOf, type Deed } from './deeds.js';
import { effectOf, strongestDeed, type Effect } from './effects.js';
import type { EventLog, ReadEvent } from './event-log.js';
import { failureOf } from './failures.js';

export interface StandOut {
  /** The newest of its kind. */
  readonly event: ReadEvent;
  readonly effect: Effect;
  /** Events of the same name and deed by the same identity. */
  readonly count: number;
}

/** Events looked into. */
const LOOKED_INTO = 150;
const MOST = 14;

/** Creating is everyday; creating who can sign in is not. */
const TELLING_CREATIONS: ReadonlySet<string> = new Set(['CreateUser', 'CreateRole', 'CreateAccessKey']);

/** What stands out among successful changes, the weightiest first; of several of a kind the newest with their count. */
export async function deedsThatStandOut(log: EventLog, rows: readonly number[]): Promise<readonly StandOut[]> {
  const weights = new Map<string, number>();
  const candidates: { row: number; weight: number }[] = [];
  for (const row of rows) {
    if (log.value('outcome', row) !== 'change') continue;
    const eventName = log.value('eventName', row);
    let weight = weights.get(eventName);
    if (weight === undefined) {
      const deed = strongestDeed({ eventName, isRead: false });
      weights.set(eventName, (weight = isTelling(eventName, deed) ? weightOf(deed) : -1));
    }
    if (weight >= 0) candidates.push({ row, weight });
  }
  candidates.sort((a, b) => a.weight - b.weight || b.row - a.row);
  const events = await log.events(candidates.slice(0, LOOKED_INTO).map(({ row }) => row));
  const groups = new Map<string, { event: ReadEvent; effect: Effect; count: number }>();
  for (const event of events) {
    const effect = effectOf(event);
    if (failureOf(event) || !isTelling(event.eventName, effect.deed)) continue;
    const key = [event.eventName, effect.deed, event.who.name, event.who.role].join('\n');
    const known = groups.get(key);
    if (known) known.count++;
    else groups.set(key, { event, effect, count: 1 });
  }
  return [...groups.values()]
    .sort((a, b) => weightOf(a.effect.deed) - weightOf(b.effect.deed) || b.event.row - a.event.row)
    .slice(0, MOST);
}

function isTelling(eventName: string, deed: Deed): boolean {
  return DEEDS[deed] === 'make' ? TELLING_CREATIONS.has(eventName) : standsOut(deed);
}
