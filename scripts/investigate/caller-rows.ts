/** The events made by what was asked about: a person, a role, a key, from an address. */
import { isInRange, parseAddress, parseRange } from '#shared/query/address.js';
import { perKey, type CodedColumn } from '#shared/columnar/event-columns.js';
import type { EventLog, LogColumn } from './event-log.js';
import { codesOf, codesWith } from './rows.js';
import type { Target } from './target.js';

/** What the asked-about is to its events. */
export type CallerKind = 'person' | 'role' | 'key' | 'address' | 'account' | 'service';

interface CallerRows {
  /** What it is to most of them first. */
  readonly kinds: readonly CallerKind[];
  /** Ascending. */
  readonly rows: readonly number[];
}

const COLUMNS: readonly (readonly [LogColumn, CallerKind])[] = [
  ['behind', 'person'],
  ['actor', 'person'],
  ['userName', 'person'],
  ['arn', 'person'],
  ['role', 'role'],
  ['accessKeyId', 'key'],
  ['sourceIPAddress', 'address'],
  ['invokedBy', 'service'],
  ['accountId', 'account'],
];

/**
 * A person's events are all that lead to them, in whatever session. Where there are such, a session that only bears the
 * name and leads to somebody else is not theirs.
 */
export function callerRows(log: EventLog, target: Target): CallerRows {
  const mask = new Uint8Array(log.facts.rows);
  const counts = new Map<CallerKind, number>();
  const behind = log.column('behind');
  const isTheirs = perKey(behind, codesMeaning(behind, target));
  const isKnown = perKey(
    behind,
    codesWith(behind, (name) => name !== ''),
  );
  const isOthers = (row: number): boolean =>
    isKnown[behind.keys[row] as number] === 1 && !isTheirs[behind.keys[row] as number];
  const isPerson = isTheirs.includes(1);
  for (const [name, kind] of COLUMNS) {
    const column = log.column(name);
    const codes = codesMeaning(column, target);
    if (!codes.includes(1)) continue;
    const flags = perKey(column, codes);
    let count = 0;
    for (let row = 0; row < mask.length; row++) {
      if (flags[column.keys[row] as number] !== 1 || (isPerson && kind === 'person' && isOthers(row))) continue;
      mask[row] = 1;
      count++;
    }
    if (count > 0) counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  const rows: number[] = [];
  for (let row = 0; row < mask.length; row++) if (mask[row] === 1) rows.push(row);
  return { kinds: [...counts].sort((a, b) => b[1] - a[1]).map(([kind]) => kind), rows };
}

/** What `user/alice` calls the names in a column. */
const TYPES: Partial<Record<string, string>> = { actor: 'user', userName: 'user' };

/** 1 for each value of the column that means the target. */
function codesMeaning(column: CodedColumn, { text, readings }: Target): Uint8Array {
  if (column.name === 'sourceIPAddress') {
    const range = parseRange(text);
    if (range && range.bits < range.bytes.length * 8) {
      return codesWith(column, (value) => {
        const address = parseAddress(value);
        return address !== undefined && isInRange(address, range);
      });
    }
  }
  if (column.name === 'behind') return codesWith(column, (value) => isNamed(value, text));
  if (column.name === 'actor' && text === 'root') return codesWith(column, (value) => value.startsWith('root@'));
  if (column.name === 'role')
    return codesOf(column, readings.find(({ type, service }) => type === 'role' && service === 'iam')?.name ?? text);
  const name = readings.find(
    ({ type, isGuess, account }) => type === TYPES[column.name] && !isGuess && account === '',
  )?.name;
  const codes = codesOf(column, name ?? text);
  // A service also by its short name.
  if (column.name === 'invokedBy' && !codes.includes(1)) return codesOf(column, `${text}.amazonaws.com`);
  return codes;
}

/** Whether a cell of `behind` has the name; of several with one name the cell says in brackets where each is from. */
function isNamed(cell: string, name: string): boolean {
  const [lower, asked] = [cell.toLowerCase(), name.toLowerCase()];
  return lower === asked || (lower.startsWith(`${asked} (`) && lower.endsWith(')'));
}
