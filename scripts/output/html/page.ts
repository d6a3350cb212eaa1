/** Writes `index.html`: the shell from `templates/page.eta`, the manifest, the blocks, the run, in pieces. */
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

/** By it a browser knows the page as UTF-8, whatever charset a server declares. */
const BYTE_ORDER_MARK = '\ufeff';

/** How much text is gathered before it is written. */
const CHUNK = 1 << 20;

const TEMPLATE = new URL('../../../templates/page.eta', import.meta.url);
const ICON = new URL('../../../public/icon.svg', import.meta.url);

/** Stand in the template where the data goes. Text of ours never holds a NUL. */
const MANIFEST_MARK = '\0manifest\0';
const BLOCKS_MARK = '\0blocks\0';
const RUN_MARK = '\0run\0';

/**
 * Bundles the page's code and renders its structure; independent of the data, so it can run while logs are read.
 *
 * @param kind `sealed`: the page for data that is encrypted, with what unlocks it
 */
export async function prepareShell(kind: 'plain' | 'sealed' = 'plain'): Promise<PageShell> {
  const [bundles, unlock, template, icon] = await Promise.all([
    bundlePage(),
    kind === 'sealed' ? bundleUnlock() : undefined,
    readFile(TEMPLATE, 'utf8'),
    readFile(ICON, 'utf8'),
  ]);
  const scripts = [bundles.support, bundles.shared, bundles.main, ...(unlock ? [unlock.page] : [])];
  // Bundles are ASCII already, so this touches the structure only.
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

/** How large the page will be, in bytes, without the few of the run's own description. */
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
 * Writes the whole page, in order, about 1 MB at a time; never holds it in one string.
 *
 * @param blocks gzip members, as `manifest` refers to them
 * @param run asked for when everything else is written
 * @param shell what `prepareShell` gave, where it was started early
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

/** A page's text, about 1 MB at a time. Nothing is escaped here: the manifest and the run must be fit for a script element. */
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
    // Base64 holds no character that means anything to an HTML parser.
    const base64 = Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString('base64');
    pending += `${blockHead(index++)}${base64}${BLOCK_TAIL}`;
  }
  yield `${pending}${end}${run()}${tail}`;
}

/** As long in every run of the same command, so that pages of the same input are of the same size. */
export function runJson(run: EmbeddedRun): string {
  return scriptJson(run).padEnd(scriptJson({ ...run, seconds: 0 }).length + 16);
}
