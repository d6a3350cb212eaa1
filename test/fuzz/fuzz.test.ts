/** A small share of `npm run fuzz`, the same in each run, and what it has found. */
import { describe, expect, test } from 'vitest';
import { attempt, logOf, originals } from './fuzz.js';
import { faultsOf } from './check.js';
import type { MutatedLog } from './mutations.js';

const COUNT = 300;

test(`${String(COUNT)} mutated logs are read as a plain reader reads them`, { timeout: 120_000 }, async () => {
  const from = originals();
  const logs = Array.from({ length: COUNT }, (_, i) => logOf(attempt(20_250_303, i, from)));
  expect(await faultsOf(logs)).toEqual([]);
});

describe('the comparison', () => {
  const record =
    '{"eventTime":"2025-03-03T10:00:00Z","eventSource":"a.amazonaws.com","eventName":"A","eventID":"mark-1"}';
  const log = (text: string): MutatedLog => ({ files: new Map([['log.json', Buffer.from(text)]]), mark: 'mark' });

  test('finds an event that is lost, one that has another value, and one that is made up', async () => {
    const what = async (planted: string): Promise<string> => {
      const logs = [{ ...log(record), planted: new Map([['log.json', Buffer.from(planted)]]) }];
      return (await faultsOf(logs)).map((fault) => fault.what).join();
    };
    expect(await what('{"Records":[]}')).toContain('an event is lost or has other values');
    expect(await what(record.replace('"A"', '"B"'))).toContain('an event is there 1 times too often');
    expect(await what(`${record}${record.replace('mark-1', 'mark-2')}`)).toContain(
      'an event is there 1 times too often',
    );
    expect(await what(`${record}{"x`)).toContain('is sound, and is said to have json-invalid');
  });

  test('lets damage in a log that is one JSON string cost what stands behind it, as in any log', async () => {
    const damaged = `{"Records":[${record},${record.replace('mark-1', 'mark-2').replace(':', '[')},${record.replace('mark-1', 'mark-3')}]}`;
    expect(await faultsOf([log(damaged), log(JSON.stringify(damaged))])).toEqual([]);
  });

  test('knows that the last of two fields counts, with a capital or without', async () => {
    const twice = record.replace('}', ',"responseElements":{"a":1},"ResponseElements":{"b":2}}');
    expect(await faultsOf([log(twice)])).toEqual([]);
  });
});
