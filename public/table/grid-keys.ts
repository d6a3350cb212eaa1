/** Where a key moves the active cell: the keys of the ARIA grid pattern. Row -1 is the header. */

export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export const HEAD_ROW = -1;

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** The next place, not yet limited to the grid; undefined for a key without a meaning here. */
export function moveOf(
  { key, ctrlKey, metaKey }: Key,
  at: GridPlace,
  last: GridPlace,
  page: number,
): GridPlace | undefined {
  const toEnd = ctrlKey || metaKey;
  switch (key) {
    case 'ArrowDown':
      return { ...at, row: toEnd ? last.row : at.row + 1 };
    case 'ArrowUp':
      return { ...at, row: toEnd ? 0 : at.row - 1 };
    case 'ArrowRight':
      return { ...at, column: toEnd ? last.column : at.column + 1 };
    case 'ArrowLeft':
      return { ...at, column: toEnd ? 0 : at.column - 1 };
    case 'PageDown':
      return { ...at, row: Math.max(at.row, 0) + page };
    case 'PageUp':
      // From the first row it would move into the header, which Page Up should not do.
      return { ...at, row: Math.max(at.row - page, 0) };
    case 'Home':
      return toEnd ? { row: 0, column: 0 } : { ...at, column: 0 };
    case 'End':
      return toEnd ? last : { ...at, column: last.column };
    default:
      return undefined;
  }
}

/**
 * The nearest place inside the grid. Without rows, it is the place of the first one: only a key moves into the header.
 */
export function heldInside({ row, column }: GridPlace, last: GridPlace): GridPlace {
  return {
    row: row <= HEAD_ROW ? HEAD_ROW : Math.max(0, Math.min(row, last.row)),
    column: Math.min(Math.max(column, 0), last.column),
  };
}
