/** Which events' details contain a text, for an answer: asked once, beside the searches of the query box. */
import { patternOf } from '../../scripts/shared/query/pattern.js';
import { SectionSearch } from './segment-search.js';
import type { Segments } from './segments.js';

/** The rows, ascending. */
export async function rowsMentioning(segments: Segments, text: string): Promise<Uint32Array<ArrayBuffer>> {
  const pattern = patternOf(text, false, false);
  const rows: number[] = [];
  for (let segment = 0; segment < segments.count; segment++) {
    const reader = await segments.read(segment);
    const hits = new Uint8Array(reader.rows);
    reader.sections.forEach((section, column) => {
      new SectionSearch(section, (row) => reader.cell(column, row)).search(pattern, hits);
    });
    const first = segments.firstRows[segment] as number;
    for (let row = 0; row < hits.length; row++) if (hits[row] === 1) rows.push(first + row);
  }
  return Uint32Array.from(rows);
}
