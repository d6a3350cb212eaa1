/** Where a key moves the active cell: the keys of the ARIA grid pattern. */

export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** The next place, not yet held inside the grid; undefined where the key means nothing here. */
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
      return { ...at, row: at.row + page };
    case 'PageUp':
      return { ...at, row: at.row - page };
    case 'Home':
      return toEnd ? { row: 0, column: 0 } : { ...at, column: 0 };
    case 'End':
      return toEnd ? last : { ...at, column: last.column };
    default:
      return undefined;
  }
}
