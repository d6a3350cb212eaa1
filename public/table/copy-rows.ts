/** Rows of the table as text to copy: by the same rules as what is exported. */
import { copyText } from '#public/ui/copy.js';
import type { Report } from '#public/engine/data/report.js';
import { exportableColumns, exportRows } from '#public/export/export-rows.js';

/** `tsv`: the columns of the table, with their names above; `jsonl`: all columns, an object a line. */
export type CopyWhat = 'cell' | 'tsv' | 'jsonl';

/** Rows that a clipboard takes; more are exported. */
export const MOST_COPIED = 20_000;

/** Copies the rows, in this order; false where the browser did not let it. */
export async function copyRows(
  report: Report,
  rows: Uint32Array,
  times: Float64Array,
  format: 'tsv' | 'jsonl',
  shown: readonly string[],
): Promise<boolean> {
  const here = exportableColumns(report);
  const columns = format === 'tsv' ? shown.filter((name) => here.includes(name)) : here;
  const order = { format, guard: true, columns };
  const blob = await exportRows(report, rows, times, order, () => undefined, new AbortController().signal);
  return blob !== undefined && copyText(await blob.text());
}
