/** Combines the masks of clauses into the events to show and the events that each chart counts. */
import { MarkedRows } from './marked-rows.js';
import { RowMask } from './row-mask.js';

/** A clause's mask, and the bit of the chart that it belongs to, or {@link OTHER}. */
interface ClauseMask {
  /** The matching events; must not be changed any more. */
  readonly mask: RowMask;
  readonly bit: number;
}

export const OTHER = 1 << 15;

/** The events to count: those in `mask`, or all except those. The smaller set is marked. */
export interface Counted {
  readonly mask: RowMask;
  readonly isRest: boolean;
}

/**
 * The events to show. A chart that is used as a filter still shows the values that are not chosen: it counts events
 * that fail no clause except its own. Counts are computed on demand.
 */
export class Filtered {
  /** The matching events. */
  readonly rows: MarkedRows;
  private readonly counted = new Map<number, Counted>();

  constructor(
    private readonly total: number,
    private readonly clauses: readonly ClauseMask[],
  ) {
    this.rows = this.rowsOf(clauses);
  }

  /**
   * The events that a chart counts: those that fail no clause except those of the chart's `bit`; 0 for a chart without
   * one.
   */
  toCount(bit: number): Counted {
    const known = this.counted.get(bit) ?? this.findCounted(bit);
    this.counted.set(bit, known);
    return known;
  }

  /** Whether these events result from the same masks of the same clauses. */
  isOf(clauses: readonly ClauseMask[]): boolean {
    return (
      clauses.length === this.clauses.length &&
      clauses.every(({ mask, bit }, i) => mask === this.clauses[i]?.mask && bit === this.clauses[i].bit)
    );
  }

  private findCounted(bit: number): Counted {
    const clauses = this.clauses.filter((clause) => clause.bit !== bit);
    const { mask, length } = clauses.length === this.clauses.length ? this.rows : this.rowsOf(clauses);
    if (length * 2 <= this.total) return { mask, isRest: false };
    const rest = mask.copy();
    rest.turn();
    return { mask: rest, isRest: true };
  }

  private rowsOf(clauses: readonly ClauseMask[]): MarkedRows {
    return new MarkedRows(
      RowMask.ofEach(
        this.total,
        clauses.map(({ mask }) => mask),
      ),
    );
  }
}

export function filterRows(total: number, clauses: readonly ClauseMask[]): Filtered {
  return new Filtered(total, clauses);
}
