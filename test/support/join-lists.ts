/** List columns as the texts of their cells. */
import { LIST_SEPARATOR } from '#shared/model/columns.js';
import { namesOf, type ListTable } from '#shared/format/list-table.js';
import { stringAt } from '#shared/format/string-table.js';

export function joinLists(table: ListTable): readonly string[] {
  return Array.from(table.ends, (_, list) =>
    Array.from(namesOf(table, list), (name) => stringAt(table.names, name)).join(LIST_SEPARATOR),
  );
}
