/** Builds the page's scripts, styles and texts from `public/`, in memory; esbuild bundles the code. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { allTexts } from '#public/text/all-texts.js';
import { scriptJson } from './escape.js';
import { linkedScript, sharedScript } from './linked-scripts.js';

/** The parts of the page, ready to be put into its elements. */
interface Bundles {
  /** Styles that come before everything else: for a page that cannot start. */
  readonly startCss: string;
  /** Runs first and in any browser: reports an outdated browser, or a page that does not load completely. */
  readonly support: string;
  /** The common code of `main` and `worker`; runs before either. */
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

/** Builds all bundles in about 0.2 s. Throws if one of them cannot be put into a script or style element. */
export async function bundlePage(): Promise<Bundles> {
  const [startCss, support, css, scripts] = await Promise.all([
    bundle('public/style/start.css'),
    bundle('public/page/support.ts'),
    bundle('public/style/page.css'),
    bundleScripts(),
  ]);
  return { startCss, support, css, ...scripts, texts: scriptJson(allTexts()) };
}

/** Additional scripts of a page whose data is encrypted. */
interface UnlockBundles {
  /** Asks for the key and decrypts the page's parts; runs before `main`. */
  readonly page: string;
  /** Decrypts blocks; comes before the worker's own code. */
  readonly worker: string;
  readonly css: string;
}

/**
 * Builds the scripts that unlock a page. Separate from `bundlePage`, because a page that is not encrypted does not
 * contain them.
 */
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
  // The browser platform escapes `</script` in strings; the others do not.
  platform: 'browser',
  target: BROWSERS,
  // The same text and the same hash, whatever charset a server declares.
  charset: 'ascii',
  // chart.js's licence requires its notice to stay.
  legalComments: 'eof',
  // Without this, every field is declared again, and the tsconfig files are not read.
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
 * Replaces non-ASCII characters in the script with escapes: esbuild leaves regular expressions as written. An escape
 * means the same in a string, a regular expression and a name; a character after a backslash means itself.
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
 * Returns the text as an HTML parser returns it, if it is ASCII and can be put into a script or style element. Text
 * that would end the element or start a nested one is a bug in the bundle; replacing it would be correct inside string
 * literals only.
 */
export function embeddable(text: string, name: string): string {
  const found = /<!--|<\/?script|<\/style/i.exec(text);
  if (found) throw new Error(`${name}: the bundle holds ${found[0]}, which would break out of its element`);
  if (NOT_ASCII.test(text)) throw new Error(`${name}: the bundle is not ASCII`);
  // A parser turns CR LF into LF before the text is hashed.
  return text.replace(/\r\n?/g, '\n');
}
