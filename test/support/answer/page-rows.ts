/** The events in an `index.html`, read by the page's own readers. */
import { targetLists } from '#shared/format/list-table.js';
import { valueAt, type CodedColumn } from '#shared/columnar/event-columns.js';
import { Dictionary } from '#shared/columnar/dictionary.js';
import { ListDictionary } from '#shared/columnar/list-dictionary.js';
import { BlockStore } from '#public/engine/worker/block-store.js';
import { Segments } from '#public/engine/worker/segments.js';
import { BLOCK_ELEMENT_PREFIX, MANIFEST_ELEMENT, type EmbeddedManifest } from '#shared/format/report-format.js';
import type { Cells } from './memory-facts.js';

interface PageRows {
  readonly times: Float64Array;
  readonly rows: readonly Cells[];
}

export async function pageRows(page: Buffer): Promise<PageRows> {
  const html = page.toString('utf8');
  const manifest = JSON.parse(elementOf(html, MANIFEST_ELEMENT)) as EmbeddedManifest;
  const store = new BlockStore(manifest);
  for (let block = 0; block < manifest.blocks; block++) {
    store.keep({ block, content: elementOf(html, BLOCK_ELEMENT_PREFIX + String(block)) });
  }
  const times = await store.times();
  const rows = Array.from(times, (): Record<string, string> => ({}));
  const identities = await store.identity();
  for (const { name, per } of manifest.columns) {
    const { codes, dictionary, lists } = await store.column(name);
    const values = new Dictionary(dictionary);
    const isPerIdentity = per === 'identity';
    const column: CodedColumn = {
      name,
      dictionary: lists ? new ListDictionary(values, lists) : values,
      keys: isPerIdentity ? identities : codes,
      keyCount: isPerIdentity ? manifest.identities : manifest.rows,
      codeOfKey: isPerIdentity ? codes : undefined,
    };
    rows.forEach((cells, row) => (cells[name] = valueAt(column, row)));
    if (name !== 'resources' || !lists) continue;
    const targets = { ...column, dictionary: new ListDictionary(values, targetLists(lists)) };
    rows.forEach((cells, row) => (cells.target = valueAt(targets, row)));
  }
  const segments = new Segments(store);
  for (const [row, cells] of rows.entries()) {
    const details = await segments.cells(row);
    manifest.detail.columns.forEach((name, i) => (cells[name] = details[i] ?? ''));
  }
  return { times, rows };
}

/** The text of the element with this id. */
function elementOf(html: string, id: string): string {
  const start = html.indexOf('>', html.indexOf(` id="${id}"`)) + 1;
  if (start === 0) throw new Error(`the page has no ${id}`);
  return html.slice(start, html.indexOf('</script>', start));
}
