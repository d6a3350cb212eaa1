/**
 * `npm run build`: the program as the npm package has it, in `out/package/`. What a run of the repository bundles each time
 * (the workers' program and the page's code) is bundled once, and nothing of `node_modules` is needed to run it. The same
 * sources give the same bytes.
 */
import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { prepareShell } from '#scripts/output/html/shell.js';
import { OWN_RULES, SAMPLE, VERSION } from '#scripts/run/installation.js';
import { bundleWorker } from '#scripts/workers/bundle.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TARGET = path.join(ROOT, 'out/package');

/** The modules that the package has instead of the repository's, by their path below `scripts/`. */
const REPLACED: Readonly<Record<string, string>> = {
  'run/installation.ts': `
    import { fileURLToPath } from 'node:url';
    export const VERSION = ${JSON.stringify(VERSION)};
    export const COMMAND = 'npx culprit';
    export const SAMPLE = fileURLToPath(new URL('./sample', import.meta.url));
    export const OWN_RULES = fileURLToPath(new URL('./rules', import.meta.url));`,
  'workers/bundle.ts': `
    import { readFile } from 'node:fs/promises';
    export const bundleWorker = () => readFile(new URL('./worker.cjs', import.meta.url), 'utf8');`,
  'output/html/shell.ts': `
    import { readFile } from 'node:fs/promises';
    export async function prepareShell(kind = 'plain') {
      return JSON.parse(await readFile(new URL('./page-' + kind + '.json', import.meta.url), 'utf8'));
    }`,
};

const replaceModules: Plugin = {
  name: 'replace modules',
  setup(building) {
    building.onLoad({ filter: /[\\/]scripts[\\/].*\.ts$/ }, ({ path: file }) => {
      const name = path.relative(path.join(ROOT, 'scripts'), file).replaceAll('\\', '/');
      const contents = REPLACED[name];
      return contents === undefined ? undefined : { contents, loader: 'ts' };
    });
  },
};

await rm(TARGET, { recursive: true, force: true });
await mkdir(TARGET, { recursive: true });
await Promise.all([
  build({
    absWorkingDir: ROOT,
    entryPoints: { culprit: 'scripts/report.ts' },
    outdir: TARGET,
    outExtension: { '.js': '.mjs' },
    chunkNames: '[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    banner: {
      // Some packages are CommonJS and ask for Node's own modules by require().
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    legalComments: 'none',
    // Its main file is CommonJS, of which import() gives no names where a bundle is split.
    alias: { yaml: path.join(ROOT, 'node_modules/yaml/browser/index.js') },
    plugins: [replaceModules],
    logLevel: 'warning',
  }),
  bundleWorker(false).then((code) => writeFile(path.join(TARGET, 'worker.cjs'), code)),
  ...(['plain', 'sealed'] as const).map(async (kind) =>
    writeFile(path.join(TARGET, `page-${kind}.json`), JSON.stringify(await prepareShell(kind))),
  ),
  cp(SAMPLE, path.join(TARGET, 'sample'), { recursive: true }),
  cp(OWN_RULES, path.join(TARGET, 'rules'), { recursive: true }),
]);
await chmod(path.join(TARGET, 'culprit.mjs'), 0o755);
