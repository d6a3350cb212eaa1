/** The open event: opened by its place in the table or by a link, stepped through, closed. */
import type { Report } from '#public/engine/data/report.js';
import type { View } from '#public/engine/filter/engine.js';
import type { EventTable } from '#public/table/event-table.js';
import type { ChangeKind } from '#public/state/view-state.js';
import type { Drawer } from './drawer.js';
import { findLinkedEvent, printEventLink } from './event-link.js';
import { openEvent } from './open-event.js';

interface OpenedParts {
  readonly report: Report;
  readonly table: EventTable;
  readonly drawer: Drawer;
  /** What the table shows now. */
  readonly view: () => View;
  /** An event was opened, or (with '') closed. */
  readonly onChange: (link: string, kind: ChangeKind) => void;
}

export class Opened {
  private row: number | undefined;
  /** The link of the open event; '' where none is open or its ID is not read yet. */
  private link = '';
  private times = new Float64Array(0);
  private isKept = false;

  constructor(private readonly parts: OpenedParts) {}

  /** Takes the events' times, once they are read; before that nothing can be opened. */
  begin(times: Float64Array<ArrayBuffer>): void {
    this.times = times;
  }

  /** Opens the event at this place of the table. */
  open(index: number, kind: ChangeKind = 'step'): void {
    const row = this.parts.view().order.rowAt(index);
    if (row !== undefined) void this.openRow(row, index, kind);
  }

  /** Opens an event, wherever it stands in the table, or where it does not. */
  async show(row: number): Promise<void> {
    await this.openRow(row, this.parts.view().order.placeOf(row), 'step');
  }

  /** Opens the event of a link; false where this report does not hold it. */
  async showEvent(link: string): Promise<boolean> {
    const row = await findLinkedEvent(this.parts.report, this.times, link);
    if (row !== undefined) void this.show(row);
    return row !== undefined;
  }

  /** The event before or after the open one. */
  step(by: 1 | -1): void {
    if (this.row === undefined) return;
    const index = this.parts.view().order.placeOf(this.row) + by;
    if (index >= 0) this.open(index, 'typing');
  }

  /** Has the open event kept in view when the table shows others next. */
  keepInView(): void {
    this.isKept = true;
  }

  /** The table shows others: says where the open event stands now. */
  follow(): void {
    const isKept = this.isKept;
    this.isKept = false;
    if (this.row === undefined || !this.parts.drawer.isOpen) return;
    const { order } = this.parts.view();
    const index = order.placeOf(this.row);
    this.parts.drawer.place(index + 1, order.length);
    if (isKept && index >= 0) this.parts.table.showOpen(this.row, index);
  }

  close(): void {
    if (!this.hide()) return;
    this.parts.table.focus();
    this.parts.onChange('', 'step');
  }

  /** Shows what a link says is open: an event, or with '' none. One that is not here stays closed. */
  async showLinked(link: string): Promise<void> {
    if (link === this.link || this.times.length === 0) return;
    this.link = link;
    const row = link === '' ? undefined : await findLinkedEvent(this.parts.report, this.times, link);
    if (this.link !== link) return;
    if (row === undefined) this.hide();
    else await this.openRow(row, this.parts.view().order.placeOf(row), 'typing');
  }

  private async openRow(row: number, index: number, kind: ChangeKind): Promise<void> {
    const { report, drawer, table, view, onChange } = this.parts;
    this.row = row;
    const time = this.times[row] as number;
    const event = openEvent(report, time, row, index, view().order.length);
    table.showOpen(row, index < 0 ? undefined : index);
    await drawer.open(event);
    // The drawer has said why, where it could not be read.
    const detail = await event.detail.catch(() => undefined);
    if (this.row !== row || !detail) return;
    this.link = printEventLink(time, detail.get('eventID') ?? '');
    onChange(this.link, kind);
  }

  /** False where nothing was open. */
  private hide(): boolean {
    if (!this.parts.drawer.isOpen) return false;
    this.parts.drawer.close();
    this.row = undefined;
    this.link = '';
    this.parts.table.showOpen(undefined, undefined);
    return true;
  }
}
