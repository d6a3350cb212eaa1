import path from 'node:path';
import { expect, test } from 'vitest';
import { checkFile, checkTree } from './check-imports.js';

const VIOLATIONS: readonly (readonly [what: string, file: string, text: string, said: string])[] = [
  ['shared that imports ours', 'scripts/shared/a.ts', "import '../errors.js';", 'scripts/errors.ts'],
  ['shared that imports Node', 'scripts/shared/a.ts', "import fs from 'node:fs';", 'node:fs'],
  ['Node without its prefix', 'scripts/cloudtrail/a.ts', "import fs from 'fs';", 'fs: '],
  ['an adapter that imports another', 'scripts/source/folder.ts', "import './s3.js';", 'scripts/source/s3.ts'],
  [
    'a type of another adapter',
    'scripts/publish/s3.ts',
    "import type { X } from '../source/s3.js';",
    'scripts/source/s3.ts',
  ],
  ['a type written as import()', 'scripts/pipeline.ts', "let x: import('./source/s3.js').X;", 'scripts/source/s3.ts'],
  [
    'an import() in the pipeline',
    'scripts/pipeline.ts',
    "await import('./source/folder.js');",
    'scripts/source/folder.ts',
  ],
  ['an export from elsewhere', 'scripts/cloudtrail/a.ts', "export * from '../ingest/b.js';", 'scripts/ingest/b.ts'],
  ['the page that imports scripts', 'public/a.ts', "import '../scripts/config.js';", 'scripts/config.ts'],
  ['a package of another owner', 'scripts/html/a.ts', "import 'chart.js';", 'it belongs to public/'],
  ['a package without an owner', 'scripts/html/a.ts', "import 'left-pad';", 'no part of the project owns'],
  [
    'a path that only begins like an allowed one',
    'scripts/pipeline.ts',
    "import './errors.tsx';",
    'scripts/errors.tsx',
  ],
  ['S3 that is loaded before it is needed', 'scripts/report.ts', "import './source/s3.js';", 'await import()'],
  ['a file that no rule is about', 'scripts/new/a.ts', '', 'no rule'],
];

test.each(VIOLATIONS)('names %s', (_, file, text, said) => {
  const found = checkFile(file, text);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(file);
  expect(found[0]).toContain(said);
});

test('says on which line the import stands', () => {
  expect(checkFile('scripts/shared/a.ts', "export {};\nimport '../errors.js';")[0]).toContain('scripts/shared/a.ts:2 ');
});

test('lets adapters be loaded late, packages by their owner, and neighbours', () => {
  expect(checkFile('scripts/report.ts', "await import('./source/s3.js');")).toEqual([]);
  expect(checkFile('public/charts/a.ts', "import 'chart.js/helpers'; import './b.js'; import '../c.js';")).toEqual([]);
  expect(checkFile('scripts/workers/a.ts', "import { build } from 'esbuild';")).toEqual([]);
});

test('finds nothing in this checkout', () => {
  expect(checkTree(path.join(import.meta.dirname, '..', '..'))).toEqual([]);
});
