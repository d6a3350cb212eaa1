/** An event that is opened while the report is still being read. */
import { expect, test } from 'vitest';
import { Dictionary } from '#shared/columnar/dictionary.js';
import type { CodedColumn } from '#shared/columnar/event-columns.js';
import { openEvent } from '#public/detail/open-event.js';
import { stringTableOf } from '#shared/format/string-table.js';

test('is whole when its details are: they wait for every column, however late one comes', async () => {
  const columns = new Map<string, CodedColumn>();
  let arrive = (): void => undefined;
  const late = new Promise<CodedColumn>((resolve) => {
    const dictionary = Dictionary.of(stringTableOf(['', 'AKIAIOSFODNN7EXAMPLE']));
    const column = { name: 'accessKeyId', dictionary, keys: Uint8Array.of(1), keyCount: 2, codeOfKey: undefined };
    arrive = () => {
      columns.set(column.name, column);
      resolve(column);
    };
  });
  const event = openEvent(
    {
      manifest: { columns: [{ name: 'accessKeyId' }], detail: { columns: ['requestParameters'] } },
      columns,
      column: async () => late,
      detail: () => Promise.resolve(['{}']),
    },
    0,
    0,
    0,
    1,
  );
  expect(event.value('accessKeyId')).toBe('');
  let isRead = false;
  void event.detail.then(() => (isRead = true));
  await new Promise((resolve) => setTimeout(resolve));
  expect(isRead).toBe(false);
  arrive();
  expect(await event.detail).toEqual(new Map([['requestParameters', '{}']]));
  expect(event.value('accessKeyId')).toBe('AKIAIOSFODNN7EXAMPLE');
});
