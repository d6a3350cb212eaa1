/**
 * The text and JSON of the events in view. The worker has them, so a cell is empty until its event's details arrive.
 * Each event is requested once, and only if it is still in view when scrolling stops.
 */
import type { Report } from '#public/engine/data/report.js';

/** The most events whose details are cached. */
const KEPT = 600;

/** How long the table must be still before details are requested, in milliseconds. */
const REST = 40;

export class DetailCells {
  private readonly known = new Map<number, readonly string[]>();
  private wanted = new Set<number>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly numbers: ReadonlyMap<string, number>;

  /** @param onRead called when requested details have arrived */
  constructor(
    private readonly report: Report,
    private readonly onRead: () => void,
  ) {
    this.numbers = new Map(report.manifest.detail.columns.map((name, i) => [name, i]));
  }

  /**
   * JSON text, '' if it is missing or not in this page; undefined if it has not been read yet, which then begins soon.
   */
  value(column: string, row: number): string | undefined {
    const number = this.numbers.get(column);
    if (number === undefined) return '';
    const cells = this.known.get(row);
    if (cells) return cells[number] ?? '';
    this.wanted.add(row);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.read(), REST);
    return undefined;
  }

  /** The same, after it has been read. Rejects if it cannot be read. */
  async whenRead(column: string, row: number): Promise<string> {
    const number = this.numbers.get(column);
    if (number === undefined) return '';
    return (this.known.get(row) ?? (await this.report.detail(row)))[number] ?? '';
  }

  /** Drops requests that have not been sent: other rows are in view now. */
  forgetWanted(): void {
    this.wanted.clear();
  }

  private async read(): Promise<void> {
    const rows = [...this.wanted];
    this.wanted = new Set();
    try {
      const details = await Promise.all(rows.map((row) => this.report.detail(row)));
      rows.forEach((row, i) => this.known.set(row, details[i] ?? []));
    } catch {
      // The cells stay empty; the drawer shows the reason when the event is opened.
      return;
    }
    for (const oldest of this.known.keys()) {
      if (this.known.size <= KEPT) break;
      this.known.delete(oldest);
    }
    this.onRead();
  }
}
