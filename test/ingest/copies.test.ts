import fc from 'fast-check';
import { expect, test } from 'vitest';
import { possibleCopies, withoutCopies } from '#scripts/ingest/merge/copies.js';
import { newFileReport } from '#scripts/ingest/read/file-report.js';
import { Flattener } from '#scripts/ingest/flatten/flattener.js';
import { GrowingPart } from '#scripts/ingest/flatten/growing-part.js';
import { cellOf, compareEvents, entryOf, partOf, rowOf } from '#scripts/ingest/flatten/part-row.js';
import { type Part, SLOT } from '#scripts/ingest/flatten/part.js';

const EVERYTHING = { since: undefined, until: undefined, accounts: [], regions: [], writesOnly: false };

interface Copy {
  readonly eventID: string | undefined;
  /** Fields that a column shows, and that none does; undefined: without it. */
  readonly shown: number | undefined;
  readonly hidden: number | undefined;
}

/** A worker's part with these records, spaced at will. */
function made(copies: readonly Copy[], space = ''): Part {
  const part = new GrowingPart();
  const flattener = new Flattener(part, { filter: EVERYTHING, showSecrets: false });
  const Records = copies.map(({ eventID, shown, hidden }) => ({
    eventTime: '2026-01-02T03:04:05Z',
    eventName: 'RunInstances',
    ...(hidden === undefined ? {} : { unknownField: { n: hidden } }),
    eventID,
    requestParameters: shown,
  }));
  const json = JSON.stringify({ Records }, undefined, space);
  flattener.add(new TextEncoder().encode(json), newFileReport('log.json'), false);
  return part.finish();
}

function inOrder(parts: readonly Part[]): Uint32Array {
  const entries = parts.flatMap(({ rows }, p) => Array.from({ length: rows }, (_, r) => entryOf(p, r)));
  return Uint32Array.from(entries.sort((a, b) => compareEvents(a, b, parts)));
}

const maybe = fc.option(fc.constantFrom(1, 2), { nil: undefined });
const copy = fc.record({
  eventID: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
  shown: maybe,
  hidden: maybe,
});

test('of records that are the same one stays; of one eventID all that differ stay, in what columns show or not', () => {
  const part = fc.tuple(fc.array(copy, { maxLength: 8 }), fc.constantFrom('', ' ', '\t'));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 3 }), (all, shares) => {
      const parts = all.map(([copies, space]) => made(copies, space));
      const order = inOrder(parts);
      const suspects = Array.from({ length: shares }, (_, share) => possibleCopies(parts, { share, shares }));
      const { entries, conflicts } = withoutCopies(order, suspects, parts);
      const textOf = (entry: number): string => JSON.stringify(all[partOf(entry)]?.[0][rowOf(entry)]);
      const texts = Array.from(entries, textOf).sort();
      const every = all.flatMap(([copies]) => copies);
      const withID = every.filter(({ eventID }) => eventID !== undefined).map((of) => JSON.stringify(of));
      const withoutID = every.filter(({ eventID }) => eventID === undefined).map((of) => JSON.stringify(of));
      expect(texts).toEqual([...new Set(withID), ...withoutID].sort());
      for (const content of conflicts.flat()) expect(new Set(content.map(textOf)).size).toBe(1);
      const byID = ['a', 'b', 'c'].map((id) => [...new Set(withID)].filter((text) => text.includes(`"${id}"`)).sort());
      const expected = byID.filter(({ length }) => length > 1);
      expect(conflicts.map((of) => of.map(([stays]) => textOf(stays)).sort()).sort()).toEqual(expected.sort());
    }),
  );
});

test('different IDs whose hashes are equal are no copies, and no conflict', () => {
  const parts = [made(['a', 'b', 'a'].map((eventID) => ({ eventID, shown: undefined, hidden: undefined })))];
  const [part] = parts as [Part];
  const [block] = part.blocks;
  const hashOfA = cellOf(part, 0, SLOT.eventIDHash);
  const from = Array.from(block as Uint32Array).indexOf(hashOfA);
  (block as Uint32Array)[from + 1] = hashOfA;
  const suspects = possibleCopies(parts, { share: hashOfA % 2, shares: 2 });
  expect(suspects).toHaveLength(3);
  const { entries, conflicts } = withoutCopies(inOrder(parts), [suspects], parts);
  expect(Array.from(entries, (entry) => rowOf(entry) % 2)).toEqual([0, 1]);
  expect(conflicts).toEqual([]);
});
