import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ColumnKind, COLUMNS } from '#shared/model/columns.js';
import { compactJson, spacedJson } from '../support/json-values.js';
import { report } from '../support/pipeline-run.js';
import { expectSameEvents } from '../support/same-events.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { cellText, tsvRows } from '../support/tsv-rows.js';

/** The columns that are one field of the record each, but what makes a record an event and tells it from others. */
const FIELDS = COLUMNS.filter(({ name, from }) => from === name && name !== 'eventID' && name !== 'eventSource');

interface RandomRecord {
  readonly text: string;
  /** Compact JSON of each of its fields. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Any JSON in any field, spaced at will. */
const record: fc.Arbitrary<RandomRecord> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(fc.constantFrom(...FIELDS.map(({ name }) => name)), spacedJson), {
      selector: ([name]) => name,
      maxLength: 8,
    }),
    fc.option(compactJson, { nil: undefined }),
    fc.option(spacedJson, { nil: undefined }),
  )
  .map(([members, userIdentity, resources]) => ({
    text: [
      ...members.map(([name, { spaced }]) => `"${name}" : ${spaced}`),
      ...(userIdentity === undefined ? [] : [`"userIdentity":${userIdentity}`]),
      ...(resources === undefined ? [] : [`"resources":${resources.spaced}`]),
    ].join(', '),
    fields: Object.fromEntries(members.map(([name, { compact }]) => [name, compact])),
  }));

/** Whether a cell shows this field: null and "" not at all, strings as text but in json columns, all else as JSON. */
function shows(cell: string, json: string | undefined, kind: ColumnKind): boolean {
  if (json === undefined || json === 'null' || json === '""') return cell === '';
  if (kind === 'json' || (kind === 'text' && !json.startsWith('"'))) {
    return cell.replace(/^'/, '') === usuallySpelt(json);
  }
  if (!json.startsWith('"')) return isDeepStrictEqual(JSON.parse(cellText(cell)), JSON.parse(json));
  const text = Buffer.from(JSON.parse(json) as string).toString();
  return text.startsWith("'") ? cell.startsWith("'") : cellText(cell) === text;
}

/** With each string as `JSON.stringify` writes it where a letter, a digit or one of `-./:` is escaped, else as it is. */
function usuallySpelt(json: string): string {
  const escaped = Array.from(json.replaceAll('\\\\', '').matchAll(/\\u([0-9a-f]{4})/gi), ([, hex]) =>
    String.fromCharCode(parseInt(hex as string, 16)),
  );
  if (!escaped.some((character) => /[A-Za-z0-9./:-]/.test(character))) return json;
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (text) => JSON.stringify(JSON.parse(text)));
}

test('any JSON in any field comes through as it is, in TSV and page', async () => {
  const records = fc.sample(record, { numRuns: 600, seed: 7 });
  const lines = records.map(
    ({ text }, i) =>
      `{"eventTime":"2024-05-01T10:00:00Z","eventSource":"x.amazonaws.com","eventID":"${i}"${text === '' ? '' : ','}${text}}`,
  );
  const folder = temporaryFolder({ 'logs/a.json': `{"Records":[${lines.join(',\n')}]}` });
  const finished = await report([path.join(folder, 'logs')], path.join(folder, 'out'));
  expect(finished.manifest).toMatchObject({ events: records.length, duplicates: 0, ignored: [], warnings: [] });
  expectSameEvents(finished, false);

  const differences: unknown[] = [];
  for (const row of tsvRows(finished.tsv)) {
    const { fields, text } = records[Number(row['eventID'])] as RandomRecord;
    for (const { name, kind } of FIELDS) {
      const cell = row[name] as string;
      if (!shows(cell, fields[name], kind)) differences.push({ text, name, json: fields[name], cell });
    }
  }
  expect(differences).toEqual([]);
});
