/** What the first answer needs and every later one has: columns whose values have been made ready to be searched. */
import { codesOf } from './rows.js';
import type { EventLog, LogColumn } from './event-log.js';

const SEARCHED: readonly LogColumn[] = [
  'resources',
  'eventName',
  'actor',
  'userName',
  'arn',
  'role',
  'accessKeyId',
  'sourceIPAddress',
  'invokedBy',
  'accountId',
];

/** Steps of some milliseconds each, to be done when nobody waits. */
export function preparations(log: EventLog): readonly (() => void)[] {
  return SEARCHED.map((name) => () => {
    // A text that no value has: all values are put into lower case, which stays.
    codesOf(log.column(name), '\0');
  });
}
