/** Converts rows of the table to text for the clipboard, by the same rules as the export. */
import { copyText } from '#public/ui/copy.js';
import type { Report } from '#public/engine/data/report.js';
import { exportableColumns, exportRows } from '#public/export/export-rows.js';

/** `tsv`: the table's columns with a header; `jsonl`: all columns, one object per line. */
export type CopyWhat = 'cell' | 'tsv' | 'jsonl';

/** The most rows to copy; more can be exported. */
export const MOST_COPIED = 20_000;

/** Copies the rows, in this order; false if the browser did not allow it. */
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
