/** Reads the data inside `index.html` as the page does, but all of it and at once. */
import { gunzipSync } from 'node:zlib';
import { decodeCodes } from '../../scripts/shared/codes.js';
import {
  BLOCK_ELEMENT_PREFIX,
  type BlockRef,
  type CodesRef,
  type EmbeddedManifest,
  MANIFEST_ELEMENT,
} from '../../scripts/shared/report-format.js';
import { SegmentReader } from '../../scripts/shared/segment.js';
import { decodeStringTables, stringAt } from '../../scripts/shared/string-table.js';
import { decodeTimes } from '../../scripts/shared/times.js';

export interface EmbeddedReport {
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
  const codesOf = ({ planes, blocks }: CodesRef): Uint32Array => {
    const codes = new Uint32Array(blocks.reduce((sum, { count }) => sum + count, 0));
    inflated(blocks).reduce((at, block) => decodeCodes(block, planes, codes, at), 0);
    return codes;
  };

  const times = new Float64Array(manifest.rows);
  const { start, unit, blocks } = manifest.time;
  inflated(blocks).reduce((at, block) => decodeTimes(block, start, unit, times, at), 0);
  const rows = Array.from({ length: manifest.rows }, (): Record<string, string> => ({}));
  const identity = codesOf(manifest.identity);
  for (const { name, per, dictionary, codes: ref } of manifest.columns) {
    const values = decodeStringTables(inflated(dictionary));
    const codes = codesOf(ref);
    rows.forEach((row, i) => {
      row[name] = stringAt(values, codes[per === 'identity' ? (identity[i] as number) : i] as number);
    });
  }
  let segmentStart = 0;
  const { columns, segments } = manifest.detail;
  inflated(segments).forEach((bytes, i) => {
    const segment = new SegmentReader(bytes, columns.length);
    for (let row = 0; row < segment.rows; row++) {
      columns.forEach((name, column) => {
        (rows[segmentStart + row] as Record<string, string>)[name] = segment.cell(column, row);
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
