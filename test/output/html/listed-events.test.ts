import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listEvents } from '#scripts/output/html/listed-events.js';
import { codedColumns, type Outcome } from '#shared/model/columns.js';
import { stringAt, stringTableOf } from '#shared/format/string-table.js';
import type { CodedColumn, EventStore } from '#scripts/store/event-store.js';
import { selectEvents } from '#scripts/store/select-events.js';

const OUTCOMES: readonly Outcome[] = ['change', 'read', 'error'];

function coded(values: readonly string[]): CodedColumn {
  const distinct = [...new Set(['', ...values])];
  return { codes: Uint32Array.from(values, (value) => distinct.indexOf(value)), values: stringTableOf(distinct) };
}

function valueOf({ codes, values }: CodedColumn, i: number): string {
  return stringAt(values, codes[i] as number);
}

/** One event a second, of these outcomes; three callers take turns. */
function storeOf(outcomes: readonly Outcome[]): EventStore {
  const names = outcomes.map((_, row) => `name-${String(row % 7)}`);
  const column = (name: string): CodedColumn => coded(name === 'outcome' ? outcomes : names);
  return {
    rows: outcomes.length,
    times: Float64Array.from(outcomes, (_, row) => row * 1000),
    eventTimeText: coded(names),
    identity: Uint32Array.from(outcomes, (_, row) => row % 3),
    identities: 3,
    coded: {
      ...Object.fromEntries(codedColumns('event').map(({ name }) => [name, column(name)])),
      ...Object.fromEntries(codedColumns('identity').map(({ name }) => [name, coded(['alice', 'bob', 'carol'])])),
    },
    targetEnds: coded(names).values.ends,
    texts: {
      poolOf: Uint8Array.from(outcomes, (_, row) => row % 2),
      pools: [],
      ids: { eventID: Uint32Array.from(outcomes, (_, row) => row + 1) },
    },
  };
}

const stores = fc.array(fc.constantFrom(...OUTCOMES), { minLength: 1, maxLength: 40 }).map(storeOf);

test('changes and errors are listed first, then the newest reads, and what is not listed is counted', () => {
  fc.assert(
    fc.property(stores, fc.integer({ min: 1, max: 45 }), (store, most) => {
      const listing = listEvents(store, most);
      if (store.rows <= most) {
        expect(listing).toBeUndefined();
        return;
      }
      const { rows, unlisted } = listing as NonNullable<typeof listing>;
      expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
      const isRead = (row: number): boolean => valueOf(store.coded.outcome as CodedColumn, row) === 'read';
      // By hand: everything that is no read from the newest on, then reads from the newest on.
      const byRank = Array.from({ length: store.rows }, (_, row) => row).sort(
        (a, b) => Number(isRead(a)) - Number(isRead(b)) || b - a,
      );
      expect(new Set(rows)).toEqual(new Set(byRank.slice(0, most)));
      const rest = byRank.slice(most);
      expect(unlisted.events).toBe(rest.length);
      expect(unlisted.reads).toBe(rest.filter(isRead).length);
      expect(unlisted.reads + unlisted.changes + unlisted.errors).toBe(rest.length);
      expect(Date.parse(unlisted.from)).toBe(Math.min(...rest) * 1000);
      expect(Date.parse(unlisted.to)).toBe(Math.max(...rest) * 1000);
    }),
  );
});

test('a selection has the same values as the events it is of, and no others in its dictionaries', () => {
  fc.assert(
    fc.property(stores, fc.nat(), (store, seed) => {
      const rows = Uint32Array.from(
        Array.from({ length: store.rows }, (_, row) => row).filter((row) => (row * seed) % 3 === 0),
      );
      const selected = selectEvents(store, rows);
      expect(selected.rows).toBe(rows.length);
      for (const [i, row] of rows.entries()) {
        expect(selected.times[i]).toBe(store.times[row]);
        expect(selected.texts.ids.eventID?.[i]).toBe(row + 1);
        expect(selected.texts.poolOf[i]).toBe(row % 2);
        for (const { name } of codedColumns('event')) {
          expect(valueOf(selected.coded[name] as CodedColumn, i)).toBe(valueOf(store.coded[name] as CodedColumn, row));
        }
        for (const { name } of codedColumns('identity')) {
          const identity = selected.identity[i] as number;
          expect(valueOf(selected.coded[name] as CodedColumn, identity)).toBe(
            valueOf(store.coded[name] as CodedColumn, store.identity[row] as number),
          );
        }
      }
      const { codes, values } = selected.coded.eventName as CodedColumn;
      expect(new Set([0, ...codes]).size).toBe(values.length);
      expect(new Set(selected.identity).size).toBe(selected.identities);
    }),
  );
});
