/** List columns as the texts of their cells. */
import { LIST_SEPARATOR } from '../../scripts/shared/columns.js';
import { namesOf, type ListTable } from '../../scripts/shared/list-table.js';
import { stringAt } from '../../scripts/shared/string-table.js';

export function joinLists(table: ListTable): readonly string[] {
  return Array.from(table.ends, (_, list) =>
    Array.from(namesOf(table, list), (name) => stringAt(table.names, name)).join(LIST_SEPARATOR),
  );
}
