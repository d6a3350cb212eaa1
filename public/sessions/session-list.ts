/** Keeps the list of sessions in step with the events that match, as long as somebody looks at it. */
import type { Report } from '#public/engine/data/report.js';
import { outcomesOf } from '#public/engine/filter/count.js';
import type { Filtered } from '#public/engine/filter/filtered.js';
import { SESSION_COLUMNS, sessionOfIdentity, sessionRows } from './session-rows.js';
import type { SessionView } from './session-view.js';
import type { CodedColumn } from '#shared/columnar/event-columns.js';

export class SessionList {
  private shown: Filtered | undefined;
  private sessions: Uint32Array | undefined;
  private outcomes: Uint8Array | undefined;

  constructor(
    private readonly report: Report,
    private readonly view: SessionView,
  ) {}

  /** Lists the sessions of these events; before they are read, there is nothing to list. */
  async follow(filtered: Filtered, times: Float64Array): Promise<void> {
    if (!this.view.isOpen || filtered === this.shown) return;
    this.shown = filtered;
    const missing = SESSION_COLUMNS.filter((name) => !this.report.columns.has(name));
    if (missing.length > 0) {
      this.view.fill(undefined);
      await Promise.all(missing.map((name) => this.report.column(name)));
      if (filtered !== this.shown) return;
    }
    const { columns } = this.report;
    this.sessions ??= sessionOfIdentity(columns);
    this.outcomes ??= outcomesOf(columns.get('outcome') as CodedColumn);
    this.view.fill(sessionRows(columns, this.sessions, filtered.rows.list(), times, this.outcomes));
  }
}
