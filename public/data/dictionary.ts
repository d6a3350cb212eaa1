/** A column's distinct values: read one at a time, searched all at once, ranked for sorting. */
import { stringAt, type StringTable } from '../../scripts/shared/string-table.js';
import { textOrder } from './text-order.js';

/** All values in lower case, one after another, and where each ends. */
interface Haystack {
  readonly text: string;
  readonly ends: Uint32Array;
}

export class Dictionary {
  private lowerCase: Haystack | undefined;
  private order: Uint32Array | undefined;
  private ordering: ReturnType<typeof textOrder> | undefined;

  /** @param table the values, with the empty one at 0 */
  constructor(readonly table: StringTable) {}

  get size(): number {
    return this.table.length;
  }

  /** The value of a code. */
  value(code: number): string {
    return stringAt(this.table, code);
  }

  /** The value of a code, in lower case. */
  lower(code: number): string {
    const { text, ends } = this.haystack();
    return text.slice(code === 0 ? 0 : ends[code - 1], ends[code]);
  }

  /** Calls `visit` with each code, ascending, whose lower-case value contains `text`. */
  forEachWith(text: string, visit: (code: number) => void): void {
    if (text === '') {
      for (let code = 0; code < this.size; code++) visit(code);
      return;
    }
    const { text: all, ends } = this.haystack();
    let code = 0;
    let at = all.indexOf(text);
    while (at >= 0) {
      while ((ends[code] as number) <= at) code++;
      const end = ends[code] as number;
      // A match that runs into the next value is none.
      if (at + text.length <= end) {
        visit(code);
        at = all.indexOf(text, end);
      } else {
        at = all.indexOf(text, at + 1);
      }
    }
  }

  /** The place of each code among the values in order, case ignored; the empty value comes last. */
  ranks(): Uint32Array {
    while (!this.order) this.rankStep();
    return this.order;
  }

  /** Works out the ranks ahead, some milliseconds' worth of them; true when they are there. */
  rankStep(): boolean {
    if (this.order) return true;
    this.ordering ??= textOrder(this.table, 1);
    const { value: codes } = this.ordering.next();
    if (!codes) return false;
    const ranks = new Uint32Array(this.size);
    for (let rank = 0; rank < codes.length; rank++) ranks[codes[rank] as number] = rank;
    ranks[0] = this.size - 1;
    this.order = ranks;
    this.ordering = undefined;
    return true;
  }

  private haystack(): Haystack {
    this.lowerCase ??= haystackOf(this.table);
    return this.lowerCase;
  }
}

function haystackOf(table: StringTable): Haystack {
  const text = new TextDecoder().decode(table.bytes).toLowerCase();
  // No character is longer in UTF-16 than in UTF-8, lower case or not: equal lengths mean equal places.
  if (text.length === table.bytes.length) return { text, ends: table.ends };
  const ends = new Uint32Array(table.length);
  let all = '';
  for (let i = 0; i < table.length; i++) {
    all += stringAt(table, i).toLowerCase();
    ends[i] = all.length;
  }
  return { text: all, ends };
}
