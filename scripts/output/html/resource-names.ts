/** Where a value of an event's JSON is the name of one of its resources, or the end of one: the page need not hold it twice. */
import { sameBytes } from '#shared/format/bytes.js';
import { plainEnd } from '#shared/format/json-bytes.js';
import type { StringTable } from '#shared/format/string-table.js';
import { findNames, type NameSpans } from './split-lists.js';

/** Shorter values cost as much as a reference. */
const SHORTEST = 6;
/** Names of an event that are looked at. */
const MOST_NAMES = 30;
/** A skip is one byte. */
const MOST_SKIPS = 255;

const COLON = 0x3a;
const SLASH = 0x2f;

export class ResourceNames {
  private readonly view: DataView;
  private readonly bytes: Uint8Array;

  /** @param cells the distinct cells of the `resources` column  @param spans where their names are */
  constructor(
    cells: StringTable,
    private readonly spans: NameSpans = findNames(cells),
  ) {
    this.bytes = cells.bytes;
    this.view = new DataView(cells.bytes.buffer, cells.bytes.byteOffset, cells.bytes.length);
  }

  /**
   * The name in cell `list` that ends with bytes [start, end) of a view, all of it or from after a `:` or `/` on: its place,
   * from 1 on, and how many of these to skip, << 8. 0 where there is none.
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
      // Nearly all names end otherwise, and their bytes are not in the processor's cache.
      if (tails[name] !== tail) continue;
      const nameStart = starts[name] as number;
      const nameEnd = ends[name] as number;
      const from = nameEnd - size;
      if (from < nameStart) continue;
      if (from > nameStart && !isSeparator(this.bytes[from - 1] as number)) continue;
      // What JSON escapes is written differently in the `resources` column, and would not be found there.
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
