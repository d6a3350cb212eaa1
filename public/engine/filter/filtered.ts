/** From clause masks to the events shown, and to what each chart counts. */
import { MarkedRows } from './marked-rows.js';
import { RowMask } from './row-mask.js';

/** A clause's mask and the bit of the chart it belongs to, or {@link OTHER}. */
interface ClauseMask {
  /** The events that match; is not changed any more. */
  readonly mask: RowMask;
  readonly bit: number;
}

export const OTHER = 1 << 15;

/** Events to be counted: those in `mask`, or all but those. Whichever are fewer are marked. */
export interface Counted {
  readonly mask: RowMask;
  readonly isRest: boolean;
}

/**
 * Which events are shown. A chart that is itself used to filter still shows the values that were not chosen: it counts
 * events that fail no clause but its own. What is counted is not worked out before it is asked for.
 */
export class Filtered {
  /** The events that match. */
  readonly rows: MarkedRows;
  private readonly counted = new Map<number, Counted>();

  constructor(
    private readonly total: number,
    private readonly clauses: readonly ClauseMask[],
  ) {
    this.rows = this.rowsOf(clauses);
  }

  /** What a chart counts: the events that fail at most clauses of the chart's `bit`; 0 where it has none. */
  toCount(bit: number): Counted {
    const known = this.counted.get(bit) ?? this.findCounted(bit);
    this.counted.set(bit, known);
    return known;
  }

  /** Whether the same clauses, as the same masks, led to these events. */
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
