/** From clause masks to the events shown, and to what each chart counts. */
import { andMasks, countMarked, rowsMarked, rowsNotMarked } from './mask-words.js';

/** A clause's mask and the bit of the chart it belongs to, or {@link OTHER}. */
export interface ClauseMask {
  /** 1 for each event that matches, else 0; is not changed any more. */
  readonly mask: Uint8Array;
  readonly bit: number;
}

export const OTHER = 1 << 15;

/** Events to be counted: those in `rows`, or all but those. Whichever are fewer are listed. */
export interface Counted {
  /** Ascending. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly isRest: boolean;
}

/**
 * Which events are shown. A chart that is itself used to filter still shows the values that were not chosen: it counts
 * events that fail no clause but its own. Nothing is worked out before it is asked for.
 */
export class Filtered {
  private matching: Uint32Array<ArrayBuffer> | undefined;
  private words: Uint32Array | undefined;
  private readonly counted = new Map<number, Counted>();

  constructor(
    private readonly total: number,
    private readonly clauses: readonly ClauseMask[],
  ) {}

  /** The events that match, ascending. */
  get rows(): Uint32Array<ArrayBuffer> {
    this.matching ??= this.findRows();
    return this.matching;
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
    if (clauses.length === 0) return { rows: new Uint32Array(0), isRest: true };
    const isShown = clauses.length === this.clauses.length;
    const words = isShown ? this.shownWords() : andMasks(clauses.map(({ mask }) => mask));
    const count = isShown ? this.rows.length : countMarked(words);
    if (count * 2 > this.total) return { rows: rowsNotMarked(words, this.total - count), isRest: true };
    return { rows: isShown ? this.rows : rowsMarked(words, count), isRest: false };
  }

  private findRows(): Uint32Array<ArrayBuffer> {
    if (this.clauses.length === 0) return everyRow(this.total);
    const words = this.shownWords();
    return rowsMarked(words, countMarked(words));
  }

  /** The events that match, as {@link andMasks} gives them. */
  private shownWords(): Uint32Array {
    this.words ??= andMasks(this.clauses.map(({ mask }) => mask));
    return this.words;
  }
}

export function filterRows(total: number, clauses: readonly ClauseMask[]): Filtered {
  return new Filtered(total, clauses);
}

function everyRow(total: number): Uint32Array<ArrayBuffer> {
  const rows = new Uint32Array(total);
  for (let row = 0; row < total; row++) rows[row] = row;
  return rows;
}
