/** Writes `index.html`: the shell from `templates/page.eta`, then the manifest, then the blocks, in pieces. */
import { readFile } from 'node:fs/promises';
import { Eta } from 'eta';
import { BLOCK_ELEMENT_PREFIX, MANIFEST_ELEMENT, type EmbeddedManifest } from '../shared/report-format.js';
import { bundlePage } from './bundle.js';
import { contentSecurityPolicy } from './csp.js';
import { scriptJson } from './escape.js';

/** The page around its data. */
export interface PageShell {
  /** Up to the manifest's JSON. */
  readonly head: string;
  /** Between the manifest and the blocks. */
  readonly middle: string;
  /** After the blocks. */
  readonly tail: string;
}

/** How much text is gathered before it is written. */
const CHUNK = 1 << 20;

const TEMPLATE = new URL('../../templates/page.eta', import.meta.url);
const ICON = new URL('../../public/icon.svg', import.meta.url);

/** Stand in the template where the data goes. Text of ours never holds a NUL. */
const MANIFEST_MARK = '\0manifest\0';
const BLOCKS_MARK = '\0blocks\0';

/** Bundles the page's code and renders its structure; independent of the data, so it can run while logs are read. */
export async function prepareShell(): Promise<PageShell> {
  const [bundles, template, icon] = await Promise.all([
    bundlePage(),
    readFile(TEMPLATE, 'utf8'),
    readFile(ICON, 'utf8'),
  ]);
  const page = new Eta().renderString(template.replace(/\r\n?/g, '\n'), {
    ...bundles,
    csp: contentSecurityPolicy([bundles.support, bundles.main], bundles.css),
    icon: `data:image/svg+xml,${encodeURIComponent(icon)}`,
    manifestElement: MANIFEST_ELEMENT,
    manifest: MANIFEST_MARK,
    blocks: BLOCKS_MARK,
  });
  const [head, rest, ...more] = page.split(MANIFEST_MARK);
  const [middle, tail, ...others] = (rest ?? '').split(BLOCKS_MARK);
  if (head === undefined || middle === undefined || tail === undefined || more.length + others.length > 0) {
    throw new Error('templates/page.eta must hold the manifest and then the blocks, once each');
  }
  return { head, middle, tail };
}

/**
 * Writes the whole page, in order, about 1 MB at a time; never holds it in one string.
 *
 * @param blocks gzip members, as `manifest` refers to them
 * @param shell what `prepareShell` gave, where it was started early
 */
export async function writePage(
  manifest: EmbeddedManifest,
  blocks: readonly Uint8Array[],
  write: (chunk: string | Uint8Array) => Promise<void>,
  shell: PageShell | Promise<PageShell> = prepareShell(),
): Promise<void> {
  const { head, middle, tail } = await shell;
  let pending = `${head}${scriptJson(manifest)}${middle}`;
  for (const [index, block] of blocks.entries()) {
    if (pending.length >= CHUNK) {
      await write(pending);
      pending = '';
    }
    // Base64 holds no character that means anything to an HTML parser.
    const base64 = Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString('base64');
    pending += `<script type="application/octet-stream" id="${BLOCK_ELEMENT_PREFIX}${String(index)}">${base64}</script>\n`;
  }
  await write(pending + tail);
}
