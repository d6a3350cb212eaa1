/** Which columns the table can have, in which order they come, and how wide they are at first. */
import { type Column, COLUMNS, type ColumnName, isText } from '#shared/model/columns.js';

export interface GridColumn {
  readonly name: ColumnName;
  /** In CSS pixels. */
  readonly width: number;
  /** Identifiers, addresses and JSON are set in the monospace face. */
  readonly mono: boolean;
  /** Free text and JSON: read from the details when it comes into view. */
  readonly isText: boolean;
}

/** What answers who, what, when and from where, in its order. */
const USUAL = COLUMNS.filter(({ table }) => table.usual !== undefined).sort(
  (a, b) => (a.table.usual as number) - (b.table.usual as number),
);

/** What is shown before the reader chooses. */
export const USUAL_COLUMNS: readonly ColumnName[] = USUAL.map(({ name }) => name);

function gridColumn(column: Column): GridColumn {
  const { name, kind, table } = column;
  return { name, width: table.width, mono: kind === 'json' || table.mono === true, isText: isText(column) };
}

/** Every column, the usual ones first; the rest follows in the schema's order. */
export const GRID_COLUMNS: readonly GridColumn[] = [...new Set([...USUAL, ...COLUMNS])].map(gridColumn);

const BY_NAME = new Map<string, GridColumn>(GRID_COLUMNS.map((column) => [column.name, column]));

/** The column of this name; undefined where there is none. */
export function gridColumnOf(name: string): GridColumn | undefined {
  return BY_NAME.get(name);
}

/** Where the screen is narrow, each event is two lines of these; the style sheet places them. */
export const LIST_COLUMNS: readonly ColumnName[] = ['eventTime', 'actor', 'eventName', 'resources', 'outcome'];
