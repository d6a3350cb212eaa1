/**
 * The page's texts without the names that only its makers need: of some 550 texts in two languages, most are asked for
 * by a constant name, which here becomes a number, in the table and where it is asked for. Those whose names are put
 * together when the page runs, or stand in the template, keep them; `test/public/texts.test.ts` holds to how such a name
 * may be put together.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';

type Texts = Readonly<Record<string, string>>;

/** `` `warning.${code}` ``: every name with this beginning may be asked for. */
const COMPOSED = /`((?:[\w-]+\.)+)\$\{/g;
/** A constant name, as it is written in the page's code. */
const QUOTED = /'([\w.-]+)'/g;

const TABLE = /[\\/]public[\\/]text[\\/](en|ja)\.ts$/;

/** @param root the repository's folder */
export function textTables(root: string): Plugin {
  return {
    name: 'text-tables',
    async setup(setup) {
      const { en, ja, kept, order, numbered } = await readTables(root);
      setup.onLoad({ filter: TABLE }, ({ path: file }) => {
        const isEnglish = file.endsWith('en.ts');
        const table = `table(${JSON.stringify(order.map((name) => oneLine((isEnglish ? en : ja)[name])).join('\n'))})`;
        return { contents: isEnglish ? english(kept, table) : `import{table}from'./en.js';export const ja=${table};` };
      });
      // Only those that ask for a text: each file that is asked for here waits for this thread.
      const names = Array.from(numbered.keys(), (file) => path.basename(file, '.ts'));
      setup.onLoad({ filter: new RegExp(`[\\\\/](?:${names.join('|')})\\.ts$`) }, ({ path: file }) => {
        const contents = numbered.get(file);
        return contents === undefined ? undefined : { contents, loader: 'ts' };
      });
    },
  };
}

function english(kept: readonly string[], table: string): string {
  return `const names=${JSON.stringify(kept.join('\n'))}.split('\\n');
export const table=(texts)=>Object.fromEntries(texts.split('\\n').map((text,i)=>[names[i]??String(i),text]));
export const en=${table};`;
}

function oneLine(text: string | undefined): string {
  if (text === undefined || text.includes('\n')) throw new Error(`a text of the page is not one line: ${String(text)}`);
  return text;
}

interface Tables {
  readonly en: Texts;
  readonly ja: Texts;
  /** The names that are kept, which come first. */
  readonly kept: readonly string[];
  /** All names; those after the kept ones are numbered by their place here. */
  readonly order: readonly string[];
  /** The code with numbers for constant names, by file, of those that have such names. */
  readonly numbered: ReadonlyMap<string, string>;
}

async function readTables(root: string): Promise<Tables> {
  const [{ en, ja }, sources, template] = await Promise.all([
    evaluated(root),
    readSources(root),
    readFile(path.join(root, 'templates', 'page.eta'), 'utf8'),
  ]);
  const names = Object.keys(en);
  const code = [...sources.values()].join('\n');
  const composed = [...new Set(Array.from(code.matchAll(COMPOSED), ([, beginning]) => beginning as string))];
  const isKept = (name: string): boolean =>
    composed.some((beginning) => name.startsWith(beginning)) || template.includes(`"${name}"`);
  const kept = names.filter(isKept);
  const order = [...kept, ...names.filter((name) => !isKept(name))];
  const numbers = new Map(order.map((name, i) => [name, `'${String(i)}'`] as const).slice(kept.length));
  const numbered = new Map<string, string>();
  for (const [file, source] of sources) {
    const changed = source.replace(QUOTED, (whole, name: string) => numbers.get(name) ?? whole);
    if (changed !== source) numbered.set(file, changed);
  }
  return { en, ja, kept, order, numbered };
}

async function evaluated(root: string): Promise<{ en: Texts; ja: Texts }> {
  const contents = "export { en } from './text/en.js'; export { ja } from './text/ja.js';";
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: path.join(root, 'public') },
    bundle: true,
    write: false,
    format: 'esm',
    tsconfigRaw: '{}',
  });
  const module = encodeURIComponent(outputFiles[0]?.text ?? '');
  return (await import(`data:text/javascript,${module}`)) as { en: Texts; ja: Texts };
}

/** The page's code by file. */
async function readSources(root: string): Promise<Map<string, string>> {
  const folder = path.join(root, 'public');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const paths = files.map((name) => path.join(folder, name));
  const sources = await Promise.all(paths.map((file) => readFile(file, 'utf8')));
  return new Map(paths.map((file, i) => [file, sources[i] as string]));
}
