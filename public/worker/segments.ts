/** The detail segments: which rows each holds, and the few that were read last. */
import { SegmentReader } from '../../scripts/shared/segment.js';
import type { BlockStore } from './block-store.js';

/** Readers kept open: going back and forth between neighbouring events reads no segment twice. */
const OPEN_SEGMENTS = 3;

export class Segments {
  /** First row of each segment. */
  readonly firstRows: readonly number[];
  private readonly open = new Map<number, Promise<SegmentReader>>();

  constructor(private readonly store: BlockStore) {
    let row = 0;
    this.firstRows = store.manifest.detail.segments.map(({ count }) => {
      const first = row;
      row += count;
      return first;
    });
  }

  get count(): number {
    return this.firstRows.length;
  }

  /** The detail cells of a row. */
  async cells(row: number): Promise<readonly string[]> {
    let segment = this.count - 1;
    while (segment > 0 && (this.firstRows[segment] as number) > row) segment--;
    const reader = await this.reader(segment);
    const inSegment = row - (this.firstRows[segment] as number);
    return this.store.manifest.detail.columns.map((_, column) => reader.cell(column, inSegment));
  }

  private reader(segment: number): Promise<SegmentReader> {
    const reader = this.open.get(segment) ?? this.read(segment);
    this.open.delete(segment);
    this.open.set(segment, reader);
    for (const oldest of this.open.keys()) {
      if (this.open.size <= OPEN_SEGMENTS) break;
      this.open.delete(oldest);
    }
    return reader;
  }

  /** A new reader, not kept. */
  async read(segment: number): Promise<SegmentReader> {
    const { detail } = this.store.manifest;
    const ref = detail.segments[segment];
    if (!ref) throw new Error(`the report has no segment ${String(segment)}`);
    return new SegmentReader(await this.store.inflate(ref.block), detail.columns.length);
  }
}
