/**
 * Chooses the events that a page lists if it cannot list all: changes and errors first, then reads, the newest of each.
 */
import type { Outcome } from '#shared/model/columns.js';
import type { Unlisted } from '#shared/model/manifest.js';
import { stringAt } from '#shared/format/string-table.js';
import type { CodedColumn, EventStore } from '#scripts/store/event-store.js';

interface Listing {
  /** The rows to list, ascending. */
  readonly rows: Uint32Array;
  readonly unlisted: Unlisted;
}

/** At most `most` events; undefined if that includes all of them. */
export function listEvents({ rows, times, coded }: EventStore, most: number): Listing | undefined {
  if (rows <= most) return undefined;
  const { codes, values } = coded.outcome as CodedColumn;
  const outcomes = Array.from({ length: values.length }, (_, code) => stringAt(values, code) as Outcome);
  const read = outcomes.indexOf('read');
  let room = most;
  const isListed = new Uint8Array(rows);
  for (const wantsRead of [false, true]) {
    for (let row = rows - 1; row >= 0 && room > 0; row--) {
      if ((codes[row] === read) !== wantsRead) continue;
      isListed[row] = 1;
      room--;
    }
  }
  const listed = new Uint32Array(most);
  const counts: Record<Outcome, number> = { change: 0, read: 0, error: 0 };
  let first = -1;
  let last = 0;
  let at = 0;
  for (let row = 0; row < rows; row++) {
    if (isListed[row] === 1) {
      listed[at++] = row;
      continue;
    }
    counts[outcomes[codes[row] as number] as Outcome]++;
    if (first < 0) first = row;
    last = row;
  }
  const iso = (row: number): string => new Date(times[row] as number).toISOString().replace('.000Z', 'Z');
  return {
    rows: listed,
    unlisted: {
      events: rows - most,
      reads: counts.read,
      changes: counts.change,
      errors: counts.error,
      from: iso(first),
      to: iso(last),
    },
  };
}
