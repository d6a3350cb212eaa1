/** A worker's part in making the page: the store that it is made of, and what is kept between two tasks. */
import {
  embedCodes,
  embedStrings,
  embedTimes,
  findResourceNames,
  SegmentEmbedder,
  type Blocks,
  type CodeBlocks,
  type DetailSelection,
  type ResourceNameSpans,
  type StringBlocks,
} from '#scripts/output/html/embed-blocks.js';
import type { EventStore } from '#scripts/store/event-store.js';

export class PageWork {
  private names: ResourceNameSpans | undefined;
  private embedder: SegmentEmbedder | undefined;

  constructor(private readonly store: EventStore) {}

  findResourceNames(): ResourceNameSpans {
    return findResourceNames(this.store);
  }

  /** @param names what a worker's `findResourceNames` returned; before the strings and the segments */
  useResourceNames(names: ResourceNameSpans): void {
    this.names = names;
    this.embedder = undefined;
  }

  embedTimes(start: number, unit: number): Blocks {
    return embedTimes(this.store.times, start, unit);
  }

  embedCodes(name: string): CodeBlocks {
    return embedCodes(this.store, name);
  }

  embedStrings(name: string): StringBlocks {
    return embedStrings(this.store, name, this.foundNames);
  }

  embedSegment(selection: DetailSelection, from: number, to: number): Uint8Array {
    this.embedder ??= new SegmentEmbedder(this.store, this.foundNames);
    return this.embedder.embed(selection, from, to);
  }

  private get foundNames(): ResourceNameSpans {
    if (this.names === undefined) throw new Error('the names of the resources have not been found');
    return this.names;
  }
}
