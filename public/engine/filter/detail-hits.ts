/**
 * Which events' details contain a pattern: the worker reports them incrementally, and they are cached for later
 * queries.
 */
import type { Report } from '../data/report.js';
import type { Pattern } from '#shared/query/pattern.js';
import { RowMask } from './row-mask.js';

/** The state of one search. */
export interface DetailHits {
  /** The events found so far. */
  readonly mask: RowMask;
  isDone: boolean;
  /** The number of events searched so far. */
  searched: number;
}

interface Search extends DetailHits {
  readonly number: number;
  readonly pattern: Pattern;
  readonly columns: readonly number[];
}

/** The number of searches to cache, at one bit per event each. */
const KEPT = 6;

export class DetailSearches {
  private readonly searches = new Map<string, Search>();
  private lastNumber = 0;
  private running: readonly number[] = [];

  constructor(private readonly report: Report) {}

  /** The state of a search for a pattern in these detail columns; starts a new one if necessary. */
  hits(pattern: Pattern, columns: readonly number[]): DetailHits {
    const key = JSON.stringify([pattern, columns]);
    let search = this.searches.get(key);
    if (!search) {
      const isDone = columns.length === 0 || pattern.text === '';
      const { rows } = this.report.manifest;
      const mask = pattern.text === '' ? RowMask.ofAll(rows) : new RowMask(rows);
      search = { number: ++this.lastNumber, pattern, columns, mask, isDone, searched: 0 };
    }
    this.searches.delete(key);
    this.searches.set(key, search);
    return search;
  }

  /** Starts the unfinished searches in `wanted` and stops all others. */
  run(wanted: ReadonlySet<DetailHits>): void {
    const open = [...this.searches.values()].filter((search) => wanted.has(search) && !search.isDone);
    for (const [key, search] of this.searches) {
      if (this.searches.size <= KEPT) break;
      if (!wanted.has(search)) this.searches.delete(key);
    }
    const numbers = open.map(({ number }) => number);
    if (numbers.join() === this.running.join()) return;
    this.running = numbers;
    for (const search of open) {
      search.mask.clear();
      search.searched = 0;
    }
    void this.report.search(open.map(({ number, pattern, columns }) => ({ search: number, pattern, columns })));
  }

  /** Stops all running searches; they start again when they are needed. */
  stop(): void {
    for (const [key, search] of this.searches) {
      if (!this.running.includes(search.number)) continue;
      search.isDone = true;
      this.searches.delete(key);
    }
    this.running = [];
  }

  /** Receives rows from the worker; `hits` is undefined when a search has ended. */
  receive(number: number, firstRow: number, hits: Uint8Array | undefined): void {
    if (!this.running.includes(number)) return;
    for (const search of this.searches.values()) {
      if (search.number !== number) continue;
      if (hits) {
        search.mask.markFlagged(firstRow, hits);
        search.searched += hits.length;
      } else {
        search.isDone = true;
        this.running = this.running.filter((other) => other !== number);
      }
    }
  }
}
