/** The detail segments, each decompressed once; they stay in memory for searching and reading. */
import { SegmentReader } from '#shared/format/segment-reader.js';
import type { BlockStore } from './block-store.js';
import { KeptSection } from './kept-section.js';
import { RowNames } from './row-names.js';

/** A segment in the worker's memory. */
export interface KeptSegment {
  readonly firstRow: number;
  readonly rows: number;
  /** By detail column. */
  readonly sections: readonly KeptSection[];
}

export class Segments {
  /** The first row of each segment. */
  private readonly firstRows: readonly number[];
  private readonly kept = new Map<number, Promise<KeptSegment>>();
  private rowNames: Promise<RowNames> | undefined;

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

  /** The number of detail columns. */
  get columns(): number {
    return this.store.manifest.detail.columns.length;
  }

  /** The detail cells of a row. */
  async cells(row: number): Promise<readonly string[]> {
    const { firstRow, sections } = await this.segmentOf(row);
    return sections.map((section) => section.row(row - firstRow));
  }

  /** The segment that contains a row. */
  segmentOf(row: number): Promise<KeptSegment> {
    let segment = this.count - 1;
    while (segment > 0 && (this.firstRows[segment] as number) > row) segment--;
    return this.segment(segment);
  }

  segment(number: number): Promise<KeptSegment> {
    const kept = this.kept.get(number) ?? this.read(number);
    this.kept.set(number, kept);
    return kept;
  }

  private async read(number: number): Promise<KeptSegment> {
    const { detail } = this.store.manifest;
    const ref = detail.segments[number];
    if (!ref) throw new Error(`the report has no segment ${String(number)}`);
    const [bytes, names] = await Promise.all([this.store.take(ref.block), this.names()]);
    const { rows, sections } = new SegmentReader(bytes, detail.columns.length);
    const firstRow = this.firstRows[number] as number;
    const ofSegment = {
      of: (row: number) => names.of(firstRow + row),
      texts: names.texts,
      nameAt: (row: number, place: number) => names.nameAt(firstRow + row, place),
      containing: (text: string) => names.containing(text),
    };
    return { firstRow, rows, sections: sections.map((section) => new KeptSection(section, ofSegment)) };
  }

  private names(): Promise<RowNames> {
    this.rowNames ??= this.store.lists('resources').then((column) => new RowNames(column));
    return this.rowNames;
  }
}
