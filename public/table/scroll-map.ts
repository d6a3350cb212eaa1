/**
 * Scroll position ↔ row. Browsers cannot scroll through 28 million pixels (Firefox fails above about 17), so the height
 * is capped and, above the cap, a pixel stands for more than a pixel of rows. The last row is always reachable.
 */

const MAX_HEIGHT = 8_000_000;

export interface ScrollMap {
  /** Height of the scrolled content, the head not counted. */
  readonly height: number;
  /** The row at the top, with the fraction of it that is scrolled out. */
  rowAt(scrollTop: number): number;
  /** The scroll position that puts a row at the top. */
  positionOf(row: number): number;
}

/** @param view height of the visible rows, the head not counted */
export function scrollMap(rows: number, rowHeight: number, view: number): ScrollMap {
  const natural = rows * rowHeight;
  const height = Math.min(natural, MAX_HEIGHT);
  const lastTop = Math.max(0, rows - view / rowHeight);
  const lastPosition = Math.max(0, height - view);
  return {
    height,
    rowAt: (scrollTop) =>
      lastPosition === 0 ? 0 : (Math.min(Math.max(scrollTop, 0), lastPosition) / lastPosition) * lastTop,
    positionOf: (row) => (lastTop === 0 ? 0 : (Math.min(Math.max(row, 0), lastTop) / lastTop) * lastPosition),
  };
}
