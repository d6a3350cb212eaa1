/** All values of a column, with their counts, as a table. */
import type { Query } from '#shared/query/ast.js';
import type { CodedColumn } from '#shared/columnar/event-columns.js';
import { columnLabel, text } from '#public/text/language.js';
import type { ChartRow, ChartTable } from './chart-rows.js';
import { choiceIn, listed } from './facet-content.js';
import { missingText, valueText } from './facet-row.js';

/** What stands in the table's place until the events are read. */
export function uncountedTable(column: string): ChartTable {
  const label = columnLabel(column);
  return { key: column, title: label, heading: label, isSearchable: false, isCounting: true, rows: () => [] };
}

/**
 * The column's values that have events, most events first; chosen ones also without.
 *
 * @param counts of each code and outcome, as `countByCode` gives them
 */
export function facetTable(
  column: CodedColumn,
  counts: Uint32Array,
  query: Query,
  onPress: (value: string) => void,
): ChartTable {
  const { name, dictionary } = column;
  const choice = choiceIn(column, query);
  const shown = listed(name, counts, choice);
  const count = (code: number): number =>
    (shown[code * 3] ?? 0) + (shown[code * 3 + 1] ?? 0) + (shown[code * 3 + 2] ?? 0);
  const codes: number[] = [];
  for (let code = 0; code < dictionary.size; code++) if (count(code) > 0 || choice.has(code)) codes.push(code);
  codes.sort((a, b) => count(b) - count(a) || a - b);
  const row = (code: number): ChartRow => {
    const value = dictionary.value(code);
    return {
      label: valueText(name, value),
      value: value === '' ? missingText(name) : value,
      outcomes: [shown[code * 3] ?? 0, shown[code * 3 + 1] ?? 0, shown[code * 3 + 2] ?? 0],
      count: count(code),
      isChosen: choice.has(code),
      press: () => onPress(value),
    };
  };
  let all: readonly ChartRow[] | undefined;
  return {
    key: name,
    title: text('chart.values', { column: columnLabel(name), n: codes.length }),
    heading: columnLabel(name),
    isSearchable: codes.length > 0,
    rows: (search) => {
      if (search === '') return (all ??= codes.map(row));
      const found = new Set<number>();
      dictionary.forEachWith(search.toLowerCase(), (code) => found.add(code));
      return codes.filter((code) => found.has(code)).map(row);
    },
  };
}
