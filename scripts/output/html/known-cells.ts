/** The distinct cells of one column of a segment, by text, so that a repeated text is stored once. */
import { hashOf } from '#scripts/bytes/byte-dictionary.js';
import { sameBytes } from '#shared/format/bytes.js';
import { grown } from '#scripts/bytes/grown.js';

/** Stands for the list of resources of a cell that fits every row; then no other cell has its text. */
export const ANY_LIST = 0xffffffff;

export class KnownCells {
  // By cell: its hash, the place where its text first occurs, and the resources of the rows that may have it.
  private hashes = new Int32Array(256);
  private starts = new Uint32Array(256);
  private ends = new Uint32Array(256);
  private lists = new Uint32Array(256);
  private readonly views: DataView[] = [];
  /** Cells plus one, by hash. */
  private slots = new Int32Array(1024);
  // Where `find` stopped, so that `add` need not search again.
  private missedHash = 0;
  private missedSlot = 0;
  /** Whether `find` found the text in another cell, which does not fit the row. */
  isElsewhere = false;

  /** Clears the table. */
  reset(): void {
    this.views.length = 0;
    this.slots.fill(0);
  }

  /** Whether a cell may be used in a row with these resources. */
  fits(cell: number, list: number): boolean {
    const of = this.lists[cell] as number;
    return of === ANY_LIST || of === list;
  }

  /**
   * The cell with the text at [start, end) of a view that fits a row with these resources, or -1. A text's first cell
   * is found by text, further ones by text and resources: a text may have one cell per row.
   */
  find(view: DataView, start: number, end: number, list: number): number {
    const hash = hashOf(view, start, end);
    const first = this.lookUp(hash, view, start, end);
    this.isElsewhere = first >= 0;
    if (first < 0 || this.fits(first, list)) return first;
    return this.lookUp(hash ^ Math.imul(list, 0x9e3779b1), view, start, end, list);
  }

  /** @param list the cell's resources, if they matter */
  private lookUp(hash: number, view: DataView, start: number, end: number, list?: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const cell = (slots[slot] as number) - 1;
      if (cell < 0) break;
      const isLikely = this.hashes[cell] === hash && (list === undefined || this.lists[cell] === list);
      if (isLikely && this.isText(cell, view, start, end)) return cell;
      slot = (slot + 1) & mask;
    }
    this.missedHash = hash;
    this.missedSlot = slot;
    return -1;
  }

  /** Adds the cell for the text that `find` has just not found; cells count up from 0. The view must not change. */
  add(view: DataView, start: number, end: number, list: number): void {
    const cell = this.views.push(view) - 1;
    if (cell === this.hashes.length) this.growCells();
    this.hashes[cell] = this.missedHash;
    this.starts[cell] = start;
    this.ends[cell] = end;
    this.lists[cell] = list;
    this.slots[this.missedSlot] = cell + 1;
    if ((cell + 1) * 2 > this.slots.length) this.growSlots();
  }

  private isText(cell: number, view: DataView, start: number, end: number): boolean {
    const from = this.starts[cell] as number;
    if ((this.ends[cell] as number) - from !== end - start) return false;
    return sameBytes(view, start, end, this.views[cell] as DataView, from);
  }

  private growCells(): void {
    this.hashes = grown(this.hashes);
    this.starts = grown(this.starts);
    this.ends = grown(this.ends);
    this.lists = grown(this.lists);
  }

  private growSlots(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let cell = 0; cell < this.views.length; cell++) {
      let slot = (this.hashes[cell] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = cell + 1;
    }
    this.slots = slots;
  }
}
