/** A column's distinct values: read one at a time, searched all at once, ranked for sorting. */
import { stringAt, type StringTable } from '../../scripts/shared/string-table.js';

/** All values in lower case, one after another, and where each ends. */
interface Haystack {
  readonly text: string;
  readonly ends: Uint32Array;
}

export class Dictionary {
  private lowerCase: Haystack | undefined;
  private order: Uint32Array | undefined;

  /** @param table the values, with the empty one at 0 */
  constructor(private readonly table: StringTable) {}

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
    if (this.order) return this.order;
    const values = Array.from({ length: this.size }, (_, code) => this.lower(code));
    const codes = Array.from({ length: this.size - 1 }, (_, i) => i + 1);
    codes.sort((a, b) => {
      const [left, right] = [values[a] as string, values[b] as string];
      return left < right ? -1 : left > right ? 1 : a - b;
    });
    const ranks = new Uint32Array(this.size);
    codes.forEach((code, rank) => (ranks[code] = rank));
    ranks[0] = this.size - 1;
    this.order = ranks;
    return ranks;
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
