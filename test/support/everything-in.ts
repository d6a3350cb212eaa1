/** All that a run wrote, to search for what must not be in it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { pageRows } from './answer/page-rows.js';
import type { Finished } from './pipeline-run.js';

/**
 * The TSV, the manifest, the page, what its blocks inflate to, and the cells that are put together of these: each in
 * lower case.
 */
export async function everythingIn({ folder, page, tsv }: Finished): Promise<string[]> {
  const html = page.toString();
  const blocks = Array.from(
    html.matchAll(/<script[^>]* id="[^"]*"[^>]*>([A-Za-z0-9+/=]{20,})<\/script>/g),
    ([, base64]) => gunzipSync(Buffer.from(base64 as string, 'base64')).toString('latin1'),
  );
  if (blocks.length < 4) throw new Error('the blocks of the page were not found');
  const manifest = readFileSync(path.join(folder, 'manifest.json'), 'utf8');
  const rows = JSON.stringify((await pageRows(page)).rows);
  return [tsv, manifest, html, ...blocks, rows].map((text) => text.toLowerCase());
}
