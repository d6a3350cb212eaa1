/** The page without its data: code, styles, texts and structure of `templates/page.eta`. */
import { readFile } from 'node:fs/promises';
import { Eta } from 'eta';
import { MANIFEST_ELEMENT, RUN_ELEMENT } from '#shared/format/report-format.js';
import { LOCK_ELEMENT } from '#shared/seal/lock.js';
import { bundlePage, bundleUnlock } from './bundle.js';
import { contentSecurityPolicy } from './csp.js';
import { asciiHtml } from './escape.js';

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
