/** Writes `index.html`: the shell, the manifest, the blocks, the run, in pieces. */
import { BLOCK_ELEMENT_PREFIX, type EmbeddedManifest, type EmbeddedRun } from '#shared/format/report-format.js';
import { scriptJson } from './escape.js';
import { prepareShell, type PageShell } from './shell.js';

/** The amount of text to collect before it is written. */
const CHUNK = 1 << 20;

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
