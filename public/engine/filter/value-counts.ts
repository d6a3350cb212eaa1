/** Counts the events of each value of a column, for the filter in the column's heading. */
import type { CodedColumn } from '#shared/columnar/event-columns.js';
import { ListDictionary } from '#shared/columnar/list-dictionary.js';
import type { Values } from '#shared/columnar/values.js';

interface ValueCount {
  readonly value: string;
  readonly count: number;
}

export interface ValueCounts {
  /** The number of distinct values. */
  readonly distinct: number;
  /**
   * The values that contain the text (ignoring case), most events first, at most `limit`; and the number of all such
   * values.
   */
  find(text: string, limit: number): { readonly values: readonly ValueCount[]; readonly matching: number };
}

/** Counts a column's values among these rows; in a list, each name counts by itself. */
export function countValues({ dictionary, keys, keyCount, codeOfKey }: CodedColumn, rows: Uint32Array): ValueCounts {
  const byKey = new Uint32Array(keyCount);
  for (let i = 0; i < rows.length; i++) (byKey[keys[rows[i] as number] as number] as number)++;
  let counts = byKey;
  if (codeOfKey !== undefined) {
    counts = new Uint32Array(dictionary.size);
    for (let key = 0; key < keyCount; key++) (counts[codeOfKey[key] as number] as number) += byKey[key] as number;
  }
  return dictionary instanceof ListDictionary
    ? codeCounts(dictionary.names, dictionary.countNames(counts))
    : codeCounts(dictionary, counts);
}

function codeCounts(dictionary: Values, counts: Uint32Array): ValueCounts {
  let distinct = 0;
  for (let code = 0; code < counts.length; code++) if (counts[code] !== 0) distinct++;
  return {
    distinct,
    find: (text, limit) => {
      const top = new Top(limit);
      dictionary.forEachWith(text.toLowerCase(), (code) => {
        const count = counts[code] as number;
        if (count > 0) top.add(code, count);
      });
      const values = top.entries.map(({ code, count }) => ({ value: dictionary.value(code), count }));
      return { values, matching: top.seen };
    },
  };
}

/** Keeps the entries with the highest counts, highest first; among equals, the one added first. */
class Top {
  readonly entries: { readonly code: number; readonly count: number }[] = [];
  seen = 0;

  constructor(private readonly limit: number) {}

  add(code: number, count: number): void {
    this.seen++;
    const { entries, limit } = this;
    if (entries.length === limit && count <= (entries[limit - 1]?.count ?? 0)) return;
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((entries[middle] as { count: number }).count >= count) low = middle + 1;
      else high = middle;
    }
    entries.splice(low, 0, { code, count });
    if (entries.length > limit) entries.pop();
  }
}
