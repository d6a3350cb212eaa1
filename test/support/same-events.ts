/** That the page and the TSV of one run say the same. */
import { expect } from 'vitest';
import { COLUMNS } from '#shared/model/columns.js';
import { embeddedReport } from './embedded-report.js';
import type { Finished } from './pipeline-run.js';
import { tsvRows } from './tsv-rows.js';

/** What a cell must not begin with; blanks and characters that are not seen may stand before it. */
const FORMULA =
  /^(?:[^\S\p{Cc}]|[\u2800\p{Cf}\p{Default_Ignorable_Code_Point}])*[=+\-@"\uff1d\uff0b\uff0d\uff20\p{Cc}]/u;

/** A JSON text of which the page holds only a part ends its values so. */
const CUT = '…';

/** Checks that every row of the page has the cells that the TSV's line has. @param raw the TSV was written raw */
export function expectSameEvents({ manifest, tsv, page }: Finished, raw: boolean): void {
  const lines = tsvRows(tsv);
  const { manifest: embedded, rows, times } = embeddedReport(page);
  const { run: _run, outputs: _outputs, ...report } = manifest;
  expect(embedded.report).toEqual(report);
  expect(rows).toHaveLength(lines.length);
  // One assertion at the end: one a cell would take minutes.
  const differences: unknown[] = [];
  rows.forEach((row, i) => {
    const line = lines[i] ?? {};
    const written = line['eventTime'] as string;
    if (/^\d{4}-\d\d-\d\dT[01]?\d:\d\d:\d\d(\.\d+)?Z$/.test(written) && times[i] !== Date.parse(written)) {
      differences.push({ row: i, written, embedded: times[i] });
    }
    for (const { name, kind } of COLUMNS) {
      const embeddedCell = row[name];
      if (embeddedCell === undefined) continue;
      // A text is embedded as JSON; where it is no string it is shown as its JSON, like the json columns.
      const isString = kind === 'text' && embeddedCell.startsWith('"');
      const text = isString ? asUtf8(JSON.parse(embeddedCell) as string) : embeddedCell;
      const isJson = (kind === 'json' || kind === 'text') && !isString;
      const isSame = text.includes(CUT) || line[name] === cellOf(text, isJson, raw);
      if (!isSame) differences.push({ row: i, column: name, written: line[name], embedded: embeddedCell });
    }
  });
  expect(differences).toEqual([]);
}

/** Half a surrogate pair has no UTF-8. */
function asUtf8(text: string): string {
  return Buffer.from(text).toString();
}

/** How the TSV writes a text or a JSON text. */
function cellOf(text: string, isJson: boolean, raw: boolean): string {
  const escaped = isJson
    ? text
    : text.replace(/[\\\t\r\n]/g, (c) => ({ '\t': '\\t', '\r': '\\r', '\n': '\\n' })[c] ?? '\\\\');
  return !raw && FORMULA.test(text) ? `'${escaped}` : escaped;
}
