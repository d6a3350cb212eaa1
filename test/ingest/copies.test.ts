import fc from 'fast-check';
import { expect, test } from 'vitest';
import { possibleCopies, withoutCopies } from '#scripts/ingest/merge/copies.js';
import { newFileReport } from '#scripts/ingest/read/file-report.js';
import { Flattener } from '#scripts/ingest/flatten/flattener.js';
import { cellOf, entryOf, partOf, rowOf } from '#scripts/ingest/flatten/part-row.js';
import { type Part, SLOT } from '#scripts/ingest/flatten/part.js';

const EVERYTHING = { since: undefined, until: undefined, accounts: [], regions: [], writesOnly: false };

/** A worker's part with events of the given IDs; undefined: an event without one. */
function made(ids: readonly (string | undefined)[]): Part {
  const flattener = new Flattener(EVERYTHING, false);
  const Records = ids.map((eventID) => ({ eventTime: '2026-01-02T03:04:05Z', eventName: 'RunInstances', eventID }));
  flattener.add(new TextEncoder().encode(JSON.stringify({ Records })), newFileReport('log.json'), false);
  return flattener.finish();
}

test('of events with one ID the first in order stays, however many threads look for copies; without an ID all stay', () => {
  const ids = fc.array(fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { nil: undefined }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(ids, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 3 }), (all, shares) => {
      const parts = all.map(made);
      const order = Uint32Array.from(
        parts.flatMap(({ rows }, p) => Array.from({ length: rows }, (_, r) => entryOf(p, r))),
      );
      const suspects = Array.from({ length: shares }, (_, share) => possibleCopies(parts, { share, shares }));
      const seen = new Set<string>();
      const expected = Array.from(order).filter((entry) => {
        const id = all[partOf(entry)]?.[rowOf(entry)];
        if (id === undefined) return true;
        const isFirst = !seen.has(id);
        seen.add(id);
        return isFirst;
      });
      expect(Array.from(withoutCopies(order, suspects, parts))).toEqual(expected);
    }),
  );
});

test('different IDs whose hashes are equal are no copies', () => {
  const parts = [made(['a', 'b', 'a'])];
  const [part] = parts as [Part];
  const [block] = part.blocks;
  const hashOfA = cellOf(part, 0, SLOT.eventIDHash as number);
  const from = Array.from(block as Uint32Array).indexOf(hashOfA);
  (block as Uint32Array)[from + 1] = hashOfA;
  const order = Uint32Array.from([0, 1, 2], (row) => entryOf(0, row));
  const suspects = possibleCopies(parts, { share: hashOfA % 2, shares: 2 });
  expect(Array.from(suspects)).toEqual(Array.from(order));
  expect(Array.from(withoutCopies(order, [suspects], parts))).toEqual([entryOf(0, 0), entryOf(0, 1)]);
});
