/** Makes the page's scripts, styles and texts of `public/`, in memory; esbuild bundles the code. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { allTexts } from '#public/text/all-texts.js';
import { scriptJson } from './escape.js';
import { linkedScript, sharedScript } from './linked-scripts.js';

/** What the page is made of, ready to stand between its tags. */
interface Bundles {
  /** What is there before everything else: the looks of a page that cannot start. */
  readonly startCss: string;
  /** Runs first and in any browser: says so where the browser is too old, or the rest of the page does not come. */
  readonly support: string;
  /** What `main` and `worker` have in common; runs before either. */
  readonly shared: string;
  readonly main: string;
  /** Started by `main` from a blob, after `shared`. */
  readonly worker: string;
  readonly css: string;
  /** The JSON that `public/text/page-texts.ts` reads. */
  readonly texts: string;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The oldest browsers with DecompressionStream; `public/page/support.ts` asks older ones to update. */
const BROWSERS = ['chrome94', 'edge94', 'firefox113', 'safari16.4'];

/** Builds all bundles, about 0.2 s. Throws where one could not stand inside a script or style element. */
export async function bundlePage(): Promise<Bundles> {
  const [startCss, support, css, scripts] = await Promise.all([
    bundle('public/style/start.css'),
    bundle('public/page/support.ts'),
    bundle('public/style/page.css'),
    bundleScripts(),
  ]);
  return { startCss, support, css, ...scripts, texts: scriptJson(allTexts()) };
}

/** What a page adds whose data is encrypted. */
interface UnlockBundles {
  /** Asks for the key and opens the page's parts; runs before `main`. */
  readonly page: string;
  /** Opens blocks; stands before the worker's own code. */
  readonly worker: string;
  readonly css: string;
}

/** Builds what unlocks a page, apart from `bundlePage`: a page that is not encrypted is not to carry it. */
export async function bundleUnlock(): Promise<UnlockBundles> {
  const [page, worker, css] = await Promise.all([
    bundle('public/unlock/unlock.ts'),
    bundle('public/unlock/unseal-worker.ts'),
    bundle('public/unlock/unlock.css'),
  ]);
  return { page, worker, css };
}

const NOT_ASCII = /[^\p{ASCII}]/u;

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  write: false,
  // The browser platform neutralises `</script` in strings; the others do not.
  platform: 'browser',
  target: BROWSERS,
  // The same text, and the same hash, whatever charset a server declares.
  charset: 'ascii',
  // chart.js's licence asks for its notice to stay.
  legalComments: 'eof',
  // Without it every field is declared once more, and the tsconfig files are not looked for.
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  logLevel: 'silent',
} satisfies BuildOptions;

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({ ...OPTIONS, entryPoints: [entry], format: 'iife' });
  const text = outputFiles[0]?.text ?? '';
  return embeddable(entry.endsWith('.ts') ? asciiScript(text) : text, entry);
}

async function bundleScripts(): Promise<Pick<Bundles, 'shared' | 'main' | 'worker'>> {
  const { outputFiles } = await build({
    ...OPTIONS,
    entryPoints: { main: 'public/page/main.ts', worker: 'public/engine/worker/worker.ts' },
    format: 'esm',
    splitting: true,
    chunkNames: 'shared',
    outdir: ROOT,
  });
  const module = (name: string): string =>
    outputFiles.find(({ path: file }) => path.basename(file) === `${name}.js`)?.text ?? '';
  return {
    shared: embeddable(asciiScript(sharedScript(module('shared'))), 'shared'),
    main: embeddable(asciiScript(linkedScript(module('main'))), 'main'),
    worker: embeddable(asciiScript(linkedScript(module('worker'))), 'worker'),
  };
}

/**
 * The script with escapes for what is not ASCII: esbuild leaves regular expressions as they are written. An escape means
 * the same in a string, in a regular expression and in a name; a character behind a backslash means itself.
 */
export function asciiScript(script: string): string {
  return script.replace(/\\?[^\p{ASCII}]|\\[^]/gu, (found) => {
    const character = found.replace(/^\\/, '');
    if (!NOT_ASCII.test(character)) return found;
    return character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');
  });
}

/**
 * The text, as an HTML parser gives it back, if it can stand inside a script or style element, and is ASCII. Text that would end the element or start a
 * nested one is a fault of ours; replacing it blindly would be right inside string literals only.
 */
export function embeddable(text: string, name: string): string {
  const found = /<!--|<\/?script|<\/style/i.exec(text);
  if (found) throw new Error(`${name}: the bundle holds ${found[0]}, which would break out of its element`);
  if (NOT_ASCII.test(text)) throw new Error(`${name}: the bundle is not ASCII`);
  // A parser turns CR LF into LF before the text is hashed.
  return text.replace(/\r\n?/g, '\n');
}
