/** What somebody made and took away again within a day: a test, a deployment, a machine for an hour. */
import { strongestDeed } from '../deed-done.js';
import { DEEDS } from '../deeds.js';
import { AskedName } from '#shared/model/resource-name.js';
import type { CallLog } from './read-calls.js';

/** In milliseconds. */
const SOON = 86_400_000;

/** Whether the person of an event made the resource within a day before it. */
export function ownResources(log: CallLog): (row: number, name: string) => boolean {
  const makes: (boolean | undefined)[] = [];
  const made = new Map<string, { readonly person: string; readonly time: number }[]>();
  const { rows } = log.log;
  const error = codeOf(log, 'error');
  const [nameOf, outcomeOf] = [log.codes('eventName'), log.codes('outcome')];
  for (let row = 0; row < rows; row++) {
    const code = nameOf(row);
    let isMake = makes[code];
    if (isMake === undefined) {
      const deed = strongestDeed({ eventName: log.column('eventName').value(code), isRead: false });
      makes[code] = isMake = DEEDS[deed] === 'make';
    }
    if (!isMake || outcomeOf(row) === error) continue;
    for (const name of log.targets(row)) {
      const one = { person: log.person(row), time: log.time(row) };
      const key = keyOf(name);
      const known = made.get(key);
      if (known) known.push(one);
      else made.set(key, [one]);
    }
  }
  return (row, name) => {
    const person = log.person(row);
    const time = log.time(row);
    return (made.get(keyOf(name)) ?? []).some(
      (one) => one.person === person && one.time <= time && time - one.time <= SOON,
    );
  };
}

/** The same for a name and for an ARN that ends in it. */
function keyOf(name: string): string {
  return new AskedName(name).readings[0]?.name.toLowerCase() ?? name.toLowerCase();
}

function codeOf(log: CallLog, outcome: string): number {
  const column = log.column('outcome');
  for (let code = 0; code < column.size; code++) if (column.value(code) === outcome) return code;
  return -1;
}
