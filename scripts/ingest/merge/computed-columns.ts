/**
 * The columns that are computed once events are in order, from the other columns: one function each. A column's entry
 * names its function as `from: { merged: … }` (`shared/model/columns.ts`).
 */
import { CODED_COLUMNS, isPath, type MergedFunction } from '#shared/model/columns.js';
import type { CodedColumn, EventStore } from '#scripts/store/event-store.js';
import type { AttributionColumns } from './attribution-columns.js';

/** What such a column may be computed from. */
interface MergedEvents {
  /** The events with all columns but those that are computed here. */
  readonly store: EventStore;
  /** Of each event in a conflict the file that it is from, of others ''. */
  readonly conflicting: CodedColumn;
  /** Who is behind every call. */
  readonly attribution: AttributionColumns;
}

/** Each gives codes by row, or by identity where the entry says so, in shared memory. */
const COMPUTED: Readonly<Record<MergedFunction, (events: MergedEvents) => CodedColumn>> = {
  conflictingCopy: ({ conflicting }) => conflicting,
  behind: ({ attribution }) => attribution.behind,
  via: ({ attribution }) => attribution.via,
  behindHow: ({ attribution }) => attribution.behindHow,
  evidence: ({ attribution }) => attribution.evidence,
};

/** The store with the columns that are computed from it. */
export function withComputedColumns(events: MergedEvents): EventStore {
  const computed = CODED_COLUMNS.flatMap(({ name, from }) =>
    !isPath(from) && 'merged' in from ? [[name, COMPUTED[from.merged](events)] as const] : [],
  );
  return { ...events.store, coded: { ...events.store.coded, ...Object.fromEntries(computed) } };
}
