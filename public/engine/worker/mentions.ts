/**
 * Finds the events whose details contain a text, for an answer: a single request, besides the searches of the query
 * box.
 */
import { patternOf } from '#shared/query/pattern.js';
import { TextSearch } from './segment-search.js';
import type { Segments } from './segments.js';

/** The matching rows, ascending. */
export async function rowsMentioning(segments: Segments, text: string): Promise<Uint32Array<ArrayBuffer>> {
  const search = new TextSearch(patternOf(text, false, false));
  const rows: number[] = [];
  for (let number = 0; number < segments.count; number++) {
    const { firstRow, rows: count, sections } = await segments.segment(number);
    const hits = new Uint8Array(count);
    for (const section of sections) search.search(section, hits, false);
    for (let row = 0; row < count; row++) if (hits[row] === 1) rows.push(firstRow + row);
  }
  return Uint32Array.from(rows);
}
