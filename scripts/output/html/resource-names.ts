/**
 * Finds values in an event's JSON that are the name of one of its resources, or the end of one, so that the page stores
 * the name once.
 */
import { sameBytes } from '#shared/format/bytes.js';
import { plainEnd } from '#shared/format/json-bytes.js';
import type { StringTable } from '#shared/format/string-table.js';
import { findNames, type NameSpans } from './split-lists.js';

/** Shorter values cost as much as a reference. */
const SHORTEST = 6;
/** The most names of an event to compare with. */
const MOST_NAMES = 30;
/** A skip is one byte. */
const MOST_SKIPS = 255;

const COLON = 0x3a;
const SLASH = 0x2f;

export class ResourceNames {
  private readonly view: DataView;
  private readonly bytes: Uint8Array;

  /** @param cells the distinct cells of the `resources` column @param spans the positions of their names */
  constructor(
    cells: StringTable,
    private readonly spans: NameSpans = findNames(cells),
  ) {
    this.bytes = cells.bytes;
    this.view = new DataView(cells.bytes.buffer, cells.bytes.byteOffset, cells.bytes.length);
  }

  /**
   * The name in cell `list` that ends with bytes [start, end) of a view, either the whole name or its part after a `:`
   * or `/`: its position, from 1 on, plus the number of such characters to skip, << 8. 0 if there is none.
   */
  reference(list: number, source: DataView, start: number, end: number): number {
    const size = end - start;
    if (size < SHORTEST || list === 0) return 0;
    const { lists, starts, ends, tails } = this.spans;
    const { view } = this;
    const first = lists[list - 1] as number;
    const stop = Math.min(lists[list] as number, first + MOST_NAMES);
    const tail = source.getInt32(end - 4, true);
    for (let name = first; name < stop; name++) {
      // Nearly all names end differently, and their bytes are not in the processor's cache.
      if (tails[name] !== tail) continue;
      const nameStart = starts[name] as number;
      const nameEnd = ends[name] as number;
      const from = nameEnd - size;
      if (from < nameStart) continue;
      if (from > nameStart && !isSeparator(this.bytes[from - 1] as number)) continue;
      // JSON escapes are not used in the `resources` column, so a search would not find the name there.
      if (!sameBytes(view, from, nameEnd, source, start) || plainEnd(view, from, nameEnd) < nameEnd) continue;
      const skips = this.separators(nameStart, from);
      if (skips <= MOST_SKIPS) return (name - first + 1) | (skips << 8);
    }
    return 0;
  }

  private separators(start: number, end: number): number {
    let count = 0;
    for (let i = start; i < end; i++) if (isSeparator(this.bytes[i] as number)) count++;
    return count;
  }
}

function isSeparator(byte: number): boolean {
  return byte === COLON || byte === SLASH;
}
