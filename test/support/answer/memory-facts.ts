/** Facts for answers without a page: rows of cells, as a report's reader has them. */
import { COLUMNS, isCoded } from '#shared/model/columns.js';
import { stringTableOf } from '#shared/format/string-table.js';
import type { Details, Facts } from '#scripts/investigate/facts.js';
import { Dictionary } from '#shared/columnar/dictionary.js';
import type { CodedColumn } from '#shared/columnar/event-columns.js';
import { ListDictionary } from '#shared/columnar/list-dictionary.js';
import { splitLists } from '#scripts/output/html/split-lists.js';

/** By column's name; text for the coded columns, JSON text for the others. What is left out is ''. */
export type Cells = Readonly<Record<string, string>>;

const LISTS: ReadonlySet<string> = new Set(COLUMNS.filter(({ kind }) => kind === 'list').map(({ name }) => name));

/** @param rows in the order of their times, which are milliseconds since 1970 UTC */
export function memoryFacts(times: Float64Array, rows: readonly Cells[]): Facts {
  return {
    rows: rows.length,
    times,
    column: (name) => Promise.resolve(columnOf(name, rows)),
    details: (wanted) => Promise.resolve(wanted.map((row) => detailsOf(rows[row] ?? {}))),
    mentioning: (text) =>
      Promise.resolve(
        [...rows.keys()].filter((row) =>
          [...detailsOf(rows[row] ?? {}).values()].some((json) => json.toLowerCase().includes(text.toLowerCase())),
        ),
      ),
  };
}

function columnOf(name: string, rows: readonly Cells[]): CodedColumn {
  const values = rows.map((cells) => cells[name] ?? '');
  const distinct = ['', ...new Set(values.filter((value) => value !== ''))];
  const codes = new Map(distinct.map((value, code) => [value, code]));
  return {
    name,
    keys: Uint32Array.from(values, (value) => codes.get(value) as number),
    keyCount: distinct.length,
    codeOfKey: undefined,
    dictionary: LISTS.has(name) ? listsOf(distinct) : Dictionary.of(stringTableOf(distinct)),
  };
}

function listsOf(cells: readonly string[]): ListDictionary {
  const { names, ...lists } = splitLists(stringTableOf(cells));
  return new ListDictionary(Dictionary.of(names), lists);
}

function detailsOf(cells: Cells): Details {
  return new Map(COLUMNS.filter((column) => !isCoded(column)).map(({ name }) => [name, cells[name] ?? '']));
}
