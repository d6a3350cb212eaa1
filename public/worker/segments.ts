/** The detail segments: the few that were read last, and all of them ready to be searched. */
import { SegmentReader } from '../../scripts/shared/segment-reader.js';
import type { BlockStore } from './block-store.js';
import { RowNames } from './row-names.js';
import { SectionSearch } from './segment-search.js';

/** Readers kept open: going back and forth between neighbouring events reads no segment twice. */
const OPEN_SEGMENTS = 3;

/** A segment in the worker's memory. */
export interface SearchableSegment {
  readonly firstRow: number;
  readonly rows: number;
  /** By detail column. */
  readonly sections: readonly SectionSearch[];
}

export class Segments {
  /** First row of each segment. */
  private readonly firstRows: readonly number[];
  private readonly open = new Map<number, Promise<SegmentReader>>();
  private readonly searchable = new Map<number, Promise<SearchableSegment>>();
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

  /** How many detail columns there are. */
  get columns(): number {
    return this.store.manifest.detail.columns.length;
  }

  /** The detail cells of a row. */
  async cells(row: number): Promise<readonly string[]> {
    let segment = this.count - 1;
    while (segment > 0 && (this.firstRows[segment] as number) > row) segment--;
    const [reader, names] = await Promise.all([this.reader(segment), this.names()]);
    const inSegment = row - (this.firstRows[segment] as number);
    return this.store.manifest.detail.columns.map((_, column) => reader.cell(column, inSegment, () => names.of(row)));
  }

  /** The segment in a form to be searched, which stays here. */
  searched(segment: number): Promise<SearchableSegment> {
    const kept = this.searchable.get(segment) ?? this.prepare(segment);
    this.searchable.set(segment, kept);
    return kept;
  }

  private async prepare(segment: number): Promise<SearchableSegment> {
    const [{ rows, sections }, names] = await Promise.all([this.read(segment), this.names()]);
    const firstRow = this.firstRows[segment] as number;
    const ofSegment = {
      lowerOf: (row: number) => names.lowerOf(firstRow + row),
      numbersOf: (row: number) => names.numbersOf(firstRow + row),
      containing: (text: string) => names.containing(text),
    };
    return { firstRow, rows, sections: sections.map((section) => new SectionSearch(section, ofSegment)) };
  }

  private names(): Promise<RowNames> {
    this.rowNames ??= this.store.lists('resources').then((column) => new RowNames(column));
    return this.rowNames;
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

  private async read(segment: number): Promise<SegmentReader> {
    const { detail } = this.store.manifest;
    const ref = detail.segments[segment];
    if (!ref) throw new Error(`the report has no segment ${String(segment)}`);
    return new SegmentReader(await this.store.inflate(ref.block), detail.columns.length);
  }
}
