import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { linkedScript, sharedScript } from '#scripts/output/html/linked-scripts.js';

test('classic scripts made of esbuild’s modules share what they have in common', async () => {
  const files: Readonly<Record<string, string>> = {
    one: "import { shared, other } from './common'; globalThis.said.push('one', shared('1'), other);",
    two: "import { shared as common } from './common'; globalThis.said.push('two', common('2'));",
    common: 'export const other = Symbol.for("x"); export function shared(by) { return `shared by ${by}`; }',
  };
  const { outputFiles } = await build({
    entryPoints: ['one', 'two'],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    splitting: true,
    chunkNames: 'shared',
    outdir: '.',
    plugins: [
      {
        name: 'files',
        setup(setup) {
          setup.onResolve({ filter: /./ }, ({ path }) => ({ path: path.replace('./', ''), namespace: 'test' }));
          setup.onLoad({ filter: /./ }, ({ path }) => ({ contents: files[path] ?? '' }));
        },
      },
    ],
  });
  const [one, two, common] = outputFiles.map(({ text }) => text) as [string, string, string];
  const said: unknown[] = [];
  runInNewContext(`${sharedScript(common)}${linkedScript(one)}${linkedScript(two)}`, { said });
  expect(said).toEqual(['one', 'shared by 1', Symbol.for('x'), 'two', 'shared by 2']);
});

test('modules of another shape are refused', () => {
  expect(() => sharedScript('const a = 1;')).toThrow('does not end with what it exports');
  expect(() => linkedScript('import{a}from"./other.js";')).toThrow('does not begin with all that it imports');
});
