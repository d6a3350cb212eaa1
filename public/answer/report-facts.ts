/** The page's report, as answers see it. */
import type { CodedColumn } from '#shared/columnar/event-columns.js';
import type { Report } from '#public/engine/data/report.js';
import type { Details, Facts } from '#scripts/investigate/facts.js';

export class ReportFacts implements Facts {
  constructor(
    private readonly report: Report,
    readonly times: Float64Array,
  ) {}

  get rows(): number {
    return this.report.manifest.rows;
  }

  column(name: string): Promise<CodedColumn> {
    return this.report.column(name);
  }

  async details(rows: readonly number[]): Promise<readonly Details[]> {
    const { columns } = this.report.manifest.detail;
    const cells = await Promise.all(rows.map((row) => this.report.detail(row)));
    return cells.map((row) => new Map(columns.map((name, i) => [name, row[i] ?? ''])));
  }

  async mentioning(text: string): Promise<readonly number[]> {
    return [...(await this.report.mentions(text))];
  }
}
