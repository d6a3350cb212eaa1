/** The columns of the table: their names, default order and initial widths. */
import { type Column, COLUMNS, type ColumnName, isText } from '#shared/model/columns.js';

export interface GridColumn {
  readonly name: ColumnName;
  /** In CSS pixels. */
  readonly width: number;
  /** Identifiers, addresses and JSON use the monospace font. */
  readonly mono: boolean;
  /** Free text and JSON: read from the details when they come into view. */
  readonly isText: boolean;
}

/** The default columns, in order: who, what, when and from where. */
const USUAL = COLUMNS.filter(({ table }) => table.usual !== undefined).sort(
  (a, b) => (a.table.usual as number) - (b.table.usual as number),
);

/** The columns before the user chooses. */
export const USUAL_COLUMNS: readonly ColumnName[] = USUAL.map(({ name }) => name);

function gridColumn(column: Column): GridColumn {
  const { name, kind, table } = column;
  return { name, width: table.width, mono: kind === 'json' || table.mono === true, isText: isText(column) };
}

/** All columns: the default ones first, then the others in the order of the schema. */
export const GRID_COLUMNS: readonly GridColumn[] = [...new Set([...USUAL, ...COLUMNS])].map(gridColumn);

const BY_NAME = new Map<string, GridColumn>(GRID_COLUMNS.map((column) => [column.name, column]));

/** The column of this name; undefined if there is none. */
export function gridColumnOf(name: string): GridColumn | undefined {
  return BY_NAME.get(name);
}

/** On a narrow screen, each event has two lines with these columns; the style sheet places them. */
export const LIST_COLUMNS: readonly ColumnName[] = ['eventTime', 'actor', 'eventName', 'resources', 'outcome'];
