import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringTableOf } from '#shared/format/string-table.js';
import type { ExportFormat } from '#public/engine/worker/line-format.js';
import { LineWriter, type DetailBytes, type ExportColumn } from '#public/engine/worker/line-writer.js';
import { compactJson } from '../support/json-values.js';

const VALUES = [
  '',
  '=1+1',
  'a,b',
  'say "x"',
  ' blank',
  'two\r\nlines',
  'tab\there',
  'back\\slash',
  '日本',
  'plain',
  '\ufeff=mark',
  ' =blank',
];

const COLUMNS: readonly ExportColumn[] = [
  { name: 'eventTime', kind: 'time' },
  { name: 'eventName', kind: 'category', values: stringTableOf(VALUES) },
  { name: 'errorMessage', kind: 'text', detail: 0 },
  { name: 'requestParameters', kind: 'json', detail: 1 },
];

const ENCODER = new TextEncoder();
const TIME = Date.UTC(2025, 2, 3, 4, 5, 6);

/** Each event: the code of its name, its message and its parameters as JSON. */
type Event = readonly [code: number, message: string, parameters: string];

async function exported(
  format: ExportFormat,
  guard: boolean,
  columns: readonly ExportColumn[],
  events: readonly Event[],
) {
  const details = (row: number): DetailBytes => ({
    from: row,
    to: row + 1,
    write: (out, column) => out.append(ENCODER.encode((events[row] as Event)[column === 0 ? 1 : 2])),
  });
  const writer = await LineWriter.open(
    { format, guard, columns },
    {
      details: (row) => Promise.resolve(details(row)),
      lists: () => Promise.reject(new Error('no column is a list')),
    },
  );
  const blob = await writer.write({
    rows: Uint32Array.from(events.keys()),
    times: Float64Array.from(events, () => TIME),
    codes: columns.map(({ values }) => (values ? Uint32Array.from(events, ([code]) => code) : undefined)),
  });
  return blob.text();
}

/** Rows and cells of RFC 4180. */
function csvRows(csv: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < csv.length) {
    const row = rows[rows.length - 1] as string[];
    let cell = '';
    if (csv[at] === '"') {
      for (at++; csv[at] !== '"' || csv[at + 1] === '"'; at++) {
        if (csv[at] === '"') at++;
        cell += csv[at] as string;
      }
      at++;
    } else {
      while (at < csv.length && csv[at] !== ',' && csv[at] !== '\r') cell += csv[at++] as string;
    }
    row.push(cell);
    if (csv[at] === '\r') {
      at += 2;
      if (at < csv.length) rows.push([]);
    } else at++;
  }
  return rows;
}

const someEvent = fc.tuple(
  fc.nat(VALUES.length - 1),
  fc.oneof(
    fc.constant(''),
    fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
  ),
  fc.oneof(fc.constant(''), compactJson),
);

test('a CSV is read back as the texts that were exported, whatever they hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(someEvent, { minLength: 1, maxLength: 5 }), async (events) => {
      const rows = csvRows(await exported('csv', false, COLUMNS, events));
      expect(rows).toEqual(
        events.map(([code, message, parameters]) => [
          '2025-03-03T04:05:06Z',
          VALUES[code],
          message === '' ? '' : (JSON.parse(message) as string),
          parameters,
        ]),
      );
    }),
  );
});

test('a line of JSON holds every cell that is not empty, and JSON as the log wrote it', async () => {
  const columns: ExportColumn[] = [
    ...COLUMNS,
    { name: 'resources', kind: 'list', values: stringTableOf(['', 'i-1; vol-2']) },
    { name: 'readOnly', kind: 'flag', values: stringTableOf(['', 'true']) },
  ];
  const lines = await exported('jsonl', true, columns, [
    [1, '"no \\u0041"', '{"n":12345678901234567890,"x":1.0}'],
    [0, '', ''],
  ]);
  expect(lines).toBe(
    '{"eventTime":"2025-03-03T04:05:06Z","eventName":"=1+1","errorMessage":"no \\u0041",' +
      '"requestParameters":{"n":12345678901234567890,"x":1.0},"resources":["i-1","vol-2"],"readOnly":true}\n' +
      '{"eventTime":"2025-03-03T04:05:06Z"}\n',
  );
});

test('a mark that begins a value stays in a line of JSON', async () => {
  const event = [VALUES.indexOf('\ufeff=mark'), '"\ufeffno"', ''] as const;
  expect(await exported('jsonl', true, COLUMNS.slice(1, 3), [event])).toBe(
    '{"eventName":"\ufeff=mark","errorMessage":"\ufeffno"}\n',
  );
});

describe('a cell that a spreadsheet would run', () => {
  test.each([
    ['csv', '"\'=1+1","\'@SUM(A1)"'],
    ['tsv', "'=1+1\t'@SUM(A1)"],
  ] as const)('is guarded in %s', async (format, expected) => {
    const line = await exported(format, true, COLUMNS.slice(1, 3), [[1, '"@SUM(A1)"', '']]);
    expect(line.trimEnd()).toBe(expected);
  });

  test.each(['\ufeff=mark', ' =blank'])('is guarded where %j begins it', async (value) => {
    const code = VALUES.indexOf(value);
    const json = JSON.stringify(value);
    expect(await exported('tsv', true, COLUMNS.slice(1, 3), [[code, json, '']])).toBe(`'${value}\t'${value}\n`);
    expect(await exported('csv', true, COLUMNS.slice(1, 3), [[code, json, '']])).toBe(`"'${value}","'${value}"\r\n`);
  });

  test('is left as it is on demand', async () => {
    expect(await exported('tsv', false, COLUMNS.slice(1, 3), [[1, '"@SUM(A1)"', '']])).toBe('=1+1\t@SUM(A1)\n');
  });
});

test('a text of which the page holds the beginning says so', async () => {
  const columns: ExportColumn[] = [{ name: 'eventID', kind: 'text', detail: 0, isShortened: true }];
  expect(await exported('tsv', true, columns, [[0, '"0123abcd"', '']])).toBe('0123abcd…\n');
});
