/** Logs that somebody made to break the run, and folders that are no folders of logs. The run ends well, and counts. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import '../support/one-worker.js';
import { type Finished, report } from '../support/pipeline-run.js';
import { openFolderSource } from '#scripts/source/folder/folder.js';
import { expectSameEvents } from '../support/same-events.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { columnOf, tsvRows } from '../support/tsv-rows.js';

/** A record as text: whatever JSON.stringify would never write may be in `fields`. */
function event(index: number, fields = ''): string {
  const time = `2024-05-01T10:00:${String(index).padStart(2, '0')}Z`;
  return `{"eventTime":"${time}","eventSource":"x.amazonaws.com","eventName":"E${index}","eventID":"id-${index}"${fields}}`;
}

async function reportOf(files: Readonly<Record<string, string | Uint8Array>>, ...args: string[]): Promise<Finished> {
  const named = Object.entries(files).map(([name, content]) => [`logs/${name}`, content] as const);
  const folder = temporaryFolder(Object.fromEntries(named));
  const finished = await report([path.join(folder, 'logs'), ...args], path.join(folder, 'out'));
  expectSameEvents(finished, false);
  return finished;
}

/** The report of one file of these records. */
function reportOfRecords(...records: string[]): Promise<Finished> {
  return reportOf({ 'a.json': `{"Records":[${records.join(',\n')}]}` });
}

test('requestParameters of a hundred thousand levels come through', async () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  const { tsv, manifest } = await reportOfRecords(event(1, `,"requestParameters":${deep}`), event(2));
  expect(columnOf(tsv, 'requestParameters')).toEqual([deep, '']);
  expect(manifest.warnings).toEqual([]);
});

test('an identity of a hundred thousand levels is an identity without a name', async () => {
  const deep = '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000);
  const { tsv } = await reportOfRecords(event(1, `,"userIdentity":{"type":"IAMUser","userName":${deep}}`), event(2));
  expect(columnOf(tsv, 'type')).toEqual(['IAMUser', '']);
  expect(columnOf(tsv, 'actor')).toEqual(['', '']);
});

test('a text of 300 kB and an object of ten thousand keys come through, and 6 MB too', async () => {
  const long = 'x'.repeat(300_000);
  const keys = `{${Array.from({ length: 10_000 }, (_, i) => `"key${i}":"value ${i}"`).join(',')}}`;
  const huge = `{"a":"${'y'.repeat(6_000_000)}"}`;
  const { tsv } = await reportOfRecords(
    event(1, `,"userAgent":"${long}","errorMessage":"${long}"`),
    event(2, `,"requestParameters":${keys}`),
    event(3, `,"responseElements":${huge}`),
    event(4),
  );
  expect(columnOf(tsv, 'userAgent')).toEqual([long, '', '', '']);
  expect(columnOf(tsv, 'errorMessage')).toEqual([long, '', '', '']);
  expect(columnOf(tsv, 'requestParameters')).toEqual(['', keys, '', '']);
  expect(columnOf(tsv, 'responseElements')).toEqual(['', '', huge, '']);
});

test('lone surrogates and NULs come through: replaced in text, as written in JSON', async () => {
  const { tsv, manifest } = await reportOfRecords(
    event(1, String.raw`,"eventType":"a\ud800b","errorMessage":"\udfff","requestParameters":{"k":"\ud800"}`),
    event(
      2,
      String.raw`,"eventType":"a\u0000b","errorMessage":"\u0000","requestParameters":{"k\u0000":"\u0000\u001f"}`,
    ),
  );
  const [first, second] = tsvRows(tsv);
  expect(first).toMatchObject({ eventType: 'a\ufffdb', errorMessage: '\ufffd', requestParameters: '{"k":"\\ud800"}' });
  expect(second).toMatchObject({
    eventType: 'a\0b',
    errorMessage: "'\0",
    requestParameters: '{"k\\u0000":"\\u0000\\u001f"}',
  });
  expect(manifest.events).toBe(2);
});

test('names that every object has by itself are values like others', async () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
  const records = names.map((name, i) =>
    event(
      i,
      `,"${name}":{"a":1},"eventCategory":"${name}","eventType":"${name}","awsRegion":"${name}","errorCode":"${name}",` +
        `"userIdentity":{"type":"${name}","${name}":{"userName":"x"}},"requestParameters":{"${name}":"i-0123456789abcdef0"}`,
    ),
  );
  const { tsv, manifest } = await reportOfRecords(...records);
  for (const column of ['eventCategory', 'eventType', 'awsRegion', 'errorCode', 'type']) {
    expect(columnOf(tsv, column)).toEqual(names);
  }
  expect(columnOf(tsv, 'resources')).toEqual(names.map(() => 'i-0123456789abcdef0'));
  expect(manifest.ignored).toEqual([]);
  expect(manifest.warnings).toEqual([]);
});

test('IDs that are no plain text cannot break a line, nor the run', async () => {
  const { tsv, manifest } = await reportOfRecords(
    event(1, `,"requestID":{\n"a":\t1},"sharedEventID":[\r\n"x" ]`),
    event(2, String.raw`,"requestID":"tab\tand\nline","sharedEventID":"\u00e9"`),
    event(3, String.raw`,"requestID":"bad \q escape"`),
    event(4),
  );
  const rows = tsvRows(tsv);
  expect(rows[0]).toMatchObject({ requestID: '{"a":1}', sharedEventID: '["x"]' });
  expect(rows[1]).toMatchObject({ requestID: String.raw`tab\tand\nline`, sharedEventID: 'é' });
  expect(rows.at(-1)).toMatchObject({ eventName: 'E4' });
  expect(rows.length + manifest.warnings.reduce((sum, { count }) => sum + count, 0)).toBe(4);
});

test('an identity is never taken for another, whatever stands between the two', async () => {
  // Long enough that what differs lies outside the bytes that choose where an identity is remembered.
  const identity = (account: string): string =>
    `{"accountId":"${account}","type":"AssumedRole","principalId":"AROAEXAMPLE:session","sessionContext":{"pad":"${'p'.repeat(500)}"}}`;
  const [first, second] = ['111111111155', '222222222255'];
  const { tsv } = await reportOfRecords(
    event(1, `,"userIdentity":${identity(first)}`),
    `{"eventSource":"x.amazonaws.com","eventName":"without a time","userIdentity":${identity(second)}}`,
    event(3, `,"userIdentity":${identity(second)}`),
    event(4, `,"userIdentity":${identity(first)}`),
  );
  expect(columnOf(tsv, 'accountId')).toEqual([first, second, first]);
});

test('a gzip bomb is not inflated beyond the limit', async () => {
  const bomb = gzipSync(Buffer.alloc(64 << 20, ' '), { level: 9 });
  const nested = gzipSync(bomb, { level: 9 });
  const { manifest } = await reportOf(
    { 'bomb.json.gz': bomb, 'nested.json.gz': nested, 'good.json': event(1) },
    '--max-inflated-mb',
    '1',
  );
  expect(manifest.files).toMatchObject({ read: 1, failed: 2 });
  expect(manifest.warnings).toEqual([{ code: 'too-large', count: 2, example: 'logs/bomb.json.gz' }]);
});

test('a million empty lines, and two hundred thousand broken ones, are no hindrance', async () => {
  const { manifest } = await reportOf({
    'empty.json': '\n'.repeat(1_000_000) + event(1),
    'broken.json': '{\n'.repeat(200_000) + event(2),
    'brackets.json': '['.repeat(200_000),
    'quotes.json': '"'.repeat(200_001),
  });
  expect(manifest.events).toBe(2);
  expect(manifest.files).toMatchObject({ read: 2, failed: 2 });
});

test('what is no JSON at all is one fault a file', async () => {
  const { manifest } = await reportOf({ 'good.json': event(1), 'words.json': 'this is no JSON at all\nnor is this' });
  expect(manifest.files).toMatchObject({ read: 1, failed: 1 });
  expect(manifest.warnings).toEqual([{ code: 'not-json', count: 1, example: 'logs/words.json' }]);
});

test('links to folders above do not go round for ever; links to nothing cannot be read', async () => {
  const folder = temporaryFolder({ 'logs/below/a.json': event(1) });
  const logs = path.join(folder, 'logs');
  symlinkSync(logs, path.join(logs, 'below', 'up'));
  symlinkSync('loop.json', path.join(logs, 'loop.json'));
  symlinkSync('nowhere.json', path.join(logs, 'dangling.json'));
  symlinkSync(path.join(logs, 'below', 'a.json'), path.join(logs, 'again.json'));
  const { manifest } = await report([logs], path.join(folder, 'out'));
  expect(manifest).toMatchObject({ events: 1, duplicates: 1, files: { listed: 4, read: 2, ignored: 0, failed: 2 } });
  expect(manifest.warnings).toEqual([{ code: 'unreadable', count: 2, example: 'logs/dangling.json' }]);
});

test('a folder may be named like a file, and a file may have any name', async () => {
  const folder = temporaryFolder();
  const logs = path.join(folder, 'logs');
  const names = ['x.json.gz/inner.json', 'constructor/\u001b[31mred\n.json', '山田.json', 'quo\'te "x".json'];
  names.forEach((name, i) => {
    mkdirSync(path.dirname(path.join(logs, name)), { recursive: true });
    writeFileSync(path.join(logs, name), event(i));
  });
  writeFileSync(path.join(logs, '\u0007bell.json'), '{');
  const { manifest } = await report([logs], path.join(folder, 'out'));
  expect(manifest.events).toBe(4);
  expect(manifest.warnings).toEqual([{ code: 'json-invalid', count: 1, example: 'logs/\u0007bell.json' }]);
});

test('files that cannot be read are counted, and the others are read', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const folder = temporaryFolder(Object.fromEntries(names.map((name, i) => [`logs/${name}.json`, event(i)])));
  const source = await openFolderSource(path.join(folder, 'logs'));
  const { manifest } = await report(['logs'], path.join(folder, 'out'), [
    {
      ...source,
      async *list() {
        yield* source.list();
        rmSync(path.join(folder, 'logs', 'b.json'));
      },
      read: (file) => (file.name === 'logs/c.json' ? Promise.reject(new Error('refused')) : source.read(file)),
    },
  ]);
  expect(manifest).toMatchObject({ events: 2, files: { listed: 4, read: 2, failed: 2 } });
  expect(manifest.warnings).toEqual([{ code: 'unreadable', count: 2, example: 'logs/b.json' }]);
});
