/** Who is behind every call, as columns of the store. */
import { attribute, type Attribution } from '#scripts/investigate/people/attribution.js';
import { cellsOf, type AttributionCells, type Naming } from '#scripts/investigate/people/cells.js';
import type { OriginKind } from '#scripts/investigate/people/origins.js';
import type { CallerIdentity, CodedValues, SessionLog } from '#scripts/investigate/people/session-log.js';
import type { SessionCounts } from '#shared/model/manifest.js';
import { IDENTITY_COLUMNS, type IdentityName } from '#shared/model/columns.js';
import { stringAt, stringTableOf } from '#shared/format/string-table.js';
import { textBytes, type CodedColumn, type EventStore } from '#scripts/store/event-store.js';
import { shareTable } from '../flatten/share-dictionary.js';

/** Which column holds each field of an identity. */
const FIELDS: Readonly<Record<keyof CallerIdentity, IdentityName>> = {
  type: 'type',
  userName: 'userName',
  principalId: 'principalId',
  arn: 'arn',
  accountId: 'accountId',
  accessKeyId: 'accessKeyId',
  invokedBy: 'invokedBy',
  creationDate: 'creationDate',
  sourceIdentity: 'sourceIdentity',
  issuerArn: 'sessionIssuerArn',
  provider: 'identityProvider',
  onBehalfOf: 'onBehalfOf',
  issuedTo: 'credentialsIssuedTo',
  roleDelivery: 'ec2RoleDelivery',
  assumedRoot: 'assumedRoot',
};
const NAMES = ['behind', 'via', 'behindHow', 'evidence'] as const;

/** The columns of attribution with their names written in some way. */
export type AttributionColumns = Readonly<Record<(typeof NAMES)[number], CodedColumn>>;

export interface Attributed {
  readonly store: EventStore;
  readonly sessions: SessionCounts;
  /** The same columns with other names, for a report with pseudonyms. */
  readonly columns: (naming: Naming) => AttributionColumns;
}

/**
 * The store, and the columns of attribution. An event that tells more than its identity does gets an identity of its own,
 * so that the columns are kept per identity like the others; `identity` of the given store is written over.
 */
export function withAttribution(store: EventStore): Attributed {
  const attribution = attribute(sessionLogOf(store));
  const { identities, splits } = splitIdentities(store, attribution);
  const columns = (naming: Naming): AttributionColumns => {
    const bySession = attribution.sessions.map(({ number }) => cellsOf(attribution, number, -1, naming));
    const cells = Array.from({ length: identities }, (_, identity) => {
      const split = splits[identity - store.identities];
      if (split) return cellsOf(attribution, attribution.ofIdentity[split.identity] as number, split.row, naming);
      return bySession[attribution.ofIdentity[identity] as number] as AttributionCells;
    });
    return Object.fromEntries(
      NAMES.map((name) => [name, codedColumn(cells.map((cell) => cell[name]))]),
    ) as unknown as AttributionColumns;
  };
  const coded: Record<string, CodedColumn> = { ...store.coded };
  for (const { name } of IDENTITY_COLUMNS) coded[name] = withCopies(store.coded[name] as CodedColumn, splits);
  return { store: { ...store, identities, coded }, sessions: countSessions(attribution), columns };
}

/** Sessions by how they were resolved. */
function countSessions({ sessions, resolutions, elsewhere }: Attribution): SessionCounts {
  const count = (kinds: readonly OriginKind[]): number =>
    resolutions.filter(({ origin }) => origin && kinds.includes(origin.kind)).length;
  const reasons = new Map<string, number>();
  for (const { origin, unknown } of resolutions) {
    if (origin || !unknown) continue;
    const reason = unknown.why.replaceAll(' ', '-');
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return {
    total: sessions.length,
    people: count(['person', 'root']),
    workloads: count(['workload']),
    services: count(['service']),
    unknown: [...reasons].sort().map(([reason, count]) => ({ reason, count })),
    elsewhere: elsewhere.size,
  };
}

interface Split {
  readonly identity: number;
  /** The first of the events that tell the same. */
  readonly row: number;
}

function splitIdentities(
  { identity, identities }: EventStore,
  attribution: Attribution,
): { readonly identities: number; readonly splits: readonly Split[] } {
  const splits: Split[] = [];
  const known = new Map<string, number>();
  for (const row of [...attribution.exceptions.keys()].sort((a, b) => a - b)) {
    const of = identity[row] as number;
    const cells = cellsOf(attribution, attribution.ofIdentity[of] as number, row);
    const key = JSON.stringify([of, cells]);
    let number = known.get(key);
    if (number === undefined) {
      number = identities + splits.push({ identity: of, row }) - 1;
      known.set(key, number);
    }
    identity[row] = number;
  }
  return { identities: identities + splits.length, splits };
}

/** The column with the codes of identities that were split off, behind the others. */
function withCopies({ codes, values }: CodedColumn, splits: readonly Split[]): CodedColumn {
  if (splits.length === 0) return { codes, values };
  const longer = new Uint32Array(new SharedArrayBuffer((codes.length + splits.length) * 4));
  longer.set(codes);
  splits.forEach(({ identity }, i) => (longer[codes.length + i] = codes[identity] as number));
  return { codes: longer, values };
}

function codedColumn(cells: readonly string[]): CodedColumn {
  const distinct = new Map<string, number>([['', 0]]);
  const codes = new Uint32Array(new SharedArrayBuffer(cells.length * 4));
  cells.forEach((cell, i) => {
    const code = distinct.get(cell) ?? distinct.size;
    distinct.set(cell, code);
    codes[i] = code;
  });
  return { codes, values: shareTable(stringTableOf(distinct.keys())) };
}

function sessionLogOf(store: EventStore): SessionLog {
  const { rows, times, identities, identity: identityOf } = store;
  const fields = Object.entries(FIELDS).map(
    ([field, name]) => [field, valuesOf(store.coded[name] as CodedColumn)] as const,
  );
  const [actor, source] = ['actor', 'actorSource'].map((name) => valuesOf(store.coded[name] as CodedColumn));
  const columns = new Map<string, CodedValues>();
  return {
    rows,
    times,
    identities,
    identityOf,
    identity: (number) => {
      const cells: Record<string, string> = {};
      for (const [field, column] of fields) cells[field] = column.value(column.codes[number] as number);
      const isByAddress = source?.value(source.codes[number] as number) === 'sourceIPAddress';
      if (isByAddress) cells.invokedBy = actor?.value(actor.codes[number] as number) ?? '';
      return cells as unknown as CallerIdentity;
    },
    column: (name) => {
      const known = columns.get(name) ?? valuesOf(store.coded[name] as CodedColumn);
      columns.set(name, known);
      return known;
    },
    text: (row, name, most = Infinity) => {
      const bytes = textBytes(store.texts, name, row);
      if (bytes === undefined) return '';
      return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(most, bytes.length)).toString();
    },
  };
}

/** Each value is decoded once. */
function valuesOf({ codes, values }: CodedColumn): CodedValues {
  const decoded: (string | undefined)[] = Array.from({ length: values.length });
  return { codes, size: values.length, value: (code) => (decoded[code] ??= stringAt(values, code)) };
}
