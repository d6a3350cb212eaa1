/** Reads the data inside `index.html` as the page does, but all of it and at once. */
import { gunzipSync } from 'node:zlib';
import { decodeCodes } from '#shared/format/codes.js';
import { LIST_SEPARATOR } from '#shared/model/columns.js';
import { decodeLists } from '#shared/format/list-table.js';
import { recall } from '#shared/format/predicted-codes.js';
import {
  BLOCK_ELEMENT_PREFIX,
  type BlockRef,
  type CodesRef,
  type EmbeddedColumn,
  type EmbeddedManifest,
  MANIFEST_ELEMENT,
} from '#shared/format/report-format.js';
import { joinLists } from './join-lists.js';
import { SegmentReader } from '#shared/format/segment-reader.js';
import { decodeStringTables, stringAt } from '#shared/format/string-table.js';
import { decodeTimes } from '#shared/format/times.js';

interface EmbeddedReport {
  readonly manifest: EmbeddedManifest;
  /** eventTime of each row, in milliseconds since 1970 UTC. */
  readonly times: Float64Array;
  /** By row, the cell of every embedded column: text for the coded ones, JSON for the detail. */
  readonly rows: readonly Readonly<Record<string, string>>[];
}

export function embeddedReport(page: Buffer): EmbeddedReport {
  const html = page.toString('utf8');
  const manifest = JSON.parse(elementOf(html, MANIFEST_ELEMENT)) as EmbeddedManifest;
  const inflated = (refs: readonly BlockRef[]): Uint8Array[] =>
    refs.map(({ block }) => gunzipSync(Buffer.from(elementOf(html, `${BLOCK_ELEMENT_PREFIX}${block}`), 'base64')));
  const refOf = (name: string): { codes: CodesRef; values: number } => {
    if (name === 'identity') return { codes: manifest.identity, values: manifest.identities };
    return manifest.columns.find((column) => column.name === name) as EmbeddedColumn;
  };
  const codesOf = (name: string): Uint32Array => {
    const { planes, given, blocks } = refOf(name).codes;
    const codes = new Uint32Array(blocks.reduce((sum, { count }) => sum + count, 0));
    inflated(blocks).reduce((at, block) => decodeCodes(block, planes, codes, at), 0);
    if (given !== undefined) recall(codes, codesOf(given), refOf(given).values);
    return codes;
  };

  const times = new Float64Array(manifest.rows);
  const { start, unit, blocks } = manifest.time;
  inflated(blocks).reduce((at, block) => decodeTimes(block, start, unit, times, at), 0);
  const rows = Array.from({ length: manifest.rows }, (): Record<string, string> => ({}));
  const identity = codesOf('identity');
  for (const { name, per, dictionary, lists } of manifest.columns) {
    const strings = decodeStringTables(inflated(dictionary));
    const cells = lists && joinLists({ names: strings, ...decodeLists(inflated(lists)) });
    const codes = codesOf(name);
    rows.forEach((row, i) => {
      const code = codes[per === 'identity' ? (identity[i] as number) : i] as number;
      row[name] = cells ? (cells[code] as string) : stringAt(strings, code);
    });
  }
  let segmentStart = 0;
  const { columns, segments } = manifest.detail;
  inflated(segments).forEach((bytes, i) => {
    const segment = new SegmentReader(bytes, columns.length);
    for (let row = 0; row < segment.rows; row++) {
      const cells = rows[segmentStart + row] as Record<string, string>;
      columns.forEach((name, column) => {
        cells[name] = segment.cell(column, row, () => (cells.resources ?? '').split(LIST_SEPARATOR));
      });
    }
    segmentStart += (segments[i] as BlockRef).count;
  });
  return { manifest, times, rows };
}

/** The text of the element with this id. */
function elementOf(html: string, id: string): string {
  const start = html.indexOf('>', html.indexOf(` id="${id}"`)) + 1;
  if (start === 0) throw new Error(`the page has no ${id}`);
  return html.slice(start, html.indexOf('</script>', start));
}
