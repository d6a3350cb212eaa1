import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COLUMNS } from '#shared/model/columns.js';
import { nextSorting, NEWEST_FIRST, parseSorting, printSorting, type Sorting } from '#public/state/sorting.js';
import {
  isPinned,
  movedColumn,
  parseColumns,
  pinnedColumn,
  printColumns,
  resizedColumn,
  USUAL_TABLE,
  withColumn,
  type TableColumns,
} from '#public/state/table-columns.js';

const names = COLUMNS.map(({ name }) => name);
const someName = fc.constantFrom(...names);

/** What a reader can do to the columns. */
const step = fc.oneof(
  fc.tuple(fc.constant('show'), someName, fc.boolean()),
  fc.tuple(fc.constant('move'), someName, fc.integer({ min: -3, max: 50 })),
  fc.tuple(fc.constant('pin'), someName, fc.boolean()),
  fc.tuple(fc.constant('resize'), someName, fc.integer({ min: -50, max: 3000 })),
  fc.tuple(fc.constant('wrap'), someName, fc.boolean()),
);

function after(table: TableColumns, [what, name, how]: readonly [string, string, number | boolean]): TableColumns {
  switch (what) {
    case 'show':
      return withColumn(table, name, how === true);
    case 'move':
      return movedColumn(table, name, how as number);
    case 'pin':
      return pinnedColumn(table, name, how === true);
    case 'resize':
      return resizedColumn(table, name, how as number);
    default:
      return { ...table, wrap: how === true };
  }
}

test('whatever a reader does, the table has columns, each once, the pinned ones first, and a link holds it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const table = steps.reduce(after, USUAL_TABLE);
      expect(new Set(table.shown).size).toBe(table.shown.length);
      expect(table.shown.length).toBeGreaterThan(0);
      expect(table.pinned).toBeLessThanOrEqual(table.shown.length);
      const linked = parseColumns(printColumns(table));
      expect({ ...linked, widths: {} }).toEqual({ ...table, widths: {} });
      for (const name of table.shown) expect(linked.widths[name]).toBe(table.widths[name]);
    }),
  );
});

describe('columns', () => {
  const table = parseColumns('time,who:300/event,service');

  test('are read from a link, in their order, with widths and what is pinned', () => {
    expect(table.shown).toEqual(['eventTime', 'actor', 'eventName', 'eventSource']);
    expect(table.widths).toEqual({ actor: 300 });
    expect(table.shown.filter((name) => isPinned(table, name))).toEqual(['eventTime', 'actor']);
    expect(printColumns(table)).toBe('time,who:300/event,service');
  });

  test('move among those that are pinned as they are', () => {
    expect(movedColumn(table, 'actor', 3)).toBe(table);
    expect(movedColumn(table, 'actor', 0).shown.slice(0, 2)).toEqual(['actor', 'eventTime']);
    expect(movedColumn(table, 'eventSource', 0).shown).toEqual(['eventTime', 'actor', 'eventSource', 'eventName']);
  });

  test('that are pinned stand behind those that were, and go back to the first place of the others', () => {
    const three = pinnedColumn(table, 'eventSource', true);
    expect(printColumns(three)).toBe('time,who:300,service/event');
    expect(printColumns(pinnedColumn(three, 'eventTime', false))).toBe('who:300,service/time,event');
  });

  test('of a link that means nothing are the usual ones; it never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseColumns(text).shown.length).toBeGreaterThan(0);
        expect(parseSorting(text).length).toBeGreaterThan(0);
      }),
    );
    expect(parseColumns('<img>,__proto__:5,constructor')).toEqual(USUAL_TABLE);
    expect(printColumns(USUAL_TABLE)).toBe('');
  });
});

describe('a click on a head', () => {
  const after = (...clicks: readonly (readonly [string, boolean])[]): string =>
    printSorting(clicks.reduce((sorting: Sorting, [column, add]) => nextSorting(sorting, column, add), NEWEST_FIRST));

  test('sorts by its column alone, the next one the other way round', () => {
    expect(after(['actor', false])).toBe('who');
    expect(after(['actor', false], ['actor', false])).toBe('-who');
    expect(after(['actor', false], ['eventName', false])).toBe('event');
    expect(after(['eventTime', false])).toBe('time');
  });

  test('with Shift adds a key, turns it round, takes it away', () => {
    expect(after(['actor', false], ['eventName', true])).toBe('who,event');
    expect(after(['actor', false], ['eventName', true], ['eventName', true])).toBe('who,-event');
    expect(after(['actor', false], ['eventName', true], ['eventName', true], ['eventName', true])).toBe('who');
  });
});

test('an order is parsed from a link without unknown columns', () => {
  expect(parseSorting('who,-time,who,-requestParameters,x')).toEqual([
    { column: 'actor', direction: 'ascending' },
    { column: 'eventTime', direction: 'descending' },
    { column: 'requestParameters', direction: 'descending' },
  ]);
  expect(parseSorting('x')).toEqual(NEWEST_FIRST);
});
