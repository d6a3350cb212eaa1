/** Who reached what is in a resource: counted by who and by which call, however many events there are. */
import { accessDeed } from './access.js';
import { isAccess, weightOf, type Deed } from './deeds.js';
import { deedOn } from './deed-done.js';
import type { EventLog, LogEvent } from './event-log.js';
import { groupRows } from './tally.js';
import type { Target } from './target.js';

/** The calls of one name by one identity. */
export interface Access {
  readonly deed: Deed;
  readonly first: LogEvent;
  readonly last: LogEvent;
  readonly count: number;
  /** They were denied, or failed. */
  readonly isFailed: boolean;
}

interface Accesses {
  /** What says most first, then the newest. */
  readonly all: readonly Access[];
  /** Their events. */
  readonly events: number;
  /** Events whose name may be that of an access, which were too many to look into. */
  readonly unread: number;
}

/** Groups of which the newest event is looked into. */
const MOST_GROUPS = 400;

/** @param rows events that name the target, ascending */
export async function accessesOf(log: EventLog, target: Target, rows: readonly number[]): Promise<Accesses> {
  const isCall = new Map<number, boolean>();
  const calls = rows.filter((row) => {
    const code = log.code('eventName', row);
    let may = isCall.get(code);
    if (may === undefined) isCall.set(code, (may = accessDeed(log.value('eventName', row)) !== undefined));
    return may;
  });
  const groups = [
    ...groupRows(calls, (row) =>
      [
        log.code('eventSource', row),
        log.code('eventName', row),
        log.code('actor', row),
        log.code('role', row),
        log.value('outcome', row) === 'error',
      ].join(),
    ).values(),
  ].sort((a, b) => (b.at(-1) as number) - (a.at(-1) as number));
  const read = await log.events(groups.slice(0, MOST_GROUPS).map((group) => group.at(-1) as number));
  const all = read.flatMap((last, i): Access[] => {
    const { deed } = deedOn(target, last);
    const group = groups[i] as number[];
    const first = log.event(group[0] as number);
    return isAccess(deed) ? [{ deed, first, last, count: group.length, isFailed: last.outcome === 'error' }] : [];
  });
  return {
    all: all.sort((a, b) => weightOf(a.deed) - weightOf(b.deed) || b.last.row - a.last.row),
    events: all.reduce((sum, { count }) => sum + count, 0),
    unread: groups.slice(MOST_GROUPS).reduce((sum, group) => sum + group.length, 0),
  };
}
