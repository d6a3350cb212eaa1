import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeSpanOf } from '#shared/query/edit.js';
import { parseQuery } from '#shared/query/parse.js';
import type { Query } from '#shared/query/ast.js';
import { stringTableOf } from '#shared/format/string-table.js';
import { barLength } from '#public/charts/chart-settings.js';
import { tableText } from '#public/charts/chart-rows.js';
import { barHeights, countAxis } from '#public/charts/count-axis.js';
import { facetContent } from '#public/charts/facet-content.js';
import { facetTable } from '#public/charts/facet-table.js';
import { labelledBuckets } from '#public/charts/time-ticks.js';
import { besideSpan, shownSpan, spanText, summaryOverTime, widerSpan } from '#public/charts/time-span.js';
import type { CodedColumn } from '#shared/columnar/event-columns.js';
import { Dictionary } from '#shared/columnar/dictionary.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A column of these values, the empty one first. */
function columnOf(name: string, values: readonly string[]): CodedColumn {
  const dictionary = Dictionary.of(stringTableOf(['', ...values]));
  return { name, keys: new Uint8Array(0), keyCount: dictionary.size, codeOfKey: undefined, dictionary };
}

/** Counts of each value, as events that read something; the empty value's first. */
const reads = (...counts: number[]): Uint32Array => Uint32Array.from(counts.flatMap((count) => [0, count, 0]));

function query(text: string): Query {
  const result = parseQuery(text);
  if ('fault' in result) throw new Error(text);
  return result.query;
}

describe('a chart of values', () => {
  const column = columnOf('eventName', ['RunInstances', 'StopInstances', 'TerminateInstances', 'PutObject']);

  test('lists the values with the most events, and adds up the others', () => {
    const content = facetContent(column, reads(2, 9, 1, 3, 7), [], 2);
    expect(content.values.map(({ value, count }) => [value, count])).toEqual([
      ['RunInstances', 9],
      ['PutObject', 7],
    ]);
    expect(content).toMatchObject({ distinct: 5, total: 22, others: 3, othersCount: 6, hasChoice: false });
  });

  test('keeps what is chosen in sight, also by a pattern, and where nothing is left of it', () => {
    const listed = (text: string, limit: number): string[] =>
      facetContent(column, reads(2, 9, 1, 3, 7), query(text), limit)
        .values.filter(({ isChosen }) => isChosen)
        .map(({ value }) => value);
    expect(listed('event:stopinstances', 2)).toEqual(['StopInstances']);
    expect(listed('event:*Instances', 2)).toEqual(['RunInstances', 'TerminateInstances']);
    expect(listed('event:*Instances', 7)).toEqual(['RunInstances', 'TerminateInstances', 'StopInstances']);
    const none = facetContent(column, reads(0, 0, 0, 0, 7), query('event:RunInstances'), 3);
    expect(none.values.map(({ value, count }) => [value, count])).toEqual([
      ['PutObject', 7],
      ['RunInstances', 0],
    ]);
    expect(none.distinct).toBe(1);
  });

  test('of errors leaves out the events without one, until they are asked for', () => {
    const errors = columnOf('errorCode', ['AccessDenied']);
    expect(facetContent(errors, reads(900, 3), [], 7)).toMatchObject({ distinct: 1, total: 3, others: 0 });
    expect(facetContent(errors, reads(900, 3), query('error:""'), 7).values[0]).toMatchObject({
      value: '',
      count: 900,
    });
  });

  test('is, as a table, every value that has events, found by any part of its name', () => {
    const table = facetTable(column, reads(2, 9, 1, 3, 0), [], () => undefined);
    expect(table.rows('').map(({ label }) => label)).toEqual([
      'RunInstances',
      'TerminateInstances',
      '(none)',
      'StopInstances',
    ]);
    expect(table.rows('STANCES').map(({ count }) => count)).toEqual([9, 3, 1]);
  });

  test('is copied whole, a line a value, and no value is a formula or two cells', () => {
    const hostile = columnOf('actor', ['=1+1', 'tab\there', 'two\nlines', '"quote']);
    expect(tableText(facetTable(hostile, reads(0, 5, 4, 3, 2), [], () => undefined))).toBe(
      [
        'Who\tchanged\tread\tdenied or failed\tevents',
        "'=1+1\t0\t5\t0\t5",
        'tab\\there\t0\t4\t0\t4',
        'two\\nlines\t0\t3\t0\t3',
        `'"quote\t0\t2\t0\t2`,
        '',
      ].join('\n'),
    );
  });
});

describe('a bar', () => {
  test('is as long as its count, and on the log scale never too short to be seen', () => {
    expect(barLength(50, 100, 'linear')).toBe(0.5);
    expect(barLength(100, 100, 'log')).toBe(1);
    expect(barLength(1, 1_000_000, 'log')).toBeGreaterThan(0.04);
    expect(barLength(0, 0, 'log')).toBe(0);
  });

  test('over time keeps the shares of its colours, whatever its height means', () => {
    for (const scale of ['linear', 'log'] as const)
      for (const numbers of ['count', 'share'] as const) {
        const heights = barHeights([10, 70, 20], { scale, numbers, who: 'people' });
        const sum = heights.reduce((a, b) => a + b, 0);
        expect(heights.map((height) => Math.round((height / sum) * 100))).toEqual([10, 70, 20]);
        if (numbers === 'share') expect(sum).toBeCloseTo(1);
      }
  });

  test('never stands above its axis, whose numbers are round and few', () => {
    fc.assert(
      fc.property(fc.nat(50_000_000), fc.constantFrom('linear', 'log'), (largest, scale) => {
        const settings = { scale, numbers: 'count', who: 'people' } as const;
        const { max, ticks } = countAxis(largest, settings);
        expect(barHeights([0, largest, 0], settings)[1]).toBeLessThanOrEqual(max);
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks.length).toBeLessThanOrEqual(4);
        expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
        for (const { value } of ticks) expect(value).toBeLessThanOrEqual(max);
      }),
    );
  });
});

describe('over time', () => {
  test('the manifest’s counts are added up where there is room for fewer bars', () => {
    const series = Array.from({ length: 120 }, (_, i) => i);
    const zeros = series.map(() => 0);
    const { grid, counts } = summaryOverTime(
      { start: 0, width: MINUTE, change: series, read: zeros, error: zeros },
      30,
    );
    expect(grid).toEqual({ start: 0, width: 5 * MINUTE, buckets: 24 });
    expect([...counts[0].slice(0, 2)]).toEqual([0 + 1 + 2 + 3 + 4, 5 + 6 + 7 + 8 + 9]);
  });

  const extent = { from: Date.UTC(2025, 2, 3, 10), to: Date.UTC(2025, 2, 9, 8) };
  const noon = Date.UTC(2025, 2, 5, 12);

  test('what is shown is what the query chooses of the report', () => {
    expect(shownSpan(extent, timeSpanOf(query('time:2025-03-04')))).toEqual({
      from: Date.UTC(2025, 2, 4),
      to: Date.UTC(2025, 2, 5),
    });
    expect(shownSpan(extent, timeSpanOf(query('time:>=2025-03-04 time:<2025-03-20')))).toEqual({
      from: Date.UTC(2025, 2, 4),
      to: extent.to,
    });
    expect(shownSpan(extent, timeSpanOf(query('time:2020')))).toEqual(extent);
    expect(shownSpan(extent, timeSpanOf(query('alice')))).toEqual(extent);
  });

  test('a moment is shown with its minute', () => {
    const moment = { from: noon + 5000, to: noon + 6000 };
    expect(shownSpan(extent, moment)).toEqual({ from: noon, to: noon + MINUTE });
  });

  test('zooming out shows three times as much, until it is everything', () => {
    const hour = { from: noon, to: noon + 60 * MINUTE };
    expect(widerSpan(extent, hour, MINUTE)).toEqual({ from: noon - 60 * MINUTE, to: noon + 120 * MINUTE });
    expect(widerSpan(extent, { from: noon - 2 * DAY, to: noon + 2 * DAY }, MINUTE)).toBeUndefined();
  });

  test('one steps to what is beside, as far as there are events', () => {
    const day = { from: Date.UTC(2025, 2, 8), to: Date.UTC(2025, 2, 9) };
    const next = besideSpan(extent, day, 1);
    expect(next).toEqual({ from: Date.UTC(2025, 2, 9), to: Date.UTC(2025, 2, 10) });
    expect(besideSpan(extent, next ?? day, 1)).toBeUndefined();
  });

  test('a span is told as shortly as it can be', () => {
    expect(spanText({ from: noon, to: noon + MINUTE })).toBe('2025-03-05 12:00 – 12:01');
    expect(spanText({ from: noon, to: noon + 5000 })).toBe('2025-03-05 12:00:00 – 12:00:05');
    expect(spanText({ from: noon, to: noon + DAY })).toBe('2025-03-05 12:00 – 2025-03-06 12:00');
  });

  test('labels stand at round times and are no more than fit', () => {
    const grid = { start: Date.UTC(2025, 2, 3, 10), width: 60 * MINUTE, buckets: 142 };
    expect(labelledBuckets(grid, 14).map((bucket) => (10 + bucket) % 12)).toEqual(new Array(12).fill(0));
    expect(labelledBuckets({ start: 0, width: 7 * DAY, buckets: 50 }, 10)).toHaveLength(10);
  });
});
