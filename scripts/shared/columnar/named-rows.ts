/** Finds the events that name a resource in any spelling, for questions and for `resource:` in a query. */
import { arnService, type AskedName, type Place } from '../model/resource-name.js';
import { codeAt, perKey, type CodedColumn } from './event-columns.js';
import { listsOf } from './list-dictionary.js';

/** The columns that say to which account, region and service an event's names belong. */
export const PLACE_COLUMNS = ['recipientAccountId', 'accountId', 'awsRegion', 'eventSource'] as const;

/** A place that matches no name: a name that is meant even there is meant everywhere. */
const NOWHERE: Place = { account: '-', region: '-', service: '-' };

/**
 * Calls `visit` with each event, in ascending order, that names one of the resources.
 * @param columnOf returns `resources` and the columns of `PLACE_COLUMNS`
 */
export function forEachNaming(
  columnOf: (name: 'resources' | (typeof PLACE_COLUMNS)[number]) => CodedColumn,
  asked: readonly AskedName[],
  from: number,
  to: number,
  visit: (row: number) => void,
): void {
  const column = columnOf('resources');
  const lists = listsOf(column);
  const { names } = lists;
  const [sure, perhaps] = [new Uint8Array(names.size), new Uint8Array(names.size)];
  for (const one of asked) {
    for (const needle of one.needles) {
      names.forEachWith(needle, (name) => {
        if (sure[name] === 1) return;
        const value = names.value(name);
        if (!one.means(value)) return;
        (one.means(value, NOWHERE) ? sure : perhaps)[name] = 1;
      });
    }
  }
  if (!sure.includes(1) && !perhaps.includes(1)) return;
  const flags = new Uint8Array(lists.size);
  // Names that are meant only in some accounts, regions and services are checked where they occur, once per place.
  lists.forEachNaming(perhaps, (code) => (flags[code] = 2));
  lists.forEachNaming(sure, (code) => (flags[code] = 1));
  const places = PLACE_COLUMNS.map(columnOf);
  const isThere = new Map<string, boolean>();
  const namesIt = (row: number): boolean => {
    const code = codeAt(column, row);
    const codes = places.map((one) => codeAt(one, row));
    const key = `${String(code)},${codes.join()}`;
    let there = isThere.get(key);
    if (there === undefined) {
      const [recipient = '', account = '', region = '', source = ''] = places.map(({ dictionary }, i) =>
        dictionary.value(codes[i] as number),
      );
      const place = { account: recipient || account, region, service: arnService(source) };
      const listed = Array.from(lists.namesOf(code), (name) => names.value(name));
      there = asked.some((one) => listed.some((name) => one.means(name, place)));
      isThere.set(key, there);
    }
    return there;
  };
  const keys = perKey(column, flags);
  for (let row = from; row < to; row++) {
    const flag = keys[column.keys[row] as number] as number;
    if (flag === 1 || (flag === 2 && namesIt(row))) visit(row);
  }
}
