/** The workers' parts → the store. */
import { TEXT_COLUMNS } from '#shared/model/columns.js';
import { AS_THEY_ARE } from '#scripts/investigate/people/cells.js';
import type { MaskedSecrets, SessionCounts, Warning } from '#shared/model/manifest.js';
import type { CodedColumn, EventStore } from '#scripts/store/event-store.js';
import type { FileStanding } from '#scripts/verify/log-proofs.js';
import type { WorkerPool } from '#scripts/workers/pool.js';
import { orderEvents } from './event-order.js';
import { cellOf, partOf, rowOf, timeOf } from '../flatten/part-row.js';
import { DICTIONARY_SLOTS, type Part, SLOT } from '../flatten/part.js';
import { withComputedColumns } from './computed-columns.js';
import { type Attributed, withAttribution } from './attribution-columns.js';
import { describeConflicts } from './conflicts.js';
import { mergeIdentities } from './merge-columns.js';

export interface BuiltStore {
  readonly store: EventStore;
  /** Copies of events that were left out. */
  readonly duplicates: number;
  /** Of records with one eventID and different content; undefined where there are none. */
  readonly conflicts: Warning | undefined;
  /** Undefined where there was none. */
  readonly masked: MaskedSecrets | undefined;
  readonly sessions: SessionCounts;
  /** The columns of attribution with other names, for a report with pseudonyms. */
  readonly attributionColumns: Attributed['columns'];
}

/**
 * Ends the workers' parts, sorts their events and merges their columns, and gives the store to every worker.
 * @param standingOf what --verify found of a file; undefined where it was not asked for
 */
export async function buildStore(
  pool: WorkerPool,
  standingOf: ((file: string) => FileStanding) | undefined,
): Promise<BuiltStore> {
  const parts = await pool.all('finishPart', undefined);
  await pool.all('useParts', parts);
  const { entries, duplicates, conflicts } = await orderEvents(parts, pool.size, {
    possibleCopies: (of) => pool.run('possibleCopies', of),
    sortTies: (ties) => pool.run('sortTies', ties),
  });
  const merging = {
    // It takes longest, so it is not left to the end.
    resources: pool.run('mergeResources', entries),
    coded: DICTIONARY_SLOTS.map(async (name) => [name, await pool.run('mergeCodes', { name, entries })] as const),
    texts: TEXT_COLUMNS.map(async ({ name }) => [name, await pool.run('mergeIds', { name, entries })] as const),
  };
  // These stay here, while the workers merge the larger columns.
  const { identity, identities, columns } = mergeIdentities(parts, entries);
  const conflicting = describeConflicts(parts, entries, conflicts, standingOf);
  const times = new Float64Array(new SharedArrayBuffer(entries.length * 8));
  const poolOf = new Uint8Array(new SharedArrayBuffer(entries.length));
  const masked = { events: 0, values: 0 };
  entries.forEach((entry, row) => {
    const secrets = cellOf(parts[partOf(entry)] as Part, rowOf(entry), SLOT.masked);
    if (secrets > 0) masked.events++;
    masked.values += secrets;
    times[row] = timeOf(parts[partOf(entry)] as Part, rowOf(entry));
    poolOf[row] = partOf(entry);
  });
  const { eventTimeText, ...coded } = Object.fromEntries(await Promise.all(merging.coded));
  const resources = await merging.resources;
  const merged: EventStore = {
    rows: entries.length,
    times,
    eventTimeText: eventTimeText as CodedColumn,
    identity,
    identities,
    coded: {
      ...columns,
      ...coded,
      resources: resources.column,
    },
    targetEnds: resources.targetEnds,
    texts: {
      poolOf,
      pools: parts.map(({ texts }) => texts),
      ids: Object.fromEntries(await Promise.all(merging.texts)),
    },
  };
  const { store: attributed, sessions, columns: attributionColumns } = withAttribution(merged);
  const attribution = attributionColumns(AS_THEY_ARE);
  const store = withComputedColumns({ store: attributed, conflicting: conflicting.column, attribution });
  await pool.all('useParts', undefined);
  await pool.all('useStore', store);
  return {
    store,
    duplicates,
    conflicts: conflicting.warning,
    masked: masked.events > 0 ? masked : undefined,
    sessions,
    attributionColumns,
  };
}
