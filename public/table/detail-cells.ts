/**
 * The text and JSON of the events in view. They are in the worker, so a cell is empty until its event's details come; an
 * event is asked for once, and only those that stay in view when the table comes to rest.
 */
import type { Report } from '#public/engine/data/report.js';

/** Events whose details are kept. */
const KEPT = 600;

/** How long the table must rest before details are asked for, in milliseconds. */
const REST = 40;

export class DetailCells {
  private readonly known = new Map<number, readonly string[]>();
  private wanted = new Set<number>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly numbers: ReadonlyMap<string, number>;

  /** @param onRead is called when details that were asked for are here */
  constructor(
    private readonly report: Report,
    private readonly onRead: () => void,
  ) {
    this.numbers = new Map(report.manifest.detail.columns.map((name, i) => [name, i]));
  }

  /** JSON text, '' where it is missing or not in this page; undefined where it is still to be read, which begins soon. */
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

  /** The same, once it has been read. Rejects where it cannot be. */
  async whenRead(column: string, row: number): Promise<string> {
    const number = this.numbers.get(column);
    if (number === undefined) return '';
    return (this.known.get(row) ?? (await this.report.detail(row)))[number] ?? '';
  }

  /** Forgets what was asked for and is not on its way: the rows in view are others now. */
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
      // The cells stay empty; the details say why when the event is opened.
      return;
    }
    for (const oldest of this.known.keys()) {
      if (this.known.size <= KEPT) break;
      this.known.delete(oldest);
    }
    this.onRead();
  }
}
