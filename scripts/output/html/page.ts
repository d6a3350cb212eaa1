/** Writes `index.html` in chunks: the shell from `templates/page.eta`, the manifest, the blocks, the run. */
import { readFile } from 'node:fs/promises';
import { Eta } from 'eta';
import {
  BLOCK_ELEMENT_PREFIX,
  MANIFEST_ELEMENT,
  RUN_ELEMENT,
  type EmbeddedManifest,
  type EmbeddedRun,
} from '#shared/format/report-format.js';
import { LOCK_ELEMENT } from '#shared/seal/lock.js';
import { bundlePage, bundleUnlock } from './bundle.js';
import { contentSecurityPolicy } from './csp.js';
import { asciiHtml, scriptJson } from './escape.js';

/** The page around its data. */
export interface PageShell {
  /** Up to the manifest's JSON. */
  readonly head: string;
  /** Between the manifest and the blocks. */
  readonly middle: string;
  /** Between the blocks and the run's JSON. */
  readonly end: string;
  /** After the run. */
  readonly tail: string;
}

/** Tells a browser that the page is UTF-8, whatever charset a server declares. */
const BYTE_ORDER_MARK = '\ufeff';

/** The amount of text to collect before it is written. */
const CHUNK = 1 << 20;

const TEMPLATE = new URL('../../../templates/page.eta', import.meta.url);
const ICON = new URL('../../../public/icon.svg', import.meta.url);

/** Placeholders in the template for the data. The page's own text never contains a NUL. */
const MANIFEST_MARK = '\0manifest\0';
const BLOCKS_MARK = '\0blocks\0';
const RUN_MARK = '\0run\0';

/**
 * Bundles the page's code and renders its structure. Independent of the data, so it can run while logs are read.
 *
 * @param kind `sealed`: the page for encrypted data, with the code that unlocks it
 */
export async function prepareShell(kind: 'plain' | 'sealed' = 'plain'): Promise<PageShell> {
  const [bundles, unlock, template, icon] = await Promise.all([
    bundlePage(),
    kind === 'sealed' ? bundleUnlock() : undefined,
    readFile(TEMPLATE, 'utf8'),
    readFile(ICON, 'utf8'),
  ]);
  const scripts = [bundles.support, bundles.shared, bundles.main, ...(unlock ? [unlock.page] : [])];
  // Bundles are ASCII already, so this only affects the structure.
  const page = asciiHtml(
    new Eta().renderString(template.replace(/\r\n?/g, '\n'), {
      ...bundles,
      unlock,
      csp: contentSecurityPolicy(scripts, [bundles.startCss, bundles.css, ...(unlock ? [unlock.css] : [])]),
      icon: `data:image/svg+xml,${encodeURIComponent(icon)}`,
      manifestElement: unlock ? LOCK_ELEMENT : MANIFEST_ELEMENT,
      manifest: MANIFEST_MARK,
      blocks: BLOCKS_MARK,
      runElement: RUN_ELEMENT,
      run: RUN_MARK,
    }),
  );
  const marks = page.match(/\0\w+\0/g) ?? [];
  if (marks.join() !== [MANIFEST_MARK, BLOCKS_MARK, RUN_MARK].join()) {
    throw new Error('templates/page.eta must hold the manifest, then the blocks, then the run, once each');
  }
  const [head, middle, end, tail] = `${BYTE_ORDER_MARK}${page}`.split(/\0\w+\0/) as [string, string, string, string];
  return { head, middle, end, tail };
}

/** The size of the page in bytes, except for the few bytes of the run's description. */
export function pageBytes(manifest: EmbeddedManifest, blocks: readonly Uint8Array[], shell: PageShell): number {
  const text = `${shell.head}${scriptJson(manifest)}${shell.middle}${shell.end}${shell.tail}`;
  return blocks.reduce(
    (sum, { byteLength }, index) => sum + blockHead(index).length + Math.ceil(byteLength / 3) * 4 + BLOCK_TAIL.length,
    Buffer.byteLength(text),
  );
}

function blockHead(index: number): string {
  return `<script type="application/octet-stream" id="${BLOCK_ELEMENT_PREFIX}${String(index)}">`;
}

const BLOCK_TAIL = '</script>\n';

/**
 * Writes the whole page, in order, about 1 MB at a time; it is never in memory as a whole.
 *
 * @param blocks gzip members, as `manifest` refers to them
 * @param run called when everything else is written
 * @param shell the result of `prepareShell`, if it was started early
 */
export async function writePage(
  manifest: EmbeddedManifest,
  blocks: readonly Uint8Array[],
  run: () => EmbeddedRun,
  write: (chunk: string | Uint8Array) => Promise<void>,
  shell: PageShell | Promise<PageShell> = prepareShell(),
): Promise<void> {
  for (const chunk of pageText(await shell, scriptJson(manifest), blocks, () => runJson(run()))) await write(chunk);
}

/**
 * A page's text, about 1 MB at a time. Nothing is escaped here: the manifest and the run must be safe in a script
 * element.
 */
export function* pageText(
  { head, middle, end, tail }: PageShell,
  manifest: string,
  blocks: Iterable<Uint8Array>,
  run: () => string,
): Generator<string, void> {
  let pending = `${head}${manifest}${middle}`;
  let index = 0;
  for (const block of blocks) {
    if (pending.length >= CHUNK) {
      yield pending;
      pending = '';
    }
    // Base64 contains no character with a meaning in HTML.
    const base64 = Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString('base64');
    pending += `${blockHead(index++)}${base64}${BLOCK_TAIL}`;
  }
  yield `${pending}${end}${run()}${tail}`;
}

/** Has the same length in every run of a command, so that pages of the same input have the same size. */
export function runJson(run: EmbeddedRun): string {
  return scriptJson(run).padEnd(scriptJson({ ...run, seconds: 0 }).length + 16);
}
