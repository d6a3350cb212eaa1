/** Exports events in slices through the worker, each into a blob, so that the page stays responsive. */
import { columnNamed, COLUMNS } from '#shared/model/columns.js';
import { Dictionary } from '#shared/columnar/dictionary.js';
import { codeAt, type CodedColumn } from '#shared/columnar/event-columns.js';
import type { Report } from '#public/engine/data/report.js';
import { lineFormat, type ExportFormat } from '#public/engine/worker/line-format.js';
import type { ExportColumn, ExportSlice } from '#public/engine/worker/line-writer.js';

interface ExportOrder {
  readonly format: ExportFormat;
  /** Prevent spreadsheets from treating cells as formulas. */
  readonly guard: boolean;
  /** Names of columns, in order. */
  readonly columns: readonly string[];
}

/** Events per slice: some megabytes of lines. */
const SLICE = 4096;

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  tsv: 'text/tab-separated-values',
  csv: 'text/csv',
  jsonl: 'application/jsonl',
};

/** The columns that this report can export, in the TSV's order: all except those that it leaves to `events.tsv`. */
export function exportableColumns({ manifest }: Report): readonly string[] {
  const { detail, columns } = manifest;
  const here = new Set(['eventTime', ...columns.map(({ name }) => name), ...detail.columns]);
  return COLUMNS.filter(({ name, within }) => here.has(within ?? name)).map(({ name }) => name);
}

/**
 * The events as the content of a file, oldest first as in `events.tsv`; undefined if the export was stopped.
 * @param rows ascending
 * @param onProgress receives the number of events written
 */
export async function exportRows(
  report: Report,
  rows: Uint32Array,
  times: Float64Array,
  order: ExportOrder,
  onProgress: (written: number) => void,
  signal: AbortSignal,
): Promise<Blob | undefined> {
  const { detail } = report.manifest;
  const stored = new Set(report.manifest.columns.map(({ name }) => name));
  const coded = await Promise.all(
    order.columns.map(async (name) =>
      stored.has(columnNamed(name)?.within ?? name) ? report.column(name) : undefined,
    ),
  );
  const columns = order.columns.map((name, i): ExportColumn => {
    const kind = columnNamed(name)?.kind ?? 'category';
    const dictionary = coded[i]?.dictionary;
    if (dictionary instanceof Dictionary) return { name, kind, values: dictionary.texts.table() };
    const number = detail.columns.indexOf(name);
    return number < 0 ? { name, kind } : { name, kind, detail: number, isShortened: name in detail.shortened };
  });
  const parts: BlobPart[] = [lineFormat(order.format, order.guard).header(order.columns) as Uint8Array<ArrayBuffer>];
  await report.beginExport({ format: order.format, guard: order.guard, columns });
  try {
    const slices = Array.from({ length: Math.ceil(rows.length / SLICE) }, (_, i) => i * SLICE);
    // While the worker writes one slice, the next one is collected.
    let next = Promise.resolve<Blob | undefined>(undefined);
    for (const from of [...slices, rows.length]) {
      const written = next;
      if (from < rows.length) next = report.exportLines(sliceOf(rows.subarray(from, from + SLICE), times, coded));
      const lines = await written;
      if (signal.aborted) return undefined;
      if (lines) parts.push(lines);
      onProgress(from);
    }
    return new Blob(parts, { type: MEDIA_TYPES[order.format] });
  } finally {
    report.endExport();
  }
}

function sliceOf(rows: Uint32Array, times: Float64Array, coded: readonly (CodedColumn | undefined)[]): ExportSlice {
  const own = rows.slice();
  const theirTimes = new Float64Array(own.length);
  for (let i = 0; i < own.length; i++) theirTimes[i] = times[own[i] as number] as number;
  const codes = coded.map((column) => {
    if (!column) return undefined;
    const ofRows = new Uint32Array(own.length);
    for (let i = 0; i < own.length; i++) ofRows[i] = codeAt(column, own[i] as number);
    return ofRows;
  });
  return { rows: own, times: theirTimes, codes };
}
