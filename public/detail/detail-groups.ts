/** The order of an event's columns in its details: who, what, where from, then the rest. */
import { type Column, COLUMNS, type ColumnName, type DrawerGroup } from '#shared/model/columns.js';
import type { TextKey } from '#public/text/en.js';

interface DetailGroup {
  readonly title: TextKey;
  readonly columns: readonly ColumnName[];
}

/** What the drawer shows beside the heading. */
const GROUPS = ['who', 'what', 'where', 'rest'] as const satisfies readonly DrawerGroup[];

function placeOf({ drawer }: Column): number {
  return drawer.place ?? Infinity;
}

/** Together they hold every column once, but for those in the heading. */
export const DETAIL_GROUPS: readonly DetailGroup[] = GROUPS.map((group) => ({
  title: `detail.${group}`,
  columns: COLUMNS.filter(({ drawer }) => drawer.group === group)
    .sort((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)))
    .map(({ name }) => name),
}));
