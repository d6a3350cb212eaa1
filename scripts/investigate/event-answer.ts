/** Who made a kind of call: counted by who, with what stands out among them. */
import { burstsOf, signInsOf, type Burst, type SignIns } from './bursts.js';
import type { EventLog, LogEvent } from './event-log.js';
import { rowsOf } from './rows.js';
import { deedsThatStandOut, type StandOuts } from './stand-outs.js';
import { groupRows } from './tally.js';
import type { Target } from './target.js';
import { lastWhere } from './last.js';

/** The calls of one identity. */
export interface CallerCount {
  readonly last: LogEvent;
  readonly succeeded: number;
  readonly failed: number;
}

export interface EventAnswer {
  readonly kind: 'event';
  readonly name: string;
  readonly events: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly first: LogEvent;
  readonly last: LogEvent;
  /** The newest that succeeded. */
  readonly lastDone: LogEvent | undefined;
  /** Most successful calls first. */
  readonly callers: readonly CallerCount[];
  readonly standOuts: StandOuts;
  readonly bursts: readonly Burst[];
  readonly signIns: readonly SignIns[];
  readonly isPartial: boolean;
}

export async function* answerEvent(log: EventLog, target: Target): AsyncGenerator<EventAnswer, void> {
  const rows = rowsOf(log.column('eventName'), target.text);
  if (rows.length === 0) return;
  const isFailed = (row: number): boolean => log.value('outcome', row) === 'error';
  const groups = groupRows(rows, (row) => `${log.code('actor', row)} ${log.code('role', row)}`);
  const callers = [...groups.values()]
    .map((group): CallerCount => {
      const failed = group.filter(isFailed).length;
      return { last: log.event(group.at(-1) as number), succeeded: group.length - failed, failed };
    })
    .sort((a, b) => b.succeeded - a.succeeded || b.failed - a.failed || b.last.row - a.last.row);
  const failed = callers.reduce((sum, caller) => sum + caller.failed, 0);
  const lastDone = lastWhere(rows, (row) => !isFailed(row));
  const base: EventAnswer = {
    kind: 'event',
    name: log.value('eventName', rows[0] as number),
    events: rows.length,
    succeeded: rows.length - failed,
    failed,
    first: log.event(rows[0] as number),
    last: log.event(rows.at(-1) as number),
    lastDone: lastDone === undefined ? undefined : log.event(lastDone),
    callers,
    standOuts: { all: [], unread: 0 },
    bursts: burstsOf(log, rows),
    signIns: signInsOf(log, rows),
    isPartial: true,
  };
  yield base;
  yield { ...base, standOuts: await deedsThatStandOut(log, rows, Infinity), isPartial: false };
}
