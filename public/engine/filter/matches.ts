/** The currently matching events, updated when the query or the order changes or a running search finds more. */
import type { Query } from '#shared/query/ast.js';
import { SlowPattern } from '#shared/query/regex/matcher.js';
import type { Sorting } from '#public/state/sorting.js';
import { NOTHING, type FilterEngine, type View } from './engine.js';
import type { ValueCounts } from './value-counts.js';

/**
 * How long results of a running search are collected before they are shown, in milliseconds; the last ones are shown at
 * once.
 */
const GATHER = 120;

/** The current query and order. */
interface Wanted {
  readonly query: Query;
  readonly sorting: Sorting;
}

export class Matches {
  view: View = NOTHING;
  /** Undefined until the events have been read. */
  engine: FilterEngine | undefined;
  /** Resolves when the first view has been shown or has failed. */
  readonly begun: Promise<FilterEngine>;
  private setBegun: (engine: FilterEngine) => void = () => undefined;
  private lastFind = 0;
  private gathering: ReturnType<typeof setTimeout> | undefined;
  /** Whether the next view starts at its top. */
  private toTop = true;

  constructor(
    private readonly wanted: () => Wanted,
    /** `toTop` if the table is a new one for the reader. */
    private readonly onView: (view: View, toTop: boolean) => void,
    /** A regular expression takes too long; the last view stays. */
    private readonly onSlow: (pattern: SlowPattern) => void,
  ) {
    this.begun = new Promise((resolve) => (this.setBegun = resolve));
  }

  /** Starts with the events that have been read, and shows those that match. */
  async begin(engine: FilterEngine): Promise<void> {
    this.engine = engine;
    await this.find(true);
    this.setBegun(engine);
  }

  async find(toTop: boolean): Promise<void> {
    this.toTop ||= toTop;
    const { engine } = this;
    if (!engine) return;
    const mine = ++this.lastFind;
    const { query, sorting } = this.wanted();
    await engine.prepare(query, sorting);
    if (mine !== this.lastFind) return;
    try {
      this.view = engine.view(query, sorting);
    } catch (error) {
      if (!(error instanceof SlowPattern)) throw error;
      this.onSlow(error);
      return;
    }
    const isNew = this.toTop;
    this.toTop = false;
    this.onView(this.view, isNew);
  }

  /**
   * The number of matching events for each value of a column; waits until the events have been read. May throw a
   * SlowPattern.
   */
  async counts(query: Query, column: string): Promise<ValueCounts> {
    return (await this.begun).counts(query, column);
  }

  /** Shows what a running search has found since; at once if it has ended. */
  findSoon(isEnd: boolean): void {
    if (this.gathering !== undefined && !isEnd) return;
    clearTimeout(this.gathering);
    this.gathering = setTimeout(
      () => {
        this.gathering = undefined;
        void this.find(false);
      },
      isEnd ? 0 : GATHER,
    );
  }
}
