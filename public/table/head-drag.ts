/** Dragging in the table's header: an edge changes its column's width, a label moves its column. */

export interface DragListener {
  /** @param width in CSS pixels, while the edge is dragged */
  onResize(column: string, width: number): void;
  /** An edge was double-clicked: fit the width to what is in view. */
  onFit(column: string): void;
  /** @param before the column on whose place it was dropped */
  onMove(column: string, before: string): void;
}

/** How far a pointer must move before it drags rather than clicks, in CSS pixels. */
const SLACK = 6;

interface Drag {
  readonly column: string;
  readonly cell: HTMLElement;
  readonly startX: number;
  readonly width: number;
  readonly isEdge: boolean;
  isMoving: boolean;
  target: HTMLElement | undefined;
}

/** Makes the header's cells draggable; cells may be added and removed. */
export function dragHead(head: HTMLElement, listener: DragListener): void {
  let drag: Drag | undefined;

  head.addEventListener('pointerdown', (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const cell = target?.closest<HTMLElement>('.grid-head-cell');
    const isEdge = target?.classList.contains('head-edge') ?? false;
    // By touch, moving a heading scrolls; only edges can be dragged.
    if (!cell || event.button !== 0 || (!isEdge && (event.pointerType !== 'mouse' || !target?.closest('.sort'))))
      return;
    const column = cell.dataset['column'] ?? '';
    drag = { column, cell, startX: event.clientX, width: cell.offsetWidth, isEdge, isMoving: false, target: undefined };
    if (isEdge) {
      event.preventDefault();
      head.setPointerCapture(event.pointerId);
    }
  });

  head.addEventListener('pointermove', (event) => {
    if (!drag) return;
    const by = event.clientX - drag.startX;
    if (drag.isEdge) {
      listener.onResize(drag.column, drag.width + by);
      return;
    }
    if (!drag.isMoving && Math.abs(by) < SLACK) return;
    if (!drag.isMoving) head.setPointerCapture(event.pointerId);
    drag.isMoving = true;
    drag.cell.classList.add('is-dragged');
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('.grid-head-cell');
    drag.target?.classList.remove('is-target');
    drag.target = over && over !== drag.cell ? over : undefined;
    drag.target?.classList.add('is-target');
  });

  const end = (isDropped: boolean): void => {
    const ended = drag;
    drag = undefined;
    if (!ended) return;
    ended.cell.classList.remove('is-dragged');
    ended.target?.classList.remove('is-target');
    if (!ended.isMoving) return;
    // The click after a drag must not sort.
    const swallow = (event: Event): void => event.stopPropagation();
    head.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => head.removeEventListener('click', swallow, { capture: true }), 0);
    const before = ended.target?.dataset['column'];
    if (isDropped && before !== undefined) listener.onMove(ended.column, before);
  };
  head.addEventListener('pointerup', () => end(true));
  head.addEventListener('pointercancel', () => end(false));

  head.addEventListener('dblclick', (event) => {
    const edge = event.target instanceof Element && event.target.classList.contains('head-edge') ? event.target : null;
    const column = edge?.closest<HTMLElement>('.grid-head-cell')?.dataset['column'];
    if (column !== undefined) listener.onFit(column);
  });
}
