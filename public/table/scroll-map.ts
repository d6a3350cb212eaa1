/**
 * Maps scroll positions to rows and back. Browsers cannot scroll 28 million pixels (Firefox fails above about 17
 * million), so the height is capped; above the cap, a pixel stands for more than a pixel of rows. The last row is
 * always reachable.
 */

const MAX_HEIGHT = 8_000_000;

export interface ScrollMap {
  /** The height of the scrolled content, without the header. */
  readonly height: number;
  /** The row at the top, with a fraction for the part that is scrolled out. */
  rowAt(scrollTop: number): number;
  /** The scroll position that puts a row at the top. */
  positionOf(row: number): number;
}

/** @param view the height of the visible rows, without the header */
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
