/** Asks how to export the matching events, exports them, and shows the progress. */
import type { Report } from '#public/engine/data/report.js';
import { el, icon } from '#public/ui/dom.js';
import { columnLabel, number, text } from '#public/text/language.js';
import type { TextKey } from '#public/text/en.js';
import { download } from './download.js';
import { exportableColumns, exportRows } from './export-rows.js';
import type { ExportFormat } from '#public/engine/worker/line-format.js';

interface ExportedRows {
  readonly rows: Uint32Array;
  readonly times: Float64Array;
}

interface ExportDialogParts {
  readonly report: Report;
  /** The matching events, ascending, and all events' times; waits until the events have been read. */
  rows(): Promise<ExportedRows>;
  /** The columns in the table, in its order. */
  shown(): readonly string[];
}

const FORMATS: readonly (readonly [format: ExportFormat, label: TextKey])[] = [
  ['tsv', 'export.tsv'],
  ['csv', 'export.csv'],
  ['jsonl', 'export.jsonl'],
];

export function openExportDialog(parts: ExportDialogParts): void {
  let exported: ExportedRows | undefined;
  const all = exportableColumns(parts.report);
  const shown = parts.shown().filter((name) => all.includes(name));
  const stop = new AbortController();
  const formats = choice(
    'export-format',
    FORMATS.map(([value, key]) => [value, text(key)]),
  );
  const columns = choice('export-columns', [
    ['all', text('export.columns.all', { n: all.length })],
    ['shown', text('export.columns.shown', { n: shown.length })],
  ]);
  const guard = el('input', { type: 'checkbox' });
  guard.checked = true;
  const guardLine = el('label', { class: 'value' }, guard, el('span', {}, text('export.guard')));
  const status = el('p', { class: 'export-status', role: 'status' });
  const title = el('h2', { id: 'export-title' }, text('filter.counting'));
  const bar = el('progress', { 'aria-label': text('export.progress'), hidden: true });
  const save = el('button', { type: 'button', class: 'button is-main', autofocus: true }, text('export.save'));
  save.disabled = true;
  const closeButton = el(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': text('coverage.close') },
    icon('close'),
  );
  const options = el(
    'div',
    { class: 'export-options' },
    group('export.format', formats.element),
    group('export.columns', columns.element),
    guardLine,
  );
  const dialog = el(
    'dialog',
    { class: 'dialog export', 'aria-labelledby': 'export-title' },
    el('div', { class: 'dialog-head' }, title, closeButton),
    options,
    ...notes(parts.report),
    el('div', { class: 'export-foot' }, bar, status, save),
  );
  formats.element.addEventListener('change', () => (guardLine.hidden = formats.value() === 'jsonl'));
  closeButton.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    stop.abort();
    dialog.remove();
  });
  save.addEventListener('click', () => void run());
  document.body.append(dialog);
  dialog.showModal();
  void parts.rows().then((found) => {
    exported = found;
    const { length } = found.rows;
    title.textContent = text('export.title', { n: length });
    bar.max = length;
    save.disabled = length === 0;
    if (dialog.open && !save.disabled) save.focus();
  });

  async function run(): Promise<void> {
    if (!exported) return;
    const { rows, times } = exported;
    const format = formats.value() as ExportFormat;
    save.disabled = true;
    bar.hidden = false;
    for (const input of options.querySelectorAll('input')) input.disabled = true;
    try {
      const order = { format, guard: guard.checked, columns: columns.value() === 'all' ? all : shown };
      const onProgress = (written: number): void => {
        bar.value = written;
        status.textContent = text('export.written', { n: number(written), total: number(rows.length) });
      };
      const blob = await exportRows(parts.report, rows, times, order, onProgress, stop.signal);
      if (!blob) return;
      download(blob, `culprit-events.${format}`);
      status.textContent = text('export.done', { name: `culprit-events.${format}`, size: sizeText(blob.size) });
    } catch (error) {
      status.textContent = text('export.failed', { reason: error instanceof Error ? error.message : String(error) });
    }
    bar.hidden = true;
    save.disabled = false;
    for (const input of options.querySelectorAll('input')) input.disabled = false;
  }
}

/** What the page does not contain, and therefore cannot export. */
function notes({ manifest }: Report): HTMLElement[] {
  const { omitted, shortened } = manifest.detail;
  const lines: string[] = [];
  const unlisted = manifest.report.events - manifest.rows;
  if (unlisted > 0) lines.push(text('export.unlisted', { n: unlisted }));
  if (omitted.length > 0) lines.push(text('export.omitted', { columns: omitted.map(columnLabel).join(', ') }));
  for (const [name, n] of Object.entries(shortened))
    lines.push(text('export.shortened', { column: columnLabel(name), n }));
  return [...lines, text('export.cut')].map((line) => el('p', { class: 'small' }, line));
}

function choice(
  name: string,
  options: readonly (readonly [value: string, label: string])[],
): { readonly element: HTMLElement; readonly value: () => string } {
  const inputs = options.map(([value], i) => {
    const input = el('input', { type: 'radio', name, value });
    input.checked = i === 0;
    return input;
  });
  const element = el(
    'div',
    {},
    ...inputs.map((input, i) => el('label', { class: 'value' }, input, el('span', {}, options[i]?.[1] ?? ''))),
  );
  return { element, value: () => inputs.find(({ checked }) => checked)?.value ?? '' };
}

function group(title: TextKey, content: HTMLElement): HTMLElement {
  return el('fieldset', {}, el('legend', {}, text(title)), content);
}

/** A readable size: `12.3 MB`. */
function sizeText(bytes: number): string {
  if (bytes < 1e6) return `${number(Math.ceil(bytes / 1000))} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
