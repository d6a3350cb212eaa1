import { expect, test } from 'vitest';
import { newFileReport, type FileReport } from '#scripts/ingest/read/file-report.js';
import { Flattener } from '#scripts/ingest/flatten/flattener.js';
import { GrowingPart } from '#scripts/ingest/flatten/growing-part.js';
import { cellOf } from '#scripts/ingest/flatten/part-row.js';
import { type DictionarySlot, type Part, SLOT } from '#scripts/ingest/flatten/part.js';
import { stringAt } from '#shared/format/string-table.js';

const EVERYTHING = { since: undefined, until: undefined, accounts: [], regions: [], writesOnly: false };

function flattened(records: readonly string[]): { readonly part: Part; readonly report: FileReport } {
  const growing = new GrowingPart();
  const report = newFileReport('log.json');
  const flattener = new Flattener(growing, { filter: EVERYTHING, showSecrets: false });
  flattener.add(new TextEncoder().encode(`{"Records":[${records.join(',')}]}`), report, false);
  return { part: growing.finish(), report };
}

/** A record whose tail begins with eventType, as CloudTrail writes it. @param before JSON members before the tail */
function record(id: number, tail: string, before = ''): string {
  return `{"eventTime":"2026-01-02T03:04:05Z","userIdentity":{"type":"Root"},"eventSource":"iam.amazonaws.com","eventName":"GetUser","awsRegion":"us-east-1",${before}"eventID":"${String(id)}","eventType":${tail}}`;
}

function cells(part: Part, slot: DictionarySlot): string[] {
  return Array.from({ length: part.rows }, (_, row) =>
    stringAt(part.dictionaries[slot], cellOf(part, row, SLOT[slot])),
  );
}

test('records with tails that came before have the cells of their own tail', () => {
  const first = '"AwsApiCall","recipientAccountId":"111122223333","tlsDetails":{"tlsVersion":"TLSv1.3"}';
  const second = '"AwsApiCall","recipientAccountId":"444455556666"';
  const { part } = flattened([first, second, first, second, first].map((tail, id) => record(id, tail)));
  expect(cells(part, 'recipientAccountId')).toEqual([
    '111122223333',
    '444455556666',
    '111122223333',
    '444455556666',
    '111122223333',
  ]);
  expect(cells(part, 'tlsVersion')).toEqual(['TLSv1.3', '', 'TLSv1.3', '', 'TLSv1.3']);
});

test('a field before an tail is read of each record, and one behind it is not taken from another', () => {
  const tail = '"AwsApiCall","recipientAccountId":"111122223333"';
  const tls = (version: string): string => `"tlsDetails":{"tlsVersion":"${version}"},`;
  const { part } = flattened([
    record(0, tail, `"errorCode":"A",${tls('TLSv1.2')}`),
    record(1, tail, `"errorCode":"B",${tls('TLSv1.3')}`),
    record(2, tail),
  ]);
  expect(cells(part, 'errorCode')).toEqual(['A', 'B', '']);
  expect(cells(part, 'tlsVersion')).toEqual(['TLSv1.2', 'TLSv1.3', '']);
});

test('a damaged tail is a fault of each record that has it', () => {
  const damaged = '"AwsApiCall","eventCategory":{"a":tru}';
  const { part, report } = flattened([0, 1, 2].map((id) => record(id, damaged)));
  expect(part.rows).toBe(0);
  expect(report.faults).toEqual({ 'json-invalid': 3 });
});

test('what stands in an object’s place in an tail is its JSON in each record', () => {
  const tail = '"AwsApiCall","eventCategory":{"a":1}';
  const { part } = flattened([0, 1, 2].map((id) => record(id, tail)));
  expect(cells(part, 'eventCategory')).toEqual(['{"a":1}', '{"a":1}', '{"a":1}']);
});
