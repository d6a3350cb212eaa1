/**
 * The sessions that made some events: a row for each set of credentials, with what was done by it. A pass over the events
 * counts; identities are put together once.
 */
import { programOf } from '#scripts/investigate/people/elsewhere.js';
import { valueAt, type CodedColumn } from '#shared/columnar/event-columns.js';
import type { Query, QueryNode } from '#shared/query/ast.js';
import { valueNode } from '#shared/query/edit.js';

/** What tells one session from another, as in `scripts/investigate/people/sessions.ts`. */
const CREDENTIALS = [
  ...['type', 'accountId', 'arn', 'principalId', 'accessKeyId', 'creationDate', 'onBehalfOf', 'actor', 'behind'],
] as const;

/** The columns that sessions are made of. */
export const SESSION_COLUMNS: readonly string[] = [
  ...CREDENTIALS,
  ...['role', 'outcome', 'sourceIPAddress', 'userAgent'],
];

export type SessionField =
  'behind' | 'actor' | 'role' | 'account' | 'address' | 'program' | 'first' | 'last' | 'events' | 'changes' | 'errors';

/** A session, as far as the counted events tell. */
export interface SessionRow extends Readonly<Record<Exclude<SessionField, NumberField>, string>> {
  /** Milliseconds since 1970 UTC: of its first and its last event. */
  readonly first: number;
  readonly last: number;
  readonly events: number;
  readonly changes: number;
  readonly errors: number;
  /** Finds its events. */
  readonly query: readonly QueryNode[];
  /** The same for the same session, whatever events are counted. */
  readonly number: number;
}

type NumberField = 'first' | 'last' | 'events' | 'changes' | 'errors';

type Columns = ReadonlyMap<string, CodedColumn>;

/** The session of each identity; the columns must be of one report. */
export function sessionOfIdentity(columns: Columns): Uint32Array {
  const used = CREDENTIALS.map((name) => columnIn(columns, name));
  const identities = used[0]?.keyCount ?? 0;
  const known = new Map<string, number>();
  const sessions = new Uint32Array(identities);
  for (let identity = 0; identity < identities; identity++) {
    const key = used.map(({ codeOfKey }) => codeOfKey?.[identity]).join();
    const session = known.get(key) ?? known.size;
    known.set(key, session);
    sessions[identity] = session;
  }
  return sessions;
}

/**
 * The sessions of these events.
 *
 * @param rows ascending
 * @param outcomes of every event, as `outcomesOf` gives them
 */
export function sessionRows(
  columns: Columns,
  sessions: Uint32Array,
  rows: Uint32Array,
  times: Float64Array,
  outcomes: Uint8Array,
): SessionRow[] {
  const { keys } = columnIn(columns, 'actor');
  const most = sessions.reduce((last, session) => Math.max(last, session + 1), 0);
  const counts = new Uint32Array(most * 3);
  const [first, last] = [new Uint32Array(most), new Uint32Array(most)];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const session = sessions[keys[row] as number] as number;
    const at = session * 3;
    if (counts[at] === 0 && counts[at + 1] === 0 && counts[at + 2] === 0) first[session] = row;
    last[session] = row;
    (counts[at + (outcomes[row] as number)] as number)++;
  }
  const found: SessionRow[] = [];
  for (let session = 0; session < most; session++) {
    const [changes = 0, reads = 0, errors = 0] = counts.subarray(session * 3, session * 3 + 3);
    const events = changes + reads + errors;
    if (events === 0) continue;
    const row = first[session] as number;
    const value = (name: string): string => valueAt(columnIn(columns, name), row);
    found.push({
      number: session,
      behind: value('behind'),
      actor: value('actor'),
      role: value('role'),
      account: value('accountId'),
      address: value('sourceIPAddress'),
      program: programOf(value('userAgent')),
      first: times[row] as number,
      last: times[last[session] as number] as number,
      events,
      changes,
      errors,
      query: queryOf(value),
    });
  }
  return found;
}

/** The credentials say which session it is; of a caller without any, all that is known of it does. */
function queryOf(value: (name: string) => string): readonly QueryNode[] {
  const names = value('accessKeyId') === '' ? CREDENTIALS : (['accessKeyId', 'principalId', 'creationDate'] as const);
  return names.flatMap((name) => (value(name) === '' ? [] : [valueNode(name, value(name))]));
}

/** All events of these sessions. */
export function queryOfSessions(rows: readonly SessionRow[]): Query {
  const [only] = rows;
  if (only && rows.length === 1) return only.query;
  return [
    {
      kind: 'or',
      of: rows.map(({ query }) => (query.length === 1 ? (query[0] as QueryNode) : { kind: 'and', of: query })),
    },
  ];
}

/** The rows in order; what is missing comes last, and equals stay as they are. */
export function sortedSessions(rows: readonly SessionRow[], field: SessionField, isDescending: boolean): SessionRow[] {
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [a[field], b[field]];
    if (x === y) return 0;
    if (x === '' || y === '') return x === '' ? 1 : -1;
    return x < y ? -sign : sign;
  });
}

function columnIn(columns: Columns, name: string): CodedColumn {
  const column = columns.get(name);
  if (!column) throw new Error(`the column ${name} is not read`);
  return column;
}
